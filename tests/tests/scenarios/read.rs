//! Reading through the client, and keeping what was read as JSON.

use futures_util::{Stream, StreamExt as _};
use harvest_runtime::{Error, Response};
use serde::Serialize;
use serde_json::Value;

pub use crate::same::id;

/// All records of a list.
pub async fn all<T: Serialize>(
    mut items: impl Stream<Item = Result<T, Error>> + Unpin,
) -> Vec<Value> {
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(json(&item.unwrap()));
    }
    all
}

/// The records of a list that stands in something; none if what it stands in is not there.
pub async fn all_if_there<T: Serialize>(
    mut items: impl Stream<Item = Result<T, Error>> + Unpin,
) -> Option<Vec<Value>> {
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(found(item)?);
    }
    Some(all)
}

/// What was asked for, or none if it is not there. Any other error is a failure of the test.
pub fn found<T: Serialize>(answer: Result<T, Error>) -> Option<Value> {
    match answer {
        Ok(record) => Some(json(&record)),
        Err(error) if error.is_not_found() => None,
        Err(error) => panic!("{error}"),
    }
}

/// The same of a single record.
pub fn one<T: Serialize>(answer: Result<Response<T>, Error>) -> Option<Value> {
    found(answer.map(Response::into_value))
}

/// As it was sent, but for signatures: a link to a file is signed again whenever it is sent.
pub fn json(record: &impl Serialize) -> Value {
    let mut value = serde_json::to_value(record).unwrap();
    unsign(&mut value);
    value
}

fn unsign(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(unsign),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(url) if name == "url" => {
                        url.truncate(url.find('?').unwrap_or(url.len()));
                    }
                    _ => unsign(value),
                }
            }
        }
        _ => {}
    }
}
