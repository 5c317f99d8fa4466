//! Adding and changing scorecards with all that is in them.

use std::collections::HashSet;

use super::answer::{Answered, asked};
use super::{NO_RATING, SCORECARD};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::job_stages::{INTERVIEW_KIT, JOB_INTERVIEW, ListedInterview, ListedKit};
use crate::domain::patch::Change;
use crate::domain::records::scorecard::{Question, Rating, Scorecard};
use crate::domain::scheduled_interviews;
use crate::domain::users::{USER, User};
use crate::refusal::{Outcome, Problems, Refusal, Rule, Why};
use crate::store::{Edit, View};

/// A scorecard to add. Paths are the names of these and of [`Fields`].
pub(crate) struct NewScorecard {
    pub(crate) interview_kit_id: ClientId,
    pub(crate) application_id: ClientId,
    pub(crate) fields: Fields,
}

/// What is said of new and of present scorecards alike. What is none or not listed stays as it is.
pub(crate) struct Fields {
    pub(crate) interviewer_id: ClientId,
    pub(crate) interviewed_at: String,
    /// Who hands it in.
    pub(crate) submitter_id: ClientId,
    pub(crate) overall_recommendation: Option<String>,
    pub(crate) notes: Option<String>,
    pub(crate) private_notes: Option<String>,
    pub(crate) public_notes: Option<String>,
    /// Whether it is handed in, or else a draft.
    pub(crate) complete: Option<bool>,
    pub(crate) question_answers: Vec<NewAnswer>,
    pub(crate) candidate_attributes: Vec<NewRating>,
}

pub(crate) struct NewAnswer {
    pub(crate) scorecard_question_id: i64,
    /// None takes the answer back.
    pub(crate) value: Option<Answered>,
}

pub(crate) struct NewRating {
    pub(crate) job_candidate_attribute_id: i64,
    pub(crate) value: Change<String>,
    pub(crate) note: Change<String>,
}

/// Adds a scorecard of an interview of the job that an application is on, and says under which id.
pub(crate) fn create(edit: &mut Edit<'_>, actor: &Actor, new: NewScorecard) -> Outcome<i64> {
    let kit = new
        .interview_kit_id
        .find::<ListedKit>(edit, actor, &INTERVIEW_KIT)?;
    let application = new
        .application_id
        .find::<Application>(edit, actor, &APPLICATION)?;
    let mut problems = Problems::default();
    if kit.is_none() {
        problems.unknown("interview_kit_id", "An interview kit");
    }
    if application.is_none() {
        problems.unknown("application_id", "An application");
    }
    problems.check()?;
    let (_, kit) = kit.ok_or(Refusal::NotFound)?;
    let (application_id, application) = application.ok_or(Refusal::NotFound)?;
    actor.require_job(edit, kit.job_id)?;
    if application.job_id() != Some(kit.job_id) {
        let why = Why::NotOf("interview kit", "the job of the application");
        return Err(Refusal::field("interview_kit_id", why));
    }
    let interview: ListedInterview = edit.get(&JOB_INTERVIEW, kit.job_interview_id)?;
    let now = stamp(edit.now());
    let asked = interview.interview.kit.questions.iter();
    let mut scorecard = Scorecard {
        created_at: now.clone(),
        updated_at: now,
        application_id,
        interview_id: kit.job_interview_id,
        scheduled_interview_id: None,
        interviewed_at: String::new(),
        interviewer_id: None,
        submitted_by_id: None,
        submitted_at: None,
        overall_recommendation: None,
        notes: None,
        private_notes: None,
        public_notes: None,
        attributes: Vec::new(),
        questions: asked.map(Question::of).collect(),
    };
    new.fields.apply(edit, actor, &interview, &mut scorecard)?;
    let id = scorecard.insert(edit)?;
    follow(edit, &scorecard)?;
    Ok(id)
}

/// Changes a scorecard.
pub(crate) fn update(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    fields: Fields,
) -> Outcome<i64> {
    let (id, mut scorecard, interview) = writable(edit, actor, id)?.ok_or(Refusal::NotFound)?;
    fields.apply(edit, actor, &interview, &mut scorecard)?;
    save(edit, id, scorecard)?;
    Ok(id)
}

/// A scorecard that the user may change, with its interview. None if the user sees no such scorecard.
pub(super) fn writable(
    view: &View<'_>,
    actor: &Actor,
    id: ClientId,
) -> Outcome<Option<(i64, Scorecard, ListedInterview)>> {
    let Some((id, scorecard)) = id.find::<Scorecard>(view, actor, &SCORECARD)? else {
        return Ok(None);
    };
    let interview: ListedInterview = view.get(&JOB_INTERVIEW, scorecard.interview_id)?;
    actor.require_job(view, interview.job_id)?;
    Ok(Some((id, scorecard, interview)))
}

/// Keeps a scorecard that was changed just now.
pub(super) fn save(edit: &mut Edit<'_>, id: i64, mut scorecard: Scorecard) -> Outcome<()> {
    scorecard.updated_at = stamp(edit.now());
    scorecard.save(edit, id)?;
    follow(edit, &scorecard)
}

/// The interview that a scorecard is about may be complete now, or no longer.
fn follow(edit: &mut Edit<'_>, scorecard: &Scorecard) -> Outcome<()> {
    match scorecard.scheduled_interview_id {
        Some(id) => scheduled_interviews::follow_scorecards(edit, id),
        None => Ok(()),
    }
}

