//! Everything that can be read, and what is new in it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::description::{Description, Operation, Place};
use super::scene::Scene;
use crate::support::{Answer, drop_links};

/// Of each type of id, so many of the lowest and of the highest are read one by one. Lists have all of them.
const LOWEST: usize = 4;
const HIGHEST: usize = 30;

/// An id of no record.
pub const UNKNOWN: i64 = 777_777_777_777;

/// What every hidden text has in it.
const MARK: &str = "umbra";

/// What was read, without an acting user: everything.
#[derive(Default)]
pub struct Everything {
    /// Ids by their types.
    pub ids: BTreeMap<String, BTreeSet<i64>>,
    pub texts: BTreeSet<String>,
    /// Which operation was read where, and what it answered.
    pub answers: BTreeMap<String, (String, Value)>,
}

/// Records in one of two organizations, and not in the other.
pub struct Secrets {
    pub ids: BTreeMap<String, BTreeSet<i64>>,
    pub numbers: BTreeSet<i64>,
    pub texts: BTreeSet<String>,
}

impl Everything {
    /// Reads whatever can be read by ids that were read.
    pub async fn read(scene: &Scene, description: &Description) -> Self {
        let mut read = Self::default();
        loop {
            let mut urls = Vec::new();
            for operation in description.operations.iter().filter(|it| it.reads()) {
                let new = read.urls(scene, operation);
                urls.extend(new.into_iter().map(|url| (operation, url)));
            }
            urls.retain(|(_, url)| !read.answers.contains_key(url));
            if urls.is_empty() {
                return read;
            }
            for (operation, url) in urls {
                let answer = scene
                    .organization
                    .fetch(None, "GET", &url, &Value::Null)
                    .await;
                let mut value = answer.json();
                drop_links(&mut value);
                if answer.status == 200 {
                    let mut ids = Vec::new();
                    description.ids(&operation.answer, &value, &mut ids);
                    for (of, id) in ids {
                        read.ids.entry(of).or_default().insert(id);
                    }
                    texts(&value, &mut read.texts);
                }
                read.answers.insert(url, (operation.id.clone(), value));
            }
        }
    }

    /// Where an operation can be read by the ids that are known.
    fn urls(&self, scene: &Scene, operation: &Operation) -> Vec<String> {
        let mut urls = vec![operation.path.clone()];
        for taken in &operation.takes {
            let Place::Path(name) = &taken.place else {
                continue;
            };
            let ids = self.some(&taken.of);
            let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
            urls = fill(&urls, name, &ids);
        }
        for name in &operation.names {
            let mut values: Vec<String> = name
                .values
                .iter()
                .map(|it| it.as_str().unwrap().to_owned())
                .collect();
            if name.name == "token" {
                values = scene.tokens();
            }
            assert!(
                !values.is_empty(),
                "{}: what is a {}?",
                operation.id,
                name.name
            );
            urls = fill(&urls, &name.name, &values);
        }
        if operation.is_paged {
            let pages = |url: &String| ["500", "3"].map(|size| format!("{url}?per_page={size}"));
            urls = urls.iter().flat_map(pages).collect();
        }
        for taken in &operation.takes {
            if let Place::Query(name) = &taken.place {
                let with = |id: i64| format!("{}?{name}={id}", operation.path);
                urls.extend(self.some(&taken.of).into_iter().map(with));
            }
        }
        urls
    }

    /// The ids of a type that are tried one by one.
    pub fn some(&self, of: &str) -> BTreeSet<i64> {
        let Some(ids) = self.ids.get(of) else {
            return BTreeSet::new();
        };
        let lowest = ids.iter().take(LOWEST);
        let highest = ids.iter().rev().take(HIGHEST);
        lowest.chain(highest).copied().collect()
    }

    pub fn without(&self, other: &Self) -> Secrets {
        let none = BTreeSet::new();
        let mut ids = BTreeMap::new();
        for (of, all) in &self.ids {
            let known = other.ids.get(of).unwrap_or(&none);
            let new: BTreeSet<i64> = all.difference(known).copied().collect();
            if !new.is_empty() {
                ids.insert(of.clone(), new);
            }
        }
        Secrets {
            numbers: ids.values().flatten().copied().collect(),
            ids,
            // Other texts that are new may be so by accident, such as a status that nothing had before.
            texts: self
                .texts
                .difference(&other.texts)
                .filter(|text| text.to_lowercase().contains(MARK))
                .cloned()
                .collect(),
        }
    }
}

impl Secrets {
    /// A hidden id in a path or a query.
    pub fn id_in(&self, url: &str) -> Option<i64> {
        let mut parts = url.split(['/', '?', '=', '&']);
        parts.find_map(|it| it.parse().ok().filter(|it| self.numbers.contains(it)))
    }

    /// A secret that an answer tells, if it tells one.
    pub fn disclosed_by(&self, value: &Value) -> Option<String> {
        match value {
            Value::Object(fields) => fields
                .iter()
                .find_map(|(name, it)| Some(format!("{name}: {}", self.disclosed_by(it)?))),
            Value::Array(items) => items.iter().find_map(|it| self.disclosed_by(it)),
            Value::Number(number) => {
                let number = number.as_i64().filter(|it| self.numbers.contains(it))?;
                Some(number.to_string())
            }
            Value::String(text) => self.texts.contains(text).then(|| text.clone()),
            _ => None,
        }
    }
}

/// A hidden name in a path.
pub fn name_in(url: &str) -> Option<&str> {
    url.split('/').find(|it| it.contains(MARK))
}

fn fill(urls: &[String], name: &str, values: &[String]) -> Vec<String> {
    let place = format!("{{{name}}}");
    let filled = |url: &String| {
        let values = values.iter();
        values
            .map(|value| url.replace(&place, value))
            .collect::<Vec<_>>()
    };
    urls.iter().flat_map(filled).collect()
}

fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields.values().for_each(|it| texts(it, found)),
        Value::Array(items) => items.iter().for_each(|it| texts(it, found)),
        Value::String(text) => {
            found.insert(text.clone());
        }
        _ => {}
    }
}

/// What a user is answered: everything that can be distinguished, but for the signatures of links to files.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    pub status: u16,
    pub body: Value,
    pub link: String,
}

impl Seen {
    pub fn of(answer: &Answer) -> Self {
        let mut body = if answer.text.is_empty() {
            Value::Null
        } else {
            answer.json()
        };
        drop_links(&mut body);
        Self {
            status: answer.status,
            body,
            link: answer.header("link").to_owned(),
        }
    }

    /// The same with another number wherever one is repeated.
    pub fn with(mut self, number: i64, other: i64) -> Self {
        let body = self.body.to_string();
        let body = body.replace(&number.to_string(), &other.to_string());
        self.body = serde_json::from_str(&body).unwrap();
        self.link = self.link.replace(&number.to_string(), &other.to_string());
        self
    }
}
