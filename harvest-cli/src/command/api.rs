//! `harvest api`: any request.

use std::io::Write;

use harvest_generated::runtime::reqwest::Url;
use harvest_generated::runtime::{
    CallOptions, DryRun, Error, Json, Method, Operation, RawRequest, Response,
};
use serde_json::{Value, json};

use super::field::{self, Field};
use super::operation::complete;
use crate::arguments::{Api, Global};
use crate::connection::Connection;
use crate::failure::{Exit, Failure};
use crate::memory::{VALUES_PER_BYTE, of_decoded};
use crate::output::jq::Filter;
use crate::output::{self, is_for_person, json as json_text};

const METHODS: [Method; 7] = [
    Method::Get,
    Method::Post,
    Method::Put,
    Method::Patch,
    Method::Delete,
    Method::Head,
    Method::Options,
];

/// A request, put together.
struct Call {
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Option<Value>,
}

pub(crate) async fn run(global: &Global, api: Api) -> Result<(), Failure> {
    let most = if api.paginate {
        api.max_list_size
    } else {
        global.max_response_size
    };
    let filter = api.jq.as_deref().map(|code| Filter::new(code, most));
    let filter = filter.transpose()?;
    let call = Call::of(&api)?;
    if api.paginate && call.method != Method::Get {
        return Err(Failure::usage(
            "--paginate follows lists, which are read by GET",
        ));
    }
    let connection = Connection::open(global).await?;
    if api.dry_run {
        return call.show(&connection).await;
    }
    let known = operation(&connection, &call);
    let request = call.request(&connection);
    let mut out = output::standard();
    if api.paginate {
        let resume = api.resume_from.as_deref();
        let filter = filter.map(|filter| Whole {
            filter,
            list: Vec::new(),
            values: 0,
        });
        return paginate(request, resume, known, filter, &mut out).await;
    }
    let answer = request
        .send()
        .await
        .map_err(|error| with_permission(Failure::from(&error), &error, known))?;
    if api.include {
        write_head(&answer, &mut out)?;
    }
    let body = answer.bytes();
    match filter {
        Some(filter) => filter.write(body, &mut out)?,
        None if body.is_empty() => {}
        None => json_text::write(body, is_for_person(), &mut out)?,
    }
    out.flush()?;
    Ok(())
}

impl Call {
    fn of(api: &Api) -> Result<Self, Failure> {
        let fields: Vec<_> = api
            .raw_field
            .iter()
            .map(|given| Field::text(given))
            .chain(api.field.iter().map(|given| Field::typed(given)))
            .collect::<Result<_, _>>()?;
        let input = api
            .input
            .as_ref()
            .map(|file| input(&file.to_string_lossy()));
        let input = input.transpose()?;
        let (method, path) = match api.request.as_slice() {
            [method, path] => (named(method)?, path),
            [path] if input.is_some() || !fields.is_empty() && !api.paginate => {
                (Method::Post, path)
            }
            [path] => (Method::Get, path),
            _ => return Err(Failure::usage("give a path, such as /v3/users")),
        };
        let (path, mut query) = split(path)?;
        let is_read = matches!(method, Method::Get | Method::Head | Method::Options);
        let mut body = input;
        if is_read {
            for field in &fields {
                query.push((field.name.clone(), field.as_parameter()?));
            }
        } else if !fields.is_empty() {
            body = Some(field::object(fields)?);
        }
        if is_read && body.is_some() {
            return Err(Failure::usage("a request that reads has no body"));
        }
        let headers = api.header.iter().map(|given| header(given));
        Ok(Self {
            method,
            path,
            query,
            headers: headers.collect::<Result<_, _>>()?,
            body,
        })
    }

    fn request(&self, connection: &Connection) -> RawRequest {
        let mut request = RawRequest::new(&connection.core, self.method, &self.path);
        for (name, value) in &self.query {
            request = request.query(name.clone(), value);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        match &self.body {
            Some(body) => request.json(body),
            None => request,
        }
    }

    /// Prints the request in place of sending it.
    async fn show(&self, connection: &Connection) -> Result<(), Failure> {
        let recorder = DryRun::new();
        let mut shown = json!({
            "method": self.method.as_str(),
            "path": self.path,
            "query": self.query,
        });
        if !matches!(self.method, Method::Get | Method::Head | Method::Options) {
            let request = self.request(connection);
            let request = request.with_options(CallOptions::new().dry_run(&recorder));
            DryRun::skip(request.send().await)?;
            if let Some(call) = recorder.take().pop() {
                shown = serde_json::to_value(call).unwrap_or(shown);
            }
        }
        let text = shown.to_string();
        let mut out = output::standard();
        json_text::write(text.as_bytes(), is_for_person(), &mut out)?;
        Ok(out.flush()?)
    }
}

/// The operation that a request is, if it is described.
fn operation(connection: &Connection, call: &Call) -> Option<&'static Operation> {
    harvest_export::catalog::find(connection.version.operations, call.method, &call.path)
}

