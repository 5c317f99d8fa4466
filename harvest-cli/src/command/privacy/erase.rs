//! `harvest privacy erase`: a candidate anonymized, and what is left.

use std::collections::BTreeSet;
use std::io::{self, Write};

use harvest_export::catalog::{Catalog, Entry, Field, Kind};
use harvest_generated::runtime::{CallOptions, DryRun, Method, decode};
use serde_json::{Value, json};

use super::collect::{Collected, Collector, PERSON};
use crate::arguments::{Global, PersonErase};
use crate::command::confirm;
use crate::connection::Connection;
use crate::failure::{Exit, Failure, printable};
use crate::output::{self, is_for_person, json as json_text};

/// The step of the path that anonymizes.
const STEP: &str = "anonymize";
/// The property that says what.
const FIELDS: &str = "fields";
/// The status of what is done later.
const ACCEPTED: u16 = 202;
/// The message about an answer that does not say whether anything was done.
const UNKNOWN: &str =
    "it is not known whether anything was erased: see by `harvest privacy report`";
/// The message if reading back fails.
const NOT_READ_BACK: &str =
    "the candidate was erased, and was not read back: see what is left by `harvest privacy report`";
/// The most places that are named.
const MOST_PLACES: usize = 50;
/// Texts that are shorter are there by chance.
const SHORTEST: usize = 3;

pub(super) async fn run(
    global: &Global,
    catalog: &Catalog,
    erase: PersonErase,
) -> Result<(), Failure> {
    let connection = Connection::open(global).await?;
    let entry = operation(catalog)?;
    let known = known(entry);
    if let Some(field) = erase.fields.iter().find(|it| !known.contains(it)) {
        let message = format!(
            "there is no field {field:?} to erase; known: {}",
            known.join(", ")
        );
        return Err(Failure::usage(message));
    }
    let fields = if erase.fields.is_empty() {
        known
    } else {
        &erase.fields
    };
    let mut request = connection.core.request(entry.operation);
    for parameter in entry.parameters.iter().filter(|it| it.in_path) {
        request.path(parameter.name, &erase.candidate);
    }
    request.json(&json!({FIELDS: fields}));
    if erase.dry_run {
        let recorder = DryRun::new();
        request.set_options(CallOptions::new().dry_run(&recorder));
        DryRun::skip(request.send(decode::empty).await)?;
        let mut out = output::standard();
        let text = json!(recorder.take().pop()).to_string();
        json_text::write(text.as_bytes(), is_for_person(), &mut out)?;
        return Ok(out.flush()?);
    }
    let collector = Collector {
        connection: &connection,
        catalog,
        person: erase.candidate,
    };
    let before = texts(&collector, &collector.collect().await?);
    let count = before.len();
    confirm(
        &format!(
            "Erase {} kinds of data of the candidate {}, who has {count} texts? It cannot be \
             undone.",
            fields.len(),
            erase.candidate
        ),
        erase.yes,
    )?;
    let answer = request
        .send(decode::empty)
        .await
        .map_err(|error| Failure::of_change(&error, UNKNOWN))?;
    if answer.status().as_u16() == ACCEPTED {
        eprintln!("it is being erased; see what is left later, by `harvest privacy report`");
        return Ok(());
    }
    let collected = collector.collect().await;
    let after = collected
        .map(|collected| texts(&collector, &collected))
        .map_err(|failure| failure.after_change(NOT_READ_BACK))?;
    let left: Vec<_> = before.intersection(&after).collect();
    eprintln!("{} of {count} texts are gone", count - left.len());
    if left.is_empty() {
        return Ok(());
    }
    // Where they are, and not what they say.
    let places: BTreeSet<_> = left.iter().map(|it| &it.place).collect();
    let mut out = output::standard();
    for place in places.iter().take(MOST_PLACES) {
        writeln!(out, "still there: {}", printable(place))?;
    }
    out.flush()
        .map_err(|error: io::Error| Failure::from(error))?;
    Err(Failure::new(
        Exit::Incomplete,
        format!(
            "{} texts are still there, in {} places",
            left.len(),
            places.len()
        ),
    ))
}

/// A text about a person, and where it is.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Text {
    place: String,
    record: i64,
    text: String,
}

/// The operation that anonymizes.
fn operation(catalog: &Catalog) -> Result<&Entry, Failure> {
    let begin = format!("/{}/{PERSON}/{{", catalog.version);
    let mut all = catalog.entries();
    let found = all.find(|it| {
        let path = it.operation.path;
        path.starts_with(&begin)
            && path.ends_with(&format!("}}/{STEP}"))
            && it.operation.method == Method::Patch
    });
    found.ok_or_else(|| {
        Failure::usage(format!(
            "{} cannot erase; use the current version",
            catalog.version
        ))
    })
}

/// What can be erased.
fn known(entry: &Entry) -> &[String] {
    let properties = entry.body.iter().flat_map(|body| &body.properties);
    let kind = properties
        .filter(|it| it.name == FIELDS)
        .find_map(|it| match &it.kind {
            Kind::List(items) => match items.as_ref() {
                Kind::Choice(known) => Some(known.as_slice()),
                _ => None,
            },
            _ => None,
        });
    kind.unwrap_or_default()
}

/// The texts about the person, by their places.
fn texts(collector: &Collector<'_>, collected: &Collected) -> BTreeSet<Text> {
    let (shapes, lists) = (collector.shapes(), collector.lists());
    let mut texts = BTreeSet::new();
    for (name, records) in &collected.records {
        let shape = lists.get(name).and_then(|it| shapes.get(it.operation.id));
        for (id, record) in records {
            let value: Value = serde_json::from_str(record.text()).unwrap_or_default();
            let fields = shape.map_or(&[][..], Vec::as_slice);
            within(name, &value, fields, &mut |place, text| {
                texts.insert(Text {
                    place,
                    record: *id,
                    text,
                });
            });
        }
    }
    texts
}

fn within(place: &str, value: &Value, fields: &[Field], found: &mut dyn FnMut(String, String)) {
    match value {
        Value::Array(items) => items.iter().for_each(|it| within(place, it, fields, found)),
        Value::Object(object) => {
            for field in fields {
                let Some(value) = object.get(field.name) else {
                    continue;
                };
                let place = format!("{place}.{}", field.name);
                if field.class.is_some() {
                    every(value, &mut |text| {
                        if text.len() >= SHORTEST {
                            found(place.clone(), text.to_owned());
                        }
                    });
                } else {
                    within(&place, value, &field.fields, found);
                }
            }
        }
        _ => {}
    }
}

/// Every text in a value. A link is another one each time, and says nothing.
fn every(value: &Value, found: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) if text.starts_with("http") => {}
        Value::String(text) => found(text),
        Value::Array(items) => items.iter().for_each(|it| every(it, found)),
        Value::Object(object) => object.values().for_each(|it| every(it, found)),
        _ => {}
    }
}
