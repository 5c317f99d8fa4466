//! The program: a sandbox that runs until Ctrl-C or SIGTERM, by options of a command line.

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clap::Parser;

use super::{Sandbox, parity};
use crate::bounds::Bounds;

/// A Harvest API that runs on your desk, with an organization of invented people to try it on.
#[derive(Parser)]
#[command(version)]
pub struct Options {
    /// Where to listen; port 0 is a free one
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:8765")]
    addr: SocketAddr,

    /// The version of the API that --examples and --parity are about: v1 (and v2) or v3. Where records are kept, both are
    /// served, and what is printed begins with this one
    #[arg(long, value_name = "VERSION", default_value = "v1")]
    api_version: String,

    /// A key of v1 with all permissions; with --examples of v3 a token, and the secret of the client that it is issued to [default: a fresh one, or the one in DIR/demo-key]
    #[arg(long)]
    key: Option<String>,

    /// Keep the organization in this folder, and take it up where it was left [default: gone when it ends]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,

    /// Which organization to begin with; the same seed gives the same people, ids and times
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// How many candidates to begin with, up to 1,000,000
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = candidates)]
    candidates: usize,

    /// Up to when things have happened in the organization to begin with, as 2026-06-02 or 2026-06-02T08:00:00Z [default: the start of
    /// today, UTC]
    #[arg(long, value_name = "TIME", value_parser = present)]
    now: Option<SystemTime>,

    /// Keep no records, and answer from the examples of the description of one version
    #[arg(long, conflicts_with_all = ["data", "seed", "candidates", "now"])]
    examples: bool,

    /// With --examples: make each paged list this long by repeating its example
    #[arg(long, value_name = "RECORDS", requires = "examples")]
    repeat: Option<usize>,

    /// Refuse more requests than that with 429, say 50/10s, or as the service does: `service`
    #[arg(long, value_name = "REQUESTS/TIME|service", value_parser = rate_limit)]
    rate_limit: Option<RateLimit>,

    /// Wait so long before each answer, say 150ms
    #[arg(long, value_name = "TIME", value_parser = duration)]
    latency: Option<Duration>,

    /// Believe this proxy when it says where a request came from (X-Forwarded-For); can be repeated
    #[arg(long, value_name = "IP or IP/BITS")]
    trusted_proxy: Vec<String>,

    /// Change what clients can use: connections=512, head-time=10s, body-time=20s, idle-time=30s, body=1MiB,
    /// file-body=64MiB or all-bodies=256MiB; can be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = bound)]
    bound: Vec<Bound>,

    /// A URL by which others know the sandbox, without a path; links lead there, and Dev Center and /_sandbox/ answer under
    /// its name; can be repeated
    #[arg(long, value_name = "URL")]
    public_url: Vec<String>,

    /// Deliver webhooks and callbacks of bulk jobs to these hosts, too, names or addresses without a port; otherwise they go
    /// to this computer alone; can be repeated
    #[arg(long, value_name = "HOST", value_delimiter = ',')]
    webhook_hosts: Vec<String>,

    /// Refuse what is not as described, though the service takes it in v1: unknown properties and parameters, and texts of
    /// digits where numbers belong
    #[arg(long)]
    strict: bool,

    /// What a user whom On-Behalf-Of names changes about a read of v1: `narrow` answers with what that user may see, and says how
    /// much was left out; `ignore` answers with everything
    #[arg(long, value_name = "narrow|ignore", default_value = "narrow")]
    acting_user_on_reads: OnReads,

    /// Let tests reset and change the sandbox by requests to /_sandbox/ from this computer; GET lists them
    #[arg(long)]
    control: bool,

    /// Print what is emulated, operation by operation, as a table in Markdown, and end
    #[arg(long)]
    parity: bool,

    /// Write a line about each request to standard error; no value that was sent is in it
    #[arg(long)]
    log: bool,
}

