//! Tasks that end with who waits for them.

use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use futures_core::future::BoxFuture;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tracing::instrument::{Instrument as _, WithSubscriber as _};

/// A task that makes progress without being polled here, and is cancelled when this is dropped.
pub(crate) struct Task<T> {
    work: Work<T>,
    task: JoinHandle<Option<T>>,
}

/// What a task does. It is dropped with the [`Task`] or by the runtime, whichever comes first: a runtime of a single thread may
/// never be driven again, and a [`Task`] be kept beyond the end of its runtime, and the locks that the work holds would stay
/// locked.
struct Work<T>(Arc<Mutex<Option<BoxFuture<'static, T>>>>);

/// The work as the runtime has it.
struct Driven<T>(Work<T>);

/// The runtime of a task was shut down before its end.
#[derive(Debug)]
pub(crate) struct ShutDown;

impl<T: Send + 'static> Task<T> {
    pub(crate) fn start(runtime: &Handle, work: BoxFuture<'static, T>) -> Self {
        let work = work.in_current_span().with_current_subscriber();
        let work = Arc::new(Mutex::new(Some(Box::pin(work) as BoxFuture<'static, T>)));
        Self {
            task: runtime.spawn(Driven(Work(Arc::clone(&work)))),
            work: Work(work),
        }
    }
}

impl<T> Work<T> {
    /// A panic ends the work, and is one of who waits for it.
    fn future(&self) -> MutexGuard<'_, Option<BoxFuture<'static, T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self) {
        // Outside of the lock: it may wake others.
        let work = self.future().take();
        drop(work);
    }
}

impl<T> Drop for Driven<T> {
    fn drop(&mut self) {
        self.0.end();
    }
}

impl<T> Future for Driven<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut future = self.0.future();
        let Some(work) = future.as_mut() else {
            return Poll::Ready(None);
        };
        let output = ready!(work.as_mut().poll(context));
        *future = None;
        Poll::Ready(Some(output))
    }
}

/// A panic of the task is one of who waits for it.
impl<T> Future for Task<T> {
    type Output = Result<T, ShutDown>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match ready!(Pin::new(&mut self.task).poll(context)) {
            Ok(output) => output.ok_or(ShutDown),
            Err(error) => match error.try_into_panic() {
                Ok(panic) => resume_unwind(panic),
                Err(_) => Err(ShutDown),
            },
        })
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.work.end();
        self.task.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_dropped_with_its_task_or_its_runtime() {
        for task_goes_first in [true, false] {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap();
            let held = Arc::new(());
            let holds = Arc::clone(&held);
            let task = Task::start(
                runtime.handle(),
                Box::pin(async move {
                    std::future::pending::<()>().await;
                    drop(holds);
                }),
            );
            runtime.block_on(tokio::task::yield_now());
            assert_eq!(Arc::strong_count(&held), 2);
            // Of an idle runtime.
            let rest: Box<dyn std::any::Any> = if task_goes_first {
                drop(task);
                Box::new(runtime)
            } else {
                drop(runtime);
                Box::new(task)
            };
            assert_eq!(Arc::strong_count(&held), 1);
            drop(rest);
        }
    }
}
