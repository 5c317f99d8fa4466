//! Runs the sandbox until Ctrl-C or SIGTERM.

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use harvest_sandbox::Sandbox;

/// A Harvest API that runs on your desk: checks requests, and answers them from the examples of the documentation.
#[derive(Parser)]
#[command(version)]
struct Options {
    /// Where to listen; port 0 is a free one
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:8765")]
    addr: SocketAddr,

    /// The version of the API
    #[arg(long, value_name = "VERSION", default_value = "v1")]
    api_version: String,

    /// The key to let in [default: a fresh one]
    #[arg(long)]
    key: Option<String>,

    /// Make each paged list this long by repeating its example
    #[arg(long, value_name = "RECORDS")]
    repeat: Option<usize>,

    /// Refuse more requests than that with 429, say 50/10s
    #[arg(long, value_name = "REQUESTS/TIME", value_parser = rate_limit)]
    rate_limit: Option<(u32, Duration)>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let causes = std::iter::successors(error.source(), |&cause| cause.source());
            let text = causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"));
            eprintln!("error: {text}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<(), Box<dyn Error>> {
    let mut builder = Sandbox::builder()
        .version(&options.api_version)
        .addr(options.addr);
    if let Some(key) = options.key {
        builder = builder.key(key);
    }
    if let Some(records) = options.repeat {
        builder = builder.repeat(records);
    }
    if let Some((limit, window)) = options.rate_limit {
        builder = builder.rate_limit(limit, window);
    }
    // Listen for signals before saying that the sandbox is there, so that none is missed.
    let ended = ended()?;
    let sandbox = builder.start().await?;

    println!(
        "Harvest {}, {} operations",
        options.api_version,
        sandbox.operations()
    );
    println!();
    println!("  URL      {}", sandbox.url());
    println!("  key      {}", sandbox.key());
    println!("  user id  {}", sandbox.user_id());
    println!();
    if let Some(line) = sandbox.curl() {
        println!("{line}");
        println!();
    }
    println!("Ctrl-C ends it.");

    ended.await;
    sandbox.stop().await;
    Ok(())
}

/// Resolves at the first signal to end.
#[cfg(unix)]
fn ended() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Resolves at Ctrl-C.
#[cfg(windows)]
fn ended() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

/// Reads `50/10s`; the time may be in ms, s or m.
fn rate_limit(text: &str) -> Result<(u32, Duration), String> {
    let wrong = || format!("`{text}` is not like 50/10s");
    let (limit, window) = text.split_once('/').ok_or_else(wrong)?;
    let unit = window
        .find(|c: char| !c.is_ascii_digit())
        .ok_or_else(wrong)?;
    let (number, unit) = window.split_at(unit);
    let number: u32 = number.parse().map_err(|_| wrong())?;
    let window = match unit {
        "ms" => Duration::from_millis(number.into()),
        "s" => Duration::from_secs(number.into()),
        "m" => Duration::from_secs(u64::from(number) * 60),
        _ => return Err(wrong()),
    };
    Ok((limit.parse().map_err(|_| wrong())?, window))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn options_are_consistent() {
        Options::command().debug_assert();
    }

    #[test]
    fn rates() {
        assert_eq!(rate_limit("50/10s"), Ok((50, Duration::from_secs(10))));
        assert_eq!(rate_limit("1/250ms"), Ok((1, Duration::from_millis(250))));
        assert_eq!(rate_limit("0/2m"), Ok((0, Duration::from_secs(120))));
        for bad in [
            "",
            "50",
            "50/",
            "50/10",
            "/10s",
            "50/s",
            "50/10h",
            "-1/10s",
            "50/99999999999s",
            "5/1s/2",
        ] {
            assert!(rate_limit(bad).unwrap_err().contains("50/10s"), "{bad}");
        }
    }
}
