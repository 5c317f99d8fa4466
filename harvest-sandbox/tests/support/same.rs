//! Records of v3 compared with what v1 shows of them: the same records, with the same values.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// The kind of a record, as in the names of operations.
pub type Kind = &'static str;

/// Records by kind, as a version lists them.
pub struct Lists(pub BTreeMap<Kind, Vec<Value>>);

impl Lists {
    pub fn of(&self, kind: Kind) -> &[Value] {
        &self.0[kind]
    }

    pub fn find(&self, kind: Kind, wanted: i64) -> Option<&Value> {
        self.of(kind).iter().find(|record| id(record) == wanted)
    }
}

/// Paths to the same value in v3 and in v1. `*` stands for each item of a list.
type Same = (&'static str, &'static str);

const USER: &[Same] = &[
    ("first_name", "first_name"),
    ("last_name", "last_name"),
    ("name", "name"),
    ("emails", "emails"),
    ("employee_id", "employee_id"),
    ("deactivated", "disabled"),
    ("site_admin", "site_admin"),
    ("created_at", "created_at"),
    ("updated_at", "updated_at"),
    ("linked_candidate_ids", "linked_candidate_ids"),
    ("office_ids", "offices/*/id"),
    ("department_ids", "departments/*/id"),
];
const JOB: &[Same] = &[
    ("name", "name"),
    ("requisition_id", "requisition_id"),
    ("notes", "notes"),
    ("confidential", "confidential"),
    ("status", "status"),
    ("opened_at", "opened_at"),
    ("closed_at", "closed_at"),
    ("is_template", "is_template"),
    ("copied_from_id", "copied_from_id"),
    ("created_at", "created_at"),
    ("updated_at", "updated_at"),
    ("office_ids", "offices/*/id"),
    ("department_id", "departments/0/id"),
];
const POST: &[Same] = &[
    ("title", "title"),
    ("internal", "internal"),
    ("active", "active"),
    ("live", "live"),
    ("content", "content"),
    ("internal_content", "internal_content"),
    ("job_id", "job_id"),
    ("demographic_question_set_id", "demographic_question_set_id"),
    ("questions/*/label", "questions/*/label"),
];
const STAGE: &[Same] = &[
    ("name", "name"),
    ("job_id", "job_id"),
    ("sort_order", "priority"),
    ("active", "active"),
    ("created_at", "created_at"),
    ("updated_at", "updated_at"),
];
const CANDIDATE: &[Same] = &[
    ("first_name", "first_name"),
    ("last_name", "last_name"),
    ("company", "company"),
    ("title", "title"),
    ("created_at", "created_at"),
    ("updated_at", "updated_at"),
    ("last_activity_at", "last_activity"),
    ("private", "is_private"),
    ("can_email", "can_email"),
    ("tags", "tags"),
    ("linked_user_ids", "linked_user_ids"),
    ("phone_numbers", "phone_numbers"),
    ("addresses", "addresses"),
    ("email_addresses", "email_addresses"),
    ("website_addresses", "website_addresses"),
    ("social_media_addresses", "social_media_addresses"),
];
const APPLICATION: &[Same] = &[
    ("candidate_id", "candidate_id"),
    ("prospect", "prospect"),
    ("status", "status"),
    ("created_at", "applied_at"),
    ("rejected_at", "rejected_at"),
    ("last_activity_at", "last_activity_at"),
    ("source_id", "source/id"),
    ("recruiter_id", "recruiter/id"),
    ("coordinator_id", "coordinator/id"),
    ("rejection_reason_id", "rejection_reason/id"),
    ("job_post_id", "job_post_id"),
    ("job_interview_stage_id", "current_stage/id"),
    ("stage_name", "current_stage/name"),
    ("location_address", "location/address"),
    ("answers", "answers"),
];
const OFFER: &[Same] = &[
    ("version", "version"),
    ("application_id", "application_id"),
    ("job_id", "job_id"),
    ("candidate_id", "candidate_id"),
    ("opening_id", "opening/id"),
    ("status", "status"),
    ("starts_on", "starts_at"),
    ("sent_on", "sent_at"),
    ("resolved_at", "resolved_at"),
    ("created_at", "created_at"),
    ("updated_at", "updated_at"),
];
const INTERVIEW: &[Same] = &[
    ("application_id", "application_id"),
    ("external_event_id", "external_event_id"),
    ("job_interview_id", "interview/id"),
    ("organizer_id", "organizer/id"),
    ("starts_at", "start/date_time"),
    ("ends_at", "end/date_time"),
    ("all_day_start_on", "start/date"),
    ("all_day_end_on", "end/date"),
    ("location", "location"),
    ("video_conferencing_url", "video_conferencing_url"),
    ("status", "status"),
];
const SCORECARD: &[Same] = &[
    ("application_id", "application_id"),
    ("interviewer_id", "interviewer/id"),
    ("submitter_id", "submitted_by/id"),
    ("interviewed_at", "interviewed_at"),
    ("created_at", "created_at"),
    ("updated_at", "updated_at"),
];
const ANSWER: &[Same] = &[
    ("application_id", "application_id"),
    ("demographic_question_id", "demographic_question_id"),
    (
        "demographic_answer_option_id",
        "demographic_answer_option_id",
    ),
    ("free_form_text", "free_form_text"),
];
const EEOC: &[Same] = &[
    ("candidate_id", "candidate_id"),
    ("gender", "gender"),
    ("race", "race"),
    ("veteran_status/id", "veteran_status/id"),
    ("disability_status", "disability_status"),
    ("submitted_at", "submitted_at"),
];
const DEPARTMENT: &[Same] = &[
    ("name", "name"),
    ("parent_id", "parent_id"),
    ("external_id", "external_id"),
];
const OFFICE: &[Same] = &[
    ("name", "name"),
    ("parent_id", "parent_id"),
    ("external_id", "external_id"),
    ("location", "location/name"),
    (
        "primary_in_house_contact_user_id",
        "primary_contact_user_id",
    ),
];
const TAG: &[Same] = &[("name", "name")];
const OPENING: &[Same] = &[
    ("opening_id", "opening_id"),
    ("opened_at", "opened_at"),
    ("closed_at", "closed_at"),
    ("application_id", "application_id"),
    ("close_reason_id", "close_reason/id"),
    ("job_id", "job_id"),
];

