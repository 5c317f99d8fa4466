//! Answers that differ from the description: nothing that is missing, null, unknown or new makes them fail.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::calls::rows;
use super::description::{Example, V1, members};
use super::difference::text_difference;
use super::proxy::Proxy;

/// How one place of an example is changed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Change {
    Missing,
    Null,
    /// A property that the description does not have.
    Extra,
    /// Another form of a moment or day.
    Time(&'static str),
    /// A value that the enumeration does not have.
    NewValue,
}

impl Change {
    fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Null => "null",
            Self::Extra => "extra",
            Self::Time(_) => "time",
            Self::NewValue => "new value",
        }
    }
}

/// A change of an example, and what the type makes of it.
struct Mutant {
    change: Change,
    /// The place, as the keys and indexes that lead there.
    place: Vec<String>,
}

const TIMES: [&str; 4] = [
    "2026-02-11",
    "2026-02-11T09:14:05Z",
    "2026-02-11T09:14:05.120Z",
    "2026-02-11T09:14:05+01:00",
];

fn collect(schema: &'static Value, value: &Value, place: &[String], found: &mut Vec<Mutant>) {
    let schema = V1.member(schema, value);
    let mut add = |change, place: &[String]| {
        found.push(Mutant {
            change,
            place: place.to_vec(),
        });
    };
    match value {
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                collect(
                    &schema["items"],
                    value,
                    &below(place, &index.to_string()),
                    found,
                );
            }
        }
        Value::Object(map) => {
            if schema.get("properties").is_some() {
                add(Change::Extra, place);
            }
            for (name, value) in map {
                let place = below(place, name);
                for change in [Change::Missing, Change::Null] {
                    found.push(Mutant {
                        change,
                        place: place.clone(),
                    });
                }
                let schema = schema["properties"]
                    .get(name)
                    .unwrap_or(&schema["additionalProperties"]);
                collect(schema, value, &place, found);
            }
        }
        Value::String(_) => {
            if matches!(schema["format"].as_str(), Some("date-time" | "date")) {
                for time in TIMES {
                    add(Change::Time(time), place);
                }
            }
            if schema.get("x-extensible-enum").is_some() {
                add(Change::NewValue, place);
            }
        }
        _ => {}
    }
}

fn below(place: &[String], step: &str) -> Vec<String> {
    let mut place = place.to_vec();
    place.push(step.to_owned());
    place
}

fn at<'a>(value: &'a mut Value, place: &[String]) -> &'a mut Value {
    place.iter().fold(value, |value, step| match value {
        Value::Array(values) => &mut values[step.parse::<usize>().unwrap()],
        value => &mut value[step.as_str()],
    })
}

impl Mutant {
    /// The changed answer, and what is to come out of the type.
    fn make(&self, example: &Example) -> (Value, Value) {
        let mut changed = example.value.clone();
        match self.change {
            Change::Missing => {
                let (name, parent) = self.place.split_last().unwrap();
                let parent = at(&mut changed, parent).as_object_mut().unwrap();
                parent.shift_remove(name).unwrap();
            }
            Change::Null => *at(&mut changed, &self.place) = Value::Null,
            Change::Extra => {
                let extra = json!({ "deep": [null, 1.5, "x"] });
                at(&mut changed, &self.place)["brand_new_property"] = extra;
            }
            Change::Time(time) => *at(&mut changed, &self.place) = time.into(),
            Change::NewValue => *at(&mut changed, &self.place) = "brand_new".into(),
        }
        let expected = V1.in_order(example.schema, &changed);
        (changed, expected)
    }
}

#[test]
fn nothing_makes_an_answer_fail() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut faults = Vec::new();
    for (row, operation) in rows() {
        for answer in operation
            .answers
            .iter()
            .filter(|answer| answer.is_success())
        {
            for example in &answer.examples {
                let mut mutants = Vec::new();
                collect(example.schema, example.value, &[], &mut mutants);
                assert!(
                    !mutants.is_empty() || example.value == &json!([]),
                    "{}",
                    example.place
                );
                for mutant in mutants {
                    let (changed, expected) = mutant.make(example);
                    let fault = match (row.answer.recode)(&changed.to_string()) {
                        Err(error) => Some(error.to_string()),
                        Ok(again) => text_difference(&again, &expected.to_string()),
                    };
                    if let Some(fault) = fault {
                        let place = mutant.place.join("/");
                        let place = format!("{} {:?} {place}", example.place, mutant.change);
                        faults.push(format!("{place}: {fault}"));
                    }
                    *counts.entry(mutant.change.name()).or_default() += 1;
                }
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
    println!("changed answers that decoded: {counts:?}");
    assert_eq!(counts.len(), 5, "a kind of change was not tried");
}

/// Every property that is described, whether or not an example has it.
#[test]
fn objects_of_nothing_or_of_nulls_are_read() {
    let mut tried = 0;
    for (row, operation) in rows() {
        for example in operation
            .answers
            .iter()
            .filter(|a| a.is_success())
            .flat_map(|a| &a.examples)
        {
            let schema = V1.schema(example.schema);
            let is_list = schema["type"] == "array";
            let record = if is_list {
                V1.schema(&schema["items"])
            } else {
                schema
            };
            if record.get("properties").is_none() {
                continue;
            }
            let nulls: Map<_, _> = members(&record["properties"])
                .map(|(name, _)| (name.to_owned(), Value::Null))
                .collect();
            for record in [json!({}), Value::from(nulls)] {
                let answer = if is_list { json!([record]) } else { record };
                if let Err(error) = (row.answer.recode)(&answer.to_string()) {
                    panic!("{}: {error}", row.id);
                }
                tried += 1;
            }
        }
    }
    println!("{tried} answers of nothing or of nulls");
}

#[tokio::test]
async fn a_page_with_a_new_value_is_a_page() {
    let page = json!([
        { "id": 1, "status": "open" },
        { "id": 2, "status": "brand_new" },
        { "id": 3, "status": null },
    ]);
    let proxy = Proxy::alone(200, page.to_string()).await;
    let jobs = proxy.client().list_jobs().send().await.unwrap();
    assert_eq!(jobs.len(), 3);
    let status = jobs[1].status.as_ref().unwrap();
    assert_eq!(status.as_str(), "brand_new");
    assert_eq!(format!("{status:?}"), "Unknown(..)");
    assert_eq!(jobs[2].status, None);
    assert_eq!(serde_json::to_value(jobs.value()).unwrap(), page);

    let mut records = proxy.client().list_jobs().items();
    let mut ids = Vec::new();
    while let Some(job) = records.next().await {
        ids.push(job.unwrap().id.0);
    }
    assert_eq!(ids, [1, 2, 3]);
}
