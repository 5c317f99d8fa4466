//! Any JSON in any place of an answer: nothing fails, and everything comes back.

use std::collections::BTreeMap;

use super::description::Example;
use super::difference::text_difference;
use super::odd::{Kind, MARK, ODD, Place, places, put};
use super::subjects::subjects;

/// The example with the mark in these places, as it is sent and as it is to come back.
fn marked(example: &Example, places: &[Place]) -> (String, String) {
    let mut changed = example.value.clone();
    for place in places {
        put(&mut changed, place);
    }
    let expected = example.description.in_order(example.schema, &changed);
    (changed.to_string(), expected.to_string())
}

/// What does not come back of this JSON in the place of the mark.
fn fault<'a>(
    recode: fn(&str) -> Result<String, harvest_runtime::DecodeError>,
    (sent, expected): &(String, String),
    odd: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let mark = format!("{MARK:?}");
    odd.into_iter().find_map(|odd| {
        let expected = expected.replace(&mark, odd);
        match recode(&sent.replace(&mark, odd)) {
            Err(error) => Some(format!("{odd}: {error}")),
            Ok(again) => {
                text_difference(&again, &expected).map(|difference| format!("{odd}: {difference}"))
            }
        }
    })
}

#[test]
fn every_place_takes_any_json_and_gives_it_back() {
    let (mut alone, mut together) = (0, 0);
    let mut faults = Vec::new();
    for subject in subjects() {
        for (number, (codec, example)) in subject.answers.iter().enumerate() {
            let mut found = Vec::new();
            places(example.value, &[], &mut found);
            // All leaves at once; all arrays and objects of one depth, so that none contains another.
            let mut groups: BTreeMap<(Kind, usize), Vec<Place>> = BTreeMap::new();
            for (place, kind) in &found {
                let group = groups.entry((*kind, place.len())).or_default();
                group.push(place.clone());
            }
            for (group, places) in &groups {
                let marked = marked(example, places);
                if let Some(fault) = fault(codec.recode, &marked, ODD) {
                    faults.push(format!("{} {group:?}: {fault}", example.place));
                }
                together += places.len();
            }
            // And each by itself, of the first example, with some.
            if number > 0 {
                continue;
            }
            for (at, (place, _)) in found.iter().enumerate() {
                let marked = marked(example, std::slice::from_ref(place));
                let some = [0, 4, 9].map(|of| ODD[(at + of) % ODD.len()]);
                if let Some(fault) = fault(codec.recode, &marked, some) {
                    faults.push(format!("{} {}: {fault}", example.place, place.join("/")));
                }
                alone += 1;
            }
        }
    }
    let shown = &faults[..faults.len().min(40)];
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        shown.join("\n")
    );
    println!(
        "{} kinds of JSON in {together} places, and in {alone} of them with all else as documented",
        ODD.len()
    );
    assert!(together > alone && alone > 1000);
}

/// Every property that is described, whether or not an example has it.
#[test]
fn every_described_property_takes_any_json() {
    let mut tried = 0;
    for subject in subjects() {
        for (codec, example) in &subject.answers {
            let schema = example.description.schema(example.schema);
            let (record, is_list) = match schema["type"].as_str() {
                Some("array") => (example.description.schema(&schema["items"]), true),
                _ => (schema, false),
            };
            let Some(properties) = record["properties"].as_object() else {
                continue;
            };
            for odd in ODD {
                let all: Vec<_> = properties
                    .keys()
                    .map(|name| format!("{name:?}:{odd}"))
                    .collect();
                let mut json = format!("{{{}}}", all.join(","));
                if is_list {
                    json = format!("[{json}]");
                }
                let again = (codec.recode)(&json)
                    .unwrap_or_else(|error| panic!("{} {odd}: {error}", subject.id));
                assert_eq!(text_difference(&again, &json), None, "{} {odd}", subject.id);
                tried += 1;
            }
        }
    }
    println!("{tried} answers of which every property is odd");
}
