//! The queue of calls that wait for their turn.
//!
//! A program may keep a call that it does not poll, such as the next page of a list while it makes another one. At the head
//! of the queue it would block all others. So calls queue in tasks, which do nothing else, and a permit that is not taken
//! is returned.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

use super::line::Handed;
use super::{Next, Patience, Shared, lock};
use crate::task::Task;

/// How long a permit is there to be taken.
const TAKEN: Duration = Duration::from_secs(1);

/// Where a task leaves what a call waits for.
#[derive(Default)]
struct Handover {
    next: Arc<Handed>,
    left: Notify,
    /// It was gone, and is waited for again.
    wanted: Notify,
}

/// The task, which takes back what is not taken when it ends.
struct Giver(Arc<Handover>);

impl Giver {
    fn take_back(&self) {
        let back = lock(&self.0.next).take();
        drop(back);
    }
}

impl Drop for Giver {
    fn drop(&mut self) {
        self.take_back();
    }
}

/// The reason for which a task waits no longer for a call.
#[derive(Clone, Copy)]
pub(super) enum Ended {
    /// The call goes on in another runtime. That of the task may never be driven again.
    Moved,
    /// The runtime is shut down.
    ShutDown,
}

/// Waits for the next permit in a task of this runtime.
pub(super) async fn wait(
    shared: &Arc<Shared>,
    runtime: &Handle,
    patience: Patience,
    begun: Instant,
) -> Result<Next, Ended> {
    let handover = Arc::<Handover>::default();
    let (queued, to) = (Arc::clone(shared), Arc::clone(&handover));
    // In the queue from here on, whenever the task begins.
    let mut place = Some(shared.line.enter());
    let queue = async move {
        let to = Giver(to);
        loop {
            let place = place.take();
            let place = place.unwrap_or_else(|| queued.line.enter());
            place.first().await;
            let next = place.driven(queued.as_next(patience, begun)).await;
            drop(place);
            *lock(&to.0.next) = Some(next);
            queued.line.leave(&to.0.next);
            to.0.left.notify_one();
            sleep(TAKEN).await;
            to.take_back();
            to.0.wanted.notified().await;
        }
    };
    let mut task = Task::<()>::start(runtime, Box::pin(queue));
    loop {
        let mut left = pin!(handover.left.notified());
        let outcome = poll_fn(|context| {
            if Handle::try_current().is_ok_and(|now| now.id() != runtime.id()) {
                return Poll::Ready(Err(Ended::Moved));
            }
            match Pin::new(&mut task).poll(context) {
                // A panic comes out of it, and so does the end of the runtime.
                Poll::Ready(_) => Poll::Ready(Err(Ended::ShutDown)),
                Poll::Pending => left.as_mut().poll(context).map(Ok),
            }
        })
        .await;
        // What is there is taken, wherever that is.
        if let Some(next) = lock(&handover.next).take() {
            return Ok(next);
        }
        outcome?;
        handover.wanted.notify_one();
    }
}
