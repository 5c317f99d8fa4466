//! Decoding the answer of every list: the first byte says which list, the rest is the answer.

use std::fmt::Debug;

use harvest_generated::v1::Client;
use harvest_runtime::__private::lenient_page;
use harvest_runtime::reqwest::StatusCode;
use harvest_runtime::{Json, List as Records, Pages, decode};
use serde::Serialize;
use serde::de::DeserializeOwned;

#[allow(
    dead_code,
    reason = "it knows more of the description than is needed here"
)]
#[path = "../../tests/tests/contract/description.rs"]
mod description;
#[allow(dead_code, reason = "the contract tests need more of it")]
#[path = "../../tests/tests/contract/odd.rs"]
mod odd;

/// A list, and whether an answer of it decodes.
pub struct List {
    pub version: &'static str,
    pub id: &'static str,
    pub decodes: fn(&[u8]) -> bool,
}

/// The type of the records is what the generated client says it is.
macro_rules! lists {
    ($version:ident: $($id:ident($($arg:expr),*)),* $(,)?) => {
        &[$(List {
            version: stringify!($version),
            id: stringify!($id),
            decodes: |answer| decodes(|client: &Client| client.$id($($arg),*).pages(), answer),
        }),*]
    };
}

mod v3;

/// Every list of v1 and v2.
const LISTS: &[List] = lists![
    v1:
    list_all_custom_fields(),
    list_application_demographic_answers(1_i64),
    list_application_offers(1_i64),
    list_application_scheduled_interviews(1_i64),
    list_application_scorecards(1_i64),
    list_applications(),
    list_approval_flows(1_i64),
    list_candidate_tags(),
    list_candidates(),
    list_close_reasons(),
    list_custom_field_options(1_i64),
    list_custom_fields("job"),
    list_degrees(),
    list_demographic_answer_options(),
    list_demographic_answers(),
    list_demographic_question_answer_options(1_i64),
    list_demographic_question_set_questions(1_i64),
    list_demographic_question_sets(),
    list_demographic_questions(),
    list_departments(),
    list_disciplines(),
    list_eeoc(),
    list_email_templates(),
    list_future_job_permissions(1_i64),
    list_job_openings(1_i64),
    list_job_permissions(1_i64),
    list_job_post_custom_locations(1_i64),
    list_job_posts(),
    list_job_posts_for_job(1_i64),
    list_job_stages(),
    list_job_stages_for_job(1_i64),
    list_jobs(),
    list_offers(),
    list_offices(),
    list_pending_approvals(1_i64),
    list_prospect_pools(),
    list_rejection_reasons(),
    list_scheduled_interviews(),
    list_schools(),
    list_scorecards(),
    list_sources(),
    list_tags_of_candidate(1_i64),
    list_user_roles(),
    list_users(),
];

/// Every list of every version.
pub fn all() -> Vec<&'static List> {
    LISTS.iter().chain(v3::LISTS).collect()
}

/// A JSON array decodes, whatever is in it, and is written as the JSON that came. What is no JSON array is an error that
/// can be printed. The lenient mode hands out the same records, and what it cannot read it hands out as it came.
fn decodes<C, T>(_: impl Fn(&C) -> Pages<T>, answer: &[u8]) -> bool
where
    T: DeserializeOwned + Serialize + Debug,
{
    let json = decode::json::<Records<Json>>(StatusCode::OK, answer);
    let page = decode::json::<Records<T>>(StatusCode::OK, answer);
    assert_eq!(
        page.is_ok(),
        json.is_ok(),
        "any array decodes, and nothing else"
    );
    lenient::<T>(answer, page.is_ok());
    let (page, json) = match (page, json) {
        (Ok(page), Ok(json)) => (page, json),
        (Err(error), _) | (_, Err(error)) => {
            assert!(!format!("{error} {error:?}").is_empty());
            return false;
        }
    };
    let written = serde_json::to_string(&page).expect("a model serializes");
    let again = decode::json::<Records<Json>>(StatusCode::OK, written.as_bytes());
    let again = again.expect("what is written is JSON");
    assert_eq!(json.len(), again.len());
    for (came, wrote) in json.iter().zip(&again) {
        assert!(
            came.value() == wrote.value(),
            "it is written as something else"
        );
    }
    let again = decode::json::<Records<T>>(StatusCode::OK, written.as_bytes());
    let again = again.expect("what is written decodes");
    assert_eq!(format!("{page:?}"), format!("{again:?}"));
    let again = serde_json::to_string(&again).expect("a model serializes");
    assert!(written == again, "it is written differently each time");
    true
}

fn lenient<T: DeserializeOwned>(answer: &[u8], is_list: bool) {
    let records = lenient_page::<T>(answer);
    for unreadable in records.iter().filter_map(|record| record.as_ref().err()) {
        let bytes = unreadable.bytes();
        let is_part = bytes.is_empty() || answer.windows(bytes.len()).any(|part| part == *bytes);
        assert!(is_part, "it is not as it came");
        assert!(!format!("{unreadable} {unreadable:?}").is_empty());
    }
    assert!(
        is_list || records.iter().any(Result::is_err),
        "nothing is left out in silence"
    );
}

/// # Panics
///
/// If what is written is not what was read.
pub fn run(data: &[u8]) {
    if let Some((first, answer)) = data.split_first() {
        let lists = all();
        (lists[usize::from(*first) % lists.len()].decodes)(answer);
    }
}

/// The examples of the description, each as it is and with other JSON in some of its places.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    let lists = all();
    for (version, operation) in operations() {
        let is_it = |list: &&List| (list.version, list.id) == (version, operation.id);
        let place = lists.iter().position(is_it);
        let Some(place) = place.and_then(|place| u8::try_from(place).ok()) else {
            continue;
        };
        for example in &operation.success().examples {
            let mut add = |text: &str| seeds.push([&[place], text.as_bytes()].concat());
            add(&example.value.to_string());
            let mut places = Vec::new();
            odd::places(example.value, &[], &mut places);
            for (odd, (place, _)) in odd::ODD.iter().zip(places.iter().step_by(7)) {
                let mut marked = example.value.clone();
                odd::put(&mut marked, place);
                add(&marked.to_string().replace(&format!("{:?}", odd::MARK), odd));
            }
        }
    }
    seeds
}

fn operations() -> Vec<(&'static str, description::Operation)> {
    let v1 = description::V1.operations().into_iter();
    let v3 = description::V3.operations().into_iter();
    v1.map(|of| ("v1", of))
        .chain(v3.map(|of| ("v3", of)))
        .collect()
}

/// The versions and ids of all operations that read a list. Where a change is answered by one, it is one of several forms.
pub fn described() -> Vec<(&'static str, &'static str)> {
    let is_list = |operation: &description::Operation| {
        let examples = &operation.success().examples;
        let reads = operation.method == "GET";
        reads
            && examples
                .iter()
                .any(|example| example.schema["type"] == "array")
    };
    operations()
        .into_iter()
        .filter(|(_, operation)| is_list(operation))
        .map(|(version, operation)| (version, operation.id))
        .collect()
}
