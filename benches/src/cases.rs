//! Cases with their budgets, and the runs that measure them.

mod bare;
mod beside;
mod exports;

use std::error::Error;
use std::time::Duration;

use crate::process::{Measured, Server, run};
use crate::report::{Claim, Row, number};
use crate::service::{Counts, Manner, NO_LIMIT, Version};

pub use self::beside::beside;
pub use self::exports::exports;

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// The list that is read.
    records: usize,
    /// Another one, to see whether memory grows with the length.
    many_records: usize,
    per_page: usize,
    window: Duration,
    /// Of calls by many tasks, in windows.
    windows: u32,
    tasks: u32,
    /// How often the client and the bare loop are run, one after the other.
    rounds: usize,
    /// Whether times and memory are judged. If not, only what came is.
    judged: bool,
}

impl Scale {
    /// As it is promised.
    pub fn full(rounds: usize) -> Self {
        Self {
            records: 20_000,
            many_records: 200_000,
            per_page: 500,
            window: Duration::from_secs(10),
            windows: 6,
            tasks: 200,
            rounds,
            judged: true,
        }
    }

    /// Small and quick, to see that everything works. Times say nothing.
    pub fn small() -> Self {
        Self {
            records: 400,
            many_records: 800,
            per_page: 10,
            window: Duration::from_millis(500),
            windows: 3,
            tasks: 20,
            rounds: 1,
            judged: false,
        }
    }

    fn manner(&self, version: Version) -> Manner {
        Manner {
            version,
            records: self.records,
            per_page: self.per_page,
            record_bytes: 0,
            limit: NO_LIMIT,
            window_ms: u64::try_from(self.window.as_millis()).unwrap_or(u64::MAX),
            latency_ms: 0,
            fail_every: 0,
            gzip: false,
        }
    }

    /// No header states how long a window is. Ten seconds is what a client assumes.
    fn window_option(&self) -> String {
        format!("--window-ms={}", self.window.as_millis())
    }

    fn pages(&self) -> u32 {
        u32::try_from(self.records.div_ceil(self.per_page)).unwrap_or(u32::MAX)
    }

    fn items(&self, server: &Server, concurrency: u32) -> Result<Measured, Box<dyn Error>> {
        run(&[
            "items".to_owned(),
            server.url.clone(),
            server.version_option(),
            format!("--per-page={}", self.per_page),
            format!("--concurrency={concurrency}"),
            self.window_option(),
        ])
    }

    fn bare(&self, server: &Server) -> Result<Measured, Box<dyn Error>> {
        run(&[
            "bare".to_owned(),
            server.url.clone(),
            server.version_option(),
            format!("--per-page={}", self.per_page),
        ])
    }

    fn timed(&self, claim: Claim) -> Claim {
        if self.judged { claim } else { claim.unjudged() }
    }
}

fn complete(what: &str, records: usize, runs: &[Measured]) -> Claim {
    let whole = |run: &&Measured| run.found.in_order && run.found.records == records as u64;
    let found = runs.iter().filter(whole).count();
    let what = format!("{what}: runs with every record, once and in order");
    Claim::at_least(what, number(found), number(runs.len()))
}

/// What a case showed.
pub struct Shown {
    /// What was run.
    pub rows: Vec<Row>,
    /// What was promised of it.
    pub claims: Vec<Claim>,
}

/// Runs one case after the other, and prints each result as soon as it is there.
///
/// # Errors
///
/// If a process does not run to its end.
pub fn all(scale: &Scale, mut tell: impl FnMut(Shown)) -> Result<(), Box<dyn Error>> {
    for case in [
        bare::beside_a_bare_loop,
        under_a_limit,
        far_away,
        under_faults,
        with_many_tasks,
        bare::compressed,
        endless,
        bare::flat_records_beside_a_bare_loop,
        flat_records_under_a_limit,
        acting_for_three_users,
    ] {
        tell(case(scale)?);
    }
    Ok(())
}

/// Reads the list under 20 requests in a window.
fn limited(
    scale: &Scale,
    version: Version,
    name: &str,
    latency: u32,
    concurrency: u32,
) -> Result<Shown, Box<dyn Error>> {
    const LIMIT: u32 = 20;
    let server = Server::start(&Manner {
        limit: LIMIT,
        latency_ms: latency.into(),
        ..scale.manner(version)
    })?;
    let run = scale.items(&server, concurrency)?;
    let counts = server.stop()?;
    // All windows but the last have to pass; in that, what is left takes its rounds.
    let full = scale.pages().div_ceil(LIMIT) - 1;
    let rounds = (scale.pages() - full * LIMIT).div_ceil(concurrency);
    let ideal = scale.window * full + Duration::from_millis(latency.into()) * rounds;
    let took = run.wall.as_secs_f64() / ideal.as_secs_f64();
    Ok(Shown {
        claims: vec![
            complete(name, scale.records, &[run]),
            Claim::at_most(format!("{name}: 429 seen"), number(counts.refused), 0.0),
            scale.timed(Claim::at_most(
                format!("{name}: time to the ideal of {:.1} s", ideal.as_secs_f64()),
                took,
                1.05,
            )),
        ],
        rows: vec![Row::new(name.to_owned(), vec![run])],
    })
}

