//! Exports in an object store, by the protocol of S3: moto, which `pip install --target` puts where `.ci/run` does.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use harvest_sandbox::Sandbox;

use super::{Program, code, stderr};

/// Where `.ci/run` installs it. Cargo runs a test in the folder of its package.
const SERVER: &str = "../target/ci-tools/s3/bin/moto_server";
const INSTALL: &str = "python3 -m venv target/ci-tools/s3 && target/ci-tools/s3/bin/pip install \
                       'moto[s3]==5.2.5' flask flask-cors";
const SECRET: &str = "hunter2hunter2";
/// What is made of the pages, too.
const TABLES: &str = if cfg!(feature = "parquet") {
    "delta,sqlite"
} else {
    "sqlite"
};
const TO: &str = "s3://people/greenhouse";

/// A server of S3 on this computer, which ends with this value.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// None, said loudly, where it is not installed; in CI that is a failure.
    fn start() -> Option<Self> {
        let path = PathBuf::from(SERVER);
        if !path.is_file() {
            assert!(
                std::env::var_os("CI").is_none(),
                "moto is not installed; {INSTALL}"
            );
            eprintln!("SKIPPED, NOT TESTED: moto is not installed; {INSTALL}");
            return None;
        }
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = free.local_addr().expect("an address");
        drop(free);
        let child = Command::new(path)
            .args(["-H", "127.0.0.1", "-p", &address.port().to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let server = Self { child, address };
        let begun = Instant::now();
        while TcpStream::connect(address).is_err() {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "it does not listen"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        assert_eq!(server.send("PUT", "/people", b"").0, 200);
        Some(server)
    }

    /// The status and the body of an answer.
    fn send(&self, method: &str, path: &str, body: &[u8]) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        let (host, length) = (self.address, body.len());
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
             Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request\r\n\
             Content-Length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).expect("sent");
        stream.write_all(body).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let end = answer.windows(4).position(|it| it == b"\r\n\r\n");
        let body = answer.split_off(end.expect("a head") + 4);
        let head = String::from_utf8(answer).expect("text");
        let status = head.split(' ').nth(1).and_then(|it| it.parse().ok());
        (status.expect("a status"), body)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command with the settings of a store in its environment, and none of those of this computer.
fn with_store(program: &Program, address: SocketAddr, arguments: &[&str]) -> Command {
    let mut command = program.command(arguments);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AWS_")) {
        command.env_remove(name);
    }
    command
        .env("AWS_ENDPOINT_URL", format!("http://{address}"))
        .env("AWS_ALLOW_HTTP", "true")
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", "AKIAHUNTER2")
        .env("AWS_SECRET_ACCESS_KEY", SECRET);
    command
}

fn export(program: &Program, server: &Server, sandbox: &Sandbox, more: &[&str]) -> Command {
    let usual = ["export", "--to", TO, "--streams", "candidates,users,jobs"];
    let mut command = with_store(program, server.address, &[&usual[..], more].concat());
    command
        .env("HARVEST_API_KEY", sandbox.key())
        .env("HARVEST_BASE_URL", sandbox.url())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn verify(program: &Program, server: &Server) -> (i32, String) {
    let output = with_store(program, server.address, &["export", "verify", TO]).output();
    let output = output.expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &stderr(&output);
    assert!(
        !said.contains(SECRET) && !said.contains("AKIAHUNTER2"),
        "{said}"
    );
    (code(&output), said)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_into_a_store_is_killed_and_goes_on() {
    let Some(server) = Server::start() else {
        return;
    };
    let latency = Duration::from_millis(150);
    let sandbox = Sandbox::builder().latency(latency).start().await;
    let sandbox = sandbox.expect("it starts");
    let program = Program::new();
    let folder = |name: &str| program.0.path().join(name).display().to_string();
    let (here, there) = (folder("here"), folder("there"));
    for round in 0..5_u64 {
        let work = if round < 3 { &here } else { &there };
        // A process that works elsewhere has to know that the other one ended.
        let more = ["--work", work, "--format", TABLES, "--take-over"];
        let mut child = export(&program, &server, &sandbox, &more)
            .spawn()
            .expect("it runs");
        std::thread::sleep(Duration::from_millis(300 + 500 * round));
        child.kill().expect("it is killed");
        child.wait().expect("it ends");
    }
    // Another computer that may still be at work.
    let lock = br#"{"writer":"another","renewal":1,"at":""}"#;
    assert_eq!(server.send("PUT", "/people/greenhouse/lock", lock).0, 200);
    let mut refused = export(&program, &server, &sandbox, &["--work", &here]);
    let refused = refused.stderr(Stdio::piped()).output().expect("it runs");
    assert_eq!(code(&refused), 1, "{}", stderr(&refused));
    assert!(
        stderr(&refused).contains("--take-over"),
        "{}",
        stderr(&refused)
    );
    let more = ["--work", &here, "--format", TABLES, "--take-over"];
    let mut last = export(&program, &server, &sandbox, &more);
    let output = last.stderr(Stdio::piped()).output().expect("it runs");
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let (status, proof) = verify(&program, &server);
    assert_eq!(status, 0, "{proof}");
    assert!(proof.contains("whole, as of "), "{proof}");
    let line = proof.lines().find(|line| line.starts_with("candidates "));
    assert!(line.expect("a line").ends_with(" 60 ids"), "{proof}");
    assert_eq!(
        proof.contains("\ndelta: "),
        cfg!(feature = "parquet"),
        "{proof}"
    );

    // From elsewhere, without anything of before, what changed is read.
    let work = folder("elsewhere");
    let mut next = export(&program, &server, &sandbox, &["--work", &work]);
    let output = next.stderr(Stdio::piped()).output().expect("it runs");
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        !Path::new(&work)
            .join("export/candidates/000001-00001.ndjson")
            .exists()
    );

    let key = "/people/greenhouse/users/000001-00001.ndjson";
    let (status, mut page) = server.send("GET", key, b"");
    assert_eq!(status, 200);
    page[2] ^= 1;
    assert_eq!(server.send("PUT", key, &page).0, 200);
    let (status, proof) = verify(&program, &server);
    assert_eq!(status, 3, "{proof}");
    assert!(
        proof.contains("users/000001-00001.ndjson: is not what was written"),
        "{proof}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_is_put_in_parts() {
    let Some(server) = Server::start() else {
        return;
    };
    let sandbox = Sandbox::builder().candidates(4_000).start().await;
    let sandbox = sandbox.expect("it starts");
    let program = Program::new();
    let work = program.0.path().join("work");
    let work = work.display().to_string();
    let more = ["--work", &work, "--format", "sqlite"];
    let mut export = export(&program, &server, &sandbox, &more);
    let output = export.stderr(Stdio::piped()).output().expect("it runs");
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let path = Path::new(&work).join("export/export.sqlite");
    let kept = std::fs::read(path).expect("a database");
    assert!(kept.len() > 9 * 1024 * 1024, "{}", kept.len());
    let (_, found) = server.send("GET", "/people/greenhouse/export.sqlite", b"");
    assert!(found == kept, "{} bytes are {}", kept.len(), found.len());
    let (status, proof) = verify(&program, &server);
    assert_eq!(status, 0, "{proof}");
}

/// A server that answers all requests with this.
fn answering(answer: &'static str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            let _ = stream.read(&mut [0; 4_096]);
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    address
}

#[test]
fn what_a_store_says_is_told_without_what_it_repeats() {
    let program = Program::new();
    let work = program.0.path().join("work").display().to_string();
    let refused = answering(
        "HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n<Error><Code>InvalidAccessKeyId</Code>\
         <AWSAccessKeyId>AKIAHUNTER2</AWSAccessKeyId><Secret>hunter2hunter2</Secret></Error>",
    );
    let nowhere = answering(
        "HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n<Error><Code>NoSuchBucket</Code>\
         <AWSAccessKeyId>AKIAHUNTER2</AWSAccessKeyId></Error>",
    );
    for (server, expected) in [
        (
            refused,
            ["HTTP 403 InvalidAccessKeyId", "AWS_ACCESS_KEY_ID"],
        ),
        (nowhere, ["no bucket people", "s3://people/greenhouse"]),
    ] {
        for arguments in [
            &["--sandbox", "export", "--to", TO, "--work", &work][..],
            &["export", "verify", TO],
        ] {
            let output = with_store(&program, server, arguments)
                .output()
                .expect("it runs");
            let said = stderr(&output);
            assert_eq!(code(&output), 1, "{said}");
            for expected in expected {
                assert!(said.contains(expected), "{said}");
            }
            assert!(
                !said.contains(SECRET) && !said.contains("AKIAHUNTER2"),
                "{said}"
            );
        }
    }
    let unreachable = TcpListener::bind("127.0.0.1:0").expect("a port");
    let unreachable = unreachable.local_addr().expect("an address");
    for (arguments, expected) in [
        (
            ["export", "verify", "s3://noor:hunter2hunter2@people/x"],
            "credentials",
        ),
        (
            ["export", "verify", "s3://people/x?key=hunter2hunter2"],
            "credentials",
        ),
        (["export", "verify", "ftp://people/x"], "s3://BUCKET/PREFIX"),
    ] {
        let output = with_store(&program, unreachable, &arguments)
            .output()
            .expect("it runs");
        let said = stderr(&output);
        assert_eq!(code(&output), 2, "{said}");
        assert!(
            said.contains(expected) && !said.contains("hunter2"),
            "{said}"
        );
    }
}

#[test]
fn a_store_that_asks_for_a_long_pause_is_left_alone() {
    let program = Program::new();
    let work = program.0.path().join("work").display().to_string();
    let server = answering(
        "HTTP/1.1 503 Slow Down\r\nConnection: close\r\nRetry-After: 240\r\n\r\n<Error><Code>\
         SlowDown</Code></Error>",
    );
    for arguments in [
        &[
            "--max-wait",
            "3m",
            "--sandbox",
            "export",
            "--to",
            TO,
            "--work",
            &work,
        ][..],
        &["--max-wait", "3m", "export", "verify", TO],
    ] {
        let begun = Instant::now();
        let output = with_store(&program, server, arguments).output();
        let output = output.expect("it runs");
        let said = stderr(&output);
        assert_eq!(code(&output), 6, "{said}");
        for expected in [
            "s3://people/greenhouse/",
            "HTTP 503",
            "takes requests again at 20",
            "run the same command then",
            "--max-wait",
        ] {
            assert!(said.contains(expected), "{said}");
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "it waited");
    }
}
