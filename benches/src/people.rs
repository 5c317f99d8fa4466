//! People who were made up.

use std::collections::HashMap;

use serde_json::json;

use crate::record::{
    Account, Answer, Application, Attachment, Candidate, Contact, Education, Employment,
    KeyedField, Location, Named, ProspectDetail, RejectionDetails, RejectionReason, Source, User,
};

/// How long each candidate is as JSON, in bytes.
pub const LENGTH: usize = 2_950;
/// The id of the first candidate. The others follow without a gap, by which a reader sees that all have come, and once.
pub const FIRST_ID: i64 = 119_540_000_000;

pub(crate) const FIRST_NAMES: [&str; 5] = ["Noor", "Rafael", "Ingrid", "Tomás", "Aiko"];
pub(crate) const LAST_NAMES: [&str; 7] = [
    "Lindqvist",
    "Quintero",
    "Okafor",
    "Whitcombe",
    "Haugen",
    "Moreau",
    "Tanaka",
];
const STATUSES: [&str; 3] = ["active", "rejected", "hired"];

/// The candidate with this number, from 0, as JSON.
///
/// # Panics
///
/// If a candidate without its padding is longer than [`LENGTH`], which a test rules out.
pub fn json(number: usize) -> Vec<u8> {
    let mut candidate = candidate(number);
    let bare = serde_json::to_vec(&candidate).expect("plain data").len();
    let padding = LENGTH.checked_sub(bare).expect("shorter than all others");
    // As long as signatures of stored files are, and compressed as little as they.
    candidate.attachments[0].url += &digits(number, padding);
    serde_json::to_vec(&candidate).expect("plain data")
}

/// When a candidate changed last. Neighbours in the list did at all hours of a day, so that the first page tells how a list is
/// divided by time, as it does of a real one.
pub(crate) fn changed_at(number: usize) -> String {
    let second = number * 7_919 % 86_400;
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    format!("2026-02-05T{hour:02}:{minute:02}:{:02}.105Z", second % 60)
}

/// So many digits, other ones for each number, which hardly compress.
pub(crate) fn digits(number: usize, count: usize) -> String {
    let mut bits = u32::try_from(number).unwrap_or_default();
    let next = || {
        bits = bits.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_digit(bits >> 28, 16).unwrap_or('0')
    };
    std::iter::repeat_with(next).take(count).collect()
}

fn candidate(number: usize) -> Candidate {
    let id = FIRST_ID + i64::try_from(number).unwrap_or_default();
    let pick = |list: &[&str]| (*list[number % list.len()]).to_owned();
    let text = |text: &str| Some(text.to_owned());
    let (first, last) = (pick(&FIRST_NAMES), pick(&LAST_NAMES));
    let (minute, second) = (number / 60 % 60, number % 60);
    let time = |day: usize| format!("2026-02-{day:02}T08:{minute:02}:{second:02}.105Z");
    let contact = |value: String, kind: &str| Contact {
        value,
        kind: kind.to_owned(),
    };
    let resume = Attachment {
        filename: format!("{last}_CV.pdf"),
        url: format!("https://files.example.com/{id}/cv.pdf?signature="),
        kind: "resume".to_owned(),
        created_at: time(3),
    };
    Candidate {
        id,
        first_name: Some(first.clone()),
        last_name: Some(last.clone()),
        company: text("Tidewater Survey"),
        title: if number.is_multiple_of(4) {
            None
        } else {
            text("Field technician")
        },
        created_at: time(3),
        updated_at: changed_at(number),
        last_activity: time(5),
        is_private: number.is_multiple_of(50),
        photo_url: None,
        attachments: vec![resume],
        application_ids: vec![id + 1_000_000],
        phone_numbers: vec![contact(
            format!("+46 18 555 {:04}", number % 10_000),
            "mobile",
        )],
        addresses: vec![contact(
            "Rua das Flores 12\n4050-262 Porto".to_owned(),
            "home",
        )],
        email_addresses: vec![
            contact(
                format!("{first}.{last}@example.com").to_lowercase(),
                "personal",
            ),
            contact(
                format!("{last}{number}@tidewater.example.com").to_lowercase(),
                "work",
            ),
        ],
        website_addresses: vec![contact(format!("{last}.example.com"), "portfolio")],
        social_media_addresses: vec![Account {
            value: format!("social.example.com/{first}.{last}"),
        }],
        recruiter: Some(user(0)),
        coordinator: None,
        can_email: true,
        tags: vec!["Field work".to_owned(), "Portuguese".to_owned()],
        applications: vec![application(number, id, &time)],
        educations: vec![Education {
            id: id + 3_000_000,
            school_name: text("Uppsala University"),
            degree: text("Master's degree"),
            discipline: text("Earth Sciences"),
            start_date: text("2012-09-01T00:00:00.000Z"),
            end_date: text("2014-06-01T00:00:00.000Z"),
        }],
        employments: vec![Employment {
            id: id + 4_000_000,
            company_name: text("Tidewater Survey"),
            title: text("Field technician"),
            start_date: text("2014-08-15T00:00:00.000Z"),
            end_date: None,
        }],
        linked_user_ids: vec![4_020_391],
        custom_fields: HashMap::from([
            ("driving_licence".to_owned(), json!(true)),
            ("notice_period".to_owned(), json!("One month")),
        ]),
        keyed_custom_fields: HashMap::from([
            field("driving_licence", "Driving licence", "boolean", json!(true)),
            field(
                "notice_period_1",
                "Notice period",
                "single_select",
                json!("One month"),
            ),
        ]),
    }
}

