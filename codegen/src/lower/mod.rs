//! Stage 3: turns the source document into the dialect that progenitor takes, and keeps aside what it cannot hold.
//!
//! Pure: a document in, a document and facts out. The document that comes out says less (one success and no error
//! answers, no validation, no defaults, plain references where null is possible); everything that it no longer says
//! is in [`Facts`], and [`crate::refine`] puts it back in Rust.

mod answers;
mod facts;
mod parameters;
mod ranges;
mod schemas;

use openapiv3::{OpenAPI, Operation, PathItem, ReferenceOr};
use serde::Deserialize as _;
use serde_json::Value;

use crate::conventions::Conventions;

pub use facts::{
    Api, Body, Bounds, Facts, Field, File, Location, Method, Model, ModelKind, OperationFacts,
    Pagination, Parameter, Ready, Scheme, Style, Success, Tag, When,
};

/// The outcome of this stage.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// A document that progenitor takes.
    pub document: OpenAPI,
    /// What the document no longer says.
    pub facts: Facts,
}

/// Why a document cannot be lowered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not `OpenAPI` 3.0.
    #[error("not an OpenAPI 3.0 document: {0}")]
    Document(#[from] serde_json::Error),
    /// An operation is described in a way that has no form in Rust; the linter refuses these before.
    #[error("{operation}: {message}; run the linter, which says how to fix it")]
    Operation {
        /// The operation's id, or its method and path.
        operation: String,
        /// What cannot be said.
        message: String,
    },
    /// The document as a whole lacks something.
    #[error("{0}; run the linter, which says how to fix it")]
    Whole(String),
}

/// Lowers a bundled document.
///
/// # Errors
///
/// Says which operation, and what about it, has no form in Rust. A document without lint findings has none of these.
pub fn lower(document: &Value) -> Result<Lowered, Error> {
    let (conventions, _) = Conventions::of(document);
    let mut document = OpenAPI::deserialize(document)?;
    let facts = Facts {
        api: facts::api(&document)?,
        tags: facts::tags(&document),
        deliveries: conventions.deliveries,
        models: schemas::models(&document),
        operations: Vec::new(),
    };
    let delivers = facts.deliveries.is_some();
    let mut lowering = Lowering { facts };
    let paths = std::mem::take(&mut document.paths.paths);
    for (path, item) in paths {
        let ReferenceOr::Item(item) = item else {
            return Err(Error::Whole(format!("the path {path} is a reference")));
        };
        for (path, method, mut operation) in split(&path, item) {
            if delivers {
                answers::delivered(&mut operation);
            }
            let (path, operation) = lowering.operation(&document, &path, method, &operation)?;
            let id = operation.operation_id.clone().unwrap_or_default();
            let taken = format!("another operation is {method} {path}, too");
            let slot = document
                .paths
                .paths
                .entry(path)
                .or_insert_with(|| ReferenceOr::Item(PathItem::default()));
            if let ReferenceOr::Item(item) = slot
                && method.slot(item).replace(operation).is_some()
            {
                return Err(Error::Operation {
                    operation: id,
                    message: taken,
                });
            }
        }
    }
    let conventions = &lowering.facts.api.conventions;
    facts::connect(&mut lowering.facts.operations, conventions)?;
    if let Some(components) = &mut document.components {
        components.parameters.clear();
        components.responses.clear();
        components.request_bodies.clear();
        components.headers.clear();
        components.examples.clear();
        components.security_schemes.clear();
        for schema in components.schemas.values_mut() {
            schemas::lower(schema);
        }
    }
    Ok(Lowered {
        document,
        facts: lowering.facts,
    })
}

struct Lowering {
    facts: Facts,
}

impl Lowering {
    /// Takes the facts of an operation out of it, and returns what progenitor is to see.
    fn operation(
        &mut self,
        document: &OpenAPI,
        path: &str,
        method: Method,
        operation: &Operation,
    ) -> Result<(String, Operation), Error> {
        let id = operation.operation_id.clone().unwrap_or_default();
        let fail = |message: String| Error::Operation {
            operation: if id.is_empty() {
                format!("{method} {path}")
            } else {
                id.clone()
            },
            message,
        };
        if id.is_empty() {
            return Err(fail("no operationId".to_owned()));
        }
        let mut facts = OperationFacts::of(&id, path, method, operation);
        let mut lowered = Operation {
            operation_id: Some(id.clone()),
            tags: operation.tags.clone(),
            ..Operation::default()
        };
        // progenitor does not mind templates that differ only in the names of parameters, so each operation gets the
        // names of the documentation back.
        let (path, parameters) =
            parameters::lower(document, path, &operation.parameters, &mut facts).map_err(fail)?;
        lowered.parameters = parameters;
        lowered.request_body =
            answers::request(document, operation.request_body.as_ref(), &mut facts)
                .map_err(fail)?;
        lowered.responses =
            answers::lower(document, &operation.responses, &mut facts).map_err(fail)?;
        self.facts.operations.push(facts);
        Ok((path, lowered))
    }
}

/// The operations of a path, each with a copy of the path.
fn split(path: &str, mut item: PathItem) -> Vec<(String, Method, Operation)> {
    Method::ALL
        .into_iter()
        .filter_map(|method| {
            method
                .slot(&mut item)
                .take()
                .map(|op| (path.to_owned(), method, op))
        })
        .collect()
}

#[cfg(test)]
mod tests;
