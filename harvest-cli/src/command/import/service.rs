//! Calls of an import to the service.

use harvest_export::catalog::{Catalog, Entry};
use harvest_generated::runtime::attachment::Upload;
use harvest_generated::runtime::custom_field::Definition;
use harvest_generated::runtime::{Error, Json, Method, Request, decode};
use serde_json::{Value, json};

use super::columns::Field;
use super::row::{PlannedFile, Source};
use crate::connection::Connection;
use crate::failure::{Exit, Failure};
use crate::words;

/// How many of the fields that the service refuses are named.
const MOST_FIELDS: usize = 20;
/// The kind of record whose custom fields are imported.
const KIND: &str = "candidate";

/// The operations that an import takes, as the table of the version has them.
pub(super) struct Service<'a> {
    connection: &'a Connection,
    pub create: &'a Entry,
    list: &'a Entry,
    pub attach: &'a Entry,
    attached: &'a Entry,
    applications: &'a Entry,
    fields: &'a Entry,
    options: &'a Entry,
}

/// What came of adding a candidate.
pub(super) enum Outcome {
    Added {
        candidate: i64,
        application: Option<i64>,
    },
    /// Nothing was added, for these reasons.
    Refused(Vec<String>),
    /// Nothing was added, nor would other rows be now.
    NotDone(Failure),
    /// There is no answer that says what came of it.
    Unknown(String),
}

impl<'a> Service<'a> {
    pub(super) fn new(connection: &'a Connection, catalog: &'a Catalog) -> Result<Self, Failure> {
        let version = connection.version.name;
        let named = |method: Method, resource: &str| {
            let path = format!("/{version}/{resource}");
            let mut all = catalog.entries();
            let found = all.find(|it| it.operation.method == method && it.operation.path == path);
            found.ok_or_else(|| {
                let method = method.as_str();
                Failure::usage(format!(
                    "{version} has no {method} {path}, which an import takes; use the current \
                     version"
                ))
            })
        };
        Ok(Self {
            connection,
            create: named(Method::Post, "candidates")?,
            list: named(Method::Get, "candidates")?,
            attach: named(Method::Post, "attachments")?,
            attached: named(Method::Get, "attachments")?,
            applications: named(Method::Get, "applications")?,
            fields: named(Method::Get, "custom_fields")?,
            options: named(Method::Get, "custom_field_options")?,
        })
    }

    fn request(&self, entry: &Entry) -> Request {
        self.connection.core.request(entry.operation)
    }

    async fn all(request: Request) -> Result<Vec<Value>, Failure> {
        let mut items = request.items::<Json>();
        let mut all = Vec::new();
        while let Some(item) = items.next().await {
            all.push(serde_json::from_str(item?.text()).unwrap_or_default());
        }
        match items.completeness().incomplete() {
            None => Ok(all),
            Some(reason) => Err(Failure::new(
                Exit::Incomplete,
                format!("a list is not complete: {reason}; try again"),
            )),
        }
    }

    /// The custom fields of candidates, with their options.
    pub(super) async fn definitions(&self) -> Result<Vec<Field>, Failure> {
        let mut request = self.request(self.fields);
        request.query("field_type", KIND);
        request.query("active", &true);
        let mut fields = Vec::new();
        for json in Self::all(request).await? {
            let mut definition = Definition::from_json(&json);
            if let Some(id) = definition.id {
                let mut request = self.request(self.options);
                request.query_csv("custom_field_ids", &[id], None);
                let has_options = json["value_type"]
                    .as_str()
                    .is_some_and(|kind| kind.ends_with("_select"));
                if has_options {
                    let options = Self::all(request).await?;
                    let with = definition.with_options(options);
                    definition =
                        with.map_err(|error| Failure::new(Exit::Failed, error.to_string()))?;
                }
            }
            fields.push(Field {
                name: json["name"].as_str().unwrap_or_default().to_owned(),
                definition,
            });
        }
        Ok(fields)
    }

    /// A candidate with this address.
    pub(super) async fn find(&self, email: &str) -> Result<Option<i64>, Failure> {
        let mut request = self.request(self.list);
        request.query("email", email);
        request.query("fields", "id");
        let mut items = request.items::<Json>();
        let Some(item) = items.next().await else {
            return Ok(None);
        };
        let record: Value = serde_json::from_str(item?.text()).unwrap_or_default();
        Ok(record["id"].as_i64())
    }

