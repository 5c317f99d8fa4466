//! Servers of files: for how long a command waits for them, and when it gives up.

use std::collections::HashSet;

use harvest_runtime::attachment::{Download, PauseBudget};
use harvest_runtime::reqwest::Url;
use harvest_runtime::{Core, Error};

/// How many files in a row may fail before it is taken for a fault of the network.
const MOST_FAILED: u32 = 5;

/// The servers that a command fetches files from, one after another.
///
/// A server may ask for a pause for each of its files, and records may name any number of servers. All downloads wait in pauses
/// for as long as one may by itself ([`max_pause`](harvest_runtime::ClientBuilder::max_pause)); a server that asks for more is
/// not asked again; and after five files in a row that could not be had, nothing is.
#[derive(Default)]
pub struct FileServers {
    pauses: PauseBudget,
    /// Those that ask for a pause which is not waited for. Files of others are fetched meanwhile.
    paused: HashSet<String>,
    first_pause: Option<Error>,
    failed: u32,
}

/// Why a file was not fetched.
#[derive(Debug)]
#[non_exhaustive]
pub enum NotFetched {
    /// Its server asks for a pause, or did so before; [`FileServers::finish`] has the error.
    Paused,
    /// For a reason of this file.
    Failed(Error),
}

impl FileServers {
    /// Servers of which nothing is known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The download of a file. None: its server is not asked now.
    pub fn download<'a>(&self, core: &Core, url: &str) -> Option<Download<'a>> {
        let is_paused = origin(url).is_some_and(|it| self.paused.contains(&it));
        (!is_paused).then(|| core.download(url).pauses(&self.pauses))
    }

    /// Notes what came of a download.
    ///
    /// # Errors
    ///
    /// That for which no further file is fetched: the API asks for a pause, or too many files failed in a row.
    pub fn note<T>(
        &mut self,
        url: &str,
        outcome: Result<T, Error>,
    ) -> Result<Result<T, NotFetched>, Error> {
        let problem = match outcome {
            Ok(file) => {
                self.failed = 0;
                return Ok(Ok(file));
            }
            Err(problem) => problem,
        };
        if problem.operation().is_some() && problem.is_paused() {
            return Err(problem);
        }
        // The server is there, and says that the file is gone.
        if problem.is_expired() || problem.is_too_large() {
            return Ok(Err(NotFetched::Failed(problem)));
        }
        self.failed += 1;
        if self.failed == MOST_FAILED {
            return Err(problem);
        }
        // A pause that a server of files asks for by another status may be about this file alone.
        if problem.is_paused() && problem.is_rate_limited() {
            self.paused.extend(origin(url));
            self.first_pause.get_or_insert(problem);
            return Ok(Err(NotFetched::Paused));
        }
        Ok(Err(NotFetched::Failed(problem)))
    }

    /// Ends the fetching.
    ///
    /// # Errors
    ///
    /// The first pause that was not waited for: files were left out for it.
    pub fn finish(self) -> Result<(), Error> {
        self.first_pause.map_or(Ok(()), Err)
    }
}

fn origin(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    Some(url.origin().ascii_serialization())
}
