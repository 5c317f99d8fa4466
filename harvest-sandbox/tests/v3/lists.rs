//! Every list of v3 that records answer, by every parameter that the description has for it.
//!
//! Nothing here is written for one list: what a parameter means follows from the records themselves, as far as they have a
//! property that the parameter is named after. A list that ignores a parameter fails.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::both::{Both, ids};
use crate::support::{Documented, operations, text};

/// A list, and all its records.
struct Listed<'a> {
    both: &'a Both,
    path: &'a str,
    records: Vec<Value>,
}

/// Parameters with other values than the property of their name: `active` stands for `in_process`, private candidates can be
/// left out, but not picked, deleted job posts are only listed if they are asked for, and the search compares days.
const OTHERWISE: &[&str] = &[
    "list_applications status",
    "list_candidates private",
    "list_job_posts active",
    "search_candidates last_activity_at",
    "search_candidates private",
];

/// The most pages that are read of a list one record at a time.
const PAGES: usize = 40;

/// The most records of a page.
fn most(path: &str) -> usize {
    if path.ends_with("/search") { 100 } else { 500 }
}

async fn lists(both: &Both) -> Vec<(Documented, Vec<Value>)> {
    let document = harvest_spec::document("v3").unwrap().json;
    let mut lists = Vec::new();
    for operation in operations(document) {
        let is_list = operation.method == "GET" && operation.pagination == "cursor";
        if is_list && both.get(&operation.url).await.status != 501 {
            let records = both.all(&operation.url, most(&operation.url)).await;
            lists.push((operation, records));
        }
    }
    assert!(!lists.is_empty());
    lists
}

#[tokio::test]
async fn pages_are_parts_of_the_whole_and_the_latest_come_first() {
    let both = Both::start().await;
    // Links to files end at a time that is counted from now.
    let now = both.sandbox.clock().now();
    both.sandbox.clock().freeze(now).unwrap();
    for (operation, records) in lists(&both).await {
        let path = &operation.url;
        let mut sorted = ids(&records);
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        sorted.dedup();
        assert_eq!(ids(&records), sorted, "{path}");
        let size = records.len().div_ceil(PAGES).clamp(1, most(path));
        assert_eq!(both.all(path, size).await, records, "{path}");
        for refused in [
            "per_page=0",
            "per_page=501",
            "per_page=x",
            "page=1",
            "nothing=1",
        ] {
            let answer = both.get(&format!("{path}?{refused}")).await;
            assert_eq!(answer.status, 422, "{path}?{refused}");
            assert!(answer.json()["message"].is_string(), "{path}?{refused}");
        }
    }
}

#[tokio::test]
async fn each_parameter_picks_the_records_that_it_describes() {
    let both = Both::start().await;
    let mut meant = BTreeSet::new();
    for (operation, records) in lists(&both).await {
        let listed = Listed {
            both: &both,
            path: &operation.url,
            records,
        };
        for (name, example) in &operation.query {
            if matches!(name.as_str(), "cursor" | "per_page" | "fields") {
                continue;
            }
            listed.takes(name, example).await;
            let parameter = format!("{} {name}", operation.id);
            if !OTHERWISE.contains(&&*parameter) && listed.means(name, example).await {
                meant.insert(parameter);
            }
        }
        listed.selects_properties().await;
    }
    println!("{} parameters were held against properties", meant.len());
    assert!(meant.len() >= 40, "{meant:?}");
}

