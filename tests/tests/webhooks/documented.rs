//! The description against the facts of the documentation, where they are to be had.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use super::{description, examples};

/// The facts about webhooks: they lie beside those about the versions.
fn facts() -> Option<String> {
    let given = env::var_os("HARVEST_DOCS").filter(|folder| !folder.is_empty());
    let Some(given) = given else {
        println!("SKIPPED: events were not compared with the documentation; set HARVEST_DOCS");
        return None;
    };
    // Tests run in the folder of their package, and people in that of the workspace.
    let given = Path::new("..").join(PathBuf::from(given));
    let places = [given.join("webhooks.md"), given.join("../webhooks.md")];
    let read = places
        .iter()
        .find_map(|place| fs::read_to_string(place).ok());
    Some(read.expect("HARVEST_DOCS leads to no facts about webhooks"))
}

/// The rows of a table whose first cell is code: that, and the other cells.
fn rows(facts: &str) -> BTreeMap<String, Vec<String>> {
    let lines = facts.lines().filter_map(|line| line.strip_prefix("| `"));
    lines
        .filter_map(|line| line.split_once('`'))
        .map(|(name, rest)| {
            let cells = rest.split('|').map(|cell| cell.trim().to_owned());
            (name.to_owned(), cells.skip(1).collect())
        })
        .collect()
}

#[test]
fn every_documented_event_is_described_with_the_key_of_its_record() {
    let Some(facts) = facts() else { return };
    let rows = rows(&facts);
    let examples = examples();
    for (action, example) in &examples {
        let cells = rows
            .get(action)
            .unwrap_or_else(|| panic!("{action} is not documented"));
        let payload = example["payload"].as_object().unwrap();
        let keys: Vec<_> = cells[0].split(" + ").collect();
        if cells[0] == "flat" {
            assert!(payload.len() > 1, "{action}: {payload:?}");
        } else {
            let mut found: Vec<_> = payload.keys().map(String::as_str).collect();
            let mut keys = keys.clone();
            keys.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, keys, "{action}");
        }
    }
    let documented = rows.keys().filter(|name| rows[*name].len() >= 4).count();
    assert!(documented >= 30, "the table has {documented} rows");
    for name in rows
        .keys()
        .filter(|name| rows[*name].len() >= 4 && !name.contains('-'))
    {
        assert!(
            examples.iter().any(|(action, _)| action == name),
            "{name} is not described"
        );
    }
}

#[test]
fn every_documented_field_that_can_be_anonymized_is_described() {
    let Some(facts) = facts() else { return };
    let list = facts.split("open enum of 42: ").nth(1).unwrap();
    let list = list.split('.').next().unwrap();
    let description = description();
    let known = &description["components"]["schemas"]["AnonymizedField"]["x-extensible-enum"];
    let known: Vec<_> = known
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it.as_str().unwrap())
        .collect();
    let documented: Vec<_> = list.split_whitespace().collect();
    assert_eq!(documented.len(), 42);
    assert_eq!(known, documented);
}
