//! What the sandbox promises about time and memory, measured on the program as it is installed:
//! `cargo bench -p harvest-sandbox`.
//!
//! A million candidates are made in a folder that is removed afterwards; they need 8 GB for as long.

mod connection;
mod prism;
mod process;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;

use connection::Connection;
use process::Program;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Connections that ask at once for single records.
const CONNECTIONS: usize = 8;
/// How long they do.
const ASKING: Duration = Duration::from_secs(5);
/// How often each page is asked for.
const PAGES: u32 = 300;
const PER_PAGE: usize = 500;
/// A user in every seed.
const USER: &str = "/v1/users/1049756";

/// Time and memory of the sandbox.
#[derive(Parser)]
struct Options {
    /// How many candidates there are; the promises are about a million
    #[arg(long, default_value_t = 1_000_000)]
    candidates: usize,
    /// Where to make them [default: a folder among the temporary ones]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Measure this Prism beside, as npm has installed it: `node_modules/.bin/prism`
    #[arg(long, value_name = "PROGRAM")]
    prism: Option<PathBuf>,
    /// Fail if a promise does not hold
    #[arg(long)]
    enforce: bool,
    /// What cargo adds
    #[arg(long, hide = true)]
    bench: bool,
}

/// Something that was measured, and what was promised about it.
struct Figure {
    what: String,
    is: f64,
    at_most: f64,
    unit: &'static str,
}

fn main() -> Outcome<ExitCode> {
    let options = Options::parse();
    let parent = options.folder.unwrap_or_else(std::env::temp_dir);
    let folder = parent.join(format!("harvest-sandbox-bench-{}", std::process::id()));
    let figures = measure(options.candidates, &folder);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let figures = figures?;
    for Figure {
        what,
        is,
        at_most,
        unit,
    } in &figures
    {
        let verdict = if is <= at_most { "holds" } else { "BROKEN" };
        println!("{what:<58} {is:>9.2} {unit:<3} at most {at_most:>7.2} {unit:<3} {verdict}");
    }
    if let Some(prism) = options.prism {
        prism::measure(&prism)?;
    }
    let broken = figures.iter().any(|figure| figure.is > figure.at_most);
    Ok(if options.enforce && broken {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn measure(candidates: usize, folder: &std::path::Path) -> Outcome<Vec<Figure>> {
    let mut figures = Vec::new();
    let mut promise = |what: &str, is: f64, at_most: f64, unit| {
        let what = what.to_owned();
        figures.push(Figure {
            what,
            is,
            at_most,
            unit,
        });
    };

    let began = Instant::now();
    let program = Program::start(&[])?;
    Connection::open(&program.address)?.get(USER)?;
    promise("start to first answer", seconds(began.elapsed()), 0.5, "s");

    let answers = per_second(&program.address, USER)?;
    println!("{answers:.0} answers a second to GET {USER}, over {CONNECTIONS} connections");
    promise(
        "GET /v1/users/{id}, time for 5,000",
        5_000.0 / answers,
        1.0,
        "s",
    );
    drop(program);

    let data = folder.display().to_string();
    let many = candidates.to_string();
    let began = Instant::now();
    let program = Program::start(&["--data", &data, "--candidates", &many])?;
    let what = format!("{candidates} candidates made in a folder");
    promise(&what, seconds(began.elapsed()), 180.0, "s");
    println!("{} MiB on disk", process::size(folder)? >> 20);
    if let Some(worked) = program.worked() {
        println!("{worked:.2} s of a processor to make them");
    }
    drop(program);

    let program = Program::start(&["--data", &data])?;
    let last = candidates.div_ceil(PER_PAGE).max(1);
    for (name, page) in [("first", 1), ("last", last)] {
        let path = format!("/v1/candidates?per_page={PER_PAGE}&page={page}");
        let before = program.worked();
        let times = times(&program.address, &path)?;
        if let (Some(before), Some(after)) = (before, program.worked()) {
            let each = (after - before) * 1000.0 / f64::from(PAGES);
            println!("{each:.2} ms of a processor for the {name} page");
        }
        let at = |share: f64| {
            // There are some hundred of them.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss
            )]
            let place = ((times.len() - 1) as f64 * share) as usize;
            times[place].as_secs_f64() * 1000.0
        };
        promise(
            &format!("{name} page of {PER_PAGE}, median"),
            at(0.5),
            10.0,
            "ms",
        );
        promise(
            &format!("{name} page of {PER_PAGE}, 99th percentile"),
            at(0.99),
            25.0,
            "ms",
        );
    }
    if let Some(mebibytes) = program.peak_memory() {
        promise("most memory while serving them", mebibytes, 300.0, "MiB");
    }
    Ok(figures)
}

/// How many requests are answered in a second.
pub(crate) fn per_second(address: &str, path: &str) -> Outcome<f64> {
    let connections = (0..CONNECTIONS).map(|_| Connection::open(address));
    let connections = connections.collect::<Outcome<Vec<_>>>()?;
    let began = Instant::now();
    let answered: Vec<u32> = std::thread::scope(|scope| {
        let asking: Vec<_> = connections
            .into_iter()
            .map(|mut connection| {
                scope.spawn(move || {
                    let mut answered = 0;
                    while began.elapsed() < ASKING && connection.get(path).is_ok() {
                        answered += 1;
                    }
                    answered
                })
            })
            .collect();
        asking
            .into_iter()
            .map(|thread| thread.join().unwrap_or_default())
            .collect()
    });
    Ok(f64::from(answered.iter().sum::<u32>()) / seconds(began.elapsed()))
}

/// How long a path takes, shortest first. The first few times warm up.
fn times(address: &str, path: &str) -> Outcome<Vec<Duration>> {
    let mut connection = Connection::open(address)?;
    let mut times = Vec::new();
    for _ in 0..PAGES {
        let began = Instant::now();
        connection.get(path)?;
        times.push(began.elapsed());
    }
    times.drain(..5);
    times.sort_unstable();
    Ok(times)
}

fn seconds(time: Duration) -> f64 {
    time.as_secs_f64()
}