fn under_a_limit(scale: &Scale) -> Result<Shown, Box<dyn Error>> {
    limited(scale, Version::V1, "2  20 requests a window", 0, 1)
}

fn far_away(scale: &Scale) -> Result<Shown, Box<dyn Error>> {
    let latency = if scale.judged { 200 } else { 20 };
    limited(
        scale,
        Version::V1,
        "2  with latency and concurrency(8)",
        latency,
        8,
    )
}

fn flat_records_under_a_limit(scale: &Scale) -> Result<Shown, Box<dyn Error>> {
    limited(scale, Version::V3, "8  v3, 20 requests a window", 0, 1)
}

fn under_faults(scale: &Scale) -> Result<Shown, Box<dyn Error>> {
    let name = "3  every seventh answer a 502";
    let server = Server::start(&Manner {
        fail_every: 7,
        ..scale.manner(Version::V1)
    })?;
    let run = scale.items(&server, 1)?;
    let counts = server.stop()?;
    Ok(Shown {
        claims: vec![
            complete(name, scale.records, &[run]),
            Claim::at_least(format!("{name}: 502 seen"), number(counts.failed), 1.0),
        ],
        rows: vec![Row::new(name.to_owned(), vec![run])],
    })
}

fn with_many_tasks(scale: &Scale) -> Result<Shown, Box<dyn Error>> {
    let name = format!("4  {} tasks, 50 requests a window", scale.tasks);
    Ok(many_tasks(scale, Version::V1, name)?.0)
}

/// The tasks act for three users by turns, and each user has a token.
fn acting_for_three_users(scale: &Scale) -> Result<Shown, Box<dyn Error>> {
    let name = format!("9  {} tasks for three users", scale.tasks);
    let (mut shown, counts) = many_tasks(scale, Version::V3, name.clone())?;
    let claims = &mut shown.claims;
    let tokens = number(counts.tokens);
    claims.push(Claim::at_most(
        format!("{name}: tokens fetched"),
        tokens,
        3.0,
    ));
    claims.push(Claim::at_least(
        format!("{name}: tokens fetched"),
        tokens,
        3.0,
    ));
    let what = format!("{name}: requests without one");
    claims.push(Claim::at_most(what, number(counts.unauthorized), 0.0));
    Ok(shown)
}

fn many_tasks(
    scale: &Scale,
    version: Version,
    name: String,
) -> Result<(Shown, Counts), Box<dyn Error>> {
    const LIMIT: u32 = 50;
    let server = Server::start(&Manner {
        records: 1,
        limit: LIMIT,
        ..scale.manner(version)
    })?;
    let run = run(&[
        "tasks".to_owned(),
        server.url.clone(),
        server.version_option(),
        format!("--tasks={}", scale.tasks),
        scale.window_option(),
        format!(
            "--milliseconds={}",
            (scale.window * scale.windows).as_millis()
        ),
    ])?;
    let counts = server.stop()?;
    let used = 100.0 * number(counts.accepted) / f64::from(LIMIT * scale.windows);
    let claims = vec![
        Claim::at_most(format!("{name}: 429 seen"), number(counts.refused), 0.0),
        scale.timed(Claim::at_least(
            format!("{name}: % of the allowance used"),
            used,
            97.0,
        )),
    ];
    let rows = vec![Row::new(name, vec![run])];
    Ok((Shown { rows, claims }, counts))
}

/// An answer that never ends, which a client has to give up within its limit of 64 MiB.
fn endless(scale: &Scale) -> Result<Shown, Box<dyn Error>> {
    let server = Server::start(&scale.manner(Version::V1))?;
    let run = run(&["endless".to_owned(), server.url.clone()])?;
    server.stop()?;
    let row = Row::new("6  an answer that never ends".to_owned(), vec![run]);
    let claims = row.mebibytes().map(|peak| {
        scale.timed(Claim::at_most(
            "6  peak memory of an answer that never ends, MiB",
            peak,
            100.0,
        ))
    });
    Ok(Shown {
        claims: claims.into_iter().collect(),
        rows: vec![row],
    })
}
