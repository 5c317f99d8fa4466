//! Why a sandbox could not start.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::SocketAddr;

use crate::fault::FaultError;

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
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// No document of this version is embedded in `harvest-spec`.
    #[non_exhaustive]
    UnknownVersion {
        /// The version that was asked for.
        version: String,
        /// The versions there are.
        known: Vec<&'static str>,
    },
    /// The document can't be served: it is not `OpenAPI`, or uses something the sandbox doesn't understand.
    #[non_exhaustive]
    Document {
        /// The operation at fault, unless it is the document as a whole.
        operation: Option<String>,
        /// What is wrong with it.
        problem: String,
    },
    /// The key could not be sent in an `Authorization` header. The key itself is not repeated here.
    #[non_exhaustive]
    Key {
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A fault could never have happened.
    #[non_exhaustive]
    Fault {
        /// What is wrong with it.
        source: FaultError,
    },
    /// [`Builder::users`](crate::Builder::users) was given an empty list, so that nobody could act.
    #[non_exhaustive]
    NoUsers {},
    /// The address could not be listened on.
    #[non_exhaustive]
    Address {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the operating system says.
        source: io::Error,
    },
    /// The sandbox was started outside a Tokio runtime, which it needs to run on.
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

    pub(crate) fn operation(name: &str, problem: impl Into<String>) -> Self {
        Self::Document {
            operation: Some(name.to_owned()),
            problem: problem.into(),
        }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownVersion { version, known } => {
                write!(
                    f,
                    "there is no API version {version}; known: {}",
                    known.join(", ")
                )
            }
            Self::Document {
                operation: Some(operation),
                problem,
            } => write!(f, "the document can't be served: {operation}: {problem}"),
            Self::Document {
                operation: None,
                problem,
            } => write!(f, "the document can't be served: {problem}"),
            Self::Key { problem } => write!(f, "the key can't be used: {problem}"),
            Self::Fault { .. } => f.write_str("a fault can't happen"),
            Self::NoUsers {} => {
                f.write_str("the list of known users is empty; give at least one id")
            }
            Self::Address { address, .. } => {
                write!(
                    f,
                    "can't listen on {address}; is something else using the port?"
                )
            }
            Self::NoRuntime {} => {
                f.write_str("the sandbox has to be started inside a Tokio runtime")
            }
        }
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Address { source, .. } => Some(source),
            Self::Fault { source } => Some(source),
            _ => None,
        }
    }
}
