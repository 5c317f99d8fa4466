//! Changing what is known about an application, other than where it stands.

use super::{Application, Referrer, Subject};
use crate::domain::access::{Actor, ClientId};
use crate::domain::custom_fields::{self, Entry};
use crate::domain::events::Event;
use crate::domain::patch::{Change, replace};
use crate::domain::prospect_pools::{PROSPECT_POOL, ProspectPool};
use crate::domain::sources::SOURCE;
use crate::domain::users::USER;
use crate::refusal::{Outcome, Problems, Refusal, Rule, Why};
use crate::store::{Edit, Kind, View};

/// What is to change. Paths are the names of these.
#[derive(Default)]
pub(crate) struct Update {
    /// A time, as times are kept.
    pub(crate) applied_at: Option<String>,
    /// A time, as times are kept. Of a rejected application.
    pub(crate) rejected_at: Option<String>,
    pub(crate) source_id: Change<i64>,
    pub(crate) referrer: Change<Referrer>,
    pub(crate) recruiter_id: Change<i64>,
    pub(crate) coordinator_id: Change<i64>,
    pub(crate) custom_fields: Vec<Entry>,
    pub(crate) prospect_pool_id: Change<i64>,
    pub(crate) prospect_stage_id: Change<i64>,
    /// Answers to the rejection questions of a rejected application.
    pub(crate) rejection_details: Option<Vec<Entry>>,
}

/// Changes an application that was not converted into another.
pub(crate) fn update(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    command: Update,
) -> Outcome<i64> {
    let mut subject = Subject::of(edit, actor, id)?;
    if subject.application.status == "converted" {
        return Err(Refusal::whole(Rule::Converted));
    }
    let mut problems = Problems::default();
    command.apply(edit, &mut subject.application, &mut problems)?;
    problems.check()?;
    let id = subject.id;
    subject.keep(edit, "Application Edited", "has an edited application")?;
    Event::ApplicationUpdated(id).record(edit);
    Ok(id)
}

impl Update {
    fn apply(
        self,
        view: &View<'_>,
        application: &mut Application,
        problems: &mut Problems,
    ) -> Outcome<()> {
        let references: [(&str, &Change<i64>, &Kind, &'static str); 3] = [
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
        if let Some(entries) = &self.rejection_details {
            if application.status != "rejected" {
                problems.add("rejection_details", Rule::NotRejected);
            }
            let values = &mut application.rejection_details;
            custom_fields::apply(
                view,
                "rejection_question",
                entries,
                values,
                "rejection_details.",
                problems,
            )?;
        }
        if self.rejected_at.is_some() {
            if application.status != "rejected" {
                problems.add("rejected_at", Rule::NotRejected);
            }
            application.rejected_at = self.rejected_at;
        }
        replace(&mut application.applied_at, self.applied_at);
        match self.referrer {
            Change::Leave => {}
            Change::Clear => application.credited_to_id = None,
            Change::Set(referrer) => {
                application.credited_to_id = referrer.user(view, "", problems)?;
            }
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
            problems.add(field, Rule::NotInPool);
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
            let why = Why::NotOf("stage", "the prospect's pool");
            problems.add("prospect_stage_id", why);
        }
    }
    Ok(())
}
