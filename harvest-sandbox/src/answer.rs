//! The last stage: the answer, taken from the examples of the document.
//!
//! Everything before it decides whether a request may be answered; nothing before it knows where answers come from.

use axum::http::StatusCode;
use axum::http::header::{HeaderValue, LINK};

use crate::dataset::DataSet;
use crate::document::Operation;
use crate::fault::Growth;
use crate::json::Value;
use crate::paging::Target;
use crate::prefer::{self, Prefer};
use crate::reply::{FieldError, Reply};
use crate::source::{Read, Source, object};

/// What the document says about one status of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    description: String,
    content: Option<Content>,
}

#[derive(Clone, Debug)]
struct Content {
    media_type: HeaderValue,
    json: bool,
    /// With the names they can be asked for by. The first is the one that is sent unasked.
    examples: Vec<(Option<String>, Value)>,
}

impl Answer {
    pub(crate) fn read<'a>(
        source: Source<'a>,
        status: StatusCode,
        response: &'a Value,
    ) -> Read<Self> {
        let response = source.resolve(response)?;
        let content = object(response, "content")?;
        let json = content.and_then(|content| content.iter().find(|(name, _)| is_json(name)));
        let first = content.and_then(|content| content.iter().next());
        let content = json
            .or(first)
            .map(|(name, media)| Content::read(source, name, media))
            .transpose()?;
        if status.is_success()
            && let Some(content) = &content
            && content.examples.is_empty()
        {
            return Err("has no example".to_owned());
        }
        Ok(Self {
            status,
            description: response
                .get("description")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            content,
        })
    }

    pub(crate) fn has_content(&self) -> bool {
        self.content.is_some()
    }

    /// The example of that name, or the first.
    pub(crate) fn example(&self, name: Option<&str>) -> Option<&Value> {
        let examples = &self.content.as_ref()?.examples;
        match name {
            None => examples.first(),
            Some(_) => examples.iter().find(|(known, _)| known.as_deref() == name),
        }
        .map(|(_, value)| value)
    }

    fn example_names(&self) -> String {
        let names: Vec<&str> = self
            .content
            .iter()
            .flat_map(|content| &content.examples)
            .filter_map(|(name, _)| name.as_deref())
            .collect();
        if names.is_empty() {
            "none has a name".to_owned()
        } else {
            names.join(", ")
        }
    }

    /// The answer with this body.
    fn reply(&self, body: Option<&Value>) -> Reply {
        match (&self.content, body) {
            (None, _) => Reply::empty(self.status),
            (Some(content), Some(Value::String(text))) if !content.json => {
                Reply::text(self.status, content.media_type.clone(), text.clone())
            }
            (Some(_), Some(body)) => Reply::json(self.status, body),
            // Only errors come without an example; their description says what happened.
            (Some(_), None) => Reply::message(self.status, &self.description),
        }
    }

    /// The answer with its first example.
    pub(crate) fn plain(&self) -> Reply {
        self.reply(self.example(None))
    }
}

impl Content {
    fn read<'a>(source: Source<'a>, name: &str, media: &'a Value) -> Read<Self> {
        let mut examples = Vec::new();
        if let Some(example) = media.get("example") {
            examples.push((None, example.clone()));
        }
        for (name, example) in object(media, "examples")?.into_iter().flatten() {
            let value = source
                .resolve(example)?
                .get("value")
                .ok_or_else(|| format!("the example `{name}` has no value"))?;
            examples.push((Some(name.clone()), value.clone()));
        }
        if examples.is_empty()
            && let Some(schema) = media.get("schema")
            && let Some(example) = source.resolve(schema)?.get("example")
        {
            examples.push((None, example.clone()));
        }
        Ok(Self {
            media_type: HeaderValue::from_str(name)
                .map_err(|_| format!("`{name}` is not a content type"))?,
            json: is_json(name),
            examples,
        })
    }
}

/// `application/json`, with or without parameters, and its relatives (`application/problem+json`).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// A request that has passed every check.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Checked<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) target: Target<'a>,
    pub(crate) prefer: &'a Prefer,
}

/// Answers from the examples.
#[derive(Debug)]
pub(crate) struct Examples {
    /// How many records a paged list has at least.
    pub(crate) list_len: usize,
    pub(crate) growth: Growth,
}

impl Examples {
    pub(crate) fn answer(&self, request: Checked<'_>) -> Reply {
        match self.choose(request) {
            Ok(reply) => reply,
            Err(errors) => Reply::invalid_request(&errors),
        }
    }

    fn choose(&self, request: Checked<'_>) -> Result<Reply, Vec<FieldError>> {
        let operation = request.operation;
        let answer = match request.prefer.code {
            None => operation.success(),
            // 422, since the client has asked for something that it can't get from this operation anywhere.
            Some(code) => operation.answer(code).ok_or_else(|| {
                let documented: Vec<_> = operation
                    .answers()
                    .map(|answer| answer.status.as_str())
                    .collect();
                vec![prefer::error(format!(
                    "`code={code}` is not documented here; documented: {}",
                    documented.join(", ")
                ))]
            })?,
        };
        let wanted = request.prefer.example.as_deref();
        let example = answer.example(wanted);
        if wanted.is_some() && example.is_none() {
            return Err(vec![prefer::error(format!(
                "there is no such example for {}; known: {}",
                answer.status.as_str(),
                answer.example_names()
            ))]);
        }
        match (operation.paging, example) {
            (Some(paging), Some(Value::Array(records))) if answer.status.is_success() => {
                let records =
                    DataSet::new(records, self.list_len).grown_by(self.growth.of(&operation.id));
                let page = paging.page(request.target, records.len())?;
                let body = page
                    .records
                    .filter_map(|index| records.record(index))
                    .collect();
                let reply = answer.reply(Some(&Value::Array(body)));
                // What doesn't fit into a header came from the client's own `Host` or path, and is left out.
                Ok(
                    match page.link.and_then(|link| HeaderValue::from_str(&link).ok()) {
                        Some(link) => reply.with_header(LINK, link),
                        None => reply,
                    },
                )
            }
            _ => Ok(answer.reply(example)),
        }
    }
}

/// Every documented status of an operation, lowest first, and which of them is the success.
pub(crate) fn read_all<'a>(source: Source<'a>, operation: &'a Value) -> Read<(Vec<Answer>, usize)> {
    let responses = object(operation, "responses")?.ok_or("has no `responses`")?;
    let mut answers = Vec::new();
    for (code, response) in responses {
        // `default` and `4XX` name no status that could be sent.
        if let Ok(status) = StatusCode::from_bytes(code.as_bytes()) {
            let answer = Answer::read(source, status, response)
                .map_err(|problem| format!("the answer {code} {problem}"))?;
            answers.push(answer);
        }
    }
    answers.sort_by_key(|answer| answer.status);
    let success = |answer: &Answer| answer.status.is_success();
    let chosen = answers
        .iter()
        .position(|answer| success(answer) && answer.has_content())
        .or_else(|| answers.iter().position(success))
        .ok_or("documents no success")?;
    Ok((answers, chosen))
}
