//! Mirroring of files: each is fetched once, lies under the hash of its content, and has a receipt after that.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use harvest_runtime::attachment::Download;
use harvest_runtime::{Error, Request, decode};
use serde_json::Value;

use super::{
    Attachments, CLASS, FOLDER, FileReceipt, FileServers, Missing, Named, NotFetched, Place,
    UNFINISHED, is_ours, name, named, places,
};
use crate::error::ExportError;
use crate::folder::no_link;
use crate::hash::of_file;
use crate::journal::Journal;
use crate::ledger::Event;
use crate::run::{Export, Progressed};
use crate::stream::{ById, Stream};

impl Export<'_> {
    /// Refuses to mirror what is left out.
    pub(crate) fn check_attachments(&self) -> Result<(), ExportError> {
        let is_left_out = self.privacy.policy().without.contains(CLASS);
        if self.attachments.is_some() && is_left_out {
            return Err(ExportError::DocumentsLeftOut {});
        }
        Ok(())
    }

    /// Fetches the files that the records of these streams name, as far as they are not there. Returns how many could not be
    /// had, though the service may have them.
    pub(crate) async fn mirror(
        &self,
        journal: &mut Journal,
        streams: &[&Stream],
        run: u32,
        attachments: Attachments,
        listener: &mut dyn FnMut(Progressed<'_>),
    ) -> Result<u64, ExportError> {
        let shapes = &self.catalog.shapes;
        let of_streams = streams.iter();
        let places: Vec<_> = of_streams
            .flat_map(|stream| places(&stream.name, stream.fields(shapes)))
            .collect();
        journal.record(Event::Attachments {
            run,
            places: places.clone(),
        })?;
        remove_others(journal)?;
        let mut count = 0;
        let mut servers = FileServers::new();
        let mut first_paused = None;
        for stream in streams {
            let of_stream: Vec<_> = places
                .iter()
                .filter(|it| it.stream == stream.name)
                .cloned()
                .collect();
            if of_stream.is_empty() {
                continue;
            }
            let folder = journal.folder.path().to_owned();
            let mut files = named(&journal.state, &folder, &stream.name, &of_stream, run)?;
            files.retain(|file| !journal.state.files.contains_key(&file.key));
            listener(Progressed::Files {
                stream: &stream.name,
                files: files.len() as u64,
            });
            for file in files {
                let Some(download) = servers.download(self.core, &file.url) else {
                    continue;
                };
                let download = download.max_bytes(attachments.max_bytes);
                let fetched = self.fetch(journal, download, stream, &of_stream, &file);
                let noted = servers.note(&file.url, fetched.await?);
                let problem = match noted.map_err(|error| crate::run::service(stream, error))? {
                    Ok(receipt) => {
                        listener(Progressed::File {
                            stream: &stream.name,
                            bytes: receipt.bytes,
                        });
                        journal.record(Event::File(receipt))?;
                        continue;
                    }
                    Err(NotFetched::Paused) => {
                        first_paused.get_or_insert(stream);
                        continue;
                    }
                    Err(NotFetched::Failed(problem)) => problem,
                };
                let is_gone = problem.is_expired();
                count += u64::from(!is_gone);
                let missing = Missing {
                    stream: stream.name.clone(),
                    record: file.record,
                    key: file.key.clone(),
                    reason: line(&problem),
                    is_gone,
                };
                listener(Progressed::Missing {
                    stream: &stream.name,
                    record: file.record,
                    reason: &missing.reason,
                });
                if journal.state.missing.get(&file.key) != Some(&missing) {
                    journal.record(Event::Missing(missing))?;
                }
            }
        }
        if let (Some(stream), Err(pause)) = (first_paused, servers.finish()) {
            return Err(crate::run::service(stream, pause));
        }
        journal.record(Event::Mirrored { run })?;
        Ok(count)
    }

    /// Fetches a file. The outer error is one of this computer.
    async fn fetch<'a>(
        &'a self,
        journal: &Journal,
        download: Download<'a>,
        stream: &'a Stream,
        places: &'a [Place],
        file: &'a Named,
    ) -> Result<Result<FileReceipt, Error>, ExportError> {
        let unfinished = journal.folder.create(FOLDER)?.join(UNFINISHED);
        let download = download.refetch(async || self.fresh(stream, places, file).await);
        if let Err(error) = download.to_file(&unfinished).await {
            return Ok(Err(error));
        }
        let failed = |error| ExportError::file(&unfinished, error);
        let (sha256, bytes) = of_file(&unfinished).map_err(failed)?;
        let known = journal.state.file_of(&sha256).map(str::to_owned);
        let path = known.unwrap_or_else(|| {
            let ending = file.name.as_deref().and_then(name::ending);
            super::path(&sha256, ending.as_deref())
        });
        journal.folder.adopt(&unfinished, &path)?;
        Ok(Ok(FileReceipt {
            stream: stream.name.clone(),
            record: file.record,
            key: file.key.clone(),
            file: path,
            bytes,
            sha256,
        }))
    }

    /// The link as the record has it now.
    async fn fresh(
        &self,
        stream: &Stream,
        places: &[Place],
        file: &Named,
    ) -> Result<Option<String>, Error> {
        let Some(request) = self.again(stream, file.record) else {
            return Ok(None);
        };
        let answer = request.send(decode::json::<Value>).await;
        let record = match answer {
            Ok(answer) => match answer.into_value() {
                Value::Array(records) => records.into_iter().find(|it| it["id"] == file.record),
                record => Some(record),
            },
            // The record is gone, and its files with it.
            Err(error) if error.is_not_found() => None,
            Err(error) => return Err(error),
        };
        let record = record.unwrap_or_default();
        let found: Vec<_> = places
            .iter()
            .flat_map(|place| place.files(file.record, &record))
            .collect();
        let same = found.iter().find(|it| it.key == file.key);
        // The record changed since, and names one file only.
        let same = same.or(match found.as_slice() {
            [one] if one.name == file.name => Some(one),
            _ => None,
        });
        Ok(same.map(|it| it.url.clone()))
    }

    /// The request for one record of a stream.
    fn again(&self, stream: &Stream, record: i64) -> Option<Request> {
        match stream.by_id()? {
            ById::List(name, most) => {
                let mut request = self.core.request(stream.operation);
                request.query_split(name, &[record], most);
                Some(request)
            }
            ById::One(operation, name) => {
                let mut request = self.core.request(operation);
                request.path(name, &record);
                Some(request)
            }
        }
    }
}

