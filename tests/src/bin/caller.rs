//! A process that calls without a break and shares its limiter: `caller URL BOOKS LIMIT WINDOW_MS TASKS SECONDS`. The books
//! are a file, or the URL of a Redis server. For `tests/processes.rs`, which starts several of them.

use std::error::Error;
use std::time::Duration;

use harvest_generated::runtime::{Limiter, retry::Never};
use harvest_generated::v1::Client;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

/// Prints how many calls were answered.
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, books, limit, window, tasks, seconds] = arguments.as_slice() else {
        return Err("caller URL BOOKS LIMIT WINDOW_MS TASKS SECONDS".into());
    };
    let window = Duration::from_millis(window.parse()?);
    let (key, limit) = ("a-key", limit.parse()?);
    let limiter = if books.contains("://") {
        Limiter::redis_starting_with(books, key, limit, window).await?
    } else {
        Limiter::shared_starting_with(books, limit, window)?
    };
    let client = Client::builder()
        .base_url(url)
        .credential(key)
        .limiter(limiter)
        .retry(Never)
        .build()?;
    let end = Instant::now() + Duration::from_secs(seconds.parse()?);
    let mut set = JoinSet::new();
    for _ in 0..tasks.parse()? {
        let client = client.clone();
        set.spawn(async move {
            let mut answered = 0;
            while let Ok(answer) = timeout_at(end, client.list_users().send()).await {
                answered += u32::from(answer.is_ok());
            }
            answered
        });
    }
    println!("{}", set.join_all().await.iter().sum::<u32>());
    Ok(())
}
