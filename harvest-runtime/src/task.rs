//! Tasks that end with who waits for them.

use std::panic::resume_unwind;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tracing::instrument::{Instrument as _, WithSubscriber as _};

/// A task that goes on while nobody polls this, and ends when this is dropped.
pub(crate) struct Task<T>(JoinHandle<T>);

/// The runtime of a task was shut down before its end.
#[derive(Debug)]
pub(crate) struct ShutDown;

impl<T: Send + 'static> Task<T> {
    pub(crate) fn start(
        runtime: &Handle,
        future: impl Future<Output = T> + Send + 'static,
    ) -> Self {
        let future = future.in_current_span().with_current_subscriber();
        Self(runtime.spawn(future))
    }
}

/// A panic of the task is one of who waits for it.
impl<T> Future for Task<T> {
    type Output = Result<T, ShutDown>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match ready!(Pin::new(&mut self.0).poll(context)) {
            Ok(output) => Ok(output),
            Err(error) => match error.try_into_panic() {
                Ok(panic) => resume_unwind(panic),
                Err(_) => Err(ShutDown),
            },
        })
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