impl Listed<'_> {
    async fn ids(&self, query: &str) -> Vec<i64> {
        let path = format!("{}?per_page={}&{query}", self.path, most(self.path));
        ids(&self.both.list(&path).await)
    }

    /// The ids of the records for which something holds.
    fn where_is(&self, holds: impl Fn(&Value) -> bool) -> Vec<i64> {
        let records = self.records.iter().filter(|record| holds(record));
        records.map(|one| one["id"].as_i64().unwrap()).collect()
    }

    /// The parameter is not ignored or refused: its example is taken, what can't be its value is not.
    async fn takes(&self, name: &str, example: &Value) {
        let path = format!("{}?{name}={}", self.path, text(example));
        let answer = self.both.get(&path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        let wrong = match example {
            Value::Bool(_) | Value::Number(_) | Value::Object(_) => "soon",
            Value::Array(items) if items.first().is_none_or(Value::is_number) => "soon",
            _ => return,
        };
        let path = format!("{}?{name}={wrong}", self.path);
        let answer = self.both.get(&path).await;
        assert_eq!(answer.status, 422, "{path}: {}", answer.text);
        let body = answer.json();
        assert_eq!(body["errors"][0]["field"], *name, "{path}: {body}");
    }

    /// Whether the parameter could be held against a property, against which it holds.
    async fn means(&self, name: &str, example: &Value) -> bool {
        match example {
            Value::Object(_) => self.is_range(name).await,
            Value::Array(_) => self.is_among(name).await,
            Value::Bool(_) => self.is_flag(name).await,
            _ => self.is_value(name, name).await,
        }
    }

    async fn is_range(&self, name: &str) -> bool {
        let at = |record: &Value| record[name].as_str().map(str::to_owned);
        let mut times: Vec<String> = self.records.iter().filter_map(at).collect();
        times.sort();
        let Some(middle) = times.get(times.len() / 2) else {
            return false;
        };
        let compare = |holds: fn(&str, &str) -> bool| {
            self.where_is(|record| at(record).is_some_and(|time| holds(&time, middle)))
        };
        let encoded = middle.replace(':', "%3A");
        for (bound, holds) in [
            ("gte", (|a, b| a >= b) as fn(&str, &str) -> bool),
            ("gt", |a, b| a > b),
            ("lte", |a, b| a <= b),
            ("lt", |a, b| a < b),
        ] {
            let expected = compare(holds);
            let alone = format!("{name}[{bound}]={encoded}");
            for query in [format!("{name}={bound}%7C{encoded}"), alone] {
                assert_eq!(self.ids(&query).await, expected, "{}?{query}", self.path);
            }
        }
        let both = format!("{name}=gte%7C{encoded}%7Clte%7C{encoded}");
        let same = compare(|a, b| a == b);
        assert_eq!(self.ids(&both).await, same, "{}?{both}", self.path);
        true
    }

    /// `job_ids` is about `job_id`, or about a list of that name.
    async fn is_among(&self, name: &str) -> bool {
        let one = name.strip_suffix('s').unwrap_or(name);
        let has = |record: &Value, value: &Value| match &record[name] {
            Value::Array(values) => values.contains(value),
            _ => record[one] == *value,
        };
        let values = self.records.iter().flat_map(|record| match &record[name] {
            Value::Array(values) => values.clone(),
            _ => vec![record[one].clone()],
        });
        let mut values: Vec<Value> = values.filter(|it| !it.is_null()).collect();
        values.dedup();
        let (Some(first), Some(last)) = (values.first(), values.last()) else {
            return false;
        };
        let query = format!("{name}={},{}", encoded(first), encoded(last));
        let expected = self.where_is(|record| has(record, first) || has(record, last));
        assert_eq!(self.ids(&query).await, expected, "{}?{query}", self.path);
        let many = vec!["1"; 51].join(",");
        let path = format!("{}?{name}={many}", self.path);
        assert_eq!(self.both.get(&path).await.status, 422, "{path}");
        true
    }

    async fn is_flag(&self, name: &str) -> bool {
        if !self.records.iter().any(|record| record[name].is_boolean()) {
            return false;
        }
        for flag in [true, false] {
            let expected = self.where_is(|record| record[name] == flag);
            let query = format!("{name}={flag}");
            assert_eq!(self.ids(&query).await, expected, "{}?{query}", self.path);
        }
        true
    }

    async fn is_value(&self, name: &str, property: &str) -> bool {
        let values = self.records.iter().map(|record| &record[property]);
        let mut known = values.filter(|it| it.is_string() || it.is_number());
        let Some(value) = known.next() else {
            return false;
        };
        let expected = self.where_is(|record| record[property] == *value);
        let query = format!("{name}={}", encoded(value));
        assert_eq!(self.ids(&query).await, expected, "{}?{query}", self.path);
        true
    }

    /// `fields` shows the properties that it names, and no others.
    async fn selects_properties(&self) {
        let Some(record) = self.records.first().and_then(Value::as_object) else {
            return;
        };
        let names: Vec<&str> = record.keys().map(String::as_str).collect();
        for chosen in [&names[..1], &names[names.len() - 1..], &names[..]] {
            let chosen = &chosen[..chosen.len().min(50)];
            let path = format!("{}?fields={}", self.path, chosen.join(","));
            let shown = self.both.list(&path).await;
            let shown = shown[0].as_object().unwrap();
            assert_eq!(shown.keys().collect::<Vec<_>>(), chosen, "{path}");
        }
        let unknown = format!("{}?fields=id,nothing", self.path);
        assert_eq!(self.both.get(&unknown).await.status, 422, "{unknown}");
    }
}

fn encoded(value: &Value) -> String {
    let plain = text(value);
    let bytes = plain.bytes().map(|byte| {
        if byte.is_ascii_alphanumeric() {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    });
    bytes.collect()
}
