//! One request to a store, however often it is tried: how long it has waited, and what it was answered last.

use std::cell::{Cell, RefCell};
use std::time::Duration;

tokio::task_local! {
    /// The request at hand.
    static REQUEST: State;
}

#[derive(Default)]
struct State {
    /// In pauses, in all of its tries.
    waited: Cell<Duration>,
    /// Repeats nothing that was sent.
    answered: RefCell<Option<String>>,
}

/// Does something as one request: it waits in pauses for no longer than one, and its errors say what it was answered.
pub(super) async fn as_one<T>(request: impl Future<Output = T>) -> T {
    REQUEST.scope(State::default(), request).await
}

/// How long the request at hand has waited. Outside of [`as_one`], a try is a request.
pub(super) fn waited() -> Duration {
    REQUEST.try_with(|it| it.waited.get()).unwrap_or_default()
}

/// Adds to what the request at hand has waited.
pub(super) fn add_wait(wait: Duration) {
    let _ = REQUEST.try_with(|it| it.waited.set(it.waited.get().saturating_add(wait)));
}

/// Notes what the request at hand was answered, or why it was not.
pub(super) fn note(answer: String) {
    let _ = REQUEST.try_with(|it| it.answered.replace(Some(answer)));
}

/// What the request at hand was answered last.
pub(super) fn answered() -> Option<String> {
    REQUEST
        .try_with(|it| it.answered.borrow().clone())
        .ok()
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_request_knows_its_own_answers() {
        let of = |text: &'static str| {
            as_one(async move {
                let before = answered();
                note(text.to_owned());
                tokio::task::yield_now().await;
                (before, answered())
            })
        };
        let (one, other) = tokio::join!(of("HTTP 404"), of("HTTP 503"));
        assert_eq!(one, (None, Some("HTTP 404".to_owned())));
        assert_eq!(other, (None, Some("HTTP 503".to_owned())));
        assert_eq!(answered(), None);
    }
}
