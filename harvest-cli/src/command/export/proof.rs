//! `harvest export verify`: the proof of an export.

use std::io::Write;

use harvest_export::catalog::Catalog;
use harvest_export::{DATABASE, Difference, Export, Privacy, check_database, verify};
use harvest_generated::runtime::Core;

use super::place::Place;
use crate::failure::{Exit, Failure};
use crate::output;
use crate::version::{VERSIONS, Version};

/// Prints what holds, and ends with the code of an incomplete list if something does not.
/// With a service, compares with that, too.
pub(super) async fn prove(
    place: &Place,
    against: Option<(&Core, &Catalog)>,
    key: Option<Vec<u8>>,
) -> Result<(), Failure> {
    let folder = &place.folder;
    let mut report = verify(folder)?;
    let usual = folder.join(DATABASE);
    let database = place
        .database
        .clone()
        .or_else(|| usual.exists().then_some(usual));
    // It is made of the files, so these come first.
    if let Some(database) = database.filter(|_| report.is_whole()) {
        let catalogs = VERSIONS.iter().map(Version::catalog);
        let catalogs = catalogs.collect::<Result<Vec<_>, _>>()?;
        let problems = check_database(folder, &database, &catalogs)?;
        report.problems.extend(problems);
    }
    let mut differences = Vec::new();
    if let Some((core, catalog)) = against {
        let export = Export {
            privacy: Privacy::again(folder, key)?,
            ..Export::new(core, catalog, folder)
        };
        differences = export.compare().await?;
    }
    for it in &differences {
        report.problems.extend(problem(it));
    }
    let mut out = output::standard();
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
    let said = [
        ("what is", &report.without),
        ("the lists", &report.left_out),
    ];
    let said = said.iter().filter(|(_, names)| !names.is_empty());
    let said = said.map(|(of, names)| format!("{of} {}", names.join(", ")));
    let said: Vec<_> = said.collect();
    if !said.is_empty() {
        writeln!(out, "left out: {}", said.join("; "))?;
    }
    if report.deleted > 0 {
        writeln!(
            out,
            "deleted: {} records, in deleted.ndjson",
            report.deleted
        )?;
    }
    if report.files > 0 {
        let (files, bytes) = (report.files, report.file_bytes);
        writeln!(out, "files: {files}, {bytes} bytes, in files.ndjson")?;
    }
    if report.tables > 0 {
        let (tables, rows) = (report.tables, report.table_rows);
        writeln!(out, "parquet: {tables} files, {rows} rows")?;
    }
    if report.commits > 0 {
        writeln!(out, "delta: {} commits", report.commits)?;
    }
    if report.gone_files > 0 {
        let count = report.gone_files;
        writeln!(
            out,
            "not covered: {count} files that the service has no more"
        )?;
    }
    for it in differences.iter().filter(|it| it.newer + it.gone > 0) {
        let Difference {
            stream,
            newer,
            gone,
            ..
        } = it;
        writeln!(
            out,
            "since then: {stream}: {newer} new or changed, {gone} gone"
        )?;
    }
    if report.is_whole() {
        writeln!(out, "whole, as of {}", report.until)?;
        return Ok(out.flush()?);
    }
    for problem in &report.problems {
        writeln!(out, "problem: {problem}")?;
    }
    out.flush()?;
    let count = report.problems.len();
    let problems = if count == 1 { "problem" } else { "problems" };
    Err(Failure::new(
        Exit::Incomplete,
        format!("not whole: {count} {problems}"),
    ))
}

/// What a comparison found, with the first ids.
fn problem(difference: &Difference) -> Vec<String> {
    let of = |ids: &[i64], what: &str| {
        let some: Vec<_> = ids.iter().take(5).map(ToString::to_string).collect();
        let more = if ids.len() > some.len() { ", …" } else { "" };
        (!ids.is_empty()).then(|| {
            let (stream, count, some) = (&difference.stream, ids.len(), some.join(", "));
            format!("{stream}: {count} records {what}: {some}{more}")
        })
    };
    let missing = of(&difference.missing, "are missing");
    let different = of(
        &difference.different,
        "are others, though they did not change since",
    );
    missing.into_iter().chain(different).collect()
}
