//! The proxy that answers for the hosts of the service with the sandbox.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::Error;
use super::programs::lay_programs;
use crate::clients::tools;

const PROGRAM: &str = "redirect.py";
const REQUESTS: &str = "requests.ndjson";
const AUTHORITY: &str = "authority.pem";

pub(super) struct Proxy {
    pub(super) url: String,
    folder: PathBuf,
    process: Child,
}

impl Proxy {
    /// Starts it in a folder where its tools are installed.
    pub(super) fn start(
        programs: &Path,
        folder: &Path,
        sandbox: &str,
        hosts: &[String],
    ) -> Result<Self, Error> {
        let own = folder.join("proxy");
        lay_programs(programs, &own)?;
        let path = tools::path(folder);
        let mut process = Command::new(tools::found("python", &path))
            .arg(own.join(PROGRAM))
            .arg(sandbox.trim_start_matches("http://"))
            .arg(&own)
            .args(hosts)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut address = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut address)?;
        }
        let proxy = Self {
            url: format!("http://{}", address.trim()),
            folder: own,
            process,
        };
        if address.trim().is_empty() {
            Err(Error::Proxy)
        } else {
            Ok(proxy)
        }
    }

    /// The certificate by which its own are known.
    pub(super) fn authority(&self) -> PathBuf {
        self.folder.join(AUTHORITY)
    }

    /// Hosts that were asked and are not the service's, in order.
    pub(super) fn refused(&self) -> Result<Vec<String>, Error> {
        let log = std::fs::read_to_string(self.folder.join(REQUESTS))?;
        let entries = log
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let hosts = entries.filter_map(|entry| entry["refused"].as_str().map(str::to_owned));
        Ok(hosts.collect())
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // It may have exited already, which is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
