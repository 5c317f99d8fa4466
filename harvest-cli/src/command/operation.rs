//! A command for each operation, out of the catalog of the version.

mod arguments;
mod request;

use std::io::Write;

use clap::ArgMatches;
use harvest_export::catalog::{Catalog, Entry, kebab};
use harvest_generated::runtime::{
    CallOptions, Completeness, DryRun, Incomplete, Json, Request, decode,
};
use serde_json::json;

pub(crate) use self::arguments::commands;
use crate::arguments::Global;
use crate::command::confirm;
use crate::connection::Connection;
use crate::counted::counted;
use crate::failure::{Exit, Failure};
use crate::output::records::{Format, Records, Style};
use crate::output::{self, is_for_person, json as json_text};

/// The operation that the names of a resource and a command stand for.
pub(crate) fn find<'a>(catalog: &'a Catalog, resource: &str, command: &str) -> Option<&'a Entry> {
    let mut resources = catalog.resources.iter();
    let resource = resources.find(|it| kebab(it.name) == resource)?;
    resource.entries.iter().find(|it| it.command == command)
}

/// Carries an operation out.
pub(crate) async fn run(
    global: &Global,
    entry: &Entry,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let connection = Connection::open(global).await?;
    let mut request = connection.core.request(entry.operation);
    request::fill(&mut request, entry, matches);
    let body = request::body(entry, matches)?;
    if let Some(body) = &body {
        request.json(body);
    }
    if !entry.is_read() {
        if matches.get_flag("dry-run") {
            return show(request).await;
        }
        let question = format!("{}: send {}?", entry.summary, entry.operation);
        confirm(&question, matches.get_flag("yes"))?;
    }
    let columns = has(matches, "columns").then(|| matches.get_many::<String>("columns"));
    let style = Style {
        format: option::<Format>(matches, "output").copied(),
        columns: columns.flatten().map(|all| all.cloned().collect()),
        filter: option::<String>(matches, "jq").map(String::as_str),
        max_size: global.max_response_size,
        escape_formulas: has(matches, "escape-formulas") && matches.get_flag("escape-formulas"),
    };
    let mut records = Records::new(&style, entry, output::standard())?;
    if entry.is_list() {
        let limit = matches.get_one::<u64>("limit").copied();
        let resume = option::<String>(matches, "resume-from").map(String::as_str);
        return list(request, resume, records, limit).await;
    }
    let answer = request.send(decode::empty).await?;
    if answer.bytes().trim_ascii().is_empty() {
        eprintln!("done: {} ({})", entry.summary, answer.status());
        return Ok(());
    }
    records.answer(answer.bytes())?;
    records.finish()
}

/// Whether the command of the operation has this option.
fn has(matches: &ArgMatches, id: &str) -> bool {
    matches.try_contains_id(id).is_ok()
}

fn option<'a, T: Clone + Send + Sync + 'static>(
    matches: &'a ArgMatches,
    id: &str,
) -> Option<&'a T> {
    has(matches, id).then(|| matches.get_one(id)).flatten()
}

async fn list<W: Write>(
    request: Request,
    resume: Option<&str>,
    mut records: Records<'_, W>,
    limit: Option<u64>,
) -> Result<(), Failure> {
    let mut items = request.items::<Json>();
    if let Some(url) = resume {
        items = items.resume_from(url);
    }
    let mut written = 0;
    while let Some(item) = items.next().await {
        let record = match item {
            Ok(record) => record,
            Err(error) => {
                // An empty list would be an answer.
                if written > 0 {
                    records.finish()?;
                }
                return Err(Failure::of_list(&error, written));
            }
        };
        if limit == Some(written) {
            records.finish()?;
            return Err(Failure::new(
                Exit::Incomplete,
                format!(
                    "incomplete: cut after {}, as --limit says",
                    counted(written, "record")
                ),
            ));
        }
        records.record(record.text())?;
        written += 1;
    }
    records.finish()?;
    complete(items.completeness())
}

/// Whether a list was read as a whole. That it was resumed is what was asked for.
pub(super) fn complete(completeness: Completeness) -> Result<(), Failure> {
    match completeness.incomplete() {
        None | Some(Incomplete::Resumed) => Ok(()),
        Some(reason) => Err(Failure::new(
            Exit::Incomplete,
            format!("incomplete: {reason}; read it again"),
        )),
    }
}

/// Prints the request instead of sending it.
async fn show(mut request: Request) -> Result<(), Failure> {
    let recorder = DryRun::new();
    request.set_options(CallOptions::new().dry_run(&recorder));
    DryRun::skip(request.send(decode::empty).await)?;
    let text = json!(recorder.take().pop()).to_string();
    let mut out = output::standard();
    json_text::write(text.as_bytes(), is_for_person(), &mut out)?;
    Ok(out.flush()?)
}
