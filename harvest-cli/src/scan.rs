//! Scan of a code base for calls of an older version of the API.
//!
//! Sources are texts here: no language is parsed. A URL or path is read as far as it is written, with whatever is put in at
//! run time as a parameter; calls of known clients are recognized by the name of the method. What is not sure is marked.

mod clients;
mod files;
mod names;
mod path;
mod source;
mod verb;

use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;

use harvest_generated::runtime::Operation;

pub(crate) use self::clients::Client;
pub(crate) use self::files::{Bounds, Skipped};
use self::names::Names;
use self::source::Source;
use crate::failure::Failure;

/// The most findings of a scan.
const MOST_FOUND: usize = 20_000;
/// The most entries of one folder that are looked at.
pub(crate) const MOST_ENTRIES: usize = 100_000;

/// What is looked for.
pub(crate) struct Scanner {
    operations: &'static [Operation],
    /// The first steps of the paths: `v1`.
    prefixes: BTreeSet<&'static str>,
    /// Those of the version to move to.
    newer: BTreeSet<&'static str>,
    /// The host of the API.
    host: String,
    /// The word by which sources speak of the service.
    service: String,
    names: Names,
}

/// What a scan found.
#[derive(Default)]
pub(crate) struct Scanned {
    pub found: Vec<Found>,
    /// How many files were read.
    pub files: usize,
    /// What was not read, though it might have calls.
    pub skipped: Vec<Skipped>,
}

/// A place in a source.
pub(crate) struct Found {
    /// The path of the file below the folder, with `/` between its steps.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What stands there: a path, the name of a method.
    pub text: String,
    pub what: What,
    /// The names that the file mentions, as `plain` writes them.
    mentioned: Rc<BTreeSet<String>>,
}

/// What was found.
#[derive(Clone, PartialEq)]
pub(crate) enum What {
    /// A call of one of these operations.
    Call {
        operations: Vec<&'static Operation>,
        /// Whether there is no doubt.
        certain: bool,
        client: Option<&'static Client>,
    },
    /// A client of the older version is used.
    Client(&'static Client),
    /// The beginning of URLs that are put together at run time.
    Base,
    /// A path below the API that is not described.
    Unknown,
}

impl What {
    pub(crate) fn is_certain(&self) -> bool {
        match self {
            Self::Call { certain, .. } => *certain,
            _ => true,
        }
    }
}

impl Found {
    /// Whether the file mentions a property by its name, in whatever case the language writes it.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        self.mentioned.contains(&plain(name))
    }
}

impl Scanner {
    /// For calls of `operations` at the host of a URL, whose place `newer` ones take.
    pub(crate) fn new(
        operations: &'static [Operation],
        newer: &'static [Operation],
        base_url: &str,
    ) -> Self {
        let host = base_url.split("://").last().unwrap_or_default();
        let host = host.split('/').next().unwrap_or_default().to_owned();
        let service = host.rsplit('.').nth(1).unwrap_or(&host).to_owned();
        Self {
            operations,
            prefixes: prefixes(operations),
            newer: prefixes(newer),
            host,
            service,
            names: Names::new(operations),
        }
    }

    /// Looks through a folder.
    pub(crate) fn scan(&self, folder: &Path, bounds: &Bounds) -> Result<Scanned, Failure> {
        let mut scanned = Scanned::default();
        // Paths without the version or the host count only in a code base that has them somewhere.
        let mut relative = Vec::new();
        let mut has_base = false;
        let mut cut = Vec::new();
        let walked = files::walk(folder, bounds, &mut |file, text| {
            let source = Source::new(self, file, text);
            let of_file = source.find();
            has_base |= of_file.has_base;
            scanned.found.extend(of_file.found);
            relative.extend(of_file.relative);
            relative.truncate(MOST_FOUND);
            cut.extend(of_file.cut.into_iter().map(|reason| Skipped {
                path: file.to_owned(),
                reason,
            }));
            scanned.found.len() < MOST_FOUND
        })?;
        scanned.files = walked.read;
        scanned.skipped = walked.skipped;
        scanned.skipped.append(&mut cut);
        if has_base {
            scanned.found.extend(relative);
        }
        if scanned.found.len() >= MOST_FOUND {
            scanned.found.truncate(MOST_FOUND);
            let reason = format!("what comes after the first {MOST_FOUND} findings");
            scanned.skipped.push(Skipped {
                path: String::new(),
                reason,
            });
        }
        scanned
            .found
            .sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        let place = |it: &Found| (it.file.clone(), it.line, it.column);
        scanned.found.dedup_by_key(|it| place(it));
        Ok(scanned)
    }
}

/// The first steps of all paths.
fn prefixes(operations: &'static [Operation]) -> BTreeSet<&'static str> {
    let steps = operations.iter().map(|it| it.path.trim_start_matches('/'));
    steps.filter_map(|path| path.split('/').next()).collect()
}

/// A name without what languages differ in: `candidateId` and `candidate_id` are one.
pub(crate) fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
