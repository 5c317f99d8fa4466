//! A sandbox to ask: a process of its own on a free port, which ends with this value.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use harvest_codegen::conventions::Sandbox as Answers;
use reqwest::StatusCode;
use serde_json::Value;

use super::Error;
use super::access::Access;
use crate::workspace::Workspace;

const PACKAGE: &str = "harvest-sandbox";
/// Opens nothing but a sandbox that ends with the run.
pub(crate) const KEY: &str = "conformance";

/// Builds the sandbox, and says where it is.
pub(crate) fn built(workspace: &Workspace) -> Result<PathBuf, Error> {
    let output = Command::new("cargo")
        .current_dir(workspace.root())
        .args(["build", "--quiet", "--package", PACKAGE])
        .args(["--message-format", "json-render-diagnostics"])
        .stderr(Stdio::inherit())
        .output()?;
    output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == PACKAGE)
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .filter(|_| output.status.success())
        .ok_or_else(|| Error::Sandbox("it does not build".to_owned()))
}

pub(crate) struct Sandbox {
    pub(crate) url: String,
    /// Who may do everything.
    pub(crate) user: i64,
    client: reqwest::blocking::Client,
    process: Child,
    // What it prints later must have somewhere to go.
    output: BufReader<ChildStdout>,
}

impl Sandbox {
    /// Starts one that never says 429: that would hide all other answers.
    pub(crate) fn start(binary: &Path, version: &str, answers: Answers) -> Result<Self, Error> {
        let mut process = Command::new(binary)
            .args(["--addr", "127.0.0.1:0", "--api-version", version])
            .args(["--key", KEY, "--rate-limit", "1000000/1s"])
            .args((answers == Answers::Examples).then_some("--examples"))
            .stdout(Stdio::piped())
            .spawn()?;
        let output = process.stdout.take();
        let output =
            output.ok_or_else(|| Error::Sandbox("its output cannot be read".to_owned()))?;
        let mut sandbox = Self {
            url: String::new(),
            user: 0,
            client: reqwest::blocking::Client::new(),
            process,
            output: BufReader::new(output),
        };
        while sandbox.url.is_empty() || sandbox.user == 0 {
            let mut line = String::new();
            if sandbox.output.read_line(&mut line)? == 0 {
                return Err(Error::Sandbox(format!("it does not start with {version}")));
            }
            if let Some(url) = line.trim().strip_prefix("URL") {
                url.trim().clone_into(&mut sandbox.url);
            }
            if let Some(user) = line.trim().strip_prefix("user id") {
                sandbox.user = user.trim().parse().unwrap_or_default();
            }
        }
        Ok(sandbox)
    }

    /// What a GET is answered; `None` if there is no such record.
    pub(crate) fn get(&self, access: &Access, path: &str) -> Result<Option<Value>, Error> {
        let wrong = |error: reqwest::Error| Error::Sandbox(format!("GET {path}: {error}"));
        let request = self.client.get(format!("{}{path}", self.url));
        let answer = access.sign(request).send().map_err(wrong)?;
        match answer.status() {
            StatusCode::NOT_FOUND => Ok(None),
            status if status.is_success() => answer.json().map(Some).map_err(wrong),
            status => Err(Error::Sandbox(format!("GET {path} is answered {status}"))),
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
