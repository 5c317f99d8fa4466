//! Dry runs: writes are recorded instead of sent.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::{Error, Json, Method, Operation};

/// Takes the writes of a program and sends none of them, so that it can be run to its end without changing anything:
/// what it would have sent is [recorded](Self::calls).
///
/// Give it to [`ClientBuilder::dry_run`](crate::ClientBuilder::dry_run) or
/// [`CallOptions::dry_run`](crate::CallOptions::dry_run). Then
///
/// - **reads are sent**: GET, HEAD and OPTIONS, lists and files. They are real requests, and count as such.
/// - **writes are not**: every other method. A call that was filled wrongly fails as ever. One that could be sent is
///   recorded and ends with an error, [`Error::is_dry_run`], since the answer of the service is unknown. It
///   takes no turn under the rate limit.
///
/// [`skip`](Self::skip) turns that error into `None`, so that a loop goes on. What depends on an answer, such as the id
/// of a new record, cannot be tried like this; the sandbox is there for it.
///
/// ```
/// use harvest_runtime::{Core, DryRun, Error, decode};
/// # use harvest_runtime::Operation;
///
/// # async fn run(core: &Core, operation: &'static Operation, names: &[&str]) -> Result<(), Error> {
/// // Of a generated client: let made = client.create_tag(&tag).send().await;
/// for name in names {
///     let mut call = core.request(operation);
///     call.json(name);
///     match DryRun::skip(call.send(decode::empty).await)? {
///         Some(answer) => println!("made: {}", answer.status()),
///         None => println!("would be made"),
///     }
/// }
/// # Ok(())
/// # }
/// ```
///
/// Copies share one record, which is held in memory: [`take`](Self::take) empties it on the way, if a run is long.
#[derive(Clone, Default)]
pub struct DryRun(Arc<Mutex<Vec<RecordedCall>>>);

impl DryRun {
    /// Nothing is recorded yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What would have been sent so far, in the order in which it would have been begun.
    pub fn calls(&self) -> Vec<RecordedCall> {
        self.lock().clone()
    }

    /// What would have been sent since this was called last.
    pub fn take(&self) -> Vec<RecordedCall> {
        std::mem::take(&mut self.lock())
    }

    /// The answer; `None` if the call was recorded instead of sent.
    ///
    /// # Errors
    ///
    /// All others.
    pub fn skip<T>(result: Result<T, Error>) -> Result<Option<T>, Error> {
        match result {
            Ok(answer) => Ok(Some(answer)),
            Err(error) if error.is_dry_run() => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(crate) fn record(&self, call: RecordedCall) {
        self.lock().push(call);
    }

    /// What is pushed is whole before anything could panic.
    fn lock(&self) -> MutexGuard<'_, Vec<RecordedCall>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Prints how many calls were recorded.
impl fmt::Debug for DryRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DryRun")
            .field("calls", &self.lock().len())
            .finish()
    }
}

/// A call that was recorded instead of sent ([`DryRun`]).
///
/// It prints the operation, as `create_user (POST /v1/users)`, and nothing that was filled in. **The rest can be about a
/// person**: it is read by methods, or all at once by writing the call as JSON, which is one object of `operation`,
/// `method`, `path`, `query`, `acting_user` and `body`.
#[derive(Clone)]
pub struct RecordedCall {
    pub(crate) operation: &'static Operation,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) acting_user: Option<i64>,
    pub(crate) body: Option<Json>,
}

impl RecordedCall {
    /// The operation.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The HTTP method.
    pub fn method(&self) -> Method {
        self.operation.method
    }

    /// The path of the URL as it would have been sent, with the ids in it and that of the base URL before it.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The pairs of the query, decoded.
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// The id of the user in whose name the call would have been made.
    pub fn acting_user(&self) -> Option<i64> {
        self.acting_user
    }

    /// The body, if there is one.
    pub fn body(&self) -> Option<&Json> {
        self.body.as_ref()
    }
}

impl fmt::Display for RecordedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.operation.fmt(f)
    }
}

impl fmt::Debug for RecordedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedCall")
            .field("operation", &self.operation.id)
            .finish_non_exhaustive()
    }
}

impl Serialize for RecordedCall {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut call = serializer.serialize_map(Some(6))?;
        call.serialize_entry("operation", self.operation.id)?;
        call.serialize_entry("method", self.method().as_str())?;
        call.serialize_entry("path", &self.path)?;
        call.serialize_entry("query", &self.query)?;
        call.serialize_entry("acting_user", &self.acting_user)?;
        call.serialize_entry("body", &self.body)?;
        call.end()
    }
}
