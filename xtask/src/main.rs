//! Commands for maintainers: `cargo xtask --help`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, Subcommand};
use xtask::regen::{self, report};
use xtask::workspace::Workspace;
use xtask::{
    bench, clients, conformance, diff, foreign_clients, fuzz, new_operation, static_programs,
    tables,
};

/// Commands for maintainers.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    /// The workspace to work on, if not the one around the current folder: for tests
    #[arg(long, value_name = "DIR", global = true, hide = true)]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Bundle the descriptions and generate the client from them
    Regen {
        /// Write nothing; fail, with a diff, if anything committed differs from what would be written
        #[arg(long)]
        check: bool,
    },
    /// Check the descriptions against the house rules
    Lint,
    /// Say what changed since a git revision: for users of the API, and for users of the Rust client
    Diff {
        /// A commit, branch or tag: its `harvest-spec/dist` and `harvest-generated` are compared with what the descriptions
        /// of the working tree become
        rev: String,
        /// Compare this version only
        #[arg(long, value_name = "NAME")]
        version: Option<String>,
        /// Fail if a change is breaking, in the API or in Rust
        #[arg(long)]
        fail_on_breaking: bool,
    },
    /// Write the skeleton of a new operation, and say what is left to do by hand
    NewOperation {
        /// The folder of the version, such as `v1`
        version: String,
        /// The resource, in the plural and in `snake_case`: the tag, and the folder
        resource: String,
        /// The operationId: `verb_noun` in `snake_case`
        operation: String,
        /// `get`, `post`, `put`, `patch` or `delete`
        method: String,
        /// The path, such as `/v1/rooms/{id}`
        path: String,
    },
    /// Measure what the generated crate costs those who compile it, beside the output of unmodified progenitor
    BenchCompile {
        /// How often each case is measured
        #[arg(long, value_name = "N", default_value_t = 3,
            value_parser = clap::value_parser!(u8).range(1..))]
        runs: u8,
        /// Measure only the cases with this text in their names; budgets that need the others are not measured
        #[arg(long, value_name = "TEXT", conflicts_with = "enforce")]
        only: Option<String>,
        /// Fail if a budget is broken
        #[arg(long)]
        enforce: bool,
    },
    /// Run the fuzz targets; needs cargo-fuzz
    Fuzz {
        /// How long each target is run
        #[arg(long, value_name = "N", default_value_t = 60,
            value_parser = clap::value_parser!(u32).range(1..))]
        seconds: u32,
        /// Run this target only
        #[arg(long, value_name = "NAME")]
        target: Option<String>,
    },
    /// Generate clients with other generators, compile them, and let them list the users of a sandbox; installs what it
    /// needs under `target/`, with python3 and npm
    Clients {
        /// Only the generators with this in their names
        #[arg(long, value_name = "NAME")]
        only: Option<String>,
        /// Write the table to docs/clients.md
        #[arg(long)]
        write: bool,
    },
    /// Let clients that others wrote for the service read all that they can from a sandbox, unchanged, and compare; installs
    /// them under `target/`, with python3 and npm
    ForeignClients {
        /// Only the clients with this in their names
        #[arg(long, value_name = "NAME")]
        only: Option<String>,
        /// Write the table to docs/foreign-clients.md
        #[arg(long)]
        write: bool,
    },
    /// Build harvest-sandbox and harvest as programs that need no library of the system: for Linux, with musl-tools
    Static,
    /// Export every list of a sandbox to Delta tables, compare what `DuckDB`, pyarrow and deltalake read with the pages, and run
    /// the SQL of docs/export.md over them, Spark's with Spark; installs all of them under `target/`, with python3, and needs
    /// java for Spark
    Tables,
    /// Hold the sandbox to the descriptions with schemathesis, which is installed under `target/`; needs python3
    Conformance {
        /// How many requests are made up at random for each operation
        #[arg(long, value_name = "N", default_value_t = 30,
            value_parser = clap::value_parser!(u32).range(1..))]
        examples: u32,
        /// How many of the first requests at the bounds of what an operation takes are sent, before they thin out
        #[arg(long, value_name = "N", default_value_t = 60,
            value_parser = clap::value_parser!(u32).range(1..))]
        coverage: u32,
        /// What they are made up from
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u32,
    },
}

fn main() -> ExitCode {
    // cargo calls this program as a rustc while compile times are measured.
    if let Some(code) = bench::rustc::wrap() {
        return code;
    }
    let arguments = Arguments::parse();
    run(arguments).unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}

