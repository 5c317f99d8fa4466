//! The program, as users and scripts run it, against the sandbox in its process.

mod deliveries;
mod documents;
mod endless;
mod exports;
mod hostile;
mod imports;
#[cfg(target_os = "linux")]
mod memory;
mod migrations;
mod pauses;
#[cfg(unix)]
mod people;
mod profiles;
mod requests;
mod snippets;
#[cfg(all(unix, feature = "object-store"))]
mod stores;

use std::io::Write;
use std::process::{Command, Output, Stdio};

use harvest_sandbox::{ClientCredentials, Sandbox};

/// A folder of settings of its own, and no credential in the environment.
struct Program(tempfile::TempDir);

impl Program {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_harvest"));
        command.args(arguments).stdin(Stdio::null());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HARVEST_")) {
            command.env_remove(name);
        }
        command.env("HARVEST_CONFIG_DIR", self.0.path().join("harvest"));
        command
    }

    /// A command with a credential of a sandbox in its environment.
    fn with_credentials(
        &self,
        sandbox: &Sandbox,
        credentials: &ClientCredentials,
        arguments: &[&str],
    ) -> Command {
        let mut command = self.command(arguments);
        command
            .env("HARVEST_CLIENT_ID", &credentials.client_id)
            .env("HARVEST_CLIENT_SECRET", &credentials.client_secret)
            .env("HARVEST_BASE_URL", sandbox.url())
            .env(
                "HARVEST_TOKEN_URL",
                sandbox.token_url().expect("it has one"),
            );
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("it runs")
    }

    fn with_input(&self, arguments: &[&str], input: &str) -> Output {
        given(self.command(arguments), input)
    }

    /// Standard output of a run that ends well.
    fn stdout(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(code(&output), 0, "{arguments:?}: {}", stderr(&output));
        String::from_utf8(output.stdout).expect("text")
    }
}

/// Runs a command with this on standard input.
fn given(mut command: Command, input: &str) -> Output {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    // A command that ends before it asks for anything reads nothing.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("no signal")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
