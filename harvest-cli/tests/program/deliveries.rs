//! Webhooks: received, made, sent again and checked.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStderr, Stdio};

use serde_json::Value;

use super::{Program, code, stderr};

const SECRET: &str = "s3cret of the wébhook";

/// A `harvest webhooks listen`, which is ended with this.
struct Listening {
    child: Child,
    said: BufReader<ChildStderr>,
    url: String,
    /// The variables by which its sandbox is reached.
    environment: HashMap<String, String>,
}

impl Listening {
    fn start(program: &Program, arguments: &[&str]) -> Self {
        let listen = ["webhooks", "listen", "--address", "127.0.0.1:0"];
        let mut command = program.command(&[&listen[..], arguments].concat());
        command
            .env("HARVEST_WEBHOOK_SECRET", SECRET)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let said = BufReader::new(child.stderr.take().expect("a pipe"));
        // It is ended with this, whatever comes now.
        let mut listening = Self {
            child,
            said,
            url: String::new(),
            environment: HashMap::new(),
        };
        loop {
            let mut line = String::new();
            let read = listening.said.read_line(&mut line).expect("text");
            assert!(read > 0, "it ended");
            if let Some((name, value)) = line
                .trim()
                .strip_prefix("export ")
                .and_then(|it| it.split_once('='))
            {
                let value = value.to_owned();
                listening.environment.insert(name.to_owned(), value);
            }
            if let Some(rest) = line.strip_prefix("listening at ") {
                listening.url = rest.split(';').next().expect("a URL").to_owned();
                return listening;
            }
        }
    }