impl Fields {
    fn apply(
        self,
        edit: &Edit<'_>,
        actor: &Actor,
        interview: &ListedInterview,
        scorecard: &mut Scorecard,
    ) -> Outcome<()> {
        let mut problems = Problems::default();
        let mut user = |id: ClientId, at: &str| -> Outcome<Option<i64>> {
            let found = id.find::<User>(edit, actor, &USER)?.map(|(id, _)| id);
            if found.is_none() {
                problems.unknown(at, "A user");
            }
            Ok(found)
        };
        let interviewer_id = user(self.interviewer_id, "interviewer_id")?;
        scorecard.submitted_by_id = user(self.submitter_id, "submitter_id")?;
        if scorecard.scheduled_interview_id.is_none() || scorecard.interviewer_id != interviewer_id
        {
            scorecard.interviewer_id = interviewer_id;
            scorecard.scheduled_interview_id = appointment(edit, scorecard)?;
        }
        scorecard.interviewed_at = self.interviewed_at;
        for (known, said) in [
            (
                &mut scorecard.overall_recommendation,
                self.overall_recommendation,
            ),
            (&mut scorecard.notes, self.notes),
            (&mut scorecard.private_notes, self.private_notes),
            (&mut scorecard.public_notes, self.public_notes),
        ] {
            if said.is_some() {
                *known = said;
            }
        }
        match self.complete {
            Some(true) => {
                let at = &mut scorecard.submitted_at;
                at.get_or_insert_with(|| stamp(edit.now()));
            }
            Some(false) => scorecard.submitted_at = None,
            None => {}
        }
        let mut seen = HashSet::new();
        for (place, one) in self.question_answers.into_iter().enumerate() {
            let at = format!("question_answers.{place}");
            let is_first = seen.insert(one.scorecard_question_id);
            note(
                &mut problems,
                one.apply(edit, interview, scorecard, &at, is_first),
            )?;
        }
        let mut seen = HashSet::new();
        for (place, one) in self.candidate_attributes.into_iter().enumerate() {
            let at = format!("candidate_attributes.{place}");
            let is_first = seen.insert(one.job_candidate_attribute_id);
            note(
                &mut problems,
                one.apply(edit, interview.job_id, scorecard, &at, is_first),
            )?;
        }
        problems.check()
    }
}

/// Adds what one part is refused for to what others are refused for.
fn note(problems: &mut Problems, outcome: Outcome<()>) -> Outcome<()> {
    match outcome {
        Err(Refusal::Invalid(found)) => {
            found
                .listed()
                .iter()
                .cloned()
                .for_each(|one| problems.note(one));
            Ok(())
        }
        outcome => outcome,
    }
}

/// The appointment of an application for an interview at which a user interviews, and has no scorecard yet: the latest.
fn appointment(view: &View<'_>, scorecard: &Scorecard) -> Outcome<Option<i64>> {
    // The plus keeps SQLite from going through all interviews of the step.
    let sql = "SELECT it.id FROM scheduled_interview AS it
               WHERE it.application_id = ?1 AND +it.step_id = ?2
               AND EXISTS (SELECT 1 FROM interviewer WHERE interview_id = it.id AND user_id = ?3)
               AND NOT EXISTS (SELECT 1 FROM scorecard
                               WHERE scheduled_interview_id = it.id AND interviewer_id = ?3)
               ORDER BY it.id DESC LIMIT 1";
    let Scorecard {
        application_id,
        interview_id,
        interviewer_id,
        ..
    } = scorecard;
    view.value(sql, (application_id, interview_id, interviewer_id))
}

impl NewAnswer {
    fn apply(
        self,
        edit: &Edit<'_>,
        interview: &ListedInterview,
        scorecard: &mut Scorecard,
        at: &str,
        is_first: bool,
    ) -> Outcome<()> {
        let named = format!("{at}.scorecard_question_id");
        let asked = asked(interview, self.scorecard_question_id, &named)?;
        if !is_first {
            return Err(Refusal::field(&named, Rule::ListedTwice));
        }
        let question = scorecard.question(asked);
        let Some(value) = self.value else {
            question.answer = None;
            return Ok(());
        };
        question.give(edit, asked, value, &format!("{at}.value"))
    }
}

impl NewRating {
    fn apply(
        self,
        edit: &Edit<'_>,
        job_id: i64,
        scorecard: &mut Scorecard,
        at: &str,
        is_first: bool,
    ) -> Outcome<()> {
        let named = format!("{at}.job_candidate_attribute_id");
        let mut rating = Rating::of(edit, job_id, self.job_candidate_attribute_id, &named)?;
        if !is_first {
            return Err(Refusal::field(&named, Rule::ListedTwice));
        }
        if self.value == Change::Leave && self.note == Change::Leave {
            return Err(Refusal::field(at, Rule::NoRating));
        }
        let before = scorecard.rated(self.job_candidate_attribute_id);
        let is_rated = match &self.value {
            Change::Set(_) => true,
            Change::Clear => false,
            Change::Leave => before.is_some(),
        };
        if let Some(before) = before {
            rating.note.clone_from(&before.note);
            rating.rating.clone_from(&before.rating);
        }
        self.note.apply(&mut rating.note);
        match self.value {
            Change::Set(value) => rating.rating = value,
            Change::Clear => NO_RATING.clone_into(&mut rating.rating),
            Change::Leave => {}
        }
        // The entry is replaced by a new record, as the service is documented to do.
        let attributes = &mut scorecard.attributes;
        let mut known = attributes.iter_mut();
        let id = rating.job_candidate_attribute_id;
        let known = known.find(|it| it.job_candidate_attribute_id == id);
        match known {
            _ if !is_rated && rating.note.is_none() => {
                attributes.retain(|it| it.job_candidate_attribute_id != id);
            }
            Some(known) => *known = rating,
            None => attributes.push(rating),
        }
        Ok(())
    }
}
