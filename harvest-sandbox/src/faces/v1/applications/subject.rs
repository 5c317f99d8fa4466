//! What all changes of an application have in common: who may make them, and what they leave behind.

use crate::domain::activity_feed;
use crate::domain::activity_feed::{About, Activity};
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::refusal::Refusal;

/// The application that a request is about.
pub(super) struct Subject {
    pub(super) id: i64,
    pub(super) application: Application,
}

impl Subject {
    /// The application in the path. 404 if there is none that the user may see, 403 if the user may not change it: those
    /// who may manage the job that the candidate is on.
    pub(super) fn of(cx: &Writing<'_, '_>) -> Outcome<Self> {
        let (id, application): (i64, Application) = cx.record_in_path(&APPLICATION, "id")?;
        if let Some(job_id) = application.job_id() {
            cx.user.require_job(cx, job_id)?;
        }
        Ok(Self { id, application })
    }

    /// Refuses unless the application has this status. The service was documented to name no field here.
    pub(super) fn require_status(&self, wanted: &str) -> Outcome<()> {
        let status = &self.application.status;
        if status == wanted {
            Ok(())
        } else {
            Err(Refusal::whole(format!(
                "Application must be '{wanted}', is currently '{status}'"
            )))
        }
    }

    /// The job of a candidate. Prospects are refused, even if they are considered for one.
    pub(super) fn require_job(&self) -> Outcome<i64> {
        self.application
            .job_id()
            .ok_or_else(|| Refusal::whole("This is the application of a prospect"))
    }

    /// What an entry in the feed is about whose text names the application where it stands now.
    pub(super) fn about(&self) -> About {
        About::application(self.id).naming(&self.application.job_ids)
    }

    /// Keeps the application as it is now, active since now, with an entry in the feed of its candidate.
    pub(super) fn keep(self, cx: &mut Writing<'_, '_>, title: &str, what: &str) -> Outcome<()> {
        let about = self.about();
        self.keep_with(cx, &about, title, what)
    }

    /// The same, with an entry that is about more.
    pub(super) fn keep_with(
        mut self,
        cx: &mut Writing<'_, '_>,
        about: &About,
        title: &str,
        what: &str,
    ) -> Outcome<()> {
        let now = cx.stamp();
        self.application.last_activity_at.clone_from(&now);
        self.application.save(cx, self.id)?;
        record(cx, self.application.candidate_id, about, title, what)
    }
}

/// Says in the feed of a candidate what was done; the candidate was active now. `what` goes on from the name.
pub(super) fn record(
    cx: &mut Writing<'_, '_>,
    candidate_id: i64,
    about: &About,
    title: &str,
    what: &str,
) -> Outcome<()> {
    let now = cx.stamp();
    let mut candidate: Candidate = cx.get(&CANDIDATE, candidate_id)?;
    candidate.updated_at.clone_from(&now);
    candidate.last_activity.clone_from(&now);
    candidate.save(cx, candidate_id)?;
    let entry = Activity {
        created_at: now,
        subject: Some(title.to_owned()),
        body: format!("{} {what}", candidate.name()),
        user_id: Some(cx.user.id),
    };
    activity_feed::record(cx, candidate_id, about, &entry)?;
    Ok(())
}
