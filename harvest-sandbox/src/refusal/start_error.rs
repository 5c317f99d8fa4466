//! Errors of sandboxes that could not start.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use super::{FaultError, Refusal};

/// Why a sandbox could not start.
///
/// ```
/// # async fn demo() {
/// use harvest_sandbox::{Sandbox, StartError};
///
/// let error = Sandbox::builder().version("v9").start().await.unwrap_err();
/// assert!(matches!(error, StartError::UnknownVersion { .. }));
/// assert!(error.to_string().contains("v9"));
/// # }
/// # tokio::runtime::Runtime::new().unwrap().block_on(demo());
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// No document of this version is embedded in `harvest-spec`.
    #[error("there is no API version {version}; known: {}", known.join(", "))]
    #[non_exhaustive]
    UnknownVersion {
        /// The version that was asked for.
        version: String,
        /// The versions there are.
        known: Vec<&'static str>,
    },
    /// No records are kept for this version: it can be answered from its [examples](crate::Builder::examples) only.
    #[error(
        "no records are kept for {version}, which is answered from the examples of its \
         description: start with `--examples`, or `Builder::examples`"
    )]
    #[non_exhaustive]
    NoRecords {
        /// The version that was asked for.
        version: String,
    },
    /// The document can't be served: it is not `OpenAPI`, or uses something the sandbox doesn't understand.
    #[error("the document can't be served: {}{problem}",
        operation.as_ref().map(|operation| format!("{operation}: ")).unwrap_or_default())]
    #[non_exhaustive]
    Document {
        /// The operation at fault, unless it is the document as a whole.
        operation: Option<String>,
        /// What is wrong with it.
        problem: String,
    },
    /// The key could not be sent in an `Authorization` header. The key itself is not repeated here.
    #[error("the key can't be used: {problem}")]
    #[non_exhaustive]
    Key {
        /// What is wrong with it.
        problem: &'static str,
    },
    /// No request could be answered within the [bounds](crate::Builder::bounds), or they bound nothing.
    #[error("the bounds make no sense: {problem}")]
    #[non_exhaustive]
    Bounds {
        /// Which of them is at fault.
        problem: &'static str,
    },
    /// A number or a time of the [builder](crate::Builder) is outside of its range.
    #[error("the {setting} is out of range: it can be {range}")]
    #[non_exhaustive]
    OutOfRange {
        /// The number or time.
        setting: &'static str,
        /// What it can be.
        range: &'static str,
    },
    /// A fault could never have happened.
    #[error("a fault can't happen")]
    #[non_exhaustive]
    Fault {
        /// What is wrong with it.
        source: FaultError,
    },
    /// [`Builder::users`](crate::Builder::users) was given an empty list, so that no user could act.
    #[error("the list of known users is empty; give at least one id")]
    #[non_exhaustive]
    NoUsers {},
    /// The address could not be listened on.
    #[error("can't listen on {address}; is something else using the port?")]
    #[non_exhaustive]
    Address {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the operating system says.
        source: io::Error,
    },
    /// [`Builder::trusted_proxy`](crate::Builder::trusted_proxy) was given something else than an address or a range.
    #[error("a trusted proxy: {problem}")]
    #[non_exhaustive]
    Proxy {
        /// What it was, and what it should be.
        problem: String,
    },
    /// [`Builder::public_url`](crate::Builder::public_url) was given something else than a URL without a path.
    #[error("a public URL: {problem}")]
    #[non_exhaustive]
    PublicUrl {
        /// What it was, and what it should be.
        problem: String,
    },
    /// The folder for the database can't be made or used.
    #[error("can't keep data in {}", folder.display())]
    #[non_exhaustive]
    Data {
        /// The folder that was asked for.
        folder: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The folder for the database is none that a sandbox uses: others may use it, something else is in it, or another
    /// sandbox is being started on it.
    #[error("can't keep data in {}: {problem}", folder.display())]
    #[non_exhaustive]
    Folder {
        /// The folder that was asked for.
        folder: PathBuf,
        /// What is wrong with it, and what to do.
        problem: String,
    },
    /// The database can't be opened, or not be filled.
    #[error("the database can't be used: {problem}")]
    #[non_exhaustive]
    Store {
        /// What SQLite says.
        problem: String,
    },
    /// The sandbox was started outside a Tokio runtime, which it needs to run on.
    #[error("the sandbox has to be started inside a Tokio runtime")]
    #[non_exhaustive]
    NoRuntime {},
}

impl StartError {
    pub(crate) fn document(problem: impl Into<String>) -> Self {
        Self::Document {
            operation: None,
            problem: problem.into(),
        }
    }

    pub(crate) fn data(folder: &Path, source: io::Error) -> Self {
        Self::Data {
            folder: folder.to_owned(),
            source,
        }
    }

    pub(crate) fn folder(folder: &Path, problem: impl Into<String>) -> Self {
        Self::Folder {
            folder: folder.to_owned(),
            problem: problem.into(),
        }
    }

    pub(crate) fn operation(name: &str, problem: impl Into<String>) -> Self {
        Self::Document {
            operation: Some(name.to_owned()),
            problem: problem.into(),
        }
    }
}

/// A refusal at the start is a mistake of the sandbox, or the disk is full.
impl From<Refusal> for StartError {
    fn from(refusal: Refusal) -> Self {
        Self::Store {
            problem: refusal.to_string(),
        }
    }
}
