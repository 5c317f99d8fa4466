//! Making appointments, moving and cancelling them.

use std::collections::HashSet;

use super::{Interviewer, SCHEDULED_INTERVIEW, ScheduledInterview, Step, Time, panel};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::activity_feed::{self, About, Activity};
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::domain::events::Event;
use crate::domain::patch::{Change, replace};
use crate::domain::users::UserKey;
use crate::refusal::{Outcome, Problems, Refusal, Rule, Why};
use crate::store::{Edit, View};

/// An appointment to make. Paths are the names of these and of [`Fields`].
pub(crate) struct NewInterview {
    pub(crate) application_id: ClientId,
    /// The interview of a stage.
    pub(crate) interview_id: ClientId,
    pub(crate) fields: Fields,
}

/// What can be said of an appointment, and changed later.
#[derive(Default)]
pub(crate) struct Fields {
    /// Those who are listed, and no others.
    pub(crate) interviewers: Option<Vec<Invited>>,
    /// A time, as times are kept.
    pub(crate) start: Option<String>,
    pub(crate) end: Option<String>,
    pub(crate) external_event_id: Option<String>,
    pub(crate) location: Change<String>,
    pub(crate) video_conferencing_url: Change<String>,
}

/// Someone who is to interview.
#[derive(Debug)]
pub(crate) struct Invited {
    pub(crate) user: UserKey,
    /// `needs_action`, `declined`, `tentative` or `accepted`.
    pub(crate) response_status: String,
}

/// Makes an appointment for an active application.
pub(crate) fn create(edit: &mut Edit<'_>, actor: &Actor, new: NewInterview) -> Outcome<i64> {
    let mut problems = Problems::default();
    let found = new.application_id;
    let found = found.find::<Application>(edit, actor, &APPLICATION)?;
    if found.is_none() {
        problems.unknown("application_id", "An application");
    }
    problems.check()?;
    let (application_id, application) = found.ok_or_else(Refusal::not_found)?;
    check_application(edit, actor, &application)?;
    if application.status != "active" {
        problems.add("application_id", Rule::InactiveApplication);
    }
    let step = Step::named(edit, actor, new.interview_id)?;
    match &step {
        None => problems.unknown("interview_id", "An interview"),
        Some((_, step)) if !application.job_ids.contains(&step.job_id) => {
            let why = Why::NotOf("interview", "the application's job");
            problems.add("interview_id", why);
        }
        Some((_, step)) if !step.schedulable => {
            problems.add("interview_id", Rule::NoAppointment);
        }
        Some(_) => {}
    }
    let now = stamp(edit.now());
    let mut interview = ScheduledInterview {
        application_id,
        interview_id: step.map(|(id, _)| id).unwrap_or_default(),
        external_event_id: None,
        start: Time::DateTime(String::new()),
        end: Time::DateTime(String::new()),
        location: None,
        video_conferencing_url: None,
        created_at: now.clone(),
        updated_at: now,
        organizer_id: Some(actor.id),
        interviewers: Vec::new(),
        by_api: true,
        written_up: false,
    };
    new.fields
        .apply(edit, None, &mut interview, &mut problems)?;
    problems.check()?;
    let id = interview.insert(edit)?;
    record(
        edit,
        actor,
        &interview,
        "Interview Scheduled",
        "was scheduled",
    )?;
    Ok(id)
}

/// Changes an appointment. The acting user is its organizer from then on.
pub(crate) fn update(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    fields: Fields,
) -> Outcome<i64> {
    let (id, mut interview) = own(edit, actor, id)?;
    let mut problems = Problems::default();
    fields.apply(edit, Some(id), &mut interview, &mut problems)?;
    problems.check()?;
    interview.organizer_id = Some(actor.id);
    interview.updated_at = stamp(edit.now());
    interview.save(edit, id)?;
    record(edit, actor, &interview, "Interview Changed", "was changed")?;
    Ok(id)
}

/// Cancels an appointment, and says which that was.
pub(crate) fn delete(edit: &mut Edit<'_>, actor: &Actor, id: ClientId) -> Outcome<i64> {
    let (id, interview) = own(edit, actor, id)?;
    panel::remove(edit, id)?;
    record(
        edit,
        actor,
        &interview,
        "Interview Cancelled",
        "was cancelled",
    )?;
    Event::InterviewDeleted(id).record(edit);
    Ok(id)
}