/// Runs a sandbox until it is stopped, and says on standard output where it is.
///
/// # Errors
///
/// If it does not start.
pub async fn run(options: Options) -> Result<(), Box<dyn Error>> {
    if options.parity {
        print!("{}", parity(&options.api_version)?);
        return Ok(());
    }
    let mut builder = Sandbox::builder()
        .version(&options.api_version)
        .addr(options.addr)
        .seed(options.seed)
        .candidates(options.candidates);
    if let Some(key) = options.key {
        builder = builder.key(key);
    }
    if let Some(now) = options.now {
        builder = builder.now(now);
    }
    if let Some(folder) = options.data {
        builder = builder.data(folder);
    }
    if options.examples {
        builder = builder.examples();
    }
    if let Some(latency) = options.latency {
        builder = builder.latency(latency);
    }
    for proxy in options.trusted_proxy {
        builder = builder.trusted_proxy(proxy);
    }
    for url in options.public_url {
        builder = builder.public_url(url);
    }
    builder = builder.webhook_hosts(options.webhook_hosts);
    if options.control {
        builder = builder.control();
    }
    if options.acting_user_on_reads == OnReads::Ignore {
        builder = builder.ignore_acting_user_on_reads();
    }
    if options.strict {
        builder = builder.strict();
    }
    if options.log {
        builder = builder.log();
    }
    if let Some(records) = options.repeat {
        builder = builder.repeat(records);
    }
    match options.rate_limit {
        Some(RateLimit::Given(limit, window)) => builder = builder.rate_limit(limit, window),
        Some(RateLimit::OfService) => builder = builder.service_rate_limits(),
        None => {}
    }
    let bounds = options.bound.iter().fold(Bounds::default(), Bound::apply);
    builder = builder.bounds(bounds);
    // Listen for signals before saying that the sandbox is there, so that none is missed.
    let mut ended = std::pin::pin!(ended()?);
    let sandbox = tokio::select! {
        started = builder.start() => started?,
        // A large organization takes minutes to fill, on a thread that cannot be stopped. What is left of it in a folder is
        // not taken for one.
        () = &mut ended => std::process::exit(0),
    };

    if sandbox.v3_credentials().is_some() {
        println!("Harvest v1, v2 and v3 on the same records");
    } else {
        let (version, operations) = (options.api_version, sandbox.operations());
        println!("Harvest {version}, {operations} operations");
    }
    println!();
    println!("  URL         {}", sandbox.url());
    if let Some(url) = sandbox.dev_center_url() {
        println!("  Dev Center  {url}");
    }
    match (sandbox.v3_credentials(), sandbox.token_url()) {
        (None, Some(url)) => {
            println!("  token URL   {url}");
            println!("  token       {}", sandbox.key());
        }
        (credentials, url) => {
            println!("  key         {}", sandbox.key());
            if let (Some(credentials), Some(url)) = (credentials, url) {
                println!("  token URL   {url}");
                println!("  client id   {}", credentials.client_id);
                println!("  secret      {}", credentials.client_secret);
            }
        }
    }
    println!("  user id     {}", sandbox.user_id());
    println!();
    for line in sandbox.curl_lines() {
        println!("{line}");
    }
    println!();
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

/// Reads a number of candidates.
fn candidates(text: &str) -> Result<usize, String> {
    let number = text.replace(['_', ','], "").parse().ok();
    number
        .filter(|number| *number <= 1_000_000)
        .ok_or_else(|| format!("`{text}` is no number from 0 to 1,000,000"))
}

/// Reads `2026-06-02` or `2026-06-02T08:00:00Z`.
fn present(text: &str) -> Result<SystemTime, String> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d");
    let midnight = day.map(|day| day.and_time(NaiveTime::MIN).and_utc());
    let moment = midnight.or_else(|_| text.parse::<DateTime<Utc>>());
    let moment =
        moment.map_err(|_| format!("`{text}` is not like 2026-06-02 or 2026-06-02T08:00:00Z"));
    moment.map(SystemTime::from)
}

/// Reads `10s`; the time may be in ms, s or m.
fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is not like 150ms, 10s or 2m");
    let unit = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
    let (number, unit) = text.split_at(unit);
    let number: u32 = number.parse().map_err(|_| wrong())?;
    match unit {
        "ms" => Ok(Duration::from_millis(number.into())),
        "s" => Ok(Duration::from_secs(number.into())),
        "m" => Ok(Duration::from_secs(u64::from(number) * 60)),
        _ => Err(wrong()),
    }
}

/// A bound that is not the default.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Bound {
    Connections(usize),
    HeadTime(Duration),
    BodyTime(Duration),
    IdleTime(Duration),
    Body(usize),
    FileBody(usize),
    AllBodies(usize),
}

impl Bound {
    fn apply(bounds: Bounds, bound: &Self) -> Bounds {
        match *bound {
            Self::Connections(connections) => bounds.connections(connections),
            Self::HeadTime(time) => bounds.head_time(time),
            Self::BodyTime(time) => bounds.body_time(time),
            Self::IdleTime(time) => bounds.idle_time(time),
            Self::Body(bytes) => bounds.body_bytes(bytes),
            Self::FileBody(bytes) => bounds.file_body_bytes(bytes),
            Self::AllBodies(bytes) => bounds.total_body_bytes(bytes),
        }
    }
}