/// What v3 has in place of words of v1.
const WORDS: &[(Kind, &str, &str)] = &[
    ("application", "active", "in_process"),
    ("offer", "unresolved", "Created"),
    ("offer", "accepted", "Accepted"),
    ("offer", "rejected", "Rejected"),
    ("offer", "deprecated", "Deprecated"),
];

/// What is compared of each kind.
const KINDS: &[(Kind, &[Same])] = &[
    ("user", USER),
    ("job", JOB),
    ("post", POST),
    ("stage", STAGE),
    ("candidate", CANDIDATE),
    ("application", APPLICATION),
    ("offer", OFFER),
    ("interview", INTERVIEW),
    ("scorecard", SCORECARD),
    ("answer", ANSWER),
    ("eeoc", EEOC),
    ("department", DEPARTMENT),
    ("office", OFFICE),
    ("tag", TAG),
    ("opening", OPENING),
];

/// What v3 shows otherwise than v1, of the kinds that were read of v3, of which jobs and candidates are two; but for records of
/// confidential jobs and private candidates: the user of v3 may not see these, where the key of v1 sees all.
pub fn differences(of_v3: &Lists, of_v1: &Lists) -> Vec<String> {
    let hidden = |kind, secret: &str| -> Vec<i64> {
        let shown: Vec<i64> = of_v3.of(kind).iter().map(id).collect();
        let secrets = of_v1.of(kind).iter().filter(|it| it[secret] == true);
        secrets.map(id).filter(|it| !shown.contains(it)).collect()
    };
    let hidden_jobs = hidden("job", "confidential");
    let hidden_candidates = hidden("candidate", "is_private");
    let openings = openings(of_v1);
    let mut wrong = Vec::new();
    for &(kind, same) in KINDS {
        let Some(found) = of_v3.0.get(kind) else {
            continue;
        };
        let of_kind = match kind {
            "opening" => &openings[..],
            kind => of_v1.of(kind),
        };
        let seen = of_kind.iter().filter(|record| {
            let jobs = jobs_of(kind, record, of_v1);
            let candidate = candidate_of(kind, record, of_v1);
            let is_hidden = !jobs.is_empty() && jobs.iter().all(|it| hidden_jobs.contains(it))
                || candidate.is_some_and(|it| hidden_candidates.contains(&it));
            is_listed(kind, record) && !is_hidden
        });
        compare(kind, same, found, &seen.collect::<Vec<_>>(), &mut wrong);
    }
    wrong
}