fn application(number: usize, candidate: i64, time: &dyn Fn(usize) -> String) -> Application {
    let status = STATUSES[number % STATUSES.len()];
    let is_rejected = status == "rejected";
    Application {
        id: candidate + 1_000_000,
        candidate_id: candidate,
        prospect: false,
        applied_at: time(3),
        rejected_at: is_rejected.then(|| time(20)),
        last_activity_at: time(20),
        location: Some(Location {
            address: "Porto, Portugal".to_owned(),
        }),
        source: Some(Source {
            id: 4_000_071_004,
            public_name: "Referral".to_owned(),
        }),
        credited_to: Some(user(1)),
        recruiter: Some(user(0)),
        coordinator: None,
        rejection_reason: is_rejected.then(|| RejectionReason {
            id: 4_000_098_011,
            name: "Salary".to_owned(),
            kind: named(4_000_000_402, "They rejected us"),
        }),
        rejection_details: is_rejected.then(|| RejectionDetails {
            custom_fields: HashMap::from([("expected_salary".to_owned(), json!("71000 EUR"))]),
            keyed_custom_fields: HashMap::new(),
        }),
        jobs: vec![named(4_021_990_005, "Field Hydrologist")],
        job_post_id: Some(4_022_110_008),
        status: status.to_owned(),
        current_stage: Some(named(4_023_300_051, "Telephone Interview")),
        answers: vec![Answer {
            question: "Do you hold a driving licence?".to_owned(),
            answer: Some("Yes".to_owned()),
        }],
        prospective_office: None,
        prospective_department: None,
        prospect_detail: ProspectDetail {
            prospect_pool: None,
            prospect_stage: None,
            prospect_owner: None,
        },
        attachments: Vec::new(),
    }
}

fn user(number: usize) -> User {
    let (first, last) = [("Mira", "Whitcombe"), ("Tomas", "Okafor")][number];
    User {
        id: [4_020_117, 4_020_233][number],
        first_name: Some(first.to_owned()),
        last_name: Some(last.to_owned()),
        name: format!("{first} {last}"),
        employee_id: Some("MW-0042".to_owned()),
    }
}

fn named(id: i64, name: &str) -> Named {
    Named {
        id,
        name: name.to_owned(),
    }
}

pub(crate) fn field(
    key: &str,
    name: &str,
    kind: &str,
    value: serde_json::Value,
) -> (String, KeyedField) {
    let field = KeyedField {
        name: name.to_owned(),
        kind: kind.to_owned(),
        value,
    };
    (key.to_owned(), field)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn everybody_is_as_long_and_known_to_both_sides() {
        for number in (0..12).chain([19_999, 199_999]) {
            let json = json(number);
            assert_eq!(json.len(), LENGTH);
            let value: Value = serde_json::from_slice(&json).unwrap();
            let bare: Candidate = serde_json::from_slice(&json).unwrap();
            assert_eq!(serde_json::to_value(bare).unwrap(), value);
            let ours: harvest_generated::v1::types::Candidate =
                serde_json::from_slice(&json).unwrap();
            assert_eq!(serde_json::to_value(ours).unwrap(), value);
        }
    }
}
