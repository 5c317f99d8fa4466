//! The records of a small Harvest v3, held in memory: lists with filters, properties and cursors, and the changes that the
//! recipes make.

use std::collections::BTreeMap;

use harvest_generated::runtime::chrono::DateTime;
use serde_json::{Map, Value, json};

/// A status and a body.
pub type Answer = (u16, Value);

/// Query parameters, decoded.
pub type Query = Vec<(String, String)>;

/// Parameters that are no filter of a property, or need none here.
const NO_FILTERS: [&str; 4] = ["per_page", "fields", "include_defaults", "current_only"];

#[derive(Default)]
pub struct Records {
    lists: BTreeMap<String, Vec<Value>>,
    cursors: BTreeMap<String, (Query, usize)>,
    made: i64,
}

/// A page, and the cursor of the one behind it.
pub struct Page {
    pub records: Vec<Value>,
    pub next: Option<String>,
}

pub fn refused(message: &str) -> Answer {
    (422, json!({ "message": message }))
}

pub fn missing(kind: &str) -> Answer {
    let body = json!({"message": "Resource not found", "errors": format!("{kind} not found")});
    (404, body)
}

impl Records {
    /// Adds a record, which has an id.
    pub fn put(&mut self, list: &str, record: Value) {
        assert!(record["id"].is_i64(), "{record}");
        self.lists.entry(list.to_owned()).or_default().push(record);
    }

    /// Adds a record under a new id, and returns it.
    pub fn create(&mut self, list: &str, body: &Value, more: &Value) -> Value {
        self.made += 1;
        let mut record = json!({"id": 9000 + self.made});
        for part in [body, more] {
            let part = part.as_object().expect("an object").clone();
            record.as_object_mut().unwrap().extend(part);
        }
        self.put(list, record.clone());
        record
    }

    pub fn all(&self, list: &str) -> &[Value] {
        self.lists.get(list).map_or(&[], Vec::as_slice)
    }

    pub fn get(&mut self, list: &str, id: i64) -> Option<&mut Value> {
        let records = self.lists.get_mut(list)?;
        records.iter_mut().find(|record| record["id"] == id)
    }

    /// Forgets all cursors, as the service does after some time.
    pub fn expire_cursors(&mut self) {
        self.cursors.clear();
    }

    /// A page of a list, with no more than `most` records.
    pub fn page(&mut self, list: &str, query: &Query, most: usize) -> Result<Page, Answer> {
        let cursor = query.iter().find(|(name, _)| name == "cursor");
        let (query, start) = match cursor {
            Some(_) if query.len() > 1 => return Err(refused("cursor must be the only parameter")),
            Some((_, cursor)) => {
                let known = self.cursors.get(cursor).cloned();
                known.ok_or_else(|| refused("The cursor is invalid or has expired"))?
            }
            None => (query.clone(), 0),
        };
        let mut found: Vec<Value> = self
            .all(list)
            .iter()
            .filter(|record| query.iter().all(|filter| fits(record, filter)))
            .map(|record| chosen(record, &query))
            .collect();
        found.sort_by_key(|record| -record["id"].as_i64().unwrap());
        let end = found.len().min(start + most.min(per_page(&query)));
        let next = (end < found.len()).then(|| {
            let cursor = format!("c{}-{end}", self.cursors.len());
            self.cursors.insert(cursor.clone(), (query, end));
            cursor
        });
        Ok(Page {
            records: found.drain(start.min(end)..end).collect(),
            next,
        })
    }
}

fn per_page(query: &Query) -> usize {
    let given = query.iter().find(|(name, _)| name == "per_page");
    given.map_or(100, |(_, number)| number.parse().expect("a number"))
}

/// The record, or those of its properties that `fields` names.
fn chosen(record: &Value, query: &Query) -> Value {
    let Some((_, fields)) = query.iter().find(|(name, _)| name == "fields") else {
        return record.clone();
    };
    let record = record.as_object().expect("a record");
    let fields = fields.split(',');
    let chosen: Map<_, _> = fields
        .filter_map(|field| Some((field.to_owned(), record.get(field)?.clone())))
        .collect();
    Value::Object(chosen)
}

fn fits(record: &Value, (name, value): &(String, String)) -> bool {
    if NO_FILTERS.contains(&name.as_str()) {
        return true;
    }
    if let Some(property) = name.strip_suffix("ids") {
        let ids: Vec<_> = value.split(',').collect();
        assert!(ids.len() <= 50, "{name} has too many ids");
        let id = record[format!("{property}id")].to_string();
        return ids.contains(&id.as_str());
    }
    if name == "email" {
        let addresses = record["email_addresses"].as_array().expect("addresses");
        return addresses.iter().any(|address| address["value"] == *value);
    }
    if name.ends_with("_at") {
        return is_within(record[name].as_str().expect("a time"), value);
    }
    match &record[name] {
        Value::String(text) => text == value,
        Value::Bool(flag) => flag.to_string() == *value,
        other => panic!("a filter of {name}, which is {other}"),
    }
}

/// Whether a time is within a range: `gte|…|lt|…`.
fn is_within(time: &str, range: &str) -> bool {
    let parse = |time: &str| DateTime::parse_from_rfc3339(time).expect("a time");
    let parts: Vec<_> = range.split('|').collect();
    parts.chunks(2).all(|part| {
        let (time, bound) = (parse(time), parse(part[1]));
        match part[0] {
            "gte" => time >= bound,
            "lt" => time < bound,
            other => panic!("a comparison {other}"),
        }
    })
}
