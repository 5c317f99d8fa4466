//! `harvest migrate`: what moving to the current version takes.

mod report;
mod sarif;
mod scopes;

use std::io::Write;

use self::report::Report;
use crate::arguments::{Migrate, Scan, ScanFormat};
use crate::counted::counted;
use crate::failure::{Exit, Failure};
use crate::migration::Migration;
use crate::output::{self, is_for_person, json as json_text};
use crate::scan::{Bounds, MOST_ENTRIES, Scanner};

pub(crate) fn run(migrate: Migrate) -> Result<(), Failure> {
    let migration = Migration::read()?;
    match migrate {
        Migrate::Scan(scan) => scan_folder(&migration, &scan),
        Migrate::Scopes(scopes) => scopes::run(&migration, &scopes),
    }
}

fn scan_folder(migration: &Migration, scan: &Scan) -> Result<(), Failure> {
    let (from, to) = (migration.from, migration.to);
    let scanner = Scanner::new(from.operations, to.operations, migration.base_url());
    let bounds = Bounds {
        file_bytes: scan.max_file_size,
        files: scan.max_files,
        entries: MOST_ENTRIES,
    };
    let mut outcome = scanner.scan(&scan.folder, &bounds)?;
    if scan.certain {
        outcome.found.retain(|it| it.what.is_certain());
    }
    let report = Report {
        migration,
        scanned: &outcome,
    };
    let (mut out, for_person) = (output::standard(), is_for_person());
    match scan.output {
        ScanFormat::Table => report.table(&mut out)?,
        ScanFormat::Json => {
            let text = report.json().to_string();
            json_text::write(text.as_bytes(), for_person, &mut out)?;
        }
        ScanFormat::Sarif => {
            let text = sarif::log(&report).to_string();
            json_text::write(text.as_bytes(), for_person, &mut out)?;
        }
    }
    out.flush()?;
    verdict(&report)
}

fn verdict(report: &Report<'_>) -> Result<(), Failure> {
    let scanned = report.scanned;
    let of = format!("files read: {}", scanned.files);
    if !scanned.skipped.is_empty() {
        let (count, mut lines) = (scanned.skipped.len(), Vec::new());
        for skipped in scanned.skipped.iter().take(20) {
            lines.push(format!("  {}: {}", skipped.path, skipped.reason));
        }
        let left = count - lines.len();
        if left > 0 {
            lines.push(format!("  and {left} more (--output json has them)"));
        }
        let message = format!(
            "incomplete: {of}, and not, or not to the end, {}:\n{}",
            counted(count, "place"),
            lines.join("\n")
        );
        return Err(Failure::new(Exit::Incomplete, message));
    }
    let from = report.migration.from.name;
    match scanned.found.len() {
        0 => {
            eprintln!("{of}; nothing of {from} was found");
            Ok(())
        }
        count => Err(Failure::new(
            Exit::Found,
            format!("{} with {from}; {of}", counted(count, "place")),
        )),
    }
}
