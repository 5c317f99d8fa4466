//! The search for jobs.

use super::check_text;
use crate::domain::jobs::JOB;
use crate::faces::Reading;
use crate::faces::list::List;
use crate::faces::v3::jobs;
use crate::faces::v3::list::{self, Meaning, Means, PICKED};
use crate::http::refusal::Outcome;

const MEANINGS: &[Meaning] = &[
    (
        "search",
        Means::Where(
            "instr(lower(state ->> 'name'), lower(?)) > 0
             OR instr(lower(ifnull(requisition_id, '')), lower(?)) > 0",
        ),
    ),
    ("status", Means::Where("? IN ('all', status)")),
    (
        "external",
        Means::Where(
            "? = EXISTS (SELECT 1 FROM job_post
                         WHERE job_post.job_id = job.id AND job_post.active
                           AND NOT job_post.internal)",
        ),
    ),
    ("user_id", PICKED),
    ("user_role", PICKED),
    (
        "job_custom_field_id",
        Means::Where(
            "EXISTS (SELECT 1 FROM json_each(job.state, '$.custom_fields') AS kept
                     WHERE kept.key = ? AND kept.type <> 'null')",
        ),
    ),
    ("job_custom_field_answer_id", PICKED),
    (
        "templates",
        Means::Where(
            "CASE ? WHEN 'include' THEN true WHEN 'only' THEN state ->> 'is_template'
                    ELSE NOT state ->> 'is_template' END",
        ),
    ),
];

/// The choice `?` in a custom field: one of all, or one of those in the field that is named.
const CHOSEN: &str = "EXISTS (SELECT 1 FROM json_tree(job.state, '$.custom_fields') AS kept
    JOIN custom_field_option AS choice ON choice.id = kept.value
    WHERE choice.id = ? AND choice.custom_field_id = ifnull(";

pub(super) fn search(cx: &Reading<'_>) -> Outcome {
    check_text(cx)?;
    let query = cx.call.query();
    let mut list = List::of(&JOB);
    if query.last("templates").is_none() {
        list = list.only("NOT state ->> 'is_template'");
    }
    if let Some(user_id) = query.last("user_id").and_then(|id| id.parse::<i64>().ok()) {
        list = list.where_is(with_role(query.last("user_role")), user_id);
    }
    let answer = query.last("job_custom_field_answer_id");
    if let Some(answer) = answer {
        // What is no number is the id of no choice.
        let choice = answer.parse::<i64>().unwrap_or_default();
        let field = query
            .last("job_custom_field_id")
            .and_then(|id| id.parse::<i64>().ok());
        let field = field.map_or("NULL".to_owned(), |id| id.to_string());
        let condition = format!("{CHOSEN}{field}, choice.custom_field_id))");
        list = list.where_is(condition, choice);
    }
    let meanings: Vec<Meaning> = MEANINGS.iter().chain(jobs::MEANINGS).copied().collect();
    list::narrowed(cx, list, &meanings)
}

/// SQL that holds for jobs on which user `?` has a role. The sandbox has no followers of jobs.
fn with_role(role: Option<&str>) -> String {
    let of = |table: &str, more: &str| {
        format!(
            "EXISTS (SELECT 1 FROM {table} AS it WHERE it.job_id = job.id AND it.user_id = ?{more})"
        )
    };
    match role {
        None | Some("any_role") => {
            let (managers, owners) = (of("job_hiring_manager", ""), of("job_owner", ""));
            format!("{managers} OR {owners}")
        }
        Some("hiring_manager") => of("job_hiring_manager", ""),
        Some("recruiter") => of("job_owner", " AND it.type = 'recruiter'"),
        Some("coordinator") => of("job_owner", " AND it.type = 'coordinator'"),
        Some("sourcer") => of("job_owner", " AND it.type = 'sourcer'"),
        Some(_) => "? IS NULL".to_owned(),
    }
}
