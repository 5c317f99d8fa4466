//! Candidates of v3 that were made up: the people of [`crate::people`], as far as v3 shows them.

use std::collections::HashMap;

use serde_json::json;

use super::record::Candidate;
use crate::people::{FIRST_ID, FIRST_NAMES, LAST_NAMES, digits, field};
use crate::record::{Account, Contact};

/// The candidate with this number, from 0, as JSON.
///
/// # Panics
///
/// Never: it is plain data.
pub fn json(number: usize) -> Vec<u8> {
    serde_json::to_vec(&candidate(number)).expect("plain data")
}

/// The same of so many bytes, or of as many as it has without padding.
///
/// # Panics
///
/// Never: it is plain data.
pub fn json_of(number: usize, length: usize) -> Vec<u8> {
    let mut candidate = candidate(number);
    let fields = candidate.custom_fields.get_or_insert_default();
    fields.extend([field("remarks", "Remarks", "long_text", json!(""))]);
    let bare = serde_json::to_vec(&candidate).expect("plain data").len();
    let remarks = digits(number, length.saturating_sub(bare));
    let fields = candidate.custom_fields.get_or_insert_default();
    fields.extend([field("remarks", "Remarks", "long_text", json!(remarks))]);
    serde_json::to_vec(&candidate).expect("plain data")
}

fn candidate(number: usize) -> Candidate {
    let pick = |list: &[&str]| (*list[number % list.len()]).to_owned();
    let text = |text: &str| Some(text.to_owned());
    let (first, last) = (pick(&FIRST_NAMES), pick(&LAST_NAMES));
    let (minute, second) = (number / 60 % 60, number % 60);
    let time = |day: usize| format!("2026-02-{day:02}T08:{minute:02}:{second:02}.105Z");
    let contact = |value: String, kind: &str| Contact {
        value,
        kind: kind.to_owned(),
    };
    let is_known = !number.is_multiple_of(4);
    Candidate {
        id: FIRST_ID + i64::try_from(number).unwrap_or_default(),
        created_at: time(3),
        updated_at: time(5),
        first_name: Some(first.clone()),
        last_name: Some(last.clone()),
        preferred_name: None,
        company: text("Tidewater Survey"),
        title: is_known.then(|| "Field technician".to_owned()),
        last_activity_at: Some(time(5)),
        private: Some(number.is_multiple_of(50)),
        can_email: true,
        time_zone: text("Lisbon"),
        tags: vec!["Field work".to_owned(), "Portuguese".to_owned()],
        linked_user_ids: vec![4_020_391],
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
        custom_fields: is_known.then(|| {
            HashMap::from([
                field("driving_licence", "Driving licence", "yes_no", json!(true)),
                field(
                    "languages",
                    "Languages",
                    "multi_select",
                    json!(["Portuguese", "Swedish"]),
                ),
            ])
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn everybody_is_known_to_both_sides() {
        let padded = json_of(7, 3_000);
        assert_eq!(padded.len(), 3_000);
        let numbers = (0..12).chain([19_999, 199_999]);
        for json in numbers.map(json).chain([padded]) {
            let value: Value = serde_json::from_slice(&json).unwrap();
            let bare: Candidate = serde_json::from_slice(&json).unwrap();
            assert_eq!(serde_json::to_value(bare).unwrap(), value);
            let ours: harvest_generated::v3::types::Candidate =
                serde_json::from_slice(&json).unwrap();
            assert_eq!(ours.unexpected().get("id").map(|_| ()), None);
            assert_eq!(serde_json::to_value(ours).unwrap(), value);
        }
    }
}
