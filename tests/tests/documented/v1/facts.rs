//! The facts about v1 and v2. Only read when the test runs; nothing of it is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::folder::{json, text};

/// Everything that the checks compare the description with.
pub struct Facts {
    pub operations: Vec<Operation>,
    pub objects: Vec<Object>,
    /// The endpoint permissions that Dev Center was seen to show.
    pub permission_names: Vec<String>,
    index: Index,
    folder: PathBuf,
}

#[derive(Deserialize)]
pub struct Operation {
    pub method: String,
    pub path: String,
    pub heading: String,
    pub anchor: String,
    pub deprecated: bool,
    pub on_behalf_of_required: bool,
    pub pagination: Pagination,
    pub path_params: Vec<Named>,
    pub path_params_listed_as_query: Vec<Named>,
    pub query_params: Vec<QueryParameter>,
    pub body_params: Vec<BodyField>,
    pub enums: Vec<Listing>,
    pub documented_success_statuses: Vec<u16>,
    pub request_examples: Vec<Example>,
    pub response_examples: Vec<Example>,
    /// The operation whose section, and so whose examples, it shares.
    examples_stored_under: Option<String>,
}

impl Operation {
    /// `GET /v1/users/{id}`: what the facts, the findings and the exceptions call an operation.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

#[derive(Deserialize)]
pub struct Pagination {
    pub style: String,
}

#[derive(Deserialize)]
pub struct Named {
    pub name: String,
}

#[derive(Deserialize)]
pub struct QueryParameter {
    pub name: String,
    pub inferred_format: Option<String>,
    pub required_documented: bool,
    pub default: Option<Value>,
    pub minimum: Option<Value>,
    pub maximum: Option<Value>,
    pub max_items: Option<Value>,
}

#[derive(Deserialize)]
pub struct BodyField {
    /// `applications[].job_id`
    pub path: String,
}

/// The values that one parameter or property is said to take.
#[derive(Deserialize)]
pub struct Listing {
    /// `path`, `query`, `body` or `response`.
    #[serde(rename = "where")]
    pub place: String,
    pub field: String,
    pub values: Vec<String>,
}

#[derive(Deserialize)]
pub struct Example {
    file: Option<String>,
    kind: String,
    line: u32,
}

impl Example {
    /// An answer that refuses, rather than a success.
    pub fn is_error(&self) -> bool {
        self.kind == "error"
    }
}

#[derive(Deserialize)]
pub struct Object {
    /// `job_opening`
    #[serde(rename = "resource")]
    pub name: String,
    pub attributes: Vec<Attribute>,
}

#[derive(Deserialize)]
pub struct Attribute {
    pub json_path: Option<String>,
    #[serde(rename = "enum")]
    pub values: Option<Vec<Value>>,
    /// Where the values stand, if that is not the attribute itself.
    pub enum_field: Option<String>,
}

#[derive(Deserialize)]
struct Index {
    responses: Vec<Indexed>,
    requests: Vec<Indexed>,
    objects: Vec<IndexedObject>,
    not_parsing: Vec<Broken>,
}

#[derive(Deserialize)]
struct Indexed {
    file: String,
}

#[derive(Deserialize)]
struct IndexedObject {
    object: String,
    file: String,
}

/// An example that is no JSON in the documentation, and its repaired copy.
#[derive(Deserialize)]
struct Broken {
    op: String,
    source: String,
    repaired_copy: String,
}

impl Facts {
    /// Reads the folder of v1.
    pub fn read(folder: &Path) -> Self {
        Self {
            operations: json(&folder.join("inventory.json")),
            objects: json(&folder.join("objects.json")),
            permission_names: text(&folder.join("permission_names.txt"))
                .lines()
                .filter(|line| !line.is_empty() && !line.starts_with('#'))
                .map(str::to_owned)
                .collect(),
            index: json(&folder.join("examples_index.json")),
            folder: folder.to_owned(),
        }
    }

    /// The file of an example. The one that does not parse has a repaired copy.
    pub fn file(&self, operation: &Operation, example: &Example) -> PathBuf {
        let file = example.file.as_ref().unwrap_or_else(|| {
            let op = operation
                .examples_stored_under
                .clone()
                .unwrap_or_else(|| operation.name());
            let line = format!(":{}", example.line);
            self.index
                .not_parsing
                .iter()
                .find(|broken| broken.op == op && broken.source.ends_with(&line))
                .map_or_else(
                    || panic!("{op}: no file for the example at line {}", example.line),
                    |broken| &broken.repaired_copy,
                )
        });
        // The facts name their folders as `v1_examples`, and keep them as `examples`.
        self.folder.join(file.strip_prefix("v1_").unwrap_or(file))
    }

    /// The examples of an object.
    pub fn examples_of(&self, object: &str) -> Vec<PathBuf> {
        self.index
            .objects
            .iter()
            .filter(|indexed| indexed.object == object)
            .map(|indexed| self.folder.join("object_examples").join(&indexed.file))
            .collect()
    }

    /// Every example that the index names.
    pub fn all_examples(&self) -> BTreeSet<PathBuf> {
        let index = &self.index;
        let responses = index.responses.iter().map(|of| ("examples", &of.file));
        let requests = index
            .requests
            .iter()
            .map(|of| ("request_examples", &of.file));
        let objects = index.objects.iter().map(|of| ("object_examples", &of.file));
        let repaired = index.not_parsing.iter().map(|of| &of.repaired_copy);
        responses
            .chain(requests)
            .chain(objects)
            .map(|(folder, file)| self.folder.join(folder).join(file))
            .chain(repaired.map(|file| self.folder.join(file.strip_prefix("v1_").unwrap_or(file))))
            .collect()
    }
}

/// How often each name occurs, to number what has no name of its own.
#[derive(Default)]
pub struct Numbers(BTreeMap<String, usize>);

impl Numbers {
    /// 1 for the first of a name, 2 for the second.
    pub fn next(&mut self, name: &str) -> usize {
        let number = self.0.entry(name.to_owned()).or_default();
        *number += 1;
        *number
    }
}
