//! Finds out what a key may read, and which permissions to tick for the rest.
//!
//! ```sh
//! HARVEST_API_KEY=… cargo run --example probe_permissions
//! ```
//!
//! The key needs no permission in particular: that is the question. Only GET requests are sent, about 70 of them, each for
//! one record at the most; what could change something is not tried. Records are asked for by ids out of the lists that
//! the key may read.

use std::collections::HashMap;
use std::fmt;
use std::io::{self, Write};

use anyhow::{Result, bail};
use harvest_examples::v1::Connection;
use harvest_generated::runtime::{Api as _, Error, Method, Operation, Pagination, decode};
use harvest_generated::v1::Client;
use harvest_generated::v1::operations::OPERATIONS;
use serde_json::Value;

#[tokio::main]
async fn main() -> Result<()> {
    let connection = Connection::open().await?;
    run(&connection.client, &mut io::stdout().lock()).await?;
    Ok(())
}

/// Whether a key may call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was answered.
    Allowed,
    /// The permission is missing.
    Denied,
    /// There was no record to ask for, or the answer says neither.
    Unknown,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
            Self::Unknown => "unknown",
        })
    }
}

/// Asks for everything that can be read, and says what may be.
pub async fn run(client: &Client, out: &mut impl Write) -> Result<HashMap<&'static str, Verdict>> {
    let mut verdicts = HashMap::new();
    // The id of one record of each list, by the path of the list.
    let mut ids: HashMap<&str, Option<i64>> = HashMap::new();
    let mut left: Vec<&Operation> = OPERATIONS
        .iter()
        .filter(|o| o.method == Method::Get)
        .collect();
    let untried = OPERATIONS.len() - left.len();
    // A list goes before whatever needs an id out of it.
    while let Some(next) = left
        .iter()
        .position(|o| sources(o.path).all(|s| ids.contains_key(s)))
    {
        let operation = left.remove(next);
        let (verdict, id, why) = match fill(operation.path, &ids) {
            None => (
                Verdict::Unknown,
                None,
                "there is no record to ask for".to_owned(),
            ),
            Some(parameters) => match ask(client, operation, &parameters).await {
                Ok(answer) => (Verdict::Allowed, first_id(&answer), String::new()),
                Err(error) if error.is_unauthorized() && verdicts.is_empty() => {
                    bail!("{error}");
                }
                Err(error) => (judge(&error), None, error.to_string()),
            },
        };
        ids.insert(operation.path, id);
        verdicts.insert(operation.id, verdict);
        match verdict {
            Verdict::Allowed => writeln!(out, "{verdict:8} {operation}")?,
            Verdict::Denied => {
                writeln!(
                    out,
                    "{verdict:8} {operation}: tick {:?} ({})",
                    operation.permission, operation.tag
                )?;
            }
            Verdict::Unknown => writeln!(out, "{verdict:8} {operation}: {why}")?,
        }
    }
    writeln!(
        out,
        "{untried} operations that change something were not tried"
    )?;
    Ok(verdicts)
}

async fn ask(
    client: &Client,
    operation: &'static Operation,
    parameters: &[(&'static str, String)],
) -> Result<Value, Error> {
    let mut request = client.core().request(operation);
    for (name, value) in parameters {
        request.path(name, value);
    }
    if operation.pagination == Pagination::Offset {
        request.query("per_page", &1);
    }
    Ok(request.send(decode::json::<Value>).await?.into_value())
}

/// A record that is not there, and a service that fails, say nothing about the key.
fn judge(error: &Error) -> Verdict {
    if error.is_missing_permission() {
        Verdict::Denied
    } else if error.is_decode() {
        Verdict::Allowed
    } else {
        Verdict::Unknown
    }
}

/// The parameters of a path, each with the path of the list that knows values for it: what stands before it, mostly.
fn parameters(path: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    path.match_indices('{').filter_map(move |(start, _)| {
        let end = start + path[start..].find('}')?;
        let list = match &path[..start - 1] {
            "/v1/custom_field" => "/v1/custom_fields/{field_type}",
            "/v1/approval_flows" => "/v1/jobs/{id}/approval_flows",
            list => list,
        };
        Some((&path[start + 1..end], list))
    })
}

/// The lists that ids for a path come from.
fn sources(path: &'static str) -> impl Iterator<Item = &'static str> {
    parameters(path)
        .filter(|(name, _)| constant(name).is_none())
        .map(|(_, list)| list)
        .filter(|list| {
            OPERATIONS
                .iter()
                .any(|o| o.method == Method::Get && o.path == *list)
        })
}

/// A value for a parameter that is not an id.
fn constant(parameter: &str) -> Option<&'static str> {
    (parameter == "field_type").then_some("candidate")
}

/// A value for each parameter, or nothing if there is none for one of them.
fn fill(
    path: &'static str,
    ids: &HashMap<&str, Option<i64>>,
) -> Option<Vec<(&'static str, String)>> {
    parameters(path)
        .map(|(name, list)| {
            let value = match constant(name) {
                Some(value) => value.to_owned(),
                None => ids.get(list).copied().flatten()?.to_string(),
            };
            Some((name, value))
        })
        .collect()
}

/// The id of the first record of a list.
fn first_id(answer: &Value) -> Option<i64> {
    answer.get(0)?.get("id")?.as_i64()
}