fn run(arguments: Arguments) -> Outcome {
    let workspace = match arguments.root {
        Some(root) => Workspace::new(root),
        None => Workspace::here()?,
    };
    match arguments.command {
        Command::Regen { check: false } => run_regen(&workspace),
        Command::Regen { check: true } => run_check(&workspace),
        Command::Lint => run_lint(&workspace),
        Command::Diff {
            rev,
            version,
            fail_on_breaking,
        } => run_diff(&workspace, &rev, version.as_deref(), fail_on_breaking),
        Command::NewOperation {
            version,
            resource,
            operation,
            method,
            path,
        } => run_new_operation(
            &workspace,
            &new_operation::Wanted {
                version,
                resource,
                operation,
                method: method.to_lowercase(),
                path,
            },
        ),
        Command::BenchCompile {
            runs,
            only,
            enforce,
        } => run_bench(&workspace, runs, only.as_deref(), enforce),
        Command::Fuzz { seconds, target } => run_fuzz(&workspace, target.as_deref(), seconds),
        Command::Clients { only, write } => {
            clients::run(&workspace, &clients::Options { only, write })?;
            Ok(ExitCode::SUCCESS)
        }
        Command::ForeignClients { only, write } => {
            foreign_clients::run(&workspace, &foreign_clients::Options { only, write })?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Static => {
            static_programs::run(&workspace)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Tables => {
            tables::run(&workspace)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Conformance {
            examples,
            coverage,
            seed,
        } => run_conformance(
            &workspace,
            conformance::Options {
                examples,
                coverage,
                seed,
            },
        ),
    }
}

type Outcome = Result<ExitCode, Box<dyn std::error::Error>>;

fn run_regen(workspace: &Workspace) -> Outcome {
    let start = Instant::now();
    let plan = regen::plan(workspace)?;
    let changes = plan.write(workspace)?;
    println!(
        "{}, in {:.2} s: harvest-spec/dist, harvest-generated",
        report::written(&plan, &changes),
        start.elapsed().as_secs_f64()
    );
    Ok(ExitCode::SUCCESS)
}

fn run_check(workspace: &Workspace) -> Outcome {
    let plan = regen::plan(workspace)?;
    let changes = plan.changes(workspace)?;
    if changes.is_empty() {
        println!("{}", report::clean(&plan));
        return Ok(ExitCode::SUCCESS);
    }
    print!("{}", report::shortened(&plan.diff(workspace, &changes)?));
    eprint!("{}", report::stale(&changes));
    Ok(ExitCode::FAILURE)
}

fn run_lint(workspace: &Workspace) -> Outcome {
    let mut code = ExitCode::SUCCESS;
    for version in workspace.versions()? {
        let bundle = harvest_codegen::load::load(&version.root, workspace.root())?;
        let findings = harvest_codegen::lint::lint(&bundle);
        if findings.is_empty() {
            println!("{}: no findings", version.name);
        } else {
            println!(
                "{}\n{}",
                version.name,
                harvest_codegen::lint::report(&findings)
            );
            code = ExitCode::FAILURE;
        }
    }
    Ok(code)
}

fn run_diff(
    workspace: &Workspace,
    rev: &str,
    version: Option<&str>,
    fail_on_breaking: bool,
) -> Outcome {
    let mut breaking = 0;
    let since = diff::since(workspace, rev, version)?;
    for compared in since.compared {
        println!("{} since {rev}", compared.version);
        if let Some(remark) = &compared.remark {
            println!("{remark}");
        }
        print!("{}", diff::report(&compared.comparison, &compared.rust));
        breaking += compared.comparison.breaking();
        breaking += compared.rust.iter().filter(|c| c.breaking).count();
    }
    if let Some(error) = since.without_rust {
        return Err(format!(
            "{error}\nnothing is said about Rust: the descriptions do not compile"
        )
        .into());
    }
    if fail_on_breaking && breaking > 0 {
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn run_new_operation(workspace: &Workspace, wanted: &new_operation::Wanted) -> Outcome {
    print!("{}", new_operation::add(workspace, wanted)?);
    Ok(ExitCode::SUCCESS)
}

fn run_bench(workspace: &Workspace, runs: u8, only: Option<&str>, enforce: bool) -> Outcome {
    let (versions, measured) = bench::measure(workspace, runs.into(), only)?;
    let budgets = bench::budgets(&versions, &measured);
    print!("{}", bench::report(&measured, &budgets));
    if enforce && budgets.iter().any(|b| b.state() == bench::State::Broken) {
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn run_fuzz(workspace: &Workspace, target: Option<&str>, seconds: u32) -> Outcome {
    fuzz::run(workspace, target, seconds)?;
    Ok(ExitCode::SUCCESS)
}

fn run_conformance(workspace: &Workspace, options: conformance::Options) -> Outcome {
    conformance::run(workspace, options)?;
    Ok(ExitCode::SUCCESS)
}