    /// The lines that it printed, once it has ended by itself.
    fn lines(mut self) -> (Vec<Value>, String) {
        let mut printed = String::new();
        let mut stdout = self.child.stdout.take().expect("a pipe");
        stdout.read_to_string(&mut printed).expect("text");
        let mut said = String::new();
        self.said.read_to_string(&mut said).expect("text");
        assert!(self.child.wait().expect("it ends").success(), "{said}");
        let lines = printed
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"));
        (lines.collect(), said)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Listening {
    fn path(program: &Program, name: &str) -> String {
        program.0.path().join(name).display().to_string()
    }
}

#[test]
fn events_are_made_received_checked_and_sent_again() {
    let program = Program::new();
    let file = Listening::path(&program, "deliveries.ndjson");
    let listening = Listening::start(&program, &["--save", &file, "--limit", "2"]);
    let trigger = |to: &str, secret: &str| {
        let arguments = ["webhooks", "trigger", "hire_candidate", "--to", to];
        let mut command = program.command(&arguments);
        command
            .env("HARVEST_WEBHOOK_SECRET", secret)
            .output()
            .expect("it runs")
    };
    let output = trigger(&listening.url, "another secret");
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let output = trigger(&listening.url, SECRET);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let (lines, said) = listening.lines();
    assert!(
        said.contains("refused: no secret makes this signature"),
        "{said}"
    );
    let actions: Vec<_> = lines
        .iter()
        .map(|it| it["action"].as_str().expect("a name"))
        .collect();
    assert_eq!(actions, ["ping", "hire_candidate"]);
    assert!(
        lines
            .iter()
            .all(|it| it["status"] == 200 && it["body"].is_null()),
        "{lines:?}"
    );

    let saved = fs::read_to_string(&file).expect("a file");
    let saved: Vec<Value> = saved
        .lines()
        .map(|it| serde_json::from_str(it).expect("JSON"))
        .collect();
    let (body, signature) = (saved[1]["body"].as_str(), saved[1]["signature"].as_str());
    let (body, signature) = (body.expect("a body"), signature.expect("a signature"));
    let verify = |body: &str, signature: &str| {
        let path = Listening::path(&program, "body.json");
        fs::write(&path, body).expect("written");
        let arguments = ["webhooks", "verify", &path, "--signature", signature];
        let mut command = program.command(&arguments);
        command
            .env("HARVEST_WEBHOOK_SECRET", SECRET)
            .output()
            .expect("it runs")
    };
    assert_eq!(code(&verify(body, signature)), 0);
    assert_eq!(code(&verify(&format!("{body} "), signature)), 1);
    assert_eq!(code(&verify(body, "sha256 0")), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&file).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    // Again, by way of one that sends on: the same bytes, ids and signatures.
    let last = Listening::start(&program, &["--limit", "1", "--body"]);
    let between = Listening::start(&program, &["--limit", "1", "--forward-to", &last.url]);
    let replay =
        |arguments: &[&str]| program.run(&[&["webhooks", "replay", &file], arguments].concat());
    let output = replay(&["--to", &between.url, "--event", "hire_candidate"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let (lines, _) = last.lines();
    assert_eq!(lines[0]["event_id"], saved[1]["event_id"]);
    assert_eq!(
        lines[0]["body"],
        serde_json::from_str::<Value>(body).expect("JSON")
    );
    let (lines, _) = between.lines();
    assert_eq!(lines[0]["status"], 200);

    // The receiver is gone.
    let nobody = "http://127.0.0.1:9/";
    assert_eq!(code(&replay(&["--to", nobody])), 1);
    assert_eq!(code(&replay(&["--event", "nothing"])), 2);
    assert_eq!(code(&trigger(nobody, SECRET)), 1);
}

#[test]
fn a_sandbox_delivers_what_changes_in_it() {
    let program = Program::new();
    let listening = Listening::start(&program, &["--sandbox", "--limit", "1"]);
    let api = |arguments: &[&str]| {
        let mut command = program.command(&[&["api"], arguments].concat());
        command
            .envs(&listening.environment)
            .output()
            .expect("it runs")
    };
    let output = api(&[
        "GET",
        "/v3/candidates",
        "-f",
        "per_page=1",
        "--jq",
        ".[].id",
    ]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let id = String::from_utf8(output.stdout).expect("text");
    let path = format!("/v3/candidates/{}", id.trim());
    let output = api(&["PATCH", &path, "-f", "title=Field lead"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let (lines, _) = listening.lines();
    assert_eq!(lines[0]["action"], "update_candidate");
    assert_eq!(lines[0]["verified"], true);
}

#[test]
fn secrets_are_needed_and_not_shown() {
    let program = Program::new();
    let output = program.run(&["webhooks", "listen", "--address", "127.0.0.1:0"]);
    assert_eq!(code(&output), 4, "{}", stderr(&output));
    let file = Listening::path(&program, "secret");
    fs::write(&file, format!("{SECRET}\n")).expect("written");
    let body = Listening::path(&program, "body.json");
    fs::write(&body, "{}").expect("written");
    let output = program.run(&[
        "webhooks",
        "verify",
        &body,
        "--signature",
        "x",
        "--secret-file",
        &file,
    ]);
    assert_eq!(code(&output), 1);
    assert!(!stderr(&output).contains(SECRET));
    // The operations of the resource with the same name are there as well.
    let help = program.stdout(&["webhooks", "--help"]);
    assert!(help.contains("listen") && help.contains("update"), "{help}");
}

/// Candidates are in what is written: neither through a link nor where others read.
#[cfg(unix)]
#[test]
fn deliveries_are_saved_for_their_owner_alone() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let program = Program::new();
    let path = |name: &str| program.0.path().join(name);
    fs::write(path("old"), "before\n").expect("written");
    fs::set_permissions(path("old"), fs::Permissions::from_mode(0o644)).expect("set");
    fs::write(path("elsewhere"), "").expect("written");
    fs::set_permissions(path("elsewhere"), fs::Permissions::from_mode(0o600)).expect("set");
    symlink(path("elsewhere"), path("link")).expect("a link");
    symlink(path("nowhere"), path("dangling")).expect("a link");
    for (name, reason) in [
        ("old", "chmod 600"),
        ("link", "symbolic link"),
        ("dangling", "symbolic link"),
    ] {
        let file = path(name).display().to_string();
        let listen = ["webhooks", "listen", "--address", "127.0.0.1:0", "--save"];
        let mut command = program.command(&[&listen[..], &[&file]].concat());
        let output = command.env("HARVEST_WEBHOOK_SECRET", SECRET).output();
        let output = output.expect("it runs");
        assert_eq!(code(&output), 2, "{name}: {}", stderr(&output));
        assert!(stderr(&output).contains(reason), "{}", stderr(&output));
    }
    assert_eq!(
        fs::read_to_string(path("old")).expect("it is there"),
        "before\n"
    );
    assert!(!path("nowhere").exists());
}
