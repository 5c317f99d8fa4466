//! The program, as it is run from a shell.
#![cfg(unix)]

#[path = "state/temp_dir.rs"]
mod temp_dir;

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::Client;
use temp_dir::TempDir;

const KEY: &str = "a-key-that-nobody-sees";

fn spawn(options: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_harvest-sandbox"))
        .args(["--addr", "127.0.0.1:0", "--key", KEY])
        .args(options)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Starts it on a free port, and says where it listens.
fn start(options: &[&str]) -> (Child, String) {
    let mut child = spawn(options);
    let mut lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
    let url =
        lines.find_map(|line| Some(line.unwrap().trim().strip_prefix("URL")?.trim().to_owned()));
    (child, url.expect("it says where it listens"))
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill")
        .args(["-s", name, &child.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
}

#[tokio::test]
async fn signals_end_it_without_an_error() {
    for name in ["INT", "TERM"] {
        let (mut child, url) = start(&[]);
        // A connection that is kept alive does not keep it.
        let client = Client::new();
        let request = client.get(format!("{url}/v1/users"));
        let answer = request.basic_auth(KEY, Some("")).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.text().await.unwrap();
        signal(&child, name);
        assert!(child.wait().unwrap().success(), "{name}");
    }
}

#[test]
fn signals_end_it_while_it_fills_an_organization() {
    let folder = TempDir::new("ended");
    let data = folder.path().to_str().unwrap();
    // That takes minutes.
    let mut child = spawn(&["--data", data, "--candidates", "1000000"]);
    let half = folder.path().join("harvest.sqlite3.new");
    let began = Instant::now();
    while !half.exists() {
        assert!(began.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(5));
    }
    signal(&child, "TERM");
    let began = Instant::now();
    assert!(child.wait().unwrap().success());
    assert!(began.elapsed() < Duration::from_secs(30));
    // What was half filled is begun again.
    let (mut child, _) = start(&["--data", data, "--candidates", "5"]);
    assert!(!half.exists());
    signal(&child, "TERM");
    assert!(child.wait().unwrap().success());
}

#[tokio::test]
async fn the_log_has_nothing_that_was_sent() {
    let (mut child, url) = start(&["--log"]);
    let request = Client::new().get(format!(
        "{url}/v1/candidates/4711?colour=secret&mira.whitcombe=1&k3y=2"
    ));
    let request = request.basic_auth(KEY, Some(""));
    assert_eq!(request.send().await.unwrap().status(), 404);
    signal(&child, "TERM");
    child.wait().unwrap();
    let mut log = String::new();
    let mut written = child.stderr.take().unwrap();
    written.read_to_string(&mut log).unwrap();
    assert!(log.starts_with("GET get_candidate 404 "), "{log}");
    assert_eq!(log.lines().count(), 1, "{log}");
    assert!(log.contains("unknown parameter colour"), "{log}");
    for secret in [KEY, "4711", "secret", "mira", "k3y"] {
        assert!(!log.contains(secret), "{log}");
    }
}

#[test]
fn what_is_wrong_with_an_option_is_said() {
    for (options, words) in [
        (["--candidates", "1000001"], "1,000,000"),
        (["--rate-limit", "50"], "50/10s"),
        (["--rate-limit", "0/10s"], "1 to 1,000,000,000"),
        (["--rate-limit", "4294967295/10s"], "1 to 1,000,000,000"),
        (["--rate-limit", "1/0s"], "1 ms to 24 hours"),
        (["--rate-limit", "1/4294967295m"], "1 ms to 24 hours"),
        (["--latency", "4294967295m"], "0 to 24 hours"),
        (
            ["--bound", "connections=18446744073709551615"],
            "1,000,000 connections",
        ),
        (["--bound", "idle-time=4294967295m"], "1 ms to 24 hours"),
        (["--bound", "all-bodies=0"], "1 byte to 1 TiB"),
        (["--bound", "body=17592186044415MiB"], "1 byte to 1 TiB"),
        (
            ["--trusted-proxy", "0.0.0.0/0"],
            "name the addresses of the proxies",
        ),
        (
            ["--trusted-proxy", "::/0"],
            "name the addresses of the proxies",
        ),
        (
            ["--trusted-proxy", "here"],
            "neither an IP address nor a range",
        ),
        (["--public-url", "here"], "not like https://"),
        (["--api-version", "v9"], "known: v1"),
        (["--data", "/dev/null/x"], "can't keep data in /dev/null/x"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_harvest-sandbox"))
            .args(["--addr", "127.0.0.1:0"])
            .args(options)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success());
        assert!(said.contains(words), "{options:?}: {said}");
    }
}
