//! Promises of the sandbox about time and memory, measured on the program as it is installed:
//! `cargo bench -p harvest-sandbox`.
//!
//! A million candidates are made in a folder that is removed afterwards; they need 14 GB for as long, and those of another
//! build beside them as much again.

mod beside;
mod connection;
mod face;
mod figures;
mod made;
mod prism;
mod process;
mod sample;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;

use connection::Connection;
use face::Face;
use figures::Figures;
use made::Made;
use process::Program;
use sample::{Asked, CONNECTIONS, rates, samples};

type Outcome<T> = Result<T, Box<dyn Error>>;

const PER_PAGE: usize = 500;

/// How much longer a page of v3 may take than that of v1.
const V3: f64 = 1.5;

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
    /// Measure this build of the sandbox beside, such as that of the first release, by v1
    #[arg(long, value_name = "PROGRAM")]
    beside: Option<PathBuf>,
    /// Fail if a promise does not hold
    #[arg(long)]
    enforce: bool,
    /// What cargo adds
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Outcome<ExitCode> {
    let options = Options::parse();
    let parent = options.folder.clone().unwrap_or_else(std::env::temp_dir);
    let folder = parent.join(format!("harvest-sandbox-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let figures = measure(&options, &folder);
    std::fs::remove_dir_all(&folder)?;
    let figures = figures?;
    figures.print();
    Ok(if options.enforce && figures.is_any_broken() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn measure(options: &Options, folder: &Path) -> Outcome<Figures> {
    let mut figures = Figures::default();
    let answers = measure_small(&mut figures)?;
    if let Some(prism) = &options.prism {
        prism::measure(prism, folder, answers, &mut figures)?;
    }
    let candidates = options.candidates;
    let data = folder.join("data");
    // Before this build and after it, so that a machine that becomes slower meanwhile is so for both.
    let before = match &options.beside {
        Some(other) => Some(beside::make(other, &data, candidates)?),
        None => None,
    };
    let made = Made::of(None, &data, candidates)?;
    println!("{made}");
    let what = format!("{candidates} candidates made in a folder");
    figures.promise(what, made.seconds, 180.0, "s");
    measure_pages(&data, candidates, &mut figures)?;
    if let (Some(other), Some(before)) = (&options.beside, &before) {
        beside::measure(other, (&data, &made), before, candidates, &mut figures)?;
    }
    Ok(figures)
}

/// The start of a small organization, and how many answers it gives a second by v1 and by v3.
fn measure_small(figures: &mut Figures) -> Outcome<[f64; 2]> {
    let v1 = Face::v1();
    let began = Instant::now();
    let program = Program::start(&[])?;
    Connection::open(&program.address, &v1.authorization)?.get(&v1.small)?;
    let started = began.elapsed().as_secs_f64();
    figures.promise("start to first answer", started, 0.5, "s");

    let v3 = Face::v3(&program)?;
    let [of_v1, of_v3] = rates([(&program.address, &v1), (&program.address, &v3)])?;
    println!("answers are to {CONNECTIONS} connections at once");
    figures.note("answers a second with one user", of_v1, of_v3);
    let what = "GET /v1/users/{id}, time for 5,000";
    figures.promise(what, 5_000.0 / of_v1, 1.0, "s");
    let what = "GET /v3/users?ids={id}, time as times v1's";
    figures.promise(what, of_v1 / of_v3, 2.0, "");
    Ok([of_v1, of_v3])
}

/// Pages of many candidates, by both versions.
fn measure_pages(data: &Path, candidates: usize, figures: &mut Figures) -> Outcome<()> {
    let program = Program::start(&["--data", &data.display().to_string()])?;
    let (v1, v3) = (Face::v1(), Face::v3(&program)?);
    for page in face::pages(&program, [&v1, &v3], candidates)? {
        let name = page.name;
        let asked = |face, path| Asked {
            program: &program,
            face,
            path,
        };
        let both = samples(&[asked(&v1, &page.v1), asked(&v3, &page.v3)])?;
        let [of_v1, of_v3] = &both[..] else {
            continue;
        };
        if let (Some(of_v1), Some(of_v3)) = (of_v1.worked, of_v3.worked) {
            figures.note(format!("{name}, of a processor, ms"), of_v1, of_v3);
        }
        let median = format!("{name} of {PER_PAGE}, median");
        let percentile = format!("{name} of {PER_PAGE}, 99th percentile");
        figures.promise(median.as_str(), of_v1.median(), 10.0, "ms");
        figures.promise(percentile.as_str(), of_v1.percentile_99(), 25.0, "ms");
        figures.compare(&median, of_v1.median(), of_v3.median(), V3);
        let (old, new) = (of_v1.percentile_99(), of_v3.percentile_99());
        figures.compare(&percentile, old, new, V3);
    }
    if let Some(mebibytes) = program.peak_memory() {
        figures.promise("most memory while serving them", mebibytes, 300.0, "MiB");
    }
    Ok(())
}