    /// The newest application of a candidate.
    pub(super) async fn application_of(&self, candidate: i64) -> Result<Option<i64>, Failure> {
        let mut request = self.request(self.applications);
        request.query_csv("candidate_ids", &[candidate], None);
        let all = Self::all(request).await?;
        Ok(all.iter().filter_map(|it| it["id"].as_i64()).max())
    }

    /// Adds a candidate. An error is one that all other rows would meet, too.
    pub(super) async fn add(&self, body: &Value) -> Result<Outcome, Failure> {
        let mut request = self.request(self.create);
        request.json(body);
        match request.send(decode::json::<Value>).await {
            Ok(answer) => {
                let answer = answer.into_value();
                let id = |name: &str| answer[name]["id"].as_i64();
                match id("candidate") {
                    Some(candidate) => Ok(Outcome::Added {
                        candidate,
                        application: id("application"),
                    }),
                    None => Ok(Outcome::Unknown("the answer names no candidate".to_owned())),
                }
            }
            Err(error) => match refusal(&error) {
                Some(problems) => Ok(Outcome::Refused(problems)),
                None if is_for_all(&error) && !error.may_have_been_acted_on() => {
                    Ok(Outcome::NotDone(error.into()))
                }
                None if is_for_all(&error) => Err(error.into()),
                None => Ok(Outcome::Unknown(words::of_error(&error))),
            },
        }
    }

    /// Attaches a file, unless it is there: an import that was stopped may have done it. The inner error is of this file.
    pub(super) async fn attach(
        &self,
        application: i64,
        file: &PlannedFile,
    ) -> Result<Result<(), String>, Failure> {
        let upload = match &file.source {
            Source::Path(path) => match Upload::from_path(path) {
                Ok(upload) => upload,
                Err(error) => return Ok(Err(words::of_error(&error))),
            },
            Source::Url(url) => Upload::from_url(name_of(url), url),
        };
        let parts = upload.into_untyped_parts();
        let mut request = self.request(self.attached);
        request.query_csv("application_ids", &[application], None);
        request.query("type", file.kind.as_str());
        let known = Self::all(request).await?;
        if known.iter().any(|it| it["filename"] == parts.filename) {
            return Ok(Ok(()));
        }
        let mut body = json!({
            "application_id": application, "filename": parts.filename, "type": file.kind,
        });
        if let Some(content) = parts.content {
            body["content"] = json!(content);
        }
        if let Some(url) = parts.url {
            body["url"] = json!(url);
        }
        let mut request = self.request(self.attach);
        request.json(&body);
        match request.send(decode::empty).await {
            Ok(_) => Ok(Ok(())),
            Err(error) if is_for_all(&error) => Err(error.into()),
            Err(error) => Ok(Err(refusal(&error)
                .unwrap_or_else(|| vec![words::of_error(&error)])
                .join("; "))),
        }
    }
}

/// Why the service refused what was sent, if it did.
fn refusal(error: &Error) -> Option<Vec<String>> {
    let is_of_row = error.is_validation() || error.is_not_found() || error.is_invalid_request();
    if !is_of_row {
        return None;
    }
    if error.repeats_credential() {
        return Some(vec![
            "what the service says repeats the credential, and is not shown".to_owned(),
        ]);
    }
    let fields = error.field_errors().iter().take(MOST_FIELDS).map(|field| {
        let place = field.field().unwrap_or("?");
        format!("{place}: {}", field.message())
    });
    let mut problems: Vec<_> = fields.collect();
    if problems.is_empty() {
        problems.push(
            error
                .message()
                .map_or_else(|| words::of_error(error), str::to_owned),
        );
    }
    Some(problems)
}

/// Whether all other rows would meet the same.
fn is_for_all(error: &Error) -> bool {
    error.is_configuration()
        || error.is_token()
        || error.is_unauthorized()
        || error.is_missing_permission()
        || error.is_forbidden()
        || error.is_paused()
        || error.is_rate_limited()
}

/// The name at the end of a URL.
fn name_of(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    if name.is_empty() { "file" } else { name }.to_owned()
}