/// Reads `body=2MiB`.
fn bound(text: &str) -> Result<Bound, String> {
    let wrong = || format!("`{text}` is not like connections=100, body-time=1m or body=2MiB");
    let (name, value) = text.split_once('=').ok_or_else(wrong)?;
    Ok(match name {
        "connections" => Bound::Connections(value.parse().map_err(|_| wrong())?),
        "head-time" => Bound::HeadTime(duration(value)?),
        "body-time" => Bound::BodyTime(duration(value)?),
        "idle-time" => Bound::IdleTime(duration(value)?),
        "body" => Bound::Body(size(value)?),
        "file-body" => Bound::FileBody(size(value)?),
        "all-bodies" => Bound::AllBodies(size(value)?),
        _ => return Err(format!("there is no bound `{name}`; --help lists them")),
    })
}

/// Reads `2MiB`, `64KiB` or a number of bytes.
fn size(text: &str) -> Result<usize, String> {
    let wrong = || format!("`{text}` is not like 64KiB, 2MiB or 1000000");
    let (number, unit) = match (text.strip_suffix("KiB"), text.strip_suffix("MiB")) {
        (Some(number), _) => (number, 1 << 10),
        (_, Some(number)) => (number, 1 << 20),
        _ => (text, 1),
    };
    let number: usize = number.parse().map_err(|_| wrong())?;
    number.checked_mul(unit).ok_or_else(wrong)
}

/// What the acting user of a read is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum OnReads {
    Narrow,
    Ignore,
}

/// What is refused for its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RateLimit {
    Given(u32, Duration),
    OfService,
}

/// Reads `50/10s` or `service`.
fn rate_limit(text: &str) -> Result<RateLimit, String> {
    if text == "service" {
        return Ok(RateLimit::OfService);
    }
    let wrong = || format!("`{text}` is not like 50/10s, and not `service`");
    let (limit, window) = text.split_once('/').ok_or_else(wrong)?;
    let window = duration(window).map_err(|_| wrong())?;
    let limit = limit.parse().map_err(|_| wrong())?;
    Ok(RateLimit::Given(limit, window))
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
    fn numbers_and_times() {
        assert_eq!(candidates("1_000_000"), Ok(1_000_000));
        assert_eq!(candidates("0"), Ok(0));
        assert_eq!(duration("150ms"), Ok(Duration::from_millis(150)));
        for bad in ["", "-1", "1000001", "many"] {
            assert!(candidates(bad).unwrap_err().contains("1,000,000"), "{bad}");
        }
        for bad in ["", "5", "s", "5h", "-5s"] {
            assert!(duration(bad).unwrap_err().contains("150ms"), "{bad}");
        }
    }

    #[test]
    fn presents() {
        let second = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        assert_eq!(present("2026-06-02"), Ok(second(1_780_358_400)));
        assert_eq!(
            present("2026-06-02T01:00:00+01:00"),
            Ok(second(1_780_358_400))
        );
        for bad in ["", "today", "2026-06-31", "2026-06-02T08"] {
            assert!(present(bad).unwrap_err().contains("2026-06-02"), "{bad}");
        }
    }

    #[test]
    fn bounds() {
        for (text, is) in [
            ("connections=7", Bound::Connections(7)),
            ("head-time=1s", Bound::HeadTime(Duration::from_secs(1))),
            ("body-time=1m", Bound::BodyTime(Duration::from_secs(60))),
            ("idle-time=5ms", Bound::IdleTime(Duration::from_millis(5))),
            ("body=5", Bound::Body(5)),
            ("file-body=3MiB", Bound::FileBody(3 << 20)),
            ("all-bodies=9KiB", Bound::AllBodies(9 << 10)),
        ] {
            assert_eq!(bound(text), Ok(is));
            assert_ne!(Bound::apply(Bounds::default(), &is), Bounds::default());
        }
        for (text, words) in [
            ("connections", "is not like"),
            ("connections=-1", "is not like"),
            ("body=1GB", "is not like"),
            ("body=99999999999999999MiB", "is not like"),
            ("head-time=5", "150ms"),
            ("bodies=5", "--help"),
        ] {
            assert!(bound(text).unwrap_err().contains(words), "{text}");
        }
    }

    #[test]
    fn rates() {
        let given = |limit, ms| Ok(RateLimit::Given(limit, Duration::from_millis(ms)));
        assert_eq!(rate_limit("50/10s"), given(50, 10_000));
        assert_eq!(rate_limit("1/250ms"), given(1, 250));
        assert_eq!(rate_limit("0/2m"), given(0, 120_000));
        assert_eq!(rate_limit("service"), Ok(RateLimit::OfService));
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
