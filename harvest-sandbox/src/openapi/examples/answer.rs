//! Answers taken from the examples of the document.

use axum::http::header::{HeaderValue, LINK};

use super::dataset::DataSet;
use super::prefer::{self, Prefer};
use crate::http::fault::Growth;
use crate::http::reply::{FieldError, Reply};
use crate::json::Value;
use crate::openapi::document::Operation;
use crate::openapi::paging::Target;

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
                let page = paging.page(request.target, records.len(), records.grown())?;
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
