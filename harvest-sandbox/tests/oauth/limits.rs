//! Rate limits of v3 and of the token service.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use harvest_sandbox::Sandbox;

use crate::support::Answer;
use crate::{ask, demo, list};

fn number(answer: &Answer, header: &str) -> u64 {
    answer.header(header).parse().unwrap()
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
}

/// Waits until no window of this length ends while a test sends its requests.
async fn away_from_the_end(window: u64) {
    let left = window - now() % window;
    if left < 8 {
        tokio::time::sleep(Duration::from_secs(left + 1)).await;
    }
}

#[tokio::test]
async fn headers_count_and_nothing_is_refused_by_default() {
    let sandbox = Sandbox::start().await.unwrap();
    away_from_the_end(30).await;
    let token = sandbox.access_token(None).unwrap();
    let first = list(&sandbox, &token).await;
    assert_eq!(number(&first, "x-ratelimit-limit"), 150);
    assert_eq!(number(&first, "x-ratelimit-remaining"), 149);
    // A whole window from now, as it was observed.
    assert!((29..=31).contains(&(number(&first, "x-ratelimit-reset") - now())));
    let second = list(&sandbox, &token).await;
    assert_eq!(number(&second, "x-ratelimit-remaining"), 148);
}

#[tokio::test]
async fn each_credential_has_its_own_window_by_the_clock() {
    let sandbox = Sandbox::builder().rate_limit(3, Duration::from_secs(30));
    let sandbox = sandbox.start().await.unwrap();
    away_from_the_end(30).await;
    let token = sandbox.access_token(None).unwrap();
    for _ in 0..3 {
        assert_eq!(list(&sandbox, &token).await.status, 200);
    }
    let refused = list(&sandbox, &token).await;
    assert_eq!(
        (refused.status, refused.text.as_str()),
        (429, "Retry later")
    );
    assert_eq!(refused.header("content-type"), "text/plain");
    let left = 30 - now() % 30;
    assert!((left..=left + 1).contains(&number(&refused, "retry-after")));
    let other = crate::dev_center(&sandbox)
        .create_custom_integration("Other")
        .unwrap();
    crate::dev_center(&sandbox)
        .permit_scopes(other.id, [crate::SCOPE])
        .unwrap();
    let other = crate::token(&sandbox, &other.credentials).await;
    assert_eq!(list(&sandbox, &other).await.status, 200);
}

#[tokio::test]
async fn the_token_service_has_a_limit_of_its_own() {
    let sandbox = Sandbox::builder()
        .service_rate_limits()
        .start()
        .await
        .unwrap();
    away_from_the_end(60).await;
    let grant = [("grant_type", "client_credentials")];
    for left in (0..60).rev() {
        let issued = ask(&sandbox, demo(&sandbox), &grant).await;
        assert_eq!(issued.status, 200);
        assert_eq!(number(&issued, "x-ratelimit-limit"), 60);
        assert_eq!(number(&issued, "x-ratelimit-remaining"), left);
    }
    let refused = ask(&sandbox, demo(&sandbox), &grant).await;
    assert_eq!(
        (refused.status, refused.text.as_str()),
        (429, "Retry later")
    );
    assert!(number(&refused, "retry-after") <= 60);
    // The API is counted apart.
    let token = sandbox.access_token(None).unwrap();
    assert_eq!(list(&sandbox, &token).await.status, 200);
}
