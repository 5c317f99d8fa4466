//! The parts of a body that is too large for one request.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Rows;
use crate::BulkJobs;

/// One part: a body that can be sent, and its rows.
pub(crate) struct Part {
    pub(crate) body: Bytes,
    pub(crate) rows: Rows,
    /// The ids that the rows name, as far as they do.
    pub(crate) ids: Vec<Option<i64>>,
}

/// What of a row names the record that it is about.
#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    id: Option<i64>,
}

/// Splits the rows of a body so that each part has a size that is taken. The reason of a refusal names no value.
pub(crate) fn parts(body: &Bytes, jobs: &BulkJobs) -> Result<Vec<Part>, &'static str> {
    let unread = "the body has no rows; fill its list";
    let mut properties: BTreeMap<&str, &RawValue> =
        serde_json::from_slice(body).map_err(|_| unread)?;
    let rows = properties.remove(jobs.rows).ok_or(unread)?;
    let rows: Vec<&RawValue> = serde_json::from_str(rows.get()).map_err(|_| unread)?;
    if rows.is_empty() {
        return Err(unread);
    }
    if body.len() <= jobs.bytes {
        return Ok(vec![Part {
            body: body.clone(),
            rows: 0..rows.len(),
            ids: rows.iter().map(|row| id(row)).collect(),
        }]);
    }
    let (head, tail) = frame(jobs.rows, &properties);
    let room = jobs.bytes.saturating_sub(head.len() + tail.len());
    let mut parts = Vec::new();
    let mut begin = 0;
    while begin < rows.len() {
        let mut size = 0;
        let mut end = begin;
        while end < rows.len() && size + rows[end].get().len() < room {
            size += rows[end].get().len() + 1;
            end += 1;
        }
        if end == begin {
            return Err("one row alone is larger than a request may be; nothing was sent");
        }
        let texts: Vec<&str> = rows[begin..end].iter().map(|row| row.get()).collect();
        parts.push(Part {
            body: [&head, texts.join(",").as_str(), &tail].concat().into(),
            rows: begin..end,
            ids: rows[begin..end].iter().map(|row| id(row)).collect(),
        });
        begin = end;
    }
    Ok(parts)
}

/// What stands around the rows.
fn frame(rows: &str, others: &BTreeMap<&str, &RawValue>) -> (String, String) {
    let key = |name: &str| serde_json::Value::from(name).to_string();
    let head = format!("{{{}:[", key(rows));
    let mut tail = "]".to_owned();
    for (name, value) in others {
        tail.push(',');
        tail.push_str(&key(name));
        tail.push(':');
        tail.push_str(value.get());
    }
    tail.push('}');
    (head, tail)
}

/// The id that a row is, or names.
fn id(row: &RawValue) -> Option<i64> {
    let bare = serde_json::from_str::<i64>(row.get()).ok();
    bare.or_else(|| serde_json::from_str::<Named>(row.get()).ok()?.id)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn jobs(bytes: usize) -> BulkJobs {
        BulkJobs {
            rows: "data",
            bytes,
            ..BulkJobs::FOR_TESTS
        }
    }

    fn body(value: &Value) -> Bytes {
        value.to_string().into()
    }

    #[test]
    fn rows_are_divided_and_the_rest_goes_along() {
        let rows: Vec<_> = (0..100)
            .map(|id| json!({"id": id, "name": "x".repeat(20)}))
            .collect();
        let whole = body(&json!({"data": rows, "callback_url": "https://hooks.example/"}));
        for most in [120, 500, 1_000, 4_000, whole.len()] {
            let parts = parts(&whole, &jobs(most)).unwrap();
            let mut next = 0;
            let mut all = Vec::new();
            for part in &parts {
                assert!(part.body.len() <= most, "{} {most}", part.body.len());
                assert_eq!(part.rows.start, next);
                next = part.rows.end;
                assert_eq!(part.ids.len(), part.rows.len());
                let sent: Value = serde_json::from_slice(&part.body).unwrap();
                assert_eq!(sent["callback_url"], "https://hooks.example/");
                all.extend(sent["data"].as_array().unwrap().clone());
            }
            assert_eq!(all, rows);
            let least = if most == whole.len() { 1 } else { 2 };
            assert!(parts.len() >= least && parts[0].ids[0] == Some(0), "{most}");
        }
    }

    #[test]
    fn bodies_that_cannot_be_sent() {
        let large = json!({"data": [1, "x".repeat(300)]});
        for (value, says) in [
            (json!({"data": []}), "no rows"),
            (json!({"rows": [1]}), "no rows"),
            (json!({"data": 5}), "no rows"),
            (json!([1]), "no rows"),
            (large, "one row alone"),
        ] {
            let reason = parts(&body(&value), &jobs(200)).err().unwrap();
            assert!(reason.contains(says), "{reason}");
        }
    }
}
