//! Request bodies and answers: one success for progenitor, everything else kept aside.

use openapiv3::{
    MediaType, OpenAPI, Operation, ReferenceOr, RequestBody, Response, Responses, Schema,
    SchemaKind, StatusCode, Type,
};

use super::facts::{Body, OperationFacts, Success};
use super::schemas;

const JSON: &str = "application/json";

type SchemaRef = ReferenceOr<Schema>;

pub(super) fn request(
    document: &OpenAPI,
    body: Option<&ReferenceOr<RequestBody>>,
    facts: &mut OperationFacts,
) -> Result<Option<ReferenceOr<RequestBody>>, String> {
    let Some(body) = body else {
        return Ok(None);
    };
    let body = match body {
        ReferenceOr::Item(item) => item,
        ReferenceOr::Reference { reference } => reference
            .strip_prefix("#/components/requestBodies/")
            .and_then(|name| {
                document
                    .components
                    .as_ref()?
                    .request_bodies
                    .get(name)?
                    .as_item()
            })
            .ok_or_else(|| format!("the request body {reference} does not exist"))?,
    };
    let schema = json(&body.content)
        .ok_or("the request body is not JSON with a schema, and nothing else")?;
    let ReferenceOr::Reference { reference } = schema else {
        return Err("the request body is no component".to_owned());
    };
    let empty = schemas::resolve(document, schema).is_some_and(|s| match &s.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            object.properties.is_empty() && !schemas::is_map(object)
        }
        _ => false,
    });
    facts.body = Some(Body {
        schema: reference.rsplit('/').next().unwrap_or_default().to_owned(),
        empty,
    });
    Ok(Some(ReferenceOr::Item(RequestBody {
        content: [(JSON.to_owned(), media(schema.clone()))]
            .into_iter()
            .collect(),
        required: true,
        ..RequestBody::default()
    })))
}

/// Makes what the service sends with a delivery its answer: the same models are decoded from it.
pub(super) fn delivered(operation: &mut Operation) {
    let body = operation.request_body.take();
    let content = body
        .and_then(ReferenceOr::into_item)
        .map(|body| body.content);
    let answer = Response {
        content: content.unwrap_or_default(),
        ..Response::default()
    };
    operation.responses = Responses::default();
    let status = StatusCode::Code(200);
    let answers = &mut operation.responses.responses;
    answers.insert(status, ReferenceOr::Item(answer));
}

pub(super) fn lower(
    document: &OpenAPI,
    responses: &Responses,
    facts: &mut OperationFacts,
) -> Result<Responses, String> {
    if responses.default.is_some() {
        return Err("a `default` answer".to_owned());
    }
    let mut successes: Vec<(u16, Option<SchemaRef>)> = Vec::new();
    for (status, response) in &responses.responses {
        let StatusCode::Code(code) = *status else {
            return Err(format!("the range of statuses {status}"));
        };
        let response = match response {
            ReferenceOr::Item(item) => item,
            ReferenceOr::Reference { reference } => reference
                .strip_prefix("#/components/responses/")
                .and_then(|name| document.components.as_ref()?.responses.get(name)?.as_item())
                .ok_or_else(|| format!("the answer {reference} does not exist"))?,
        };
        if !(200..300).contains(&code) {
            facts.errors.push(code);
            continue;
        }
        let schema = if response.content.is_empty() {
            None
        } else {
            Some(
                json(&response.content)
                    .ok_or_else(|| {
                        format!("the answer {code} is not JSON with a schema, and nothing else")
                    })?
                    .clone(),
            )
        };
        successes.push((code, schema));
    }
    successes.sort_by_key(|(code, _)| *code);
    facts.errors.sort_unstable();
    facts.statuses = successes.iter().map(|(code, _)| *code).collect();
    facts.success = success(&successes)?;

    // progenitor asserts that all successes have one type: it sees the first that holds something.
    let shown = successes
        .iter()
        .find(|(_, schema)| schema.is_some())
        .or(successes.first())
        .ok_or("no success is described")?;
    let mut response = Response {
        description: "success".to_owned(),
        ..Response::default()
    };
    if let Some(schema) = &shown.1 {
        let mut schema = schema.clone();
        schemas::lower(&mut schema);
        response.content.insert(JSON.to_owned(), media(schema));
    }
    let mut out = Responses::default();
    out.responses
        .insert(StatusCode::Code(shown.0), ReferenceOr::Item(response));
    Ok(out)
}

fn success(successes: &[(u16, Option<SchemaRef>)]) -> Result<Success, String> {
    let mut kinds: Vec<&SchemaRef> = successes.iter().filter_map(|(_, s)| s.as_ref()).collect();
    kinds.dedup();
    let silent = successes.iter().any(|(_, s)| s.is_none());
    Ok(match (kinds.len(), silent) {
        (0, _) => Success::Empty,
        (1, false) => Success::Json,
        (1, true) => Success::Optional,
        _ => Success::ByStatus(
            successes
                .iter()
                .map(|(code, schema)| {
                    let name = match schema {
                        None => None,
                        Some(ReferenceOr::Reference { reference }) => {
                            reference.rsplit('/').next().map(str::to_owned)
                        }
                        Some(ReferenceOr::Item(_)) => {
                            return Err(format!(
                                "the answers differ, and that of {code} is no component"
                            ));
                        }
                    };
                    Ok((*code, name))
                })
                .collect::<Result<_, _>>()?,
        ),
    })
}

/// The schema of a body that is JSON and nothing else.
fn json(content: &indexmap::IndexMap<String, MediaType>) -> Option<&SchemaRef> {
    match content.iter().collect::<Vec<_>>()[..] {
        [(name, media)] if name == JSON => media.schema.as_ref(),
        _ => None,
    }
}

fn media(schema: SchemaRef) -> MediaType {
    MediaType {
        schema: Some(schema),
        ..MediaType::default()
    }
}
