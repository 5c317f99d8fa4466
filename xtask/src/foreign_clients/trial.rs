//! One client, run to its end, and what it reports.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::clients::Client;
use super::programs::lay_programs;
use super::proxy::Proxy;
use crate::clients::tools;
use crate::conformance::sandbox::{KEY, Sandbox};

/// After which a client is ended: some wait for minutes between attempts.
const PATIENCE: Duration = Duration::from_secs(900);
const REPORT: &str = "report.ndjson";

/// What a client read and wrote.
#[derive(Default)]
pub(super) struct Report {
    /// Lists that came to their end, by path.
    pub(super) lists: BTreeMap<String, Vec<Value>>,
    /// The path of what shows it, where it stands there, and what was written.
    pub(super) written: Vec<(String, String, Value)>,
    pub(super) failures: BTreeMap<String, String>,
}

/// Runs a client in the folder where it is installed. What it prints is kept beside its report.
pub(super) fn run(
    client: &Client,
    (programs, folder): (&Path, &Path),
    sandbox: &Sandbox,
    proxy: &Proxy,
) -> io::Result<Report> {
    let own = folder.join("run");
    lay_programs(programs, &own)?;
    let path = tools::path(folder);
    let authority = proxy.authority();
    let (program, arguments) = client
        .command
        .split_first()
        .ok_or(io::ErrorKind::InvalidData)?;
    let mut command = Command::new(tools::found(program, &path));
    command
        .args(arguments)
        .current_dir(&own)
        .env("PATH", &path)
        .env("PYTHONPATH", &own)
        .env("HARVEST_URL", &sandbox.url)
        .env("HARVEST_API_KEY", KEY)
        .env("HARVEST_USER", sandbox.user.to_string())
        .env("HTTPS_PROXY", &proxy.url)
        .env("NO_PROXY", "127.0.0.1")
        .env("SSL_CERT_FILE", &authority)
        .env("REQUESTS_CA_BUNDLE", &authority)
        .stdin(Stdio::null())
        .stdout(File::create(own.join("output.log"))?)
        .stderr(File::create(own.join("errors.log"))?);
    if let Some(integration) = &sandbox.integration {
        command.env("HARVEST_CLIENT_ID", &integration.client_id);
        command.env("HARVEST_CLIENT_SECRET", &integration.secret);
    }
    let ended = wait(&mut command.spawn()?)?;
    let text = std::fs::read_to_string(own.join(REPORT)).unwrap_or_default();
    let mut report = read(&text);
    if let Some(account) = ended {
        report.failures.insert("the program".to_owned(), account);
    }
    Ok(report)
}

/// Waits for the end of a program; what is wrong with it, if it was not a good one.
fn wait(process: &mut Child) -> io::Result<Option<String>> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Some(status) = process.try_wait()? {
            return Ok((!status.success()).then(|| format!("ends with {status}")));
        }
        sleep(Duration::from_millis(50));
    }
    process.kill()?;
    process.wait()?;
    Ok(Some(format!("did not end in {} s", PATIENCE.as_secs())))
}

fn read(text: &str) -> Report {
    let mut report = Report::default();
    for line in text.lines() {
        let Ok(mut entry) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let text = |entry: &Value, name: &str| entry[name].as_str().unwrap_or_default().to_owned();
        if entry.get("wrote").is_some() {
            let value = entry["value"].take();
            report
                .written
                .push((text(&entry, "wrote"), text(&entry, "pointer"), value));
        } else if entry.get("failed").is_some() {
            report
                .failures
                .insert(text(&entry, "list"), text(&entry, "failed"));
        } else {
            let records = report.lists.entry(text(&entry, "list")).or_default();
            records.extend(entry.get_mut("record").map(Value::take));
        }
    }
    report
}
