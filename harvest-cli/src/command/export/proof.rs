//! `harvest export verify`: the proof of an export.

use std::io::Write;

use harvest_export::catalog::Catalog;
use harvest_export::{DATABASE, Difference, Export, Privacy, check_database, verify};
use harvest_generated::runtime::Core;

use super::place::Place;
use crate::counted::counted;
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
        writeln!(
            out,
            "not covered: {} of one record each",
            counted(count, "list")
        )?;
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
            "deleted: {}, in deleted.ndjson",
            counted(report.deleted, "record")
        )?;
    }
    if report.files > 0 {
        let (files, bytes) = (report.files, report.file_bytes);
        writeln!(out, "files: {files}, {bytes} bytes, in files.ndjson")?;
    }
    if report.tables > 0 {
        let tables = counted(report.tables, "file");
        let rows = counted(report.table_rows, "row");
        writeln!(out, "parquet: {tables}, {rows}")?;
    }
    if report.commits > 0 {
        writeln!(out, "delta: {}", counted(report.commits, "commit"))?;
    }
    if report.gone_files > 0 {
        let count = report.gone_files;
        writeln!(
            out,
            "not covered: {} that the service has no more",
            counted(count, "file")
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
    Err(Failure::new(
        Exit::Incomplete,
        format!("not whole: {}", counted(count, "problem")),
    ))
}

/// What a comparison found, with the first ids.
fn problem(difference: &Difference) -> Vec<String> {
    let of = |ids: &[i64], what: &str| {
        let some: Vec<_> = ids.iter().take(5).map(ToString::to_string).collect();
        let more = if ids.len() > some.len() { ", …" } else { "" };
        (!ids.is_empty()).then(|| {
            let (stream, some) = (&difference.stream, some.join(", "));
            let count = counted(ids.len(), "record");
            format!("{stream}: {what}: {count}: {some}{more}")
        })
    };
    let missing = of(&difference.missing, "missing");
    let different = of(&difference.different, "different, without a change since");
    missing.into_iter().chain(different).collect()
}
