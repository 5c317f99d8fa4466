//! A page that is fetched before it is asked for.

use futures_core::future::BoxFuture;
use tokio::runtime::Handle;

use crate::exchange::Answer;
use crate::task::{ShutDown, Task};
use crate::{Error, Operation};

/// Starts the request at once, as a task of its own. A future that is only polled when the list is would stand still
/// while its owner works on a page, and the time of the request would go on.
pub(super) fn start(
    operation: &'static Operation,
    request: BoxFuture<'static, Result<Answer, Error>>,
) -> BoxFuture<'static, Result<Answer, Error>> {
    // Without a runtime the request itself will say that it needs one.
    let Ok(runtime) = Handle::try_current() else {
        return request;
    };
    let task = Task::start(&runtime, request);
    Box::pin(async move {
        task.await.unwrap_or_else(|ShutDown| {
            let reason = "the runtime that fetched a page ahead was shut down";
            Err(Error::pagination(operation, reason))
        })
    })
}
