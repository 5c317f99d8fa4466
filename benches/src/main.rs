//! Measures the client, and says which promises hold.

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use harvest_benches::cases::{self, Scale, Shown};
use harvest_benches::programs::Form;
use harvest_benches::service::{self, Manner, Version};
use harvest_benches::{programs, report};

/// Time and memory of the client.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measures everything, and fails if a promise does not hold. It takes about four minutes; use a release build.
    All {
        /// How often the client and the bare loop run, one after the other
        #[arg(long, default_value_t = 7)]
        rounds: usize,
        /// A small list and short windows, to see that everything works; times are not judged
        #[arg(long)]
        small: bool,
    },
    /// Measures exports beside a bare loop, and fails if a promise does not hold. It takes minutes, 1 GB of memory and 3 GB of
    /// disk; use a release build.
    Export {
        /// How often the bare loop and the exports run, one after the other
        #[arg(long, default_value_t = 7)]
        rounds: usize,
        /// A small list, to see that everything works; times are not judged
        #[arg(long)]
        small: bool,
        /// Run what others make of the same list beside it, too, with a Python that has `dlt` and
        /// `airbyte-source-greenhouse`
        #[arg(long, value_name = "PROGRAM")]
        python: Option<std::path::PathBuf>,
    },
    /// Exports all candidates to a folder
    ExportTo {
        /// Of the server
        url: String,
        /// An empty one, or one that is not there
        folder: std::path::PathBuf,
        #[arg(long, value_enum, default_value = "v3")]
        api_version: Version,
        #[arg(long, value_enum, default_value = "ndjson")]
        form: Form,
        #[arg(long, default_value_t = 10_000)]
        window_ms: u64,
    },
    /// Serves candidates without any work for a page, until standard input ends
    Serve(Manner),
    /// Reads all candidates with the client
    Items {
        /// Of the server
        url: String,
        #[arg(long, value_enum, default_value = "v1")]
        api_version: Version,
        #[arg(long, default_value_t = 500)]
        per_page: i32,
        #[arg(long, default_value_t = 1)]
        concurrency: usize,
        #[arg(long, default_value_t = 10_000)]
        window_ms: u64,
    },
    /// Reads all candidates with reqwest and structs written by hand
    Bare {
        /// Of the server
        url: String,
        #[arg(long, value_enum, default_value = "v1")]
        api_version: Version,
        #[arg(long, default_value_t = 500)]
        per_page: i32,
    },
    /// Decodes one page of 500 candidates again and again, for tools that count instructions
    Decode {
        #[arg(long, value_enum, default_value = "v1")]
        api_version: Version,
        /// Into structs written by hand
        #[arg(long)]
        bare: bool,
        #[arg(long, default_value_t = 20)]
        times: usize,
    },
    /// Reads an answer that never ends, and fails if the client takes it for an answer
    Endless {
        /// Of the server
        url: String,
        /// How long an attempt may take
        #[arg(long, default_value_t = 12_000)]
        milliseconds: u64,
    },
    /// Calls with many tasks that share a client
    Tasks {
        /// Of the server
        url: String,
        #[arg(long, value_enum, default_value = "v1")]
        api_version: Version,
        #[arg(long, default_value_t = 200)]
        tasks: u32,
        #[arg(long, default_value_t = 60_000)]
        milliseconds: u64,
        #[arg(long, default_value_t = 10_000)]
        window_ms: u64,
    },
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let runtime = tokio::runtime::Runtime::new()?;
    let found = match Arguments::parse().command {
        Command::All { rounds, small } => {
            return measure(|tell| cases::all(&scale(rounds, small), tell));
        }
        Command::Export {
            rounds,
            small,
            python,
        } => {
            let scale = scale(rounds, small);
            return measure(|tell| {
                cases::exports(&scale, &mut *tell)?;
                python.map_or(Ok(()), |python| cases::beside(&scale, &python, tell))
            });
        }
        Command::ExportTo {
            url,
            folder,
            api_version,
            form,
            window_ms,
        } => {
            let window = Duration::from_millis(window_ms);
            runtime.block_on(programs::export(&url, api_version, window, &folder, form))
        }
        Command::Serve(manner) => {
            runtime.block_on(service::serve(manner))?;
            // What waits for standard input on a thread would hold it up.
            runtime.shutdown_background();
            return Ok(ExitCode::SUCCESS);
        }
        Command::Items {
            url,
            api_version,
            per_page,
            concurrency,
            window_ms,
        } => {
            let window = Duration::from_millis(window_ms);
            let items = programs::items(&url, api_version, per_page, concurrency, window);
            runtime.block_on(items)
        }
        Command::Bare {
            url,
            api_version,
            per_page,
        } => runtime.block_on(programs::bare(&url, api_version, per_page)),
        Command::Decode {
            api_version,
            bare,
            times,
        } => programs::decode(api_version, bare, times),
        Command::Endless { url, milliseconds } => {
            let time = Duration::from_millis(milliseconds);
            runtime.block_on(programs::endless(&url, time))
        }
        Command::Tasks {
            url,
            api_version,
            tasks,
            milliseconds,
            window_ms,
        } => {
            let window = Duration::from_millis(window_ms);
            let time = Duration::from_millis(milliseconds);
            runtime.block_on(programs::tasks(&url, api_version, tasks, time, window))
        }
    }?;
    println!("{}", serde_json::to_string(&found)?);
    Ok(ExitCode::SUCCESS)
}

fn scale(rounds: usize, small: bool) -> Scale {
    if small {
        Scale::small()
    } else {
        Scale::full(rounds.max(1))
    }
}

/// Runs cases, and prints what they show as soon as it is there.
fn measure(
    cases: impl FnOnce(&mut dyn FnMut(Shown)) -> Result<(), Box<dyn Error>>,
) -> Result<ExitCode, Box<dyn Error>> {
    let mut claims = Vec::new();
    println!("{}", report::heading());
    cases(&mut |shown| {
        for row in &shown.rows {
            println!("{row}");
        }
        claims.extend(shown.claims);
    })?;
    println!();
    for claim in &claims {
        println!("{claim}");
    }
    let failed = claims.iter().filter(|claim| claim.fails()).count();
    println!("\n{} of {} promises fail", failed, claims.len());
    Ok(ExitCode::from(u8::from(failed > 0)))
}
