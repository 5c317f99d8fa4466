//! The queue of calls that wait for their turn.
//!
//! A program may keep a call that it does not poll, such as the next page of a list while it makes another one. At the head
//! of the queue it would block all others. So calls queue in tasks, which do nothing else, and a permit that is not taken
//! is returned.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

use super::{Next, Patience, Shared, lock};
use crate::task::Task;

/// How long a permit is there to be taken.
const TAKEN: Duration = Duration::from_secs(1);

/// Where a task leaves what a call waits for.
#[derive(Default)]
struct Handover {
    next: Mutex<Option<Next>>,
    left: Notify,
    /// It was gone, and is waited for again.
    wanted: Notify,
}

/// Waits for the next permit.
pub(super) async fn wait(
    shared: &Arc<Shared>,
    runtime: &Handle,
    patience: Patience,
    begun: Instant,
) -> Next {
    let mut turn = Box::pin(Arc::clone(&shared.turn).lock_owned());
    // In the queue from here on, whenever the task begins.
    let mut first = Some(poll_fn(|context| Poll::Ready(turn.as_mut().poll(context))).await);
    let handover = Arc::<Handover>::default();
    let (queued, to) = (Arc::clone(shared), Arc::clone(&handover));
    let queue = async move {
        loop {
            let held = match first.take() {
                Some(Poll::Ready(held)) => held,
                Some(Poll::Pending) => turn.as_mut().await,
                None => Arc::clone(&queued.turn).lock_owned().await,
            };
            let next = queued.as_next(patience, begun).await;
            drop(held);
            *lock(&to.next) = Some(next);
            to.left.notify_one();
            sleep(TAKEN).await;
            let back = lock(&to.next).take();
            drop(back);
            to.wanted.notified().await;
        }
    };
    let mut task = Task::<()>::start(runtime, Box::pin(queue));
    loop {
        let mut left = pin!(handover.left.notified());
        let is_left = poll_fn(|context| match Pin::new(&mut task).poll(context) {
            // A panic comes out of it, and so does the end of the runtime.
            Poll::Ready(_) => Poll::Ready(false),
            Poll::Pending => left.as_mut().poll(context).map(|()| true),
        });
        if !is_left.await {
            // What is left of the program runs elsewhere.
            return shared.in_turn(patience, begun).await;
        }
        if let Some(next) = lock(&handover.next).take() {
            return next;
        }
        handover.wanted.notify_one();
    }
}
