//! The common part of all changes of an application: who may make them, and their effects.

use super::{APPLICATION, Application};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::activity_feed::{self, About, Activity};
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::refusal::{Outcome, Refusal, State};
use crate::store::{Edit, View};

/// An application that is changed, and who changes it.
pub(crate) struct Subject {
    pub(crate) id: i64,
    pub(crate) application: Application,
    actor: Actor,
}

impl Subject {
    /// The application with an id, as one that the actor may change: those who may manage the job that the candidate is on.
    pub(crate) fn of(view: &View<'_>, actor: &Actor, id: ClientId) -> Outcome<Self> {
        let found = id.find::<Application>(view, actor, &APPLICATION)?;
        let (id, application) = found.ok_or(Refusal::NotFound)?;
        if let Some(job_id) = application.job_id() {
            actor.require_job(view, job_id)?;
        }
        Ok(Self {
            id,
            application,
            actor: actor.clone(),
        })
    }

    pub(crate) fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Refuses unless the application has this status. The service was documented to name no field here.
    pub(crate) fn require_status(&self, wanted: &'static str) -> Outcome<()> {
        if self.application.status == wanted {
            return Ok(());
        }
        let is = self.application.status.clone();
        Err(Refusal::whole(State::Status { wanted, is }))
    }

    /// The job of a candidate. Prospects are refused, even if they are considered for one.
    pub(crate) fn require_job(&self) -> Outcome<i64> {
        let job_id = self.application.job_id();
        job_id.ok_or_else(|| Refusal::whole(State::Prospect))
    }

    /// What an entry in the feed is about whose text names the application where it stands now.
    pub(crate) fn about(&self) -> About {
        About::application(self.id).naming(&self.application.job_ids)
    }

    /// Keeps the application as it is now, active since now, with an entry in the feed of its candidate.
    pub(crate) fn keep(self, edit: &mut Edit<'_>, title: &str, what: &str) -> Outcome<()> {
        let about = self.about();
        self.keep_with(edit, &about, title, what)
    }

    /// The same, with an entry that is about more.
    pub(crate) fn keep_with(
        mut self,
        edit: &mut Edit<'_>,
        about: &About,
        title: &str,
        what: &str,
    ) -> Outcome<()> {
        let now = stamp(edit.now());
        self.application.last_activity_at.clone_from(&now);
        self.application.save(edit, self.id)?;
        let candidate_id = self.application.candidate_id;
        record(edit, &self.actor, candidate_id, about, title, what)
    }
}

/// Says in the feed of a candidate what was done; the candidate was active now. `what` goes on from the name.
pub(crate) fn record(
    edit: &mut Edit<'_>,
    actor: &Actor,
    candidate_id: i64,
    about: &About,
    title: &str,
    what: &str,
) -> Outcome<()> {
    let now = stamp(edit.now());
    let mut candidate: Candidate = edit.get(&CANDIDATE, candidate_id)?;
    candidate.updated_at.clone_from(&now);
    candidate.last_activity.clone_from(&now);
    candidate.save(edit, candidate_id)?;
    let entry = Activity {
        created_at: now,
        subject: Some(title.to_owned()),
        body: format!("{} {what}", candidate.name()),
        user_id: Some(actor.id),
    };
    activity_feed::record(edit, candidate_id, about, &entry)?;
    Ok(())
}