/// An error of a request that is described names its permission, too.
fn with_permission(failure: Failure, error: &Error, known: Option<&'static Operation>) -> Failure {
    let is_refused = error.is_missing_permission() || error.is_forbidden();
    match known {
        Some(operation) if is_refused => {
            failure.and(&format!("{operation} takes {}", operation.permission))
        }
        _ => failure,
    }
}

/// A list that is held as a whole, for a filter.
struct Whole {
    filter: Filter,
    list: Vec<u8>,
    /// What it takes once it is decoded.
    values: u64,
}

impl Whole {
    fn take(&mut self, before: &str, record: &str) -> Result<(), Failure> {
        let bytes = self.list.len() + before.len() + record.len();
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.values = self.values.saturating_add(of_decoded(record.as_bytes()));
        if bytes > self.filter.most || self.values > self.filter.most_values() {
            let message = format!(
                "the list takes more than {} bytes, or its values more than \
                 {VALUES_PER_BYTE} times as many in memory, and --jq with --paginate holds all of \
                 it; raise --max-list-size, or filter record by record by --jq of the list's own \
                 command (`harvest RESOURCE list`), which also has --output ndjson and csv",
                self.filter.most
            );
            return Err(Failure::new(Exit::Failed, message));
        }
        self.list.extend_from_slice(before.as_bytes());
        self.list.extend_from_slice(record.as_bytes());
        Ok(())
    }
}

async fn paginate(
    request: RawRequest,
    resume: Option<&str>,
    known: Option<&'static Operation>,
    mut filter: Option<Whole>,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let mut items = request.items::<Json>();
    if let Some(url) = resume {
        items = items.resume_from(url);
    }
    let mut written = 0_u64;
    while let Some(item) = items.next().await {
        let record = match item {
            Ok(record) => record,
            // The array stays open: what is read further fails, too.
            Err(error) => {
                out.flush()?;
                let failure = Failure::of_list(&error, written);
                return Err(with_permission(failure, &error, known));
            }
        };
        let before = if written == 0 { "[" } else { ",\n" };
        written += 1;
        if let Some(whole) = &mut filter {
            whole.take(before, record.text())?;
        } else {
            out.write_all(before.as_bytes())?;
            out.write_all(record.text().as_bytes())?;
        }
    }
    let end: &[u8] = if written == 0 { b"[]" } else { b"]" };
    if let Some(mut whole) = filter {
        whole.list.extend_from_slice(end);
        whole.filter.write(&whole.list, &mut *out)?;
    } else {
        out.write_all(end)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    complete(items.completeness())
}

fn write_head<T>(answer: &Response<T>, out: &mut impl Write) -> Result<(), Failure> {
    writeln!(out, "HTTP {}", answer.status())?;
    for (name, value) in answer.headers() {
        let value = String::from_utf8_lossy(value.as_bytes());
        writeln!(out, "{name}: {}", crate::failure::printable(&value))?;
    }
    out.write_all(b"\n")?;
    Ok(())
}

fn named(method: &str) -> Result<Method, Failure> {
    let known = METHODS.into_iter();
    let mut fits = known.filter(|known| known.as_str().eq_ignore_ascii_case(method));
    fits.next()
        .ok_or_else(|| Failure::usage(format!("there is no method {method}")))
}

fn input(file: &str) -> Result<Value, Failure> {
    let text = field::read_text(file)?;
    serde_json::from_str(&text)
        .map_err(|error| Failure::usage(format!("{file} is not JSON: {error}")))
}

/// A path and its query.
fn split(given: &str) -> Result<(String, Vec<(String, String)>), Failure> {
    if given.contains("://") {
        return Err(Failure::usage(
            "give the path without the host, such as /v3/users; HARVEST_BASE_URL or a profile says \
             where it is",
        ));
    }
    let slash = if given.starts_with('/') { "" } else { "/" };
    let (path, query) = given.split_once('?').unwrap_or((given, ""));
    let parsed = Url::parse(&format!("http://localhost/?{query}"));
    let pairs = parsed.map_err(|_| Failure::usage("the query cannot be read"))?;
    let pairs = pairs.query_pairs().into_owned();
    Ok((format!("{slash}{path}"), pairs.collect()))
}

fn header(given: &str) -> Result<(String, String), Failure> {
    let parts = given.split_once(':');
    let (name, value) = parts.ok_or_else(|| Failure::usage("a header is written NAME: VALUE"))?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}
