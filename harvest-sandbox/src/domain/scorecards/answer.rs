//! Answers, and whether they suit their questions.

use super::SCORECARD_PICK;
use super::listed::SCORECARD_ANSWER;
use crate::domain::job_stages::{AnswerType, InterviewQuestion, ListedInterview};
use crate::domain::records::scorecard::{Answer, Pick, Question, Scorecard};
use crate::refusal::{AnswerForm, Outcome, Refusal, Rule, Why};
use crate::store::Edit;

/// An answer to a question.
pub(crate) enum Answered {
    Text(String),
    YesNo(bool),
    /// The id of an option.
    Option(i64),
    Options(Vec<i64>),
}

/// The refusal of what does not answer a question of this type.
pub(super) fn refused(at: &str, wanted: AnswerType) -> Refusal {
    let form = match wanted {
        AnswerType::Text => AnswerForm::Text,
        AnswerType::YesNo => AnswerForm::Boolean,
        AnswerType::SingleSelect => AnswerForm::Option,
        AnswerType::MultiSelect => AnswerForm::Options,
        AnswerType::Instruction => AnswerForm::None,
    };
    Refusal::field(at, Rule::Answer(form))
}

/// The question of an interview with this id; refused at this path if it has none.
pub(super) fn asked<'a>(
    interview: &'a ListedInterview,
    id: i64,
    at: &str,
) -> Outcome<&'a InterviewQuestion> {
    let mut asked = interview.interview.kit.questions.iter();
    let why = Why::NotOf("question", "the interview kit");
    let found = asked.find(|it| it.id == id);
    found.ok_or_else(|| Refusal::field(at, why))
}

impl Scorecard {
    /// A question on it.
    pub(super) fn question(&mut self, asked: &InterviewQuestion) -> &mut Question {
        let place = self.questions.iter().position(|it| it.id == asked.id);
        let place = place.unwrap_or_else(|| {
            self.questions.push(Question::of(asked));
            self.questions.len() - 1
        });
        &mut self.questions[place]
    }
}

impl Question {
    /// Not answered yet.
    pub(super) fn of(asked: &InterviewQuestion) -> Self {
        Self {
            id: asked.id,
            question: asked.question.clone(),
            answer_type: asked.answer_type,
            answer: None,
        }
    }

    /// Answers it, in the place of what was answered before. Refused at this path if the answer is of another type, or names
    /// options that the question does not offer.
    pub(super) fn give(
        &mut self,
        edit: &Edit<'_>,
        asked: &InterviewQuestion,
        answered: Answered,
        at: &str,
    ) -> Outcome<()> {
        let mut answer = self.blank(edit)?;
        match (asked.answer_type, answered) {
            (AnswerType::Text, Answered::Text(text)) => answer.text = Some(text),
            (AnswerType::YesNo, Answered::YesNo(yes)) => answer.yes = Some(yes),
            (AnswerType::SingleSelect, Answered::Option(id)) => {
                answer.pick(edit, asked, id, at)?;
            }
            (AnswerType::MultiSelect, Answered::Options(ids)) => {
                for id in ids {
                    answer.pick(edit, asked, id, at)?;
                }
            }
            (wanted, _) => return Err(refused(at, wanted)),
        }
        self.answer = Some(answer);
        Ok(())
    }

    /// An answer that says nothing, under the id of the present one if there is one.
    pub(super) fn blank(&self, edit: &Edit<'_>) -> Outcome<Answer> {
        let id = match &self.answer {
            Some(answer) => answer.id,
            None => edit.new_id(&SCORECARD_ANSWER)?,
        };
        Ok(Answer {
            id,
            ..Answer::default()
        })
    }
}

impl Answer {
    /// Chooses an option, and says under which id.
    pub(super) fn pick(
        &mut self,
        edit: &Edit<'_>,
        asked: &InterviewQuestion,
        option_id: i64,
        at: &str,
    ) -> Outcome<i64> {
        let mut offered = asked.options.iter();
        let Some(option) = offered.find(|it| it.id == option_id) else {
            return Err(refused(at, asked.answer_type));
        };
        if self.picks.iter().any(|pick| pick.option_id == option_id) {
            return Err(Refusal::field(at, Rule::ListedTwice));
        }
        let id = edit.new_id(&SCORECARD_PICK)?;
        self.picks.push(Pick {
            id,
            option_id,
            name: option.name.clone(),
        });
        Ok(id)
    }
}
