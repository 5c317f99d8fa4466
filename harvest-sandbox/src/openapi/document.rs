//! Descriptions: the operations of a document, read and checked once.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use harvest_openapi::extension;

use crate::bounds::{FIELD_NAME, LISTED_ERRORS};
use crate::domain::access::Permissions;
use crate::http::cut::cut;
use crate::http::overlooked::{Mistake, Overlooked, Tolerance};
use crate::http::query::Query;
use crate::http::refusal::Outcome;
use crate::http::reply::{FieldError, Reply};
use crate::json::Value;
use crate::openapi::answer;
use crate::openapi::answer::Answer;
use crate::openapi::body::BodyRule;
use crate::openapi::paging::Paging;
use crate::openapi::parameters::Parameters;
use crate::openapi::router::{Router, Template};
use crate::openapi::source::{Read, Source, object, text};
use crate::openapi::{Access, Scheme};
use crate::refusal::StartError;

/// The keys of a path that are operations.
const METHODS: &[(&str, Method)] = &[
    ("get", Method::GET),
    ("put", Method::PUT),
    ("post", Method::POST),
    ("delete", Method::DELETE),
    ("options", Method::OPTIONS),
    ("head", Method::HEAD),
    ("patch", Method::PATCH),
    ("trace", Method::TRACE),
];

/// Every operation of a document.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) operations: Vec<Operation>,
    pub(crate) router: Router,
}

/// One operation. What it consists of is read by the stage that uses it.
#[derive(Debug)]
pub(crate) struct Operation {
    /// `operationId`, or else method and path.
    pub(crate) id: String,
    pub(crate) method: Method,
    pub(crate) path: String,
    /// The names of the parameters in the path, in order.
    pub(crate) path_names: Vec<String>,
    /// The endpoint permission that a key needs.
    pub(crate) permission: Option<String>,
    /// What the documentation calls that permission, if it is something else.
    documented_permission: Option<String>,
    pub(crate) access: Access,
    pub(crate) parameters: Parameters,
    pub(crate) body: BodyRule,
    pub(crate) paging: Option<Paging>,
    answers: Vec<Answer>,
    /// The place of the success in `answers`.
    success: usize,
}

impl Document {
    /// Reads a document, or says which operation of it can't be served.
    pub(crate) fn parse(json: &str) -> Result<Self, StartError> {
        let root: Value = serde_json::from_str(json)
            .map_err(|error| StartError::document(format!("not JSON: {error}")))?;
        let version = text(&root, "openapi")
            .map_err(StartError::document)?
            .unwrap_or_default();
        if !version.starts_with("3.0") {
            return Err(StartError::document(
                "not OpenAPI 3.0: `openapi` has to be 3.0.x",
            ));
        }
        let source = Source::new(&root);
        let paths = object(&root, "paths")
            .and_then(|paths| paths.ok_or_else(|| "it has no `paths`".to_owned()))
            .map_err(StartError::document)?;

        let mut document = Self {
            operations: Vec::new(),
            router: Router::default(),
        };
        for (path, item) in paths {
            let item = source
                .resolve(item)
                .map_err(|problem| StartError::operation(path, problem))?;
            for (key, method) in METHODS {
                if let Some(operation) = item.get(*key) {
                    document.add(source, method, path, item, operation)?;
                }
            }
        }
        if document.operations.is_empty() {
            return Err(StartError::document("it has no operations"));
        }
        Ok(document)
    }

    fn add<'a>(
        &mut self,
        source: Source<'a>,
        method: &Method,
        path: &str,
        item: &'a Value,
        operation: &'a Value,
    ) -> Result<(), StartError> {
        let place = format!("{method} {path}");
        let id = operation.get("operationId").and_then(Value::as_str);
        let name = id.map_or_else(|| place.clone(), |id| format!("{id} ({place})"));
        let fail = |problem| StartError::operation(&name, problem);

        let template = Template::parse(path).map_err(fail)?;
        let read = || -> Read<Operation> {
            let (answers, success) = answer::read_all(source, operation)?;
            Ok(Operation {
                id: id.unwrap_or(&place).to_owned(),
                method: method.clone(),
                path: path.to_owned(),
                path_names: template.parameters().map(str::to_owned).collect(),
                permission: text(operation, extension::PERMISSION)?.map(str::to_owned),
                documented_permission: text(operation, extension::DOCUMENTED_PERMISSION)?
                    .map(str::to_owned),
                access: Access::read(source, operation)?,
                parameters: Parameters::read(source, &template, item, operation)?,
                body: BodyRule::read(source, operation)?,
                paging: Paging::read(source, operation)?,
                answers,
                success,
            })
        };
        let read = read().map_err(fail)?;
        self.router
            .add(method.clone(), template, self.operations.len())
            .map_err(|other| {
                fail(format!(
                    "answers the same requests as {}",
                    self.operations[other].id
                ))
            })?;
        self.operations.push(read);
        Ok(())
    }
}

