//! `harvest import candidates`: rows of a table as candidates, each once.

mod cells;
mod columns;
mod journal;
mod roles;
mod row;
mod service;

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use harvest_export::catalog::Catalog;
use serde_json::json;

use self::columns::Columns;
use self::journal::{Journal, State};
use self::roles::Roles;
use self::row::{Planned, Planner};
use self::service::{Outcome, Service};
use crate::arguments::{Duplicates, Global, Import, ImportCandidates};
use crate::command::confirm;
use crate::connection::Connection;
use crate::counted::counted;
use crate::failure::{Exit, Failure, printable};
use crate::output::{self, is_for_person};

/// The most bytes of a table.
const MOST_BYTES: u64 = 512 * 1024 * 1024;
/// The most rows.
const MOST_ROWS: usize = 1_000_000;

pub(crate) async fn run(global: &Global, catalog: &Catalog, import: Import) -> Result<(), Failure> {
    let Import::Candidates(import) = import;
    let connection = Connection::open(global).await?;
    let service = Service::new(&connection, Roles::of(catalog, import.prospects)?)?;
    let create = service.roles.create;
    let definitions = service.definitions().await?;
    let mut reader = open(&import)?;
    let headers = reader
        .headers()
        .map_err(|error| unreadable(&import.file, &error))?;
    let columns = Columns::new(
        headers,
        &import.ignore,
        create,
        &definitions,
        service.roles.attach.entry,
    )?;
    let planner = Planner {
        columns: &columns,
        create,
        job: import.job,
        prospects: import.prospects,
        files: folder(&import),
    };
    // All are read before the first is sent: who has to correct a row wants to know it now.
    let mut rows = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(&import.file, &error))?;
        if rows.len() == MOST_ROWS {
            return Err(Failure::usage(format!(
                "a table has up to {MOST_ROWS} rows"
            )));
        }
        let number = record.position().map_or(0, csv::Position::line);
        let key = journal::key(&record);
        let count = seen.entry(key.clone()).or_default();
        *count += 1;
        rows.push(Row {
            number,
            key: format!("{key}-{count}"),
            planned: planner.plan(&record),
        });
    }
    let valid = rows.iter().filter(|row| row.planned.is_ok()).count();
    let (count, invalid) = (rows.len(), rows.len() - valid);
    eprintln!("{}, not valid: {invalid}", counted(count, "row"));
    if !import.dry_run {
        confirm(
            &format!("Add up to {}?", counted(valid, "candidate")),
            import.yes,
        )?;
    }
    let mut run = Run {
        service: &service,
        import: &import,
        journal: Journal::open(&journal_of(&import), import.dry_run)?,
        counts: BTreeMap::new(),
    };
    for row in rows {
        run.row(row).await?;
    }
    run.verdict()
}

/// A row of the table.
struct Row {
    /// The line that it begins in, from 1.
    number: u64,
    /// By which the journal knows it.
    key: String,
    planned: Result<Planned, Vec<String>>,
}

/// The ids of a candidate that was added, and of the application.
type Added = (i64, Option<i64>);

struct Run<'a> {
    service: &'a Service<'a>,
    import: &'a ImportCandidates,
    journal: Journal,
    counts: BTreeMap<&'static str, u64>,
}

