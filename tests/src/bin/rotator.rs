//! A process that calls without a break by a refresh token, which it shares with others in a file: `rotator URL FILE NAME
//! FIRST TASKS SECONDS`. For `tests/processes.rs`, which starts several of them.

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use harvest_generated::runtime::{FileTokenStore, Limiter, retry::Never};
use harvest_generated::v3::Client;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

/// Prints how many calls were answered and how many refused. Ends at once, with the reason, if there is no token.
#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, file, name, first, tasks, seconds] = arguments.as_slice() else {
        return Err("rotator URL FILE NAME FIRST TASKS SECONDS".into());
    };
    let client: Client = Client::builder()
        .base_url(url)
        .token_url(format!("{url}/token"))
        .client_credentials(name, "made-up-secret")
        .refresh_token(first, FileTokenStore::open(file)?)
        .limiter(Limiter::unlimited())
        .retry(Never)
        .build()?;
    let end = Instant::now() + Duration::from_secs(seconds.parse()?);
    let mut set = JoinSet::new();
    for _ in 0..tasks.parse()? {
        let client = client.clone();
        set.spawn(async move {
            let (mut answered, mut refused) = (0, 0);
            while let Ok(answer) = timeout_at(end, client.list_users().send()).await {
                match answer {
                    Ok(_) => answered += 1,
                    // The token that took the place of a refused one ended before it arrived.
                    Err(error) if error.is_unauthorized() && !error.is_token() => refused += 1,
                    Err(error) => return Err(error),
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            Ok((answered, refused))
        });
    }
    let (mut answered, mut refused) = (0, 0);
    while let Some(counts) = set.join_next().await {
        match counts? {
            Ok(counts) => {
                answered += counts.0;
                refused += counts.1;
            }
            Err(error) => {
                eprintln!("{name}: {error}");
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    println!("{answered} {refused}");
    Ok(ExitCode::SUCCESS)
}