impl Document {
    /// Every endpoint permission that an operation needs.
    pub(crate) fn permissions(&self) -> Permissions {
        let mut permissions = Permissions::default();
        for operation in &self.operations {
            if let Some(name) = &operation.permission {
                permissions.add(name, operation.documented_permission.as_deref());
            }
        }
        permissions
    }
}

impl Document {
    /// Every scope that an operation needs, each once.
    pub(crate) fn scopes(&self) -> BTreeSet<String> {
        let operations = self.operations.iter();
        let scopes = operations.filter_map(|operation| operation.access.scope());
        scopes.map(str::to_owned).collect()
    }

    /// Whether operations take a bearer token.
    pub(crate) fn takes_tokens(&self) -> bool {
        let mut operations = self.operations.iter();
        operations.any(|operation| operation.access.scheme() == Some(Scheme::Bearer))
    }
}

impl Operation {
    /// The answer if all is well and nothing else was asked for.
    pub(crate) fn success(&self) -> &Answer {
        &self.answers[self.success]
    }

    /// The answer of a documented status.
    pub(crate) fn answer(&self, code: u16) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.status == code)
    }

    /// Every documented answer, lowest status first.
    pub(crate) fn answers(&self) -> impl Iterator<Item = &Answer> {
        self.answers.iter()
    }

    /// Whether it starts a job that does the rows of its body one by one. Of these alone it is documented that their body
    /// can be too long.
    pub(crate) fn starts_job(&self) -> bool {
        self.answer(202).is_some() && self.answer(413).is_some()
    }

    /// Overlooks parameters in the query that are not described, or refuses them.
    pub(crate) fn check_unknown(&self, query: &Query, overlooked: &mut Overlooked) -> Outcome<()> {
        let is_known = |name: &str| {
            self.parameters.has(name)
                || self.paging.is_some_and(|paging| paging.owns(name))
                // Links repeat what is in the path.
                || self.path_names.iter().any(|known| known == name)
        };
        let names = query.pairs().map(|(name, _)| name);
        let mut unknown: Vec<&str> = names.filter(|name| !is_known(name)).collect();
        unknown.dedup();
        if overlooked.tolerance() != Tolerance::Strict {
            for name in unknown {
                overlooked.note(Mistake::Parameter, &[name]);
            }
            return Ok(());
        }
        unknown.truncate(LISTED_ERRORS);
        let errors = unknown.into_iter().map(|name| {
            let name = cut(name, FIELD_NAME);
            FieldError::new(&name, format!("Unknown parameter: {name}"))
        });
        let errors: Vec<FieldError> = errors.collect();
        if errors.is_empty() {
            return Ok(());
        }
        Err(Reply::invalid_request(&errors).into())
    }

    /// A refusal in the words of the document, or else in these.
    pub(crate) fn refusal(&self, status: StatusCode, words: &str) -> Reply {
        self.answer(status.as_u16())
            .map_or_else(|| Reply::message(status, words), Answer::plain)
    }

    /// A line for a shell that sends a request without any parameters, if this operation can do without.
    pub(crate) fn curl(&self, url: &str, key: &str) -> Option<String> {
        if self.method != Method::GET || !self.parameters.none_required() {
            return None;
        }
        let credentials = match self.access.scheme() {
            Some(Scheme::Basic) => format!("-u {} ", quoted(&format!("{key}:"))),
            Some(Scheme::Bearer) => {
                format!("-H {} ", quoted(&format!("Authorization: Bearer {key}")))
            }
            None => String::new(),
        };
        Some(format!(
            "curl {credentials}{}",
            quoted(&format!("{url}{}", self.path))
        ))
    }
}

