//! Changing what is known about an application, other than where it stands.

use serde::Deserialize;

use super::create::Referrer;
use crate::domain::applications::Subject;
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::patch::Change;
use crate::domain::prospect_pools::{PROSPECT_POOL, ProspectPool};
use crate::domain::sources::SOURCE;
use crate::domain::users::USER;
use crate::faces::Writing;
use crate::faces::v1::custom_fields;
use crate::http::refusal::Outcome;
use crate::refusal::{Problems, Refusal};
use crate::store::{Kind, View};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Update {
    source_id: Change<i64>,
    referrer: Option<Referrer>,
    recruiter_id: Change<i64>,
    coordinator_id: Change<i64>,
    custom_fields: Vec<custom_fields::Input>,
    prospect_pool_id: Change<i64>,
    prospect_stage_id: Change<i64>,
    rejection_details: Option<Details>,
}

#[derive(Deserialize)]
struct Details {
    #[serde(default)]
    custom_fields: Vec<custom_fields::Input>,
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let mut subject = Subject::of(cx, &cx.user, cx.call.id("id")?)?;
    let body: Update = cx.call.body()?;
    if subject.application.status == "converted" {
        let message =
            "Application must be 'active', 'rejected' or 'hired', is currently 'converted'";
        return Err(Refusal::whole(message));
    }
    let mut problems = Problems::default();
    body.apply(cx, &mut subject.application, &mut problems)?;
    problems.check()?;
    let id = subject.id;
    subject.keep(cx, "Application Edited", "has an edited application")?;
    cx.changed(&APPLICATION, id)
}

impl Update {
    fn apply(
        self,
        view: &View<'_>,
        application: &mut Application,
        problems: &mut Problems,
    ) -> Outcome<()> {
        let references: [(&str, &Change<i64>, &Kind, &str); 3] = [
            ("source_id", &self.source_id, &SOURCE, "A source"),
            ("recruiter_id", &self.recruiter_id, &USER, "A user"),
            ("coordinator_id", &self.coordinator_id, &USER, "A user"),
        ];
        for (field, change, kind, what) in references {
            if let Some(id) = change.value()
                && !view.exists(kind, *id)?
            {
                problems.unknown(field, what);
            }
        }
        let values = &mut application.custom_fields;
        custom_fields::apply(
            view,
            "application",
            &self.custom_fields,
            values,
            "",
            problems,
        )?;
        if let Some(details) = &self.rejection_details {
            if application.status != "rejected" {
                problems.add("rejection_details", "Only a rejected application has them");
            }
            let values = &mut application.rejection_details;
            let inputs = &details.custom_fields;
            custom_fields::apply(
                view,
                "rejection_question",
                inputs,
                values,
                "rejection_details.",
                problems,
            )?;
        }
        if let Some(referrer) = &self.referrer {
            application.credited_to_id = referrer.user(view, "", problems)?;
        }
        self.source_id.apply(&mut application.source_id);
        self.recruiter_id.apply(&mut application.recruiter_id);
        self.coordinator_id.apply(&mut application.coordinator_id);
        change_pool(
            view,
            application,
            self.prospect_pool_id,
            self.prospect_stage_id,
            problems,
        )
    }
}

/// A stage belongs to a pool, so that another pool takes the stage away unless one of its own is named.
fn change_pool(
    view: &View<'_>,
    application: &mut Application,
    pool_id: Change<i64>,
    stage_id: Change<i64>,
    problems: &mut Problems,
) -> Outcome<()> {
    let before = application.prospect_pool_id;
    for (field, change) in [
        ("prospect_pool_id", &pool_id),
        ("prospect_stage_id", &stage_id),
    ] {
        if change.value().is_some() && !application.prospect {
            problems.add(field, "Only the application of a prospect is in a pool");
        }
    }
    pool_id.apply(&mut application.prospect_pool_id);
    if application.prospect_pool_id != before {
        application.prospect_stage_id = None;
    }
    stage_id.apply(&mut application.prospect_stage_id);
    let pool: Option<ProspectPool> = match application.prospect_pool_id {
        Some(id) => view.find(&PROSPECT_POOL, id)?,
        None => None,
    };
    if application.prospect_pool_id.is_some() && pool.is_none() {
        problems.unknown("prospect_pool_id", "A prospect pool");
    }
    if let Some(id) = application.prospect_stage_id {
        let mut stages = pool.iter().flat_map(|pool| &pool.prospect_stages);
        if !stages.any(|stage| stage.id == id) {
            problems.add("prospect_stage_id", "Is no stage of the prospect's pool");
        }
    }
    Ok(())
}
