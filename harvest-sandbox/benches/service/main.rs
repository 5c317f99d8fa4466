//! Promises of the sandbox about time and memory, measured on the program as it is installed:
//! `cargo bench -p harvest-sandbox`.
//!
//! A million candidates are made in a folder that is removed afterwards; they need 8 GB for as long.

mod connection;
mod face;
mod prism;
mod process;
mod sample;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;

use connection::Connection;
use face::Face;
use process::Program;
use sample::{CONNECTIONS, per_second, samples};

type Outcome<T> = Result<T, Box<dyn Error>>;

const PER_PAGE: usize = 500;

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

    let v1 = Face::v1();
    let began = Instant::now();
    let program = Program::start(&[])?;
    Connection::open(&program.address, &v1.authorization)?.get(&v1.small)?;
    let started = began.elapsed().as_secs_f64();
    promise("start to first answer", started, 0.5, "s");

    let v3 = Face::v3(&program)?;
    let mut answers = Vec::new();
    for face in [&v1, &v3] {
        let (path, each) = (&face.small, per_second(&program.address, face)?);
        println!("{each:.0} answers a second to GET {path}, over {CONNECTIONS} connections");
        answers.push(each);
    }
    promise(
        "GET /v1/users/{id}, time for 5,000",
        5_000.0 / answers[0],
        1.0,
        "s",
    );
    promise(
        "GET /v3/users?ids={id}, times v1's",
        answers[0] / answers[1],
        2.0,
        "",
    );
    drop(program);

    let data = folder.display().to_string();
    let many = candidates.to_string();
    let began = Instant::now();
    let program = Program::start(&["--data", &data, "--candidates", &many])?;
    let what = format!("{candidates} candidates made in a folder");
    promise(&what, began.elapsed().as_secs_f64(), 180.0, "s");
    println!("{} MiB on disk", process::size(folder)? >> 20);
    if let Some(worked) = program.worked() {
        println!("{worked:.2} s of a processor to make them");
    }
    drop(program);

    let program = Program::start(&["--data", &data])?;
    let v3 = Face::v3(&program)?;
    for page in face::pages(&program, [&v1, &v3], candidates)? {
        let name = page.name;
        let both = samples(&program, &[(&v1, &page.v1), (&v3, &page.v3)])?;
        let [of_v1, of_v3] = &both[..] else {
            continue;
        };
        for (face, sample) in [(&v1, of_v1), (&v3, of_v3)] {
            if let Some(worked) = sample.worked {
                println!(
                    "{worked:.2} ms of a processor for the {name} of {}",
                    face.name
                );
            }
        }
        let median = format!("{name} of {PER_PAGE}, median");
        let percentile = format!("{name} of {PER_PAGE}, 99th percentile");
        promise(&median, of_v1.median(), 10.0, "ms");
        promise(&percentile, of_v1.percentile_99(), 25.0, "ms");
        let times = |of_v3: f64, of_v1: f64| of_v3 / of_v1;
        let is = times(of_v3.median(), of_v1.median());
        promise(&format!("{median}, v3 as times v1's"), is, 1.5, "");
        let is = times(of_v3.percentile_99(), of_v1.percentile_99());
        promise(&format!("{percentile}, v3 as times v1's"), is, 1.5, "");
    }
    if let Some(mebibytes) = program.peak_memory() {
        promise("most memory while serving them", mebibytes, 300.0, "MiB");
    }
    Ok(figures)
}
