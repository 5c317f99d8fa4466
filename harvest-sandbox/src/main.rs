//! Runs the sandbox until Ctrl-C or SIGTERM.

use std::process::ExitCode;

use clap::Parser;
use harvest_sandbox::program::{Options, run};

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