/// The appointment, if it may be changed at all: it was made by the API, and is not written up.
fn own(view: &View<'_>, actor: &Actor, id: ClientId) -> Outcome<(i64, ScheduledInterview)> {
    let found = id.find::<ScheduledInterview>(view, actor, &SCHEDULED_INTERVIEW)?;
    let (id, interview) = found.ok_or(Refusal::NotFound)?;
    let application = view.get(&APPLICATION, interview.application_id)?;
    check_application(view, actor, &application)?;
    if !interview.by_api {
        return Err(Refusal::whole(Rule::ForeignInterview));
    }
    if interview.written_up {
        return Err(Refusal::whole(Rule::CompleteInterview));
    }
    Ok((id, interview))
}

/// Refuses those who see the application and may not manage it: that is a matter of its job, if it has one.
fn check_application(view: &View<'_>, actor: &Actor, application: &Application) -> Outcome<()> {
    match application.job_ids.first() {
        Some(job_id) => actor.require_job(view, *job_id),
        None => Ok(()),
    }
}

/// It stands in the feed, and is the latest that happened to the application and the candidate.
fn record(
    edit: &mut Edit<'_>,
    actor: &Actor,
    interview: &ScheduledInterview,
    subject: &str,
    what: &str,
) -> Outcome<()> {
    let mut application: Application = edit.get(&APPLICATION, interview.application_id)?;
    let candidate_id = application.candidate_id;
    application.last_activity_at = stamp(edit.now());
    application.save(edit, interview.application_id)?;
    let mut candidate: Candidate = edit.get(&CANDIDATE, candidate_id)?;
    candidate.save_changed(edit, candidate_id)?;
    let step = Step::find(edit, interview.interview_id)?;
    let step = (*step).as_ref();
    let name = step.map_or("An interview", |it| &it.name);
    let job_ids: Vec<i64> = step.map(|it| it.job_id).into_iter().collect();
    let about = About::application(interview.application_id).naming(&job_ids);
    let entry = Activity {
        created_at: stamp(edit.now()),
        subject: Some(subject.to_owned()),
        body: format!("{name} {what} through the API"),
        user_id: Some(actor.id),
    };
    activity_feed::record(edit, candidate_id, &about, &entry)?;
    Ok(())
}

impl Fields {
    /// Changes an appointment. `own` is its id, if it has one: no other may have its `external_event_id`.
    fn apply(
        self,
        view: &View<'_>,
        own: Option<i64>,
        interview: &mut ScheduledInterview,
        problems: &mut Problems,
    ) -> Outcome<()> {
        replace(&mut interview.start, self.start.map(Time::DateTime));
        replace(&mut interview.end, self.end.map(Time::DateTime));
        if let (Time::DateTime(start), Time::DateTime(end)) = (&interview.start, &interview.end)
            && end <= start
        {
            problems.add("end", Rule::EndsTooEarly);
        }
        if let Some(event_id) = self.external_event_id {
            let sql =
                "SELECT id FROM scheduled_interview WHERE external_event_id = ?1 AND id IS NOT ?2";
            if event_id.trim().is_empty() {
                problems.add("external_event_id", Why::Blank);
            } else if view.value::<i64>(sql, (&event_id, own))?.is_some() {
                problems.taken("external_event_id");
            }
            interview.external_event_id = Some(event_id);
        }
        self.location.apply(&mut interview.location);
        self.video_conferencing_url
            .apply(&mut interview.video_conferencing_url);
        if let Some(invited) = self.interviewers {
            interview.interviewers = interviewers(view, invited, problems)?;
        }
        Ok(())
    }
}

/// Those that are listed, and no others.
fn interviewers(
    view: &View<'_>,
    invited: Vec<Invited>,
    problems: &mut Problems,
) -> Outcome<Vec<Interviewer>> {
    let mut found: Vec<Interviewer> = Vec::new();
    let mut seen = HashSet::new();
    for (place, one) in invited.into_iter().enumerate() {
        let at = format!("interviewers.{place}");
        let Some(user_id) = one.user.require(view, &at, problems)? else {
            continue;
        };
        if !seen.insert(user_id) {
            problems.add(&at, Rule::ListedTwice);
        }
        found.push(Interviewer {
            user_id,
            response_status: one.response_status,
        });
    }
    Ok(found)
}