/// In single quotes, where a shell would see more than text.
fn quoted(text: &str) -> String {
    let harmless = |c: char| c.is_ascii_alphanumeric() || "-_.:/".contains(c);
    if text.chars().all(harmless) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;

    fn document(paths: &Value) -> Result<Document, StartError> {
        Document::parse(&json!({"openapi": "3.0.3", "paths": paths}).to_string())
    }

    fn operation(responses: &Value) -> Value {
        json!({"operationId": "do_it", "responses": responses})
    }

    #[test]
    fn the_success_is_the_lowest_with_a_body() {
        let content = json!({"description": "", "content": {"application/json": {"example": 1}}});
        let empty = json!({"description": ""});
        for (responses, success) in [
            (json!({"204": empty, "201": content, "200": content}), 200),
            (json!({"200": empty, "201": content}), 201),
            (json!({"204": empty, "202": empty, "404": content}), 202),
        ] {
            let document = document(&json!({"/a": {"post": operation(&responses)}})).unwrap();
            assert_eq!(document.operations[0].success().status, success);
        }
    }

    #[test]
    fn a_malformed_document_names_the_operation() {
        let fine = json!({"204": {"description": ""}});
        let with = |key: &str, value: Value| {
            let mut operation = operation(&fine);
            operation[key] = value;
            json!({"/a/b": {"put": operation}})
        };
        for (paths, problem) in [
            (
                json!({"/a/b": {"put": {"operationId": "do_it"}}}),
                "responses",
            ),
            (
                json!({"/a/b": {"put": operation(&json!({"404": {}}))}}),
                "success",
            ),
            (
                json!({"/a/b": {
                    "put": operation(&json!({"200": {"content": {"application/json": {}}}}))
                }}),
                "200 has no example",
            ),
            (
                json!({"/a/b": {"put": operation(&json!({"200": {"$ref": "#/x"}}))}}),
                "#/x",
            ),
            (with("security", json!([{"X": []}])), "`X`"),
            (with("x-harvest-pagination", json!("pages")), "pages"),
            (with("parameters", json!([{"name": "p"}])), "`p`"),
            (with("requestBody", json!({})), "content"),
            (
                with(
                    "requestBody",
                    json!({"content": {"application/json": {"schema": {"type": "x"}}}}),
                ),
                "not valid",
            ),
            (json!({"a/b": {"put": operation(&fine)}}), "begin with"),
        ] {
            let message = document(&paths).unwrap_err().to_string();
            assert!(message.contains("do_it (PUT "), "{message}");
            assert!(message.contains(problem), "{message}");
        }
    }

    #[test]
    fn what_is_no_document_is_refused() {
        for (json, problem) in [
            ("", "not JSON"),
            ("[]", "OpenAPI 3.0"),
            (r#"{"openapi": "3.1.0", "paths": {}}"#, "OpenAPI 3.0"),
            (r#"{"openapi": 3.0, "paths": {}}"#, "not a text"),
            (r#"{"openapi": "3.0.3"}"#, "no `paths`"),
            (r#"{"openapi": "3.0.3", "paths": {}}"#, "no operations"),
            (
                r#"{"openapi": "3.0.3", "paths": {"/a": {"$ref": "a.yaml"}}}"#,
                "/a: `a.yaml`",
            ),
        ] {
            let message = Document::parse(json).unwrap_err().to_string();
            assert!(message.contains(problem), "{message}");
        }
        let twice = json!({
            "/a/{x}": {"get": {"parameters": [{"name": "x", "in": "path"}],
                "responses": {"204": {}}}},
            "/a/{y}": {"get": {"parameters": [{"name": "y", "in": "path"}],
                "responses": {"204": {}}}},
        });
        let message = document(&twice).unwrap_err().to_string();
        assert!(
            message.contains("GET /a/{y}: answers the same requests as GET /a/{x}"),
            "{message}"
        );
    }

    #[test]
    fn shell_words() {
        assert_eq!(quoted("key:"), "key:");
        assert_eq!(quoted("it's $1"), r"'it'\''s $1'");
    }
}