impl Run<'_> {
    async fn row(&mut self, row: Row) -> Result<(), Failure> {
        let state = self.journal.state(&row.key);
        let planned = match &row.planned {
            Ok(planned) => planned,
            Err(problems) => return self.result(row.number, "invalid", None, problems),
        };
        let added = match state {
            State::Done { candidate } => {
                return self.result(row.number, "done", candidate, &[]);
            }
            State::Added {
                candidate,
                application,
            } => (candidate, application),
            State::Sent { is_new } => match self.under_way(&row, planned, is_new).await? {
                Some(added) => added,
                None => return Ok(()),
            },
            State::New => match self.add(&row, planned).await? {
                Some(added) => added,
                None => return Ok(()),
            },
        };
        let (candidate, application) = added;
        if self.import.dry_run {
            return self.result(row.number, "would add files", Some(candidate), &[]);
        }
        let mut problems = Vec::new();
        for file in &planned.files {
            let name = file.key();
            if self.journal.has_file(&row.key, &name) {
                continue;
            }
            let Some(application) = application else {
                problems.push("there is no application to attach files to".to_owned());
                break;
            };
            match self.service.attach(application, file).await? {
                Ok(()) => self.journal.attached(&row.key, &name)?,
                Err(problem) => problems.push(problem),
            }
        }
        if !problems.is_empty() {
            return self.result(row.number, "without files", Some(candidate), &problems);
        }
        self.journal.done(&row.key, candidate)?;
        self.result(row.number, "added", Some(candidate), &[])
    }

    /// Adds a candidate who is not known. None: something else came of the row, which is said.
    async fn add(&mut self, row: &Row, planned: &Planned) -> Result<Option<Added>, Failure> {
        let is_asked = self.import.duplicates != Duplicates::Add;
        if is_asked && let Some(id) = self.known(planned).await? {
            self.duplicate(&row.key, row.number, id)?;
            return Ok(None);
        }
        if self.import.dry_run {
            self.result(row.number, "would add", None, &[])?;
            return Ok(None);
        }
        self.journal.sent(&row.key, is_asked)?;
        let (status, problems) = match self.service.add(&planned.body).await? {
            Outcome::Added {
                candidate,
                application,
            } => {
                self.journal.added(&row.key, candidate, application)?;
                return Ok(Some((candidate, application)));
            }
            Outcome::Refused(problems) => {
                self.journal.refused(&row.key)?;
                ("refused", problems)
            }
            Outcome::NotDone(failure) => {
                self.journal.refused(&row.key)?;
                return Err(failure);
            }
            Outcome::Unknown(problem) => ("unknown", vec![problem]),
        };
        self.result(row.number, status, None, &problems)?;
        Ok(None)
    }

    /// What came of a row that was under way when an import ended. If no candidate had its address before it was sent, the one
    /// who has it now is that of the row, unless another row has added that one since.
    async fn under_way(
        &mut self,
        row: &Row,
        planned: &Planned,
        is_new: bool,
    ) -> Result<Option<Added>, Failure> {
        let (candidate, doubt) = if planned.emails.is_empty() {
            (None, Some("has no address to look for it by"))
        } else {
            let candidate = self.known(planned).await?;
            (
                candidate,
                candidate.and_then(|id| self.doubt(row, id, is_new)),
            )
        };
        if let Some(doubt) = doubt {
            let problem = format!(
                "it was under way when an import ended, and {doubt}; look for the candidate, and \
                 leave the row out or change it"
            );
            self.result(row.number, "unknown", candidate, &[problem])?;
            return Ok(None);
        }
        let Some(candidate) = candidate else {
            return self.add(row, planned).await;
        };
        let application = self.service.application_of(candidate).await?;
        self.journal.added(&row.key, candidate, application)?;
        Ok(Some((candidate, application)))
    }

    /// Why it is not known whether the candidate with the address of a row that was under way is that of the row.
    fn doubt(&self, row: &Row, candidate: i64, is_new: bool) -> Option<&'static str> {
        if self.journal.is_of_another(candidate, &row.key) {
            return Some("the candidate with its address is that of another row");
        }
        (!is_new).then_some("the candidate with its address may have been there before")
    }

    /// A candidate who has one of the addresses.
    async fn known(&self, planned: &Planned) -> Result<Option<i64>, Failure> {
        for email in &planned.emails {
            if let Some(id) = self.service.find(email).await? {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    fn duplicate(&mut self, key: &str, number: u64, id: i64) -> Result<(), Failure> {
        if self.import.duplicates == Duplicates::Refuse {
            let problem = "a candidate has this address".to_owned();
            return self.result(number, "refused", Some(id), &[problem]);
        }
        if !self.import.dry_run {
            self.journal.done(key, id)?;
        }
        self.result(number, "duplicate", Some(id), &[])
    }

    /// Prints what came of a row.
    fn result(
        &mut self,
        number: u64,
        status: &'static str,
        candidate: Option<i64>,
        problems: &[String],
    ) -> Result<(), Failure> {
        *self.counts.entry(status).or_default() += 1;
        let mut out = output::standard();
        if is_for_person() {
            let candidate = candidate.map(|id| format!(" {id}")).unwrap_or_default();
            let line = format!("line {number}: {status}{candidate}");
            writeln!(out, "{line}")?;
            for problem in problems {
                writeln!(out, "  {}", printable(problem))?;
            }
            return Ok(out.flush()?);
        }
        let line = json!({
            "line": number, "status": status, "candidate_id": candidate, "problems": problems,
        });
        writeln!(out, "{line}")?;
        Ok(out.flush()?)
    }

    fn verdict(&self) -> Result<(), Failure> {
        let counts: Vec<_> = self
            .counts
            .iter()
            .map(|(status, count)| format!("{count} {status}"))
            .collect();
        let text = counts.join(", ");
        let left = ["invalid", "refused", "unknown", "without files"];
        if left.iter().any(|status| self.counts.contains_key(status)) {
            return Err(Failure::new(
                Exit::Incomplete,
                format!("{text}; correct those rows, and run the same command again"),
            ));
        }
        eprintln!("{text}");
        Ok(())
    }
}

fn open(import: &ImportCandidates) -> Result<csv::Reader<impl io::Read + use<>>, Failure> {
    let path = &import.file;
    let failed =
        |error: io::Error| Failure::usage(format!("{} cannot be read: {error}", path.display()));
    let file = File::open(path).map_err(failed)?;
    let bytes = file.metadata().map_err(failed)?.len();
    if bytes > MOST_BYTES {
        let message = format!("{} has more than {MOST_BYTES} bytes", path.display());
        return Err(Failure::usage(message));
    }
    let delimiter = u8::try_from(import.delimiter)
        .map_err(|_| Failure::usage("--delimiter is one character of ASCII"))?;
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(delimiter).trim(csv::Trim::Headers);
    Ok(builder.from_reader(io::Read::take(file, MOST_BYTES)))
}

fn unreadable(path: &Path, error: &csv::Error) -> Failure {
    // Without what is in the table.
    let place = error.position().map(|it| format!(", line {}", it.line()));
    let problem = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "it is not UTF-8",
        csv::ErrorKind::UnequalLengths { .. } => "a row has another number of cells",
        _ => "it cannot be read",
    };
    let place = place.unwrap_or_default();
    Failure::usage(format!("{}{place}: {problem}", path.display()))
}

/// The folder that paths of files are relative to.
fn folder(import: &ImportCandidates) -> PathBuf {
    let own = import.file.parent().map(Path::to_owned);
    import.files.clone().or(own).unwrap_or_default()
}

fn journal_of(import: &ImportCandidates) -> PathBuf {
    import.journal.clone().unwrap_or_else(|| {
        let mut path = import.file.clone().into_os_string();
        path.push(".journal.ndjson");
        path.into()
    })
}
