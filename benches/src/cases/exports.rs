//! Exports of a list, beside the bare loop that reads and decodes it.

use std::error::Error;

use harvest_export::verify;

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

/// What is promised of a form: the most CPU, beside that of the bare loop, and the most memory in MiB.
fn promised(form: Form) -> (f64, f64) {
    match form {
        Form::Ndjson => (0.5, 40.0),
        Form::Sqlite => (2.0, 150.0),
    }
}

/// Exports a list in each form, and a longer one.
///
/// # Errors
///
/// If a process does not run to its end.
pub fn exports(scale: &Scale, mut tell: impl FnMut(Shown)) -> Result<(), Box<dyn Error>> {
    let forms = [Form::Ndjson, Form::Sqlite];
    let mut bare = Vec::new();
    let [mut short, mut long] = [(); 2].map(|()| forms.map(|_| Vec::new()));
    let server = Server::start(&scale.large(scale.records))?;
    for _ in 0..scale.rounds {
        bare.push(scale.bare(&server)?);
        for (form, runs) in forms.iter().zip(&mut short) {
            runs.push(export(scale, &server, *form)?);
        }
    }
    server.stop()?;
    let server = Server::start(&scale.large(scale.many_records))?;
    for (form, runs) in forms.iter().zip(&mut long) {
        runs.push(export(scale, &server, *form)?);
    }
    server.stop()?;

    let of = |records: usize| format!("{records} candidates, {} MB", records * RECORD / 1_000_000);
    tell(Shown {
        claims: vec![complete("bare loop", scale.records, &bare)],
        rows: vec![Row::new(
            format!("bare loop, {}", of(scale.records)),
            bare.clone(),
        )],
    });
    for ((form, short), long) in forms.into_iter().zip(short).zip(long) {
        let name = form.name();
        let (most_cpu, most_memory) = promised(form);
        let mut claims = vec![
            complete(&format!("{name}, proven"), scale.records, &short),
            complete(&format!("{name}, long, proven"), scale.many_records, &long),
        ];
        if let Some(ratio) = ratio(&short, &bare, |cpu| cpu.all) {
            let what = format!("{name}: CPU to that of the bare loop");
            claims.push(scale.timed(Claim::at_most(what, ratio, most_cpu)));
        }
        let rows = vec![
            Row::new(format!("{name}, {}", of(scale.records)), short),
            Row::new(format!("{name}, {}", of(scale.many_records)), long),
        ];
        if let (Some(peak), Some(of_long)) = (rows[0].mebibytes(), rows[1].mebibytes()) {
            let what = format!("{name}: peak memory, MiB");
            claims.push(scale.timed(Claim::at_most(what, peak, most_memory)));
            let what = format!("{name}: peak memory of the long list to that");
            claims.push(scale.timed(Claim::at_most(what, of_long / peak, MOST_GROWTH)));
        }
        tell(Shown { rows, claims });
    }
    Ok(())
}

impl Scale {
    /// A service with large records.
    pub(super) fn large(&self, records: usize) -> Manner {
        Manner {
            records,
            record_bytes: RECORD,
            ..self.manner(Version::V3)
        }
    }
}

/// Exports to a folder that is removed again. What was read counts if the files prove that it is whole.
fn export(scale: &Scale, server: &Server, form: Form) -> Result<Measured, Box<dyn Error>> {
    let parent = tempfile::tempdir()?;
    let folder = parent.path().join("export");
    let mut measured = run(&[
        "export-to".to_owned(),
        server.url.clone(),
        folder.display().to_string(),
        format!("--form={}", form.name()),
        scale.window_option(),
    ])?;
    let report = verify(&folder)?;
    for problem in &report.problems {
        eprintln!("{problem}");
    }
    let rows: u64 = report.streams.iter().map(|stream| stream.ids).sum();
    measured.found.in_order = report.is_whole() && rows == measured.found.records;
    Ok(measured)
}
