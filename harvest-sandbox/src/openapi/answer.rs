//! Documented answers of an operation: statuses, and the examples of each.

use axum::http::StatusCode;
use axum::http::header::HeaderValue;

use crate::http::is_json;
use crate::http::reply::Reply;
use crate::json::Value;
use crate::openapi::source::{Read, Source, object};

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

    /// The names of the examples, to be read by people.
    pub(crate) fn example_names(&self) -> String {
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
    pub(crate) fn reply(&self, body: Option<&Value>) -> Reply {
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
