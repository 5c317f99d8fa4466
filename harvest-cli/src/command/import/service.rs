//! Calls of an import to the service.

use harvest_export::catalog::{Entry, Kind};
use harvest_generated::runtime::attachment::Upload;
use harvest_generated::runtime::custom_field::{Definition, FieldOption};
use harvest_generated::runtime::{ActingUser, Error, Json, Request, decode};
use serde_json::{Value, json};

use super::columns::Field;
use super::roles::{Attach, KIND, Lookup, Place, Roles};
use super::row::{PlannedFile, Source};
use crate::connection::Connection;
use crate::failure::{Exit, Failure};
use crate::memory::{Held, of_text};
use crate::words;

/// How many of the fields that the service refuses are named.
const MOST_FIELDS: usize = 20;
/// The most bytes of a list that is looked up.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// The most memory for what is held of such lists: for the custom fields with all their options, and for each record that is
/// looked at.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;

/// What an import asks of the service.
pub(super) struct Service<'a> {
    connection: &'a Connection,
    pub roles: Roles<'a>,
    /// The content types of files, if one has to be named.
    content_types: Option<&'static [&'static str]>,
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
    pub(super) fn new(connection: &'a Connection, roles: Roles<'a>) -> Result<Self, Failure> {
        if roles.create.entry.operation.acting_user == ActingUser::Required {
            connection.core.require_acting_user()?;
        }
        let content_types = roles.attach.entry.in_body("content_type");
        let content_types = content_types.and_then(|it| match &it.kind {
            Kind::Choice(all) => Some(all.iter().cloned().map(lasting).collect::<Vec<_>>()),
            _ => None,
        });
        Ok(Self {
            connection,
            roles,
            content_types: content_types.map(|all| &*all.leak()),
        })
    }

    fn request(&self, entry: &Entry) -> Request {
        self.connection.core.request(entry.operation)
    }

    /// Hands every item of a list to a function.
    async fn each(
        request: Request,
        held: &mut Held,
        mut take: impl FnMut(Value, &mut Held) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut items = request.items::<Json>();
        let mut bytes = 0_usize;
        while let Some(item) = items.next().await {
            let item = item?;
            bytes = bytes.saturating_add(item.text().len());
            if bytes > MOST_BYTES {
                let message = format!("a list that an import looks up has over {MOST_BYTES} bytes");
                return Err(Failure::new(Exit::Failed, message));
            }
            take(held.decode(item.text())?, held)?;
        }
        match items.completeness().incomplete() {
            None => Ok(()),
            Some(reason) => Err(Failure::new(
                Exit::Incomplete,
                format!("a list is not complete: {reason}; try again"),
            )),
        }
    }

    /// The record at a path with its id.
    async fn record(&self, entry: &Entry, name: &'static str, id: i64) -> Result<Value, Failure> {
        let mut request = self.request(entry);
        request.path(name, &id);
        let answer = request.send(decode::json::<Json>).await?.into_value();
        held().decode(answer.text())
    }

    /// The custom fields of candidates, with their options.
    pub(super) async fn definitions(&self) -> Result<Vec<Field>, Failure> {
        let role = &self.roles.fields;
        let mut request = self.request(role.entry);
        match role.kind {
            Place::Path(name) => request.path(name, KIND),
            Place::Query(name) | Place::Body(name) => request.query(name, KIND),
        }
        if let Some(active) = role.entry.parameter("active") {
            request.query(active.name, &true);
        }
        // Of all fields together.
        let mut held = held();
        let mut fields = Vec::new();
        Self::each(request, &mut held, |json, held| {
            let definition = Definition::from_json(&json);
            let name = json["name"].as_str().unwrap_or_default().to_owned();
            held.take(size(&name, &definition))?;
            let is_select = |kind: &str| kind.ends_with("_select");
            let has_options = json["value_type"].as_str().is_some_and(is_select);
            fields.push((name, definition, has_options));
            Ok(())
        })
        .await?;
        fields.retain(|(_, definition, _)| definition.active);
        for (_, definition, has_options) in &mut fields {
            let (Some((options, by)), Some(id), true) = (role.options, definition.id, *has_options)
            else {
                continue;
            };
            let mut request = self.request(options);
            request.query_csv(by, &[id], None);
            let known = definition.options.insert(Vec::new());
            Self::each(request, &mut held, |json, held| {
                let of_one = Definition::from_json(&json!({"custom_field_options": [json]}));
                for option in of_one.options.into_iter().flatten() {
                    held.take(of_option(&option))?;
                    known.push(option);
                }
                Ok(())
            })
            .await?;
        }
        let fields = fields.into_iter().map(|(name, definition, _)| Field {
            name,
            definition: definition.into(),
        });
        Ok(fields.collect())
    }

    /// A candidate with this address.
    pub(super) async fn find(&self, email: &str) -> Result<Option<i64>, Failure> {
        let (list, by) = self.roles.list;
        let mut request = self.request(list);
        request.query(by, email);
        if let Some(properties) = list.parameter("fields") {
            let described = list.answer.iter().map(|it| it.name);
            let wanted = described.filter(|name| *name == "id" || name.contains(by));
            request.query(properties.name, &wanted.collect::<Vec<_>>().join(","));
        }
        let mut items = request.items::<Json>();
        let Some(item) = items.next().await else {
            return Ok(None);
        };
        let record = held().decode(item?.text())?;
        if !has_text(&record, &email.to_lowercase()) {
            let message = format!(
                "{} does not honour the filter {by}: it lists a candidate without that address",
                list.operation.id
            );
            return Err(Failure::new(Exit::Failed, message));
        }
        Ok(record["id"].as_i64())
    }

    /// The newest application of a candidate.
    pub(super) async fn application_of(&self, candidate: i64) -> Result<Option<i64>, Failure> {
        match self.roles.applications {
            Lookup::List(entry, by) => {
                let mut request = self.request(entry);
                request.query_csv(by, &[candidate], None);
                let mut newest = None;
                Self::each(request, &mut held(), |it, _| {
                    newest = newest.max(it["id"].as_i64());
                    Ok(())
                })
                .await?;
                Ok(newest)
            }
            Lookup::Record(entry, name) => {
                let record = self.record(entry, name, candidate).await?;
                Ok(newest_application(&record))
            }
        }
    }

    /// The names of the files of a kind that an application has.
    async fn files_of(&self, application: i64, kind: &str) -> Result<Vec<Value>, Failure> {
        let mut names = Vec::new();
        let mut add = |mut file: Value, held: &mut Held| {
            if file["type"] == kind {
                let name = file["filename"].take();
                held.take(name.as_str().map_or(0, |it| of_text(it.len())))?;
                names.push(name);
            }
            Ok(())
        };
        match self.roles.attached {
            Lookup::List(entry, by) => {
                let mut request = self.request(entry);
                request.query_csv(by, &[application], None);
                Self::each(request, &mut held(), add).await?;
            }
            Lookup::Record(entry, name) => {
                let mut record = self.record(entry, name, application).await?;
                let files = record.get_mut("attachments");
                let files = files.and_then(Value::as_array_mut);
                let files = files.map(std::mem::take).unwrap_or_default();
                let mut held = held();
                files.into_iter().try_for_each(|it| add(it, &mut held))?;
            }
        }
        Ok(names)
    }

    /// Adds a candidate. An error is one that all other rows would meet, too.
    pub(super) async fn add(&self, body: &Value) -> Result<Outcome, Failure> {
        let create = self.roles.create.entry;
        let mut request = self.request(create);
        request.json(body);
        match request.send(decode::json::<Json>).await {
            Ok(answer) => {
                let Ok(answer) = held().decode(answer.into_value().text()) else {
                    let problem = "the answer has more in it than an import takes";
                    return Ok(Outcome::Unknown(problem.to_owned()));
                };
                // The candidate itself, or the candidate and the application side by side.
                let (candidate, application) = match create.in_answer(KIND) {
                    Some(_) => (&answer[KIND], answer["application"]["id"].as_i64()),
                    None => (&answer, newest_application(&answer)),
                };
                match candidate["id"].as_i64() {
                    Some(candidate) => Ok(Outcome::Added {
                        candidate,
                        application,
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
        let parts = match self.content_types {
            Some(allowed) => match upload.into_parts(allowed) {
                Ok(parts) => parts,
                Err(error) => return Ok(Err(words::of_error(&error))),
            },
            None => upload.into_untyped_parts(),
        };
        let known = self.files_of(application, &file.kind).await?;
        if known.iter().any(|name| *name == parts.filename) {
            return Ok(Ok(()));
        }
        let Attach { entry, owner } = &self.roles.attach;
        let mut request = self.request(entry);
        let mut body = json!({"filename": parts.filename, "type": file.kind});
        match *owner {
            Place::Body(name) => body[name] = json!(application),
            Place::Path(name) => request.path(name, &application),
            Place::Query(name) => request.query(name, &application),
        }
        let content_type = parts.content_type.map(str::to_owned);
        for (name, text) in [
            ("content", parts.content),
            ("url", parts.url),
            ("content_type", content_type),
        ] {
            if let Some(text) = text {
                body[name] = json!(text);
            }
        }
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

fn held() -> Held {
    Held::new("what an import looks up", Exit::Failed, MOST_MEMORY)
}

/// What a custom field takes, with the options that it came with.
fn size(name: &str, definition: &Definition) -> u64 {
    let texts = [&definition.name_key, &definition.field_type];
    let texts = texts.into_iter().flatten().map(String::as_str);
    let texts = texts.chain([name]).map(|it| of_text(it.len()));
    let options = definition.options.iter().flatten().map(of_option);
    let own = u64::try_from(size_of::<Field>() + size_of::<Definition>()).unwrap_or(u64::MAX);
    texts.chain(options).fold(own, u64::saturating_add)
}

fn of_option(option: &FieldOption) -> u64 {
    of_text(option.name.as_ref().map_or(0, String::len))
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
        // A pause with another status.
        || error.retry_after().is_some_and(|wait| !wait.is_zero())
}

/// The id of the newest application that a candidate names.
fn newest_application(candidate: &Value) -> Option<i64> {
    let ids = candidate["application_ids"].as_array()?;
    ids.iter().filter_map(Value::as_i64).max()
}

/// A text that lasts as long as the process, which does one import.
fn lasting(text: String) -> &'static str {
    text.leak()
}

/// The name at the end of a URL.
fn name_of(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    if name.is_empty() { "file" } else { name }.to_owned()
}

/// Whether a record has a text somewhere, whatever its case. The text is in lower case.
fn has_text(record: &Value, text: &str) -> bool {
    match record {
        Value::String(own) => own.to_lowercase() == text,
        Value::Array(items) => items.iter().any(|it| has_text(it, text)),
        Value::Object(properties) => properties.values().any(|it| has_text(it, text)),
        _ => false,
    }
}
