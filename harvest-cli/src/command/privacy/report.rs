//! `harvest privacy report`: a folder with everything about one person.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use harvest_export::catalog::{Catalog, Field};
use harvest_export::{FileServers, NotFetched, private};
use harvest_generated::runtime::Error;
use harvest_generated::runtime::chrono::{SecondsFormat, Utc};
use serde_json::{Value, json};

use super::collect::{Collected, Collector};
use crate::arguments::{Global, PersonReport};
use crate::connection::Connection;
use crate::counted::counted;
use crate::failure::{Exit, Failure, printable};
use crate::words;

/// The class of files and the links to them.
const DOCUMENT: &str = "document";
/// The folder of the files.
const FILES: &str = "files";
/// The longest ending of a file that is kept.
const LONGEST_ENDING: usize = 8;

pub(super) async fn run(
    global: &Global,
    catalog: &Catalog,
    report: PersonReport,
) -> Result<(), Failure> {
    let connection = Connection::open(global).await?;
    let failed = |error: io::Error| {
        let place = report.to.display();
        Failure::usage(format!("{place} cannot be written: {error}"))
    };
    if report.to.symlink_metadata().is_ok() {
        return Err(failed(io::ErrorKind::AlreadyExists.into()));
    }
    let collector = Collector {
        connection: &connection,
        catalog,
        person: report.candidate,
    };
    let collected = collector.collect().await?;
    // Not before: a list that cannot be read leaves no folder behind, which would be in the way of the next try.
    private::create_folder(&report.to).map_err(failed)?;
    let mut counts = BTreeMap::new();
    for (name, records) in &collected.records {
        let mut text = String::new();
        for record in records.values() {
            text = text + &record.replace(['\n', '\r'], " ") + "\n";
        }
        write(&report.to.join(format!("{name}.ndjson")), text.as_bytes()).map_err(failed)?;
        counts.insert(name.as_str(), records.len());
    }
    let mut fetched = Fetched::default();
    if !report.without_files {
        let folder = report.to.join(FILES);
        private::create_folder(&folder).map_err(failed)?;
        fetched
            .all(&connection, &report, &collector, &collected, &folder)
            .await?;
    }
    let Fetched {
        files,
        problems,
        ended,
        ..
    } = &fetched;
    let text = manifest(&report, catalog, &collected, &counts, &fetched);
    write(&report.to.join("report.json"), text.as_bytes()).map_err(failed)?;
    for problem in problems {
        eprintln!("no file: {}", printable(problem));
    }
    let total: usize = counts.values().sum();
    eprintln!(
        "{} of {}, {}",
        counted(total, "record"),
        counted(counts.len(), "list"),
        counted(*files, "file")
    );
    if !collected.refused.is_empty() {
        let names = collected.refused.iter();
        let names: Vec<_> = names
            .map(|(name, takes)| format!("{name} takes {takes}"))
            .collect();
        let names = names.join(", ");
        return Err(Failure::new(
            Exit::Permission,
            format!("not covered: {names}"),
        ));
    }
    let missing = fetched.missing();
    let message = format!(
        "incomplete: {} could not be fetched",
        counted(missing, "file")
    );
    match ended {
        // What is left is to be had later.
        Some(error) if error.is_paused() => Err(Failure::from(error).and(&message)),
        Some(error) => Err(Failure::new(
            Exit::Incomplete,
            format!("{message}; the last one: {}", words::of_error(error)),
        )),
        None if missing > 0 => Err(Failure::new(Exit::Incomplete, message)),
        None => Ok(()),
    }
}

/// What came of the files.
#[derive(Default)]
struct Fetched {
    files: usize,
    /// How many were not asked for.
    left: usize,
    /// Why others are not there.
    problems: Vec<String>,
    /// Why no further ones were asked for, or some were not: their server asked for a pause.
    ended: Option<Error>,
}

impl Fetched {
    async fn all(
        &mut self,
        connection: &Connection,
        report: &PersonReport,
        collector: &Collector<'_>,
        collected: &Collected,
        folder: &Path,
    ) -> Result<(), Failure> {
        let mut servers = FileServers::new();
        let shapes = collector.shapes();
        let lists = collector.lists();
        for (name, records) in &collected.records {
            let shape = lists.get(name).and_then(|it| shapes.get(it.operation.id));
            let shape = shape.map_or(&[][..], Vec::as_slice);
            for (id, record) in records {
                for (property, url, ending) in links(&collected.decode(record)?, shape) {
                    let download = servers.download(&connection.core, &url);
                    let Some(mut download) = download.filter(|_| self.ended.is_none()) else {
                        self.left += 1;
                        continue;
                    };
                    if let Some(bytes) = report.max_file_size {
                        download = download.max_bytes(bytes);
                    }
                    let path = folder.join(format!("{name}-{id}-{property}{ending}"));
                    match servers.note(&url, download.to_file(&path).await) {
                        Ok(Ok(_)) => self.files += 1,
                        Ok(Err(NotFetched::Failed(error))) => {
                            let problem = words::of_error(&error);
                            self.problems.push(format!("{name} {id}: {problem}"));
                        }
                        Ok(Err(_)) => self.left += 1,
                        Err(error) => {
                            self.left += 1;
                            self.ended = Some(error);
                        }
                    }
                }
            }
        }
        if self.ended.is_none() {
            self.ended = servers.finish().err();
        }
        Ok(())
    }

    fn missing(&self) -> usize {
        self.problems.len() + self.left
    }
}

fn manifest(
    report: &PersonReport,
    catalog: &Catalog,
    collected: &Collected,
    counts: &BTreeMap<&str, usize>,
    fetched: &Fetched,
) -> String {
    let manifest = json!({
        "candidate": report.candidate,
        "api_version": catalog.version,
        "read_at": Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true),
        "records": counts,
        "files": fetched.files,
        "files_not_fetched": fetched.missing(),
        "refused": collected.refused,
        "not_covered": collected.not_covered,
    });
    format!("{manifest:#}\n")
}

/// The links to files that a record has at its top: the property, the link, and how the name of the file ends.
fn links(record: &Value, shape: &[Field]) -> Vec<(&'static str, String, String)> {
    let documents = || shape.iter().filter(|it| it.class == Some(DOCUMENT));
    let is_url = |name: &str| name == "url" || name.ends_with("_url");
    let name = documents().find(|it| !is_url(it.name));
    let name = name
        .and_then(|it| record[it.name].as_str())
        .unwrap_or_default();
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending)
        .filter(|it| it.len() <= LONGEST_ENDING && it.chars().all(|c| c.is_ascii_alphanumeric()));
    let ending = ending.map(|it| format!(".{it}")).unwrap_or_default();
    let links = documents()
        .filter(|it| is_url(it.name))
        .filter_map(|field| {
            let url = record[field.name].as_str()?;
            Some((field.name, url.to_owned(), ending.clone()))
        });
    links.collect()
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = private::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
