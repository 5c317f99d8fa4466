//! Records of v3 compared with what v1 shows of them: the same records, with the same values.

use harvest_generated::v3::Client;
use serde_json::{Value, json};

use super::read::{all, id};
use super::snapshot::{Kind, Lists};

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

/// Fails unless v3 lists the records that v1 lists, with the same values; but for those of confidential jobs: the user of v3
/// is not in their teams, where the key of v1 sees all.
pub async fn agree(client: &Client, lists: &Lists) {
    let jobs: Vec<i64> = all(client.list_jobs().items())
        .await
        .iter()
        .map(id)
        .collect();
    let hidden = lists
        .of("job")
        .iter()
        .filter(|it| it["confidential"] == true);
    let hidden: Vec<i64> = hidden.map(id).filter(|it| !jobs.contains(it)).collect();
    let seen = |kind: Kind, of_v1: &[Value]| {
        let listed = of_v1.iter().filter(|record| is_listed(kind, record));
        let seen = listed.filter(|record| {
            let jobs = jobs_of(kind, record, lists);
            jobs.is_empty() || !jobs.iter().all(|job| hidden.contains(job))
        });
        seen.cloned().collect::<Vec<_>>()
    };
    macro_rules! compare {
        ($($kind:literal $same:ident $list:ident),* $(,)?) => {
            $({
                let found = all(client.$list().items()).await;
                same($kind, $same, &found, &seen($kind, lists.of($kind)));
            })*
        };
    }
    compare! {
        "user" USER list_users,
        "job" JOB list_jobs,
        "post" POST list_job_posts,
        "stage" STAGE list_job_stages,
        "candidate" CANDIDATE list_candidates,
        "application" APPLICATION list_applications,
        "offer" OFFER list_offers,
        "interview" INTERVIEW list_scheduled_interviews,
        "scorecard" SCORECARD list_scorecards,
        "answer" ANSWER list_demographic_answers,
        "eeoc" EEOC list_eeoc,
        "department" DEPARTMENT list_departments,
        "office" OFFICE list_offices,
        "tag" TAG list_candidate_tags,
    }
    let mut openings = Vec::new();
    for job in lists.of("job") {
        for opening in job["openings"].as_array().unwrap() {
            let mut opening = opening.clone();
            opening["job_id"] = job["id"].clone();
            openings.push(opening);
        }
    }
    let found = all(client.list_job_openings().items()).await;
    same("opening", OPENING, &found, &seen("opening", &openings));
}

/// Whether the lists of v3 have such records: deleted posts have to be asked for, and posts about no job are not shown.
fn is_listed(kind: Kind, record: &Value) -> bool {
    kind != "post" || record["active"] == true && record["job_id"].is_i64()
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

fn same(kind: Kind, same: &[Same], of_v3: &[Value], of_v1: &[Value]) {
    // A record that has no id of its own in v1 has one in v3.
    let key = |record: &Value| match kind {
        "eeoc" => record["application_id"].as_i64().unwrap(),
        _ => id(record),
    };
    let sorted = |mut ids: Vec<i64>| {
        ids.sort_unstable();
        ids
    };
    let found = sorted(of_v3.iter().map(key).collect());
    let expected = sorted(of_v1.iter().map(key).collect());
    assert_eq!(found, expected, "{kind}s of v3 and v1");
    let mut wrong = Vec::new();
    for record in of_v3 {
        let other = of_v1.iter().find(|it| key(it) == key(record)).unwrap();
        for (new, old) in same {
            let (is, expected) = (at(record, new), worded(kind, at(other, old)));
            if !is_same(&is, &expected) {
                let id = key(record);
                wrong.push(format!(
                    "{kind} {id}: {new} is {is}, {old} of v1 {expected}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "v3 shows otherwise than v1: {wrong:#?}");
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
