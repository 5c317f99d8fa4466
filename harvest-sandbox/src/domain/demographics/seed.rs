//! The questions of a new organization, and what some of its candidates chose.

use super::{ANSWER, ANSWER_OPTION, QUESTION, QUESTION_SET};
use crate::domain::organization::Seed;
use crate::json::{Value, json};
use crate::refusal::Outcome;

/// So many applications at the most have answers: enough for some pages.
const AT_MOST: usize = 200;

/// A question, whether it has to be answered, and its options; a candidate who chooses the last one says more in words.
const QUESTIONS: [(&str, bool, [&str; 3]); 2] = [
    (
        "Which age group are you in?",
        false,
        ["Under 40", "40 or older", "I describe it myself"],
    ),
    (
        "Do you care for someone at home?",
        true,
        ["Yes", "No", "I describe it myself"],
    ),
];

pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let mut asked = Vec::new();
    for (title, active) in [("Everyone", true), ("Until last year", false)] {
        let set = json!({
            "title": title,
            "description": "<p>Answering is voluntary.</p>",
            "active": active,
        });
        let set_id = seed.insert(&QUESTION_SET, &set)?;
        for (name, required, options) in QUESTIONS {
            let question = json!({
                "active": active,
                "demographic_question_set_id": set_id,
                "name": name,
                "translations": translations(name),
                "required": required,
                "answer_type": "multi_value_single_select",
            });
            let question_id = seed.insert(&QUESTION, &question)?;
            let mut ids = Vec::new();
            for (place, name) in options.iter().enumerate() {
                let option = json!({
                    "free_form": place + 1 == options.len(),
                    "active": true,
                    "name": name,
                    "demographic_question_id": question_id,
                    "translations": translations(name),
                });
                ids.push(seed.insert(&ANSWER_OPTION, &option)?);
            }
            if active {
                asked.push((question_id, ids));
            }
        }
    }
    answers(seed, &asked)
}

fn answers(seed: &mut Seed<'_, '_>, asked: &[(i64, Vec<i64>)]) -> Outcome<()> {
    let applications: Vec<i64> = seed.column(
        "SELECT id FROM application WHERE stage_id IS NOT NULL ORDER BY id LIMIT ?1",
        [AT_MOST],
    )?;
    for (number, application_id) in applications.into_iter().enumerate() {
        let mut dice = seed.dice("demographic_answer", number);
        if dice.percent(50) {
            continue;
        }
        let sql = "SELECT created_at FROM application WHERE id = ?1";
        let at: Option<String> = seed.value(sql, [application_id])?;
        for (question_id, options) in asked {
            let Some(option) = dice.maybe(options) else {
                continue;
            };
            let own_words = options.last() == Some(option);
            let answer = json!({
                "free_form_text": own_words.then_some("In my own words"),
                "application_id": application_id,
                "demographic_question_id": question_id,
                "demographic_answer_option_id": option,
                "created_at": at,
                "updated_at": at,
            });
            seed.insert(&ANSWER, &answer)?;
        }
    }
    Ok(())
}

/// What remains of translated questions: English.
fn translations(name: &str) -> Value {
    json!([{"language": "en", "name": name}])
}
