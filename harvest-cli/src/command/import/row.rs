//! A row of a table as a candidate to be added.

use std::path::{Component, Path, PathBuf};

use serde_json::{Map, Value, json};

use super::cells::{self, Form};
use super::columns::{Columns, Meaning};
use super::roles::{Create, EMAILS, JOB, PROSPECT};

const CUSTOM_FIELDS: &str = "custom_fields";
/// What an entry of a list of custom fields has beside an amount, where that is not within its value.
const UNIT: &str = "unit";

/// A candidate to be added.
#[derive(Debug)]
pub(super) struct Planned {
    pub body: Value,
    pub emails: Vec<String>,
    pub files: Vec<PlannedFile>,
}

/// A file to be attached.
#[derive(Debug)]
pub(super) struct PlannedFile {
    pub kind: String,
    pub source: Source,
}

/// Where a file comes from.
#[derive(Debug)]
pub(super) enum Source {
    Path(PathBuf),
    Url(String),
}

/// What rows are made into candidates by.
pub(super) struct Planner<'a> {
    pub columns: &'a Columns,
    pub create: Create<'a>,
    pub job: Option<i64>,
    pub prospects: bool,
    pub files: PathBuf,
}

impl PlannedFile {
    /// By which the journal knows it: nothing of a name.
    pub(super) fn key(&self) -> String {
        let text = match &self.source {
            Source::Path(path) => path.display().to_string(),
            Source::Url(url) => url.clone(),
        };
        format!("{} {}", self.kind, super::journal::hash(&text))
    }
}

impl Planner<'_> {
    /// The candidate, or all that is wrong with the row. No problem has the text of a cell in it.
    pub(super) fn plan(&self, record: &csv::StringRecord) -> Result<Planned, Vec<String>> {
        let mut body = Map::new();
        let mut application = Map::new();
        let mut entries = Vec::new();
        let mut files = Vec::new();
        let mut problems = Vec::new();
        let custom_fields = self.create.entry.in_body(CUSTOM_FIELDS);
        let form = match custom_fields {
            Some(property) if property.within.contains(&UNIT) => Form::Beside,
            _ => Form::Within,
        };
        for (column, cell) in self.columns.0.iter().zip(record) {
            // A blank cell says nothing.
            if cell.trim().is_empty() {
                continue;
            }
            let outcome = match &column.meaning {
                Meaning::Nothing => Ok(()),
                Meaning::Property { name, kind } => cells::value(cell, kind).map(|value| {
                    body.insert((*name).to_owned(), value);
                }),
                Meaning::Texts { name } => {
                    let texts: Vec<_> = cells::several(cell).collect();
                    body.insert((*name).to_owned(), json!(texts));
                    Ok(())
                }
                Meaning::Values { name, kind } => {
                    let list = body.entry(*name).or_insert_with(|| json!([]));
                    for value in cells::several(cell) {
                        let item = match kind {
                            Some(kind) => json!({"value": value, "type": kind}),
                            None => json!({"value": value}),
                        };
                        list.as_array_mut()
                            .into_iter()
                            .for_each(|it| it.push(item.clone()));
                    }
                    Ok(())
                }
                Meaning::OfApplication { name } => cells::id(cell).map(|id| {
                    application.insert((*name).to_owned(), json!(id));
                }),
                Meaning::ById { name } => cells::id(cell).map(|id| {
                    body.insert((*name).to_owned(), json!({"id": id}));
                }),
                Meaning::Custom(definition) => {
                    cells::entry(cell, definition, form).map(|entry| entries.push(entry))
                }
                Meaning::File { kind } => cells::several(cell).try_for_each(|it| {
                    files.push(PlannedFile {
                        kind: kind.clone(),
                        source: self.source(it)?,
                    });
                    Ok(())
                }),
            };
            if let Err(problem) = outcome {
                problems.push(format!("{}: {problem}", column.title));
            }
        }
        if !entries.is_empty() {
            body.insert(CUSTOM_FIELDS.to_owned(), Value::Array(entries));
        }
        if let Some(job) = self.job {
            application.entry(JOB).or_insert(json!(job));
        }
        if self.prospects && self.create.has(PROSPECT) {
            application.insert(PROSPECT.to_owned(), json!(true));
        }
        let is_for_job = application.contains_key(JOB);
        let is_for_none = self.prospects;
        if is_for_none && is_for_job {
            problems.push("a prospect is considered for no job: leave job_id out".to_owned());
        } else if !application.is_empty() && !is_for_none && !is_for_job {
            problems.push("an application needs a job: fill job_id, or give --job".to_owned());
        } else if self.create.application.required && application.is_empty() {
            let problem =
                "a candidate needs an application: fill job_id, or give --job or --prospects";
            problems.push(problem.to_owned());
        } else if !files.is_empty() && application.is_empty() && !is_for_none {
            problems.push(
                "files belong to applications: fill job_id, or give --job or --prospects"
                    .to_owned(),
            );
        }
        if !application.is_empty() {
            let application = Value::Object(application);
            let application = if self.create.takes_list() {
                json!([application])
            } else {
                application
            };
            body.insert(self.create.application.name.to_owned(), application);
        }
        let required = self.create.entry.body.iter().flat_map(|it| &it.properties);
        for property in required.filter(|it| it.required && it.kind.is_scalar()) {
            if !body.contains_key(property.name) {
                problems.push(format!("{}: it is required", property.name));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let emails = body
            .get(EMAILS)
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let emails = emails.filter_map(|it| Some(it["value"].as_str()?.to_owned()));
        Ok(Planned {
            emails: emails.collect(),
            body: Value::Object(body),
            files,
        })
    }

    /// A URL, or a file that is there below the folder.
    fn source(&self, cell: &str) -> Result<Source, String> {
        if cell.starts_with("https://") {
            return Ok(Source::Url(cell.to_owned()));
        }
        let path = Path::new(cell);
        let is_below = path
            .components()
            .all(|step| matches!(step, Component::Normal(_) | Component::CurDir));
        if !is_below {
            return Err("it is no path below the folder of files".to_owned());
        }
        let path = self.files.join(path);
        // A table and its files may come from elsewhere, with links to what lies elsewhere on this computer.
        let folder = if self.files.as_os_str().is_empty() {
            Path::new(".")
        } else {
            &self.files
        };
        let real = |path: &Path| std::fs::canonicalize(path).ok();
        match (real(folder), real(&path)) {
            (Some(folder), Some(real)) if !real.starts_with(&folder) => {
                Err("it leads out of the folder of files".to_owned())
            }
            (Some(_), Some(real)) if real.is_file() => Ok(Source::Path(path)),
            _ => Err("there is no such file".to_owned()),
        }
    }
}
