//! A run of an export: windows are read one by one, each page is written before its receipt.

use std::path::PathBuf;

use harvest_runtime::chrono::Utc;
use harvest_runtime::{Core, Error, Operation};

use crate::attachments::Attachments;
use crate::catalog::Catalog;
use crate::deletion::Deletions;
use crate::divisions::Divisions;
use crate::error::ExportError;
use crate::journal::Journal;
use crate::ledger::{Event, Origin};
use crate::privacy::Privacy;
use crate::probe::Access;
use crate::read::Reader;
use crate::stream::{Stream, choose, streams, unknown};
use crate::window;

/// The form of ledger and files.
const FORMAT: u32 = 1;

/// What is exported, and where to.
pub struct Export<'a> {
    /// The client.
    pub core: &'a Core,
    /// The operations of its version.
    pub catalog: &'a Catalog,
    /// The folder.
    pub folder: PathBuf,
    /// The streams; all if there are none.
    pub streams: Vec<String>,
    /// The moment since which changes are read first, in RFC 3339. None: everything.
    pub since: Option<String>,
    /// What is left out.
    pub privacy: Privacy,
    /// What is done about records that were deleted.
    pub deletions: Deletions,
    /// Whether the files that records name are mirrored.
    pub attachments: Option<Attachments>,
}

/// What a run says while it goes on.
#[derive(Debug)]
#[non_exhaustive]
pub enum Progressed<'a> {
    /// A page was written.
    Page {
        /// Its stream.
        stream: &'a str,
        /// How many records it has.
        rows: u64,
    },
    /// A stream was looked through for records that are gone.
    Deleted {
        /// The stream.
        stream: &'a str,
        /// How many are.
        records: u64,
    },
    /// A stream begins.
    Begun {
        /// The stream.
        stream: &'a str,
        /// Its place in the run, from 1.
        number: usize,
        /// How many streams the run has.
        of: usize,
    },
    /// Files of a stream are to be fetched.
    Files {
        /// The stream of the records that name them.
        stream: &'a str,
        /// How many are not there yet.
        files: u64,
    },
    /// A file was fetched.
    File {
        /// The stream of the record that names it.
        stream: &'a str,
        /// How long it is.
        bytes: u64,
    },
    /// A file could not be had.
    Missing {
        /// The stream of the record that names it.
        stream: &'a str,
        /// The id of the record.
        record: i64,
        /// Why.
        reason: &'a str,
    },
    /// The service refuses a stream to this credential, or does not offer it.
    Refused {
        /// The stream.
        stream: &'a str,
        /// What it takes, or lacks: `takes harvest:offers:list`.
        reason: &'a str,
    },
}

/// What a run came to.
#[derive(Debug, Default)]
pub struct Summary {
    /// The moment up to which changes were read.
    pub until: String,
    /// The records that this run wrote.
    pub rows: u64,
    /// The records that it found to be gone.
    pub deleted: u64,
    /// The files that could not be had for other reasons than that the service has them no more.
    pub missing: u64,
    /// The streams that are left out for what they say about people.
    pub left_out: Vec<String>,
    /// The streams that the service refuses to this credential, or does not offer.
    pub refused: Vec<String>,
}

impl<'a> Export<'a> {
    /// An export of all streams, with what is usual.
    pub fn new(core: &'a Core, catalog: &'a Catalog, folder: impl Into<PathBuf>) -> Self {
        Self {
            core,
            catalog,
            folder: folder.into(),
            streams: Vec::new(),
            since: None,
            privacy: Privacy::default(),
            deletions: Deletions::default(),
            attachments: None,
        }
    }

