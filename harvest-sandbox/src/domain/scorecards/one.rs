//! Ratings, answers and chosen options that are sent one by one.

use super::answer::{asked, refused};
use super::listed::{ListedAnswer, ListedRating, SCORECARD_ANSWER, SCORECARD_RATING};
use super::write::{save, writable};
use crate::domain::access::{Actor, ClientId};
use crate::domain::job_stages::{AnswerType, InterviewQuestion, ListedInterview};
use crate::domain::patch::{Change, replace};
use crate::domain::records::scorecard::{Rating, Scorecard};
use crate::refusal::{Outcome, Refusal, Rule, Why};
use crate::store::{Edit, View};

/// Rates an attribute that is not rated yet, and says under which id. Paths are `scorecard_id` and
/// `job_candidate_attribute_id`.
pub(crate) fn add_rating(
    edit: &mut Edit<'_>,
    actor: &Actor,
    scorecard_id: ClientId,
    attribute_id: i64,
    (rating, note): (Option<String>, Option<String>),
) -> Outcome<i64> {
    let (id, mut scorecard, interview) = named(edit, actor, scorecard_id)?;
    let at = "job_candidate_attribute_id";
    let mut new = Rating::of(edit, interview.job_id, attribute_id, at)?;
    if scorecard.rated(attribute_id).is_some() {
        return Err(Refusal::field(at, Why::Taken));
    }
    replace(&mut new.rating, rating);
    new.note = note;
    let rating_id = new.id;
    scorecard.attributes.push(new);
    save(edit, id, scorecard)?;
    Ok(rating_id)
}

/// Changes what is sent of a rating.
pub(crate) fn change_rating(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: i64,
    (rating, note): (Option<String>, Option<String>),
) -> Outcome<()> {
    let listed: ListedRating = edit.get(&SCORECARD_RATING, id)?;
    let (scorecard_id, mut scorecard, _) = of_part(edit, actor, listed.scorecard_id)?;
    let mut ratings = scorecard.attributes.iter_mut();
    if let Some(known) = ratings.find(|it| it.id == id) {
        replace(&mut known.rating, rating);
        known.note = note.or_else(|| known.note.take());
    }
    save(edit, scorecard_id, scorecard)
}

/// Answers a question that is not answered yet, and says under which id. Paths are `scorecard_id`, `scorecard_question_id`
/// and `boolean_value`. A text is ignored where the question wants none, as the service is documented to.
pub(crate) fn add_answer(
    edit: &mut Edit<'_>,
    actor: &Actor,
    scorecard_id: ClientId,
    question_id: i64,
    (text, yes): (Option<String>, Option<bool>),
) -> Outcome<i64> {
    let (id, mut scorecard, interview) = named(edit, actor, scorecard_id)?;
    let at = "scorecard_question_id";
    let asked = asked(&interview, question_id, at)?;
    let question = scorecard.question(asked);
    if question.answer.is_some() {
        return Err(Refusal::field(at, Why::Taken));
    }
    if asked.answer_type == AnswerType::Instruction {
        return Err(refused(at, asked.answer_type));
    }
    let mut answer = question.blank(edit)?;
    let answer_id = answer.id;
    answer.yes = yes;
    answer.text = text.filter(|_| asked.answer_type == AnswerType::Text);
    check_yes(asked, yes)?;
    question.answer = Some(answer);
    save(edit, id, scorecard)?;
    Ok(answer_id)
}

/// Changes what is sent of an answer. Paths are `answer` and `boolean_value`.
pub(crate) fn change_answer(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: i64,
    (text, yes): (Change<String>, Change<bool>),
) -> Outcome<()> {
    let listed: ListedAnswer = edit.get(&SCORECARD_ANSWER, id)?;
    let (scorecard_id, mut scorecard, interview) = of_part(edit, actor, listed.scorecard_id)?;
    let asked = asked(&interview, listed.scorecard_question_id, "answer")?;
    if text.value().is_some() && asked.answer_type != AnswerType::Text {
        return Err(refused("answer", asked.answer_type));
    }
    check_yes(asked, yes.value().copied())?;
    if let Some(answer) = &mut scorecard.question(asked).answer {
        text.apply(&mut answer.text);
        yes.apply(&mut answer.yes);
    }
    save(edit, scorecard_id, scorecard)
}

/// Chooses an option in answer to a question, and says under which id. Paths are `scorecard_question_answer_id` and
/// `scorecard_question_option_id`.
pub(crate) fn add_pick(
    edit: &mut Edit<'_>,
    actor: &Actor,
    answer_id: ClientId,
    option_id: i64,
) -> Outcome<i64> {
    let at = "scorecard_question_answer_id";
    let answer = answer_id.named(edit, actor, &SCORECARD_ANSWER, at, "An answer")?;
    let listed: ListedAnswer = edit.get(&SCORECARD_ANSWER, answer)?;
    let (scorecard_id, mut scorecard, interview) = of_part(edit, actor, listed.scorecard_id)?;
    let asked = asked(&interview, listed.scorecard_question_id, at)?;
    let at = "scorecard_question_option_id";
    let Some(answer) = &mut scorecard.question(asked).answer else {
        return Err(Refusal::NotFound);
    };
    if asked.answer_type == AnswerType::SingleSelect && !answer.picks.is_empty() {
        return Err(Refusal::field(at, Rule::OneOption));
    }
    let id = answer.pick(edit, asked, option_id, at)?;
    save(edit, scorecard_id, scorecard)?;
    Ok(id)
}

/// Only some questions are answered by yes or no.
fn check_yes(asked: &InterviewQuestion, yes: Option<bool>) -> Outcome<()> {
    if yes.is_some() && asked.answer_type != AnswerType::YesNo {
        return Err(refused("boolean_value", asked.answer_type));
    }
    Ok(())
}

/// The scorecard that a body names, if the user may change it, with its interview.
fn named(
    view: &View<'_>,
    actor: &Actor,
    id: ClientId,
) -> Outcome<(i64, Scorecard, ListedInterview)> {
    let why = Why::Unknown("A scorecard");
    writable(view, actor, id)?.ok_or_else(|| Refusal::field("scorecard_id", why))
}

/// The scorecard of a part that the user sees.
fn of_part(view: &View<'_>, actor: &Actor, id: i64) -> Outcome<(i64, Scorecard, ListedInterview)> {
    writable(view, actor, ClientId::new(id))?.ok_or(Refusal::NotFound)
}
