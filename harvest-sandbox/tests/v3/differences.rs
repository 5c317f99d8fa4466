//! The table of differences: what it says of every record of a list is so.

use serde_json::Value;

use crate::both::Both;
use crate::support::operations;

/// What a sentence says of properties, and whether a value is so.
type Claim = (&'static str, fn(&Value) -> bool);

const CLAIMS: [Claim; 4] = [
    ("Always null: ", Value::is_null),
    ("Always false: ", |value| *value == false),
    ("Always true: ", |value| *value == true),
    ("Always empty: ", |value| {
        value.as_array().is_some_and(Vec::is_empty)
    }),
];

/// The properties that a sentence names after some words.
fn named<'a>(differs: &'a str, words: &str) -> Vec<&'a str> {
    let Some((_, rest)) = differs.split_once(words) else {
        return Vec::new();
    };
    // A period ends a sentence; no property has one.
    let list = rest.split('.').next().unwrap();
    list.split(", ")
        .map(|name| name.trim_matches('`'))
        .collect()
}

#[tokio::test]
async fn what_is_said_of_all_records_of_a_list_is_so() {
    let both = Both::start().await;
    let table = harvest_sandbox::parity("v3").unwrap();
    let document = harvest_spec::document("v3").unwrap().json;
    let mut held = 0;
    for operation in operations(document) {
        let row = format!("| `{}` |", operation.id);
        let row = table.lines().find(|line| line.starts_with(&row)).unwrap();
        let claims = CLAIMS.map(|(words, is_so)| (named(row, words), is_so));
        if claims.iter().all(|(names, _)| names.is_empty()) {
            continue;
        }
        let records = both.all(&operation.url, 500).await;
        assert!(!records.is_empty(), "{} proves nothing", operation.id);
        for (names, is_so) in claims {
            for name in names {
                let name = name.trim_end_matches([' ', '|', '`']);
                for record in &records {
                    let value = record.get(name);
                    assert!(
                        value.is_some_and(is_so),
                        "{}: {name} is {value:?}",
                        operation.id
                    );
                }
                held += 1;
            }
        }
    }
    assert!(held > 30, "{held}");
}
