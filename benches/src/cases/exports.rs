//! Exports of a list, beside the bare loop that reads and decodes it.

use std::error::Error;

use harvest_export::verify;
use tempfile::TempDir;

use super::bare::ratio;
use super::{Scale, Shown, complete};
use crate::process::{Measured, Server, run};
use crate::programs::Form;
use crate::report::{Claim, Row};
use crate::service::{Manner, Version};

/// How many bytes a record has: 20,000 of them are 60 MB.
const RECORD: usize = 3_000;
/// The most memory of a long list to that of one a tenth as long.
const MOST_GROWTH: f64 = 1.1;
/// What is measured of each list.
const FORMS: [Form; 3] = [Form::Ndjson, Form::Parquet, Form::Sqlite];

/// What is promised of a form: the most CPU, beside that of the bare loop of v1, and the most memory in MiB.
///
/// That loop is the one of [`all`](super::all), by which the promise was made (0.75 s where `items()` took 0.60): it decodes records with
/// lists of objects in them. Of a record of v3 two thirds are one text here, which decodes as fast as it is copied, and an
/// export hashes and writes each byte of either. What it takes beside the loop of v3 is printed, and not judged.
fn promised(form: Form) -> (f64, f64) {
    match form {
        Form::Ndjson => (0.5, 40.0),
        Form::Parquet | Form::Sqlite => (2.0, 150.0),
    }
}

/// Exports a list of each version in each form, and a longer one.
///
/// # Errors
///
/// If a process does not run to its end.
pub fn exports(scale: &Scale, mut tell: impl FnMut(Shown)) -> Result<(), Box<dyn Error>> {
    beside_the_bare_loop(scale, Version::V1, &mut tell)?;
    let short = beside_the_bare_loop(scale, Version::V3, &mut tell)?;
    let manner = scale.exported(Version::V3, scale.many_records);
    let server = Server::start(&manner)?;
    for (form, short) in FORMS.into_iter().zip(short) {
        let name = name_of(form, Version::V3, scale.many_records);
        let (long, _written) = export(scale, &server, Version::V3, form)?;
        let long = vec![long];
        let mut claims = vec![complete(&name, scale.many_records, &long)];
        let row = Row::new(name, long);
        if let (Some(peak), Some(of_long)) = (short.mebibytes(), row.mebibytes()) {
            let what = format!("{}: peak memory of the long list to that", form.name());
            claims.push(scale.timed(Claim::at_most(what, of_long / peak, MOST_GROWTH)));
        }
        let rows = vec![row];
        tell(Shown { rows, claims });
    }
    server.stop()?;
    Ok(())
}

/// Runs the exports and the bare loop, one after the other.
fn beside_the_bare_loop(
    scale: &Scale,
    version: Version,
    tell: &mut impl FnMut(Shown),
) -> Result<[Row; FORMS.len()], Box<dyn Error>> {
    let mut bare = Vec::new();
    let mut all = FORMS.map(|_| Vec::new());
    // Kept to the end: to find an inode among those that were just deleted costs an export up to a tenth of its time.
    let mut written = Vec::new();
    let server = Server::start(&scale.exported(version, scale.records))?;
    for _ in 0..scale.rounds {
        bare.push(scale.bare(&server)?);
        for (form, runs) in FORMS.iter().zip(&mut all) {
            let (measured, folder) = export(scale, &server, version, *form)?;
            runs.push(measured);
            written.push(folder);
        }
    }
    server.stop()?;
    let name = format!("bare loop, {}", list_of(version, scale.records));
    tell(Shown {
        claims: vec![complete(&name, scale.records, &bare)],
        rows: vec![Row::new(name, bare.clone())],
    });
    for (form, runs) in FORMS.into_iter().zip(&all) {
        let name = name_of(form, version, scale.records);
        let (most_cpu, most_memory) = promised(form);
        let mut claims = vec![complete(&name, scale.records, runs)];
        if let Some(ratio) = ratio(runs, &bare, |cpu| cpu.all) {
            let what = format!("{name}: CPU to that of the bare loop");
            let claim = scale.timed(Claim::at_most(what, ratio, most_cpu));
            claims.push(match version {
                Version::V1 => claim,
                Version::V3 => claim.unjudged(),
            });
        }
        let row = Row::new(name.clone(), runs.clone());
        if let Some(peak) = row.mebibytes() {
            let what = format!("{name}: peak memory, MiB");
            claims.push(scale.timed(Claim::at_most(what, peak, most_memory)));
        }
        let rows = vec![row];
        tell(Shown { rows, claims });
    }
    Ok(all.map(|runs| Row::new(String::new(), runs)))
}

fn name_of(form: Form, version: Version, records: usize) -> String {
    format!("{}, {}", form.name(), list_of(version, records))
}

fn list_of(version: Version, records: usize) -> String {
    let megabytes = records * RECORD / 1_000_000;
    format!("{records} of {}, {megabytes} MB", version.name())
}

impl Scale {
    /// A service with large records. Those of v1 are large as they are.
    pub(super) fn exported(&self, version: Version, records: usize) -> Manner {
        Manner {
            records,
            record_bytes: match version {
                Version::V1 => 0,
                Version::V3 => RECORD,
            },
            ..self.manner(version)
        }
    }
}

/// Exports to a folder, which is removed with the second value. What was read counts if the files prove that it is whole.
fn export(
    scale: &Scale,
    server: &Server,
    version: Version,
    form: Form,
) -> Result<(Measured, TempDir), Box<dyn Error>> {
    let parent = tempfile::tempdir()?;
    let folder = parent.path().join("export");
    let mut measured = run(&[
        "export-to".to_owned(),
        server.url.clone(),
        folder.display().to_string(),
        format!("--api-version={}", version.name()),
        format!("--form={}", form.name()),
        scale.window_option(),
    ])?;
    let report = verify(&folder)?;
    for problem in &report.problems {
        eprintln!("{problem}");
    }
    let rows: u64 = report.streams.iter().map(|stream| stream.ids).sum();
    measured.found.in_order = report.is_whole() && rows == measured.found.records;
    Ok((measured, parent))
}
