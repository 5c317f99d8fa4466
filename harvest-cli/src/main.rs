//! `harvest`: the Greenhouse Harvest API on the command line.
//!
//! | module | what |
//! | --- | --- |
//! | `arguments` | options and commands that are the same for every version |
//! | `version` | the versions of the API, as the generated client has them |
//! | `connection` | the client that a command uses: of a profile, the environment or a sandbox in the process |
//! | `profile` | profiles and their secrets |
//! | `keyring` | secrets in the system's keyring |
//! | `command` | what each command does |
//! | `migration` | what takes the place of the operations of an older version |
//! | `scan` | calls of an older version in a code base |
//! | `output` | how records are written to standard output |
//! | `failure` | errors and exit codes |
//! | `counted` | counts with what is counted |
//! | `words` | translation of errors of the library into those of the command |

mod arguments;
mod command;
mod connection;
mod counted;
mod failure;
mod harmless;
mod keyring;
mod memory;
mod migration;
mod moment;
mod output;
mod profile;
mod scan;
mod version;
mod words;

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match command::run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
