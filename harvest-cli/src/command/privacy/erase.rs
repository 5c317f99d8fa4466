//! `harvest privacy erase`: a candidate anonymized, and what is left.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, Write};

use harvest_export::catalog::{Catalog, Entry, Field, Kind};
use harvest_generated::runtime::{CallOptions, DryRun, Method, decode};
use serde_json::{Value, json};

use super::collect::{Collected, Collector, PERSON};
use crate::arguments::{Global, PersonErase};
use crate::command::confirm;
use crate::connection::Connection;
use crate::counted::counted;
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
    let mut places = Places::default();
    let before = texts(&collector, &collector.collect().await?, &mut places)?;
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
        .and_then(|collected| texts(&collector, &collected, &mut places))
        .map_err(|failure| failure.after_change(NOT_READ_BACK))?;
    let is_there = |it: &&Text| after.binary_search(it).is_ok();
    let left: Vec<_> = before.iter().filter(is_there).collect();
    eprintln!("{} of {count} texts are gone", count - left.len());
    if left.is_empty() {
        return Ok(());
    }
    // Where they are, and not what they say.
    let of_left: BTreeSet<_> = left.iter().map(|it| it.place).collect();
    let places = places.numbers.iter();
    let places = places.filter(|(_, number)| of_left.contains(number));
    let places: BTreeSet<_> = places.map(|(name, _)| name).collect();
    let mut out = output::standard();
    for place in places.iter().take(MOST_PLACES) {
        writeln!(out, "still there: {}", printable(place))?;
    }
    out.flush()
        .map_err(|error: io::Error| Failure::from(error))?;
    Err(Failure::new(
        Exit::Incomplete,
        format!(
            "still there: {} in {}",
            counted(left.len(), "text"),
            counted(places.len(), "place")
        ),
    ))
}

/// A text about a person, and where it is. There may be millions of a few letters: the place is one for all of its texts, and a
/// hash is enough to find a text again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Text {
    place: usize,
    record: i64,
    hash: u64,
}

/// The places of texts, each with a number, and what the hashes of texts begin with.
#[derive(Default)]
struct Places {
    numbers: HashMap<String, usize>,
    hashes: RandomState,
}

impl Places {
    fn of(&mut self, name: String) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(name).or_insert(next)
    }
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

/// The texts about the person, sorted, each once.
fn texts(
    collector: &Collector<'_>,
    collected: &Collected,
    places: &mut Places,
) -> Result<Vec<Text>, Failure> {
    let (shapes, lists) = (collector.shapes(), collector.lists());
    let mut texts = Vec::new();
    for (name, records) in &collected.records {
        let shape = lists.get(name).and_then(|it| shapes.get(it.operation.id));
        let fields = shape.map_or(&[][..], Vec::as_slice);
        for (id, record) in records {
            let mut found = Found {
                record: *id,
                places: &mut *places,
                texts: &mut texts,
            };
            found.within(name, &collected.decode(record)?, fields);
        }
    }
    texts.sort_unstable();
    texts.dedup();
    Ok(texts)
}

/// The texts of a record.
struct Found<'a> {
    record: i64,
    places: &'a mut Places,
    texts: &'a mut Vec<Text>,
}

impl Found<'_> {
    fn within(&mut self, place: &str, value: &Value, fields: &[Field]) {
        match value {
            Value::Array(items) => items.iter().for_each(|it| self.within(place, it, fields)),
            Value::Object(object) => {
                for field in fields {
                    let Some(value) = object.get(field.name) else {
                        continue;
                    };
                    let place = format!("{place}.{}", field.name);
                    if field.class.is_some() {
                        let place = self.places.of(place);
                        self.every(place, value);
                    } else {
                        self.within(&place, value, &field.fields);
                    }
                }
            }
            _ => {}
        }
    }

    /// Every text in a value. A link is another one each time, and says nothing.
    fn every(&mut self, place: usize, value: &Value) {
        match value {
            Value::String(text) if text.starts_with("http") => {}
            Value::String(text) if text.len() >= SHORTEST => self.texts.push(Text {
                place,
                record: self.record,
                hash: self.places.hashes.hash_one(text),
            }),
            Value::Array(items) => items.iter().for_each(|it| self.every(place, it)),
            Value::Object(object) => object.values().for_each(|it| self.every(place, it)),
            _ => {}
        }
    }
}
