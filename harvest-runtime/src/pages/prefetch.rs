//! A page that is fetched before it is asked for.

use std::panic::resume_unwind;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tracing::Instrument as _;

use crate::exchange::Answer;
use crate::{Error, Operation};
use futures_core::future::BoxFuture;

/// Starts the request at once, as a task of its own. A future that is only polled when the list is would stand still
/// while its owner works on a page, and the timeout of the request would go on.
pub(super) fn start(
    operation: &'static Operation,
    request: BoxFuture<'static, Result<Answer, Error>>,
) -> BoxFuture<'static, Result<Answer, Error>> {
    match Handle::try_current() {
        Ok(runtime) => Box::pin(Prefetch {
            operation,
            task: runtime.spawn(request.in_current_span()),
        }),
        // The request itself will say that it needs the runtime.
        Err(_) => request,
    }
}

/// The task, which ends when its receiver is dropped.
struct Prefetch {
    operation: &'static Operation,
    task: JoinHandle<Result<Answer, Error>>,
}

impl Future for Prefetch {
    type Output = Result<Answer, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match ready!(Pin::new(&mut self.task).poll(context)) {
            Ok(answer) => answer,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => resume_unwind(panic),
                Err(_) => Err(Error::pagination(
                    self.operation,
                    "the runtime that fetched a page ahead was shut down",
                )),
            },
        })
    }
}

impl Drop for Prefetch {
    fn drop(&mut self) {
        self.task.abort();
    }
}