/// The openings that v1 shows inside of jobs.
fn openings(of_v1: &Lists) -> Vec<Value> {
    let mut openings = Vec::new();
    for job in of_v1.of("job") {
        for opening in job["openings"].as_array().unwrap() {
            let mut opening = opening.clone();
            opening["job_id"] = job["id"].clone();
            openings.push(opening);
        }
    }
    openings
}

/// The id of a record; of one that has none of its own, that of the application it belongs to.
pub fn id(record: &Value) -> i64 {
    let id = record.get("id").unwrap_or(&record["application_id"]);
    id.as_i64().unwrap()
}

/// Whether the lists of v3 have such records: deleted posts have to be asked for, and posts about no job are not shown.
fn is_listed(kind: Kind, record: &Value) -> bool {
    kind != "post" || record["active"] == true && record["job_id"].is_i64()
}

/// The candidate that a record belongs to.
fn candidate_of(kind: Kind, record: &Value, lists: &Lists) -> Option<i64> {
    let application = record["application_id"].as_i64();
    match kind {
        "candidate" => Some(id(record)),
        "application" => record["candidate_id"].as_i64(),
        // It is known by whom it was filled.
        "opening" => None,
        _ => lists.find("application", application?)?["candidate_id"].as_i64(),
    }
}

/// The jobs that a record belongs to.
fn jobs_of(kind: Kind, record: &Value, lists: &Lists) -> Vec<i64> {
    let application = record["application_id"].as_i64();
    let application = application.and_then(|id| lists.find("application", id));
    let jobs = match (kind, application) {
        ("job", _) => json!([record["id"]]),
        ("opening", _) => json!([record["job_id"]]),
        (_, Some(application)) => at(application, "jobs/*/id"),
        _ if record["job_id"].is_i64() => json!([record["job_id"]]),
        _ => at(record, "jobs/*/id"),
    };
    let jobs = jobs.as_array().into_iter().flatten();
    jobs.filter_map(Value::as_i64).collect()
}

fn compare(kind: Kind, same: &[Same], of_v3: &[Value], of_v1: &[&Value], wrong: &mut Vec<String>) {
    // A record that has no id of its own in v1 has one in v3.
    let key = |record: &Value| match kind {
        "eeoc" => record["application_id"].as_i64().unwrap(),
        _ => id(record),
    };
    let mut expected: BTreeMap<i64, &Value> = of_v1.iter().map(|it| (key(it), *it)).collect();
    for record in of_v3 {
        let id = key(record);
        let Some(other) = expected.remove(&id) else {
            wrong.push(format!("{kind} {id}: v1 does not show it"));
            continue;
        };
        for (new, old) in same {
            let (is, expected) = (at(record, new), worded(kind, at(other, old)));
            if !is_same(&is, &expected) {
                wrong.push(format!(
                    "{kind} {id}: {new} is {is}, {old} of v1 {expected}"
                ));
            }
        }
    }
    wrong.extend(
        expected
            .keys()
            .map(|id| format!("{kind} {id}: v3 does not show it")),
    );
}

/// Equal, or the same time: v1 has some times to the second, of which v3 has the milliseconds.
fn is_same(of_v3: &Value, of_v1: &Value) -> bool {
    let second = |time: &Value| time.as_str().and_then(|it| it.get(..19)).map(str::to_owned);
    let to_the_second = |time: &str| time.len() == 20 && time.ends_with('Z');
    of_v3 == of_v1 || of_v1.as_str().is_some_and(to_the_second) && second(of_v3) == second(of_v1)
}

fn worded(kind: Kind, value: Value) -> Value {
    let word = WORDS
        .iter()
        .find(|(of, old, _)| *of == kind && value == *old);
    word.map_or(value, |(_, _, new)| json!(new))
}

/// What stands at a path; null if nothing does.
fn at(record: &Value, path: &str) -> Value {
    let Some((step, rest)) = path.split_once('/') else {
        return match path.parse::<usize>() {
            Ok(place) => record[place].clone(),
            Err(_) => record[path].clone(),
        };
    };
    match step.parse::<usize>() {
        _ if step == "*" => record
            .as_array()
            .into_iter()
            .flatten()
            .map(|item| at(item, rest))
            .collect(),
        Ok(place) => at(&record[place], rest),
        Err(_) => at(&record[step], rest),
    }
}
