//! Tasks that end with who waits for them.

use std::mem;
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
struct Work<T>(Arc<Mutex<State<T>>>);

enum State<T> {
    Waiting(BoxFuture<'static, T>),
    /// Who polls it has it, without a lock: a function of the program that it calls may drop the [`Task`].
    Polled,
    Ended,
}

/// The work as the runtime has it.
struct Driven<T>(Work<T>);

/// The runtime of a task was shut down before its end.
#[derive(Debug)]
pub(crate) struct ShutDown;

impl<T: Send + 'static> Task<T> {
    pub(crate) fn start(runtime: &Handle, work: BoxFuture<'static, T>) -> Self {
        let work = work.in_current_span().with_current_subscriber();
        let work = Arc::new(Mutex::new(State::Waiting(Box::pin(work))));
        Self {
            task: runtime.spawn(Driven(Work(Arc::clone(&work)))),
            work: Work(work),
        }
    }
}

impl<T> Work<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the work to poll it. `None`: it has ended.
    fn take(&self) -> Option<BoxFuture<'static, T>> {
        let mut state = self.state();
        match mem::replace(&mut *state, State::Polled) {
            State::Waiting(work) => Some(work),
            State::Polled | State::Ended => {
                *state = State::Ended;
                None
            }
        }
    }

    /// Gives the work back, unless it was ended meanwhile.
    fn give_back(&self, work: BoxFuture<'static, T>) -> Result<(), BoxFuture<'static, T>> {
        let mut state = self.state();
        if matches!(*state, State::Ended) {
            return Err(work);
        }
        *state = State::Waiting(work);
        Ok(())
    }

    /// Drops the work; what is being polled, as soon as it has been.
    fn end(&self) {
        // Outside of the lock: it may wake others.
        let state = mem::replace(&mut *self.state(), State::Ended);
        drop(state);
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
        let Some(mut work) = self.0.take() else {
            return Poll::Ready(None);
        };
        if let Poll::Ready(output) = work.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        let given_back = self.0.give_back(work);
        given_back.map_or(Poll::Ready(None), |()| Poll::Pending)
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
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    #[test]
    fn work_may_drop_its_own_task() {
        let (ended, has_ended) = mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap();
            let own: Arc<Mutex<Option<Task<()>>>> = Arc::default();
            let (slot, held) = (Arc::clone(&own), Arc::new(()));
            let holds = Arc::clone(&held);
            let task = Task::start(
                runtime.handle(),
                Box::pin(async move {
                    drop(slot.lock().unwrap().take());
                    std::future::pending::<()>().await;
                    drop(holds);
                }),
            );
            *own.lock().unwrap() = Some(task);
            runtime.block_on(tokio::task::yield_now());
            ended.send(Arc::strong_count(&held)).unwrap();
        });
        // A lock that the same thread holds is waited for without end.
        let holders = has_ended.recv_timeout(Duration::from_secs(30));
        assert_eq!(holders, Ok(1), "the work is dropped");
    }

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
