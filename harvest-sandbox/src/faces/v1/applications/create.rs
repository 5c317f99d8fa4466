//! Requests that add an application, to a candidate or together with one.

use serde::Deserialize;

use crate::domain::access::ClientId;
use crate::domain::applications::{self, APPLICATION, NewApplication};
use crate::domain::candidates::CANDIDATE;
use crate::faces::Writing;
use crate::faces::v1::{attachments, custom_fields};
use crate::http::refusal::Outcome;
use crate::json::Value;
use crate::refusal::Problems;

/// The names of v1 for what the domain takes.
pub(in crate::faces::v1) const NAMES: &[(&str, &str)] = &[
    ("referrer", "referrer.value"),
    (".referrer", ".referrer.value"),
];

/// Either form of an application to add.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::faces::v1) struct Create {
    job_id: Option<ClientId>,
    job_ids: Vec<ClientId>,
    source_id: Option<i64>,
    initial_stage_id: Option<ClientId>,
    referrer: Option<Referrer>,
    recruiter_id: Option<i64>,
    coordinator_id: Option<i64>,
    prospect_pool_id: Option<i64>,
    prospect_pool_stage_id: Option<i64>,
    prospect_owner_id: Option<i64>,
    prospective_department_id: Option<i64>,
    prospective_office_id: Option<i64>,
    custom_fields: Vec<custom_fields::Input>,
    attachments: Vec<attachments::Input>,
}

/// Who is credited with a candidate.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Referrer {
    r#type: Option<String>,
    value: Option<Value>,
}

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let candidate_id = cx.id_in_path(&CANDIDATE, "id")?;
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let mut problems = Problems::default();
    let new = body.read("", &mut problems);
    problems.check()?;
    let created = applications::create(cx, &actor, candidate_id, &new);
    let id = created.map_err(|it| it.renamed(NAMES))?;
    cx.created(&APPLICATION, id)
}

impl Create {
    /// The application as the domain takes it, or problems. `at` is the place in the body, with a dot at its end if it is
    /// not empty.
    pub(in crate::faces::v1) fn read(self, at: &str, problems: &mut Problems) -> NewApplication {
        let files = self.attachments.iter().enumerate();
        let files = files
            .filter_map(|(place, file)| file.read(&format!("{at}attachments.{place}."), problems));
        NewApplication {
            applied_at: None,
            attachments: files.collect(),
            job_id: self.job_id,
            initial_stage_id: self.initial_stage_id,
            source_id: self.source_id,
            referrer: self.referrer.and_then(Referrer::read),
            recruiter_id: self.recruiter_id,
            coordinator_id: self.coordinator_id,
            custom_fields: custom_fields::entries(self.custom_fields),
            job_ids: self.job_ids,
            prospect_pool_id: self.prospect_pool_id,
            prospect_pool_stage_id: self.prospect_pool_stage_id,
            prospect_owner_id: self.prospect_owner_id,
            prospective_department_id: self.prospective_department_id,
            prospective_office_id: self.prospective_office_id,
        }
    }
}

impl Referrer {
    pub(super) fn read(self) -> Option<applications::Referrer> {
        let (of, value) = (self.r#type?, self.value?);
        Some(match of.as_str() {
            "id" => {
                let id = value.as_i64().or_else(|| value.as_str()?.parse().ok());
                applications::Referrer::Id(id)
            }
            "email" => applications::Referrer::Email(value.as_str().map(str::to_owned)),
            _ => applications::Referrer::Outside,
        })
    }
}
