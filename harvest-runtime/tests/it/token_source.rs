//! Sources of tokens of a program's own.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use harvest_runtime::{AccessToken, Core, TokenError, TokenFuture, TokenSource};

use crate::server::{Server, reply};
use crate::tokens::{builder, list, serving};

/// A source that counts, and answers after a while.
struct Counting(
    Arc<AtomicUsize>,
    fn(usize) -> Result<AccessToken, TokenError>,
);

impl TokenSource for Counting {
    fn token(&self, _: Option<i64>) -> TokenFuture<'_> {
        Box::pin(async move {
            let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
            tokio::time::sleep(Duration::from_millis(50)).await;
            (self.1)(number)
        })
    }
}

fn counting(
    server: &Server,
    answer: fn(usize) -> Result<AccessToken, TokenError>,
) -> (Core, Arc<AtomicUsize>) {
    let count = Arc::<AtomicUsize>::default();
    let source = Counting(Arc::clone(&count), answer);
    (
        builder(server).token_source(source).build().unwrap().0,
        count,
    )
}

#[tokio::test]
async fn calls_that_wait_together_share_a_failure() {
    let server = serving(|_, _, _| reply(200, "[]")).await;
    let (core, count) = counting(&server, |_| Err(TokenError::new("the vault is sealed")));
    let calls = (0..50).map(|_| list(&core));
    for result in futures_util::future::join_all(calls).await {
        let error = result.unwrap_err();
        assert!(
            error.is_token() && !error.to_string().contains("sealed"),
            "{error}"
        );
        let source = std::error::Error::source(&error).unwrap();
        assert_eq!(source.to_string(), "the vault is sealed");
    }
    assert_eq!(count.load(Ordering::Relaxed), 1);
    list(&core).await.unwrap_err();
    assert_eq!(count.load(Ordering::Relaxed), 2, "a later call asks again");
}

#[tokio::test]
async fn a_call_that_is_given_up_does_not_break_the_fetch_off() {
    let server = serving(|_, _, _| reply(200, "[]")).await;
    let (core, count) = counting(&server, |_| Ok(AccessToken::new("made-up-token")));
    let given_up = tokio::time::timeout(Duration::from_millis(5), list(&core)).await;
    assert!(given_up.is_err());
    list(&core).await.unwrap();
    assert_eq!(count.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_source_that_panics_fails_the_call_and_no_other() {
    let server = serving(|_, _, _| reply(200, "[]")).await;
    let (core, _) = counting(&server, |number| match number {
        1 => panic!("a fault of the test"),
        _ => Ok(AccessToken::new("made-up-token")),
    });
    assert!(list(&core).await.unwrap_err().is_token());
    list(&core).await.unwrap();
}