    /// Reads what is new since the run before, or goes on where it stopped.
    ///
    /// # Errors
    ///
    /// If the service or a file fails. What was written until then is kept, and the next run goes on behind it.
    pub async fn run(
        &self,
        listener: &mut dyn FnMut(Progressed<'_>),
    ) -> Result<Summary, ExportError> {
        let (all, not_covered) = streams(self.catalog);
        let shapes = &self.catalog.shapes;
        let is_left_out = |stream: &Stream| self.privacy.leaves_out(stream.fields(shapes));
        let mut chosen = choose(&all, &self.streams)?;
        if let Some(stream) = chosen
            .iter()
            .find(|it| !self.streams.is_empty() && is_left_out(it))
        {
            return Err(ExportError::LeftOut {
                name: stream.name.clone(),
            });
        }
        chosen.retain(|stream| !is_left_out(stream));
        self.check_attachments()?;
        // Who names streams knows which ones are not read.
        let all_of_them = if self.streams.is_empty() {
            &all[..]
        } else {
            &[]
        };
        let left_out = all_of_them.iter().filter(|stream| is_left_out(stream));
        let left_out: Vec<_> = left_out.map(|stream| stream.name.clone()).collect();
        let mut journal = Journal::open(&self.folder)?;
        journal.claim(self, &all)?;
        let plan = Plan {
            streams: &chosen,
            not_covered: &not_covered,
            left_out: &left_out,
        };
        let run = self.begin(&mut journal, &plan).await?;
        let names = journal.state.runs.last().map(|run| run.streams.clone());
        let names = names.unwrap_or_default();
        let found = names.iter().map(|name| {
            let found = all.iter().find(|stream| stream.name == *name);
            found.ok_or_else(|| unknown(name, &all))
        });
        let found = found.collect::<Result<Vec<_>, _>>()?;
        for (at, stream) in found.iter().enumerate() {
            listener(Progressed::Begun {
                stream: &stream.name,
                number: at + 1,
                of: found.len(),
            });
            let redaction = self.privacy.redaction(stream.fields(shapes));
            journal.divisions = Divisions::default();
            let reader = Reader {
                export: self,
                stream,
                redaction,
            };
            reader.export(&mut journal, run, listener).await?;
        }
        if self.deletions != Deletions::Ignore {
            for stream in &found {
                self.find_deleted(&mut journal, stream, run, listener)
                    .await?;
            }
        }
        let missing = match self.attachments {
            Some(attachments) => {
                self.mirror(&mut journal, &found, run, attachments, listener)
                    .await?
            }
            None => 0,
        };
        journal.finish()?;
        let gone = journal
            .state
            .deleted
            .iter()
            .filter(|((_, of), _)| *of == run);
        let deleted = gone.map(|(_, it)| it.ids.len() as u64).sum();
        let refused = journal.state.refused.keys().filter(|(_, of)| *of == run);
        Ok(Summary {
            until: journal
                .state
                .runs
                .last()
                .map(|run| run.until.clone())
                .unwrap_or_default(),
            rows: journal.rows,
            deleted,
            missing,
            left_out,
            refused: refused.map(|(stream, _)| stream.clone()).collect(),
        })
    }

    /// What the folder has to be an export of.
    pub(crate) fn origin(&self) -> Origin {
        let host = self.core.base_url().host_str();
        Origin {
            format: FORMAT,
            version: self.catalog.version.to_owned(),
            host: host.unwrap_or_default().to_owned(),
            policy: self.privacy.policy(),
        }
    }

    /// The run that did not end, or a new one.
    async fn begin(&self, journal: &mut Journal, plan: &Plan<'_>) -> Result<u32, ExportError> {
        let last = journal.state.runs.last();
        let number = last.map_or(0, |run| run.number);
        if let Some(run) = last {
            let mut streams = run.streams.iter();
            if !streams.all(|stream| journal.state.is_done(stream, run.number)) {
                return Ok(run.number);
            }
        }
        let until = self.now(plan.streams).await?;
        journal.record(Event::Run {
            run: number + 1,
            until,
            description: self.catalog.hash.clone(),
            streams: plan.streams.iter().map(|it| it.name.clone()).collect(),
            not_covered: plan
                .not_covered
                .iter()
                .map(|it| it.path.to_owned())
                .collect(),
            left_out: plan.left_out.to_vec(),
        })?;
        Ok(number + 1)
    }

    /// The time by the clock of the service, which is the one that changes are written by. Where it is ahead of that of
    /// this computer, one of them is wrong: the earlier one counts. The next run goes on from there, and reading
    /// something twice loses nothing, where a time that has not come yet leaves out what changes until then.
    async fn now(&self, chosen: &[&Stream]) -> Result<String, ExportError> {
        for stream in chosen {
            let probe = stream.probe(self.core).await;
            let probe = probe.map_err(|error| service(stream, error))?;
            if probe.access == Access::Readable {
                let now = Utc::now();
                return Ok(window::written(
                    probe.date.map_or(now, |date| date.min(now)),
                ));
            }
        }
        Ok(window::written(Utc::now()))
    }
}

/// What a run is about.
struct Plan<'a> {
    streams: &'a [&'a Stream],
    not_covered: &'a [&'static Operation],
    left_out: &'a [String],
}

/// Why the service will not answer with a stream, however often it is asked.
pub(crate) fn refusal(stream: &Stream, error: &Error) -> Option<String> {
    Access::of(error)?.reason(stream)
}

pub(crate) fn service(stream: &Stream, source: Error) -> ExportError {
    ExportError::Service {
        stream: stream.name.clone(),
        source,
    }
}
