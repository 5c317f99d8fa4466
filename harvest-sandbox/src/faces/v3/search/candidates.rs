//! The search for candidates.
//!
//! The filters that are about applications are about one and the same: `job_id` and `stage_name` find those who are in that
//! stage on that job, not those who are on the job and in that stage on another.

use super::{OF_APPLICATIONS, candidate_has_text, check_text};
use crate::domain::access::on_hidden_jobs;
use crate::domain::candidates::CANDIDATE;
use crate::faces::Reading;
use crate::faces::list::List;
use crate::faces::v3::candidates;
use crate::faces::v3::list::{self, Meaning, Means, PICKED};
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::openapi::parameters::Asked;

/// Conditions for rows of `application` that the search for applications knows under other names.
const OF_ONE_APPLICATION: &[(&str, &str)] = &[
    (
        "job_id",
        "EXISTS (SELECT 1 FROM application_job
         WHERE application_job.application_id = application.id AND application_job.job_id = ?)",
    ),
    (
        "status",
        "CASE ? WHEN 'prospects' THEN application.state ->> 'prospect'
                WHEN 'candidates' THEN NOT application.state ->> 'prospect' ELSE true END",
    ),
    ("source_id", "application.source_id = ?"),
    (
        "stage_id",
        "EXISTS (SELECT 1 FROM stage_history AS it
         WHERE it.id = ? AND it.application_id = application.id AND it.exited_at IS NULL)",
    ),
    ("job_post_id", "application.state ->> 'job_post_id' = ?"),
];

/// A tag is the candidate's, with an application or without.
const TAGGED: &str = "id IN (SELECT candidate_id FROM candidate_tag WHERE tag_id = ?)";

pub(super) fn search(cx: &Reading<'_>) -> Outcome {
    check_text(cx)?;
    let mut meanings: Vec<Meaning> = vec![
        ("search", Means::Where(candidate_has_text!())),
        ("candidate_tag_id", Means::Where(TAGGED)),
        ("last_activity_at", PICKED),
    ];
    let of_one = OF_ONE_APPLICATION.iter().chain(OF_APPLICATIONS);
    meanings.extend(of_one.clone().map(|(name, _)| (*name, PICKED)));
    meanings.extend(candidates::MEANINGS);

    let mut list = List::of(&CANDIDATE);
    let (mut conditions, mut values) = (Vec::new(), Vec::new());
    for (name, asked) in cx.call.operation.parameters.asked(cx.call.query()) {
        if let ("last_activity_at", Asked::Range(ends)) = (name, &asked) {
            for (bound, end) in ends {
                // Bounds count as whole days, and are always included.
                let comparison = if bound.is_lower() { ">=" } else { "<=" };
                let day = end.get(..10).unwrap_or(end);
                let condition = format!("substr(state ->> 'last_activity', 1, 10) {comparison} ?");
                list = list.where_is(condition, day.to_owned());
            }
        }
        let mut known = of_one
            .clone()
            .filter(|(other, _)| *other != "candidate_tag_id");
        if let Some((_, condition)) = known.find(|(other, _)| *other == name) {
            // All values are one parameter of the SQL, of which each is a place.
            let value = format!("(? ->> '$[{}]')", values.len());
            conditions.push(format!("({})", condition.replace('?', &value)));
            values.push(one(asked));
        }
    }
    if !conditions.is_empty() {
        let hidden = match &cx.user {
            Some(_) => format!("application.id NOT IN ({}) AND ", on_hidden_jobs()),
            None => String::new(),
        };
        let conditions = conditions.join(" AND ");
        let condition =
            format!("id IN (SELECT candidate_id FROM application WHERE {hidden}{conditions})");
        list = list.where_is(condition, json!(values).to_string());
    }
    list::narrowed(cx, list, &meanings)
}

/// A value as conditions take it: lists as JSON.
fn one(asked: Asked) -> Value {
    match asked {
        Asked::Flag(flag) => i64::from(flag).into(),
        Asked::Integer(number) => number.into(),
        Asked::Text(text) => text.into(),
        Asked::Integers(ids) => json!(ids).to_string().into(),
        Asked::Texts(texts) => json!(texts).to_string().into(),
        Asked::Range(_) => Value::Null,
    }
}