/// An error in one line, as the ledger keeps it.
fn line(error: &Error) -> String {
    error.to_string().replace(char::is_control, " ")
}

/// Removes files without a receipt: a process that ended left them.
fn remove_others(journal: &Journal) -> Result<(), ExportError> {
    let receipts = journal.state.files.values();
    let known: BTreeSet<_> = receipts.map(|it| it.file.as_str()).collect();
    for name in all(journal.folder.path())? {
        if is_ours(&name) && !known.contains(name.as_str()) {
            let path = journal.folder.path().join(name);
            fs::remove_file(&path).map_err(|error| ExportError::file(&path, error))?;
        }
    }
    Ok(())
}

/// The files that were mirrored, as receipts name them, and what else lies there.
pub(super) fn all(folder: &Path) -> Result<Vec<String>, ExportError> {
    let top = folder.join(FOLDER);
    let mut names = Vec::new();
    for (path, name) in entries(&top, FOLDER)? {
        if path.is_dir() {
            names.extend(entries(&path, &name)?.into_iter().map(|(_, name)| name));
        } else {
            names.push(name);
        }
    }
    Ok(names)
}

fn entries(folder: &Path, name: &str) -> Result<Vec<(PathBuf, String)>, ExportError> {
    let failed = |error| ExportError::file(folder, error);
    no_link(folder).map_err(failed)?;
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let entries = entries.map(|entry| {
        let entry = entry?;
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        Ok((entry.path(), name))
    });
    entries.collect::<io::Result<_>>().map_err(failed)
}
