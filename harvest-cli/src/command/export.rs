//! `harvest export`: lists into a folder, and the proof that they are whole.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use harvest_export::catalog::Catalog;
use harvest_export::{Export as Engine, Progressed, verify};

use crate::arguments::{Export, ExportCommand, Global};
use crate::connection::Connection;
use crate::failure::{Exit, Failure};

pub(crate) async fn run(global: &Global, catalog: &Catalog, export: Export) -> Result<(), Failure> {
    if let Some(ExportCommand::Verify { folder }) = export.command {
        return prove(&folder);
    }
    let Some(folder) = export.to else {
        return Err(Failure::usage("name the folder by --to"));
    };
    let connection = Connection::open(global).await?;
    let engine = Engine {
        core: &connection.core,
        catalog,
        folder: folder.clone(),
        streams: export.streams,
        since: export.since,
    };
    let shows = io::stderr().is_terminal() && !global.quiet;
    let mut total = 0;
    let mut listener = |progressed: Progressed<'_>| match progressed {
        Progressed::Page { stream, rows } if shows => {
            total += rows;
            // Back to the begin of the line, and nothing left of what stood there.
            eprint!("\r\u{1b}[K{total} records; {stream}");
        }
        Progressed::Refused { stream, reason } => {
            let clear = if shows { "\r\u{1b}[K" } else { "" };
            eprintln!("{clear}not covered: {stream} {reason}");
        }
        _ => {}
    };
    let outcome = engine.run(&mut listener).await;
    if shows {
        eprint!("\r\u{1b}[K");
    }
    let summary = outcome?;
    eprintln!(
        "{} records, as of {}; `harvest export verify {}` proves it",
        summary.rows,
        summary.until,
        folder.display()
    );
    if summary.refused.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(
            Exit::Permission,
            format!("{} streams are not covered", summary.refused.len()),
        ))
    }
}

/// Prints what holds, and ends with the code of an incomplete list if something does not.
fn prove(folder: &Path) -> Result<(), Failure> {
    let report = verify(folder)?;
    let mut out = io::stdout().lock();
    let widths = report.streams.iter().map(|stream| stream.name.len());
    let width = widths.max().unwrap_or(0);
    for stream in &report.streams {
        let name = &stream.name;
        writeln!(
            out,
            "{name:width$}  {:>9} rows  {:>9} ids",
            stream.rows, stream.ids
        )?;
    }
    for (stream, reason) in &report.refused {
        writeln!(out, "not covered: {stream} {reason}")?;
    }
    if !report.not_covered.is_empty() {
        let count = report.not_covered.len();
        writeln!(out, "not covered: {count} lists of one record each")?;
    }
    if report.is_whole() {
        writeln!(out, "whole, as of {}", report.until)?;
        return Ok(());
    }
    for problem in &report.problems {
        writeln!(out, "problem: {problem}")?;
    }
    out.flush()?;
    Err(Failure::new(
        Exit::Incomplete,
        format!("not whole: {} problems", report.problems.len()),
    ))
}
