//! The program, as users and scripts run it, against the sandbox in its process.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

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

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("it runs")
    }

    fn with_input(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(input.as_bytes()).expect("it reads");
        drop(stdin);
        child.wait_with_output().expect("it ends")
    }

    /// Standard output of a run that ends well.
    fn stdout(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(code(&output), 0, "{arguments:?}: {}", stderr(&output));
        String::from_utf8(output.stdout).expect("text")
    }
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("no signal")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn any_request() {
    let program = Program::new();
    let api = |arguments: &[&'static str]| {
        [&["--sandbox", "--api-version", "v1", "api"], arguments].concat()
    };
    let page = program.stdout(&api(&["/v1/candidates?per_page=2"]));
    let page: Vec<Value> = serde_json::from_str(&page).expect("JSON");
    assert_eq!(page.len(), 2);

    let all = program.stdout(&api(&[
        "v1/candidates",
        "-f",
        "per_page=7",
        "--paginate",
        "--jq",
        "length",
    ]));
    assert_eq!(all.trim(), "60");
    let whole = program.stdout(&api(&["v1/candidates", "-f", "per_page=7", "--paginate"]));
    assert_eq!(
        serde_json::from_str::<Vec<Value>>(&whole)
            .expect("JSON")
            .len(),
        60
    );

    let head = program.stdout(&api(&["-i", "/v1/users"]));
    assert!(
        head.starts_with("HTTP 200 OK\n") && head.contains("x-ratelimit-limit: "),
        "{head}"
    );

    let fields = [
        "PATCH",
        "/v1/candidates/1",
        "-f",
        "title=7",
        "-F",
        "can_email=false",
        "--dry-run",
    ];
    let shown: Value = serde_json::from_str(&program.stdout(&api(&fields))).expect("JSON");
    assert_eq!(shown["method"], "PATCH");
    assert_eq!(
        shown["body"],
        serde_json::json!({"title": "7", "can_email": false})
    );
}

#[test]
fn exit_codes_say_what_went_wrong() {
    let program = Program::new();
    let v1 = |arguments: &[&str]| {
        program.run(&[&["--sandbox", "--api-version", "v1"], arguments].concat())
    };
    for (output, expected, said) in [
        (program.run(&["users", "list"]), 4, "harvest auth login"),
        (
            program.run(&["users", "list", "--profile", "none"]),
            4,
            "no profile",
        ),
        (
            v1(&["api", "https://elsewhere.example/v1/users"]),
            2,
            "without the host",
        ),
        (v1(&["api", "/v1/users", "--jq", ".["]), 2, "filter"),
        (
            v1(&["users", "list", "--per-page", "many"]),
            2,
            "whole number",
        ),
        (v1(&["users", "create", "--first-name", "Mira"]), 2, "--yes"),
        (v1(&["api", "/v1/candidates/1"]), 1, "404"),
        (v1(&["candidates", "list", "--limit", "3"]), 3, "incomplete"),
    ] {
        assert_eq!(code(&output), expected, "{}", stderr(&output));
        assert!(
            stderr(&output).contains(said),
            "{said}: {}",
            stderr(&output)
        );
    }
}

#[test]
fn a_command_for_each_operation() {
    let program = Program::new();
    let v1 = ["--sandbox", "--api-version", "v1"];
    let run = |arguments: &[&str]| program.stdout(&[&v1, arguments].concat());

    let lines = run(&["candidates", "list", "--updated-since", "2000-01-01"]);
    assert_eq!(lines.lines().count(), 60);
    assert!(
        lines
            .lines()
            .all(|line| serde_json::from_str::<Value>(line).is_ok())
    );
    assert_eq!(run(&["candidates", "list", "--updated-since", "0m"]), "");

    let csv = run(&[
        "candidates",
        "list",
        "-o",
        "csv",
        "--columns",
        "id,recruiter.name",
    ]);
    assert_eq!(csv.lines().count(), 61);
    assert_eq!(csv.lines().next(), Some("id,recruiter.name"));

    let table = run(&["jobs", "list", "-o", "table"]);
    assert!(table.starts_with("ID "), "{table}");

    let id = run(&["candidates", "list", "--jq", ".id"]);
    let id = id.lines().next().expect("an id");
    let one = run(&["candidates", "get", id, "-o", "json"]);
    assert_eq!(
        serde_json::from_str::<Value>(&one).expect("JSON")["id"].to_string(),
        id
    );

    let changed = run(&[
        "candidates",
        "update",
        id,
        "--title",
        "Field lead",
        "--yes",
        "--jq",
        ".title",
    ]);
    assert_eq!(changed, "Field lead\n");
    let shown = run(&[
        "candidates",
        "update",
        id,
        "--title",
        "Field lead",
        "--dry-run",
    ]);
    assert!(
        shown.contains("\"operation\":\"update_candidate\""),
        "{shown}"
    );

    // Of the current version.
    let ids = program.stdout(&["--sandbox", "candidates", "list", "--jq", ".id"]);
    assert_eq!(ids.lines().count(), 60);
}

#[test]
fn profiles() {
    let program = Program::new();
    let secret = "s3cret-of-acme";
    let login = ["auth", "login", "acme", "--client-id", "12345"];
    let output = program.with_input(&login, &format!("{secret}\n"));
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(
        code(&program.run(&login)),
        2,
        "there is no secret on standard input"
    );
    program.stdout(&[
        "auth",
        "login",
        "try",
        "--kind",
        "sandbox",
        "--api-version",
        "v1",
    ]);

    let status = |arguments: &[&str]| {
        let output = program.run(&[&["auth", "status", "--json"], arguments].concat());
        serde_json::from_slice::<Value>(&output.stdout).expect("JSON")
    };
    assert_eq!(status(&[])["profile"], "try");
    assert_eq!(status(&["-p", "acme"])["kind"], "client");
    assert_eq!(status(&["--sandbox"])["source"], "sandbox");
    assert_eq!(program.stdout(&["candidates", "list"]).lines().count(), 60);

    let variables = ["HARVEST_CLIENT_ID", "HARVEST_CLIENT_SECRET"];
    let output = program
        .command(&["auth", "status", "--json"])
        .envs(variables.map(|name| (name, "x")))
        .output()
        .expect("it runs");
    let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        found["source"], "environment",
        "the environment goes before the current profile"
    );

    let listed = program.run(&["auth", "list"]);
    let printed = String::from_utf8_lossy(&listed.stdout).into_owned() + &stderr(&listed);
    assert!(
        printed.contains("* try") && printed.contains("acme"),
        "{printed}"
    );
    assert!(!printed.contains(secret));
    program.stdout(&["auth", "switch", "acme"]);
    assert_eq!(status(&[])["profile"], "acme");

    let file = program.0.path().join("harvest/profiles.json");
    assert!(
        std::fs::read_to_string(&file)
            .expect("a file")
            .contains(secret)
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path| {
            std::fs::metadata(path)
                .expect("it is there")
                .permissions()
                .mode()
        };
        assert_eq!(mode(&file) & 0o777, 0o600);
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).expect("a mode");
        let refused = program.run(&["auth", "status"]);
        assert!(
            stderr(&refused).contains("chmod 600"),
            "{}",
            stderr(&refused)
        );
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).expect("a mode");
    }
    program.stdout(&["auth", "logout"]);
    assert!(
        !std::fs::read_to_string(&file)
            .expect("a file")
            .contains(secret)
    );
    assert_eq!(code(&program.run(&["auth", "status"])), 4);
}

#[test]
fn exports_that_are_proven() {
    let program = Program::new();
    let folder = program.0.path().join("out").display().to_string();
    let v1 = ["--sandbox", "--api-version", "v1", "export"];
    let output = program.run(&[&v1[..], &["--to", &folder, "--streams", "users,jobs"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let proof = program.stdout(&["export", "verify", &folder]);
    assert!(proof.contains("whole, as of "), "{proof}");
    let page = format!("{folder}/users/000001-00001.ndjson");
    std::fs::write(page, "{}\n").expect("written");
    let output = program.run(&["export", "verify", &folder]);
    assert_eq!(code(&output), 3, "{}", stderr(&output));
    assert_eq!(code(&program.run(&["export"])), 2, "--to is needed");

    // Lists that the sandbox has no records for do not end the others.
    let folder = program.0.path().join("all").display().to_string();
    let output = program.run(&["--sandbox", "export", "--to", &folder]);
    let missing = "not covered: attachments is not offered by the service";
    assert_eq!(code(&output), 5, "{}", stderr(&output));
    assert!(stderr(&output).contains(missing), "{}", stderr(&output));
    let proof = program.stdout(&["export", "verify", &folder]);
    assert!(
        proof.contains("whole, as of ") && proof.contains(missing),
        "{proof}"
    );
}

/// How often an export is killed; `KILLS` in the environment says otherwise.
const KILLS: u64 = 6;

#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_is_killed_goes_on() {
    let latency = std::time::Duration::from_millis(60);
    let sandbox = harvest_sandbox::Sandbox::builder()
        .latency(latency)
        .start()
        .await;
    let sandbox = sandbox.expect("it starts");
    let program = Program::new();
    let folder = program.0.path().join("out").display().to_string();
    let export = || {
        let mut command = program.command(&[
            "export",
            "--to",
            &folder,
            "--streams",
            "candidates,users,jobs",
        ]);
        command
            .env("HARVEST_API_KEY", sandbox.key())
            .env("HARVEST_BASE_URL", sandbox.url());
        command.stderr(Stdio::null());
        command
    };
    let kills = std::env::var("KILLS")
        .ok()
        .and_then(|it| it.parse().ok())
        .unwrap_or(KILLS);
    for round in 0..kills {
        let mut child = export().spawn().expect("it runs");
        // Later and later, over the time that an export takes.
        std::thread::sleep(std::time::Duration::from_millis(40 + 90 * (round % 8)));
        child.kill().expect("it is killed");
        child.wait().expect("it ends");
    }
    let output = export().output().expect("it runs");
    assert_eq!(code(&output), 0);
    let proof = program.stdout(&["export", "verify", &folder]);
    let line = proof
        .lines()
        .find(|line| line.starts_with("candidates "))
        .expect("a line");
    assert!(line.ends_with(" 60 ids"), "{proof}");
}

#[test]
fn completions_and_manual_pages() {
    let program = Program::new();
    let script = program.stdout(&["completions", "bash"]);
    assert!(script.contains("anonymize"), "operations are completed");
    let folder = program.0.path().join("man");
    program.stdout(&["man", &folder.display().to_string()]);
    let page = std::fs::read_to_string(folder.join("harvest-candidates-list.1")).expect("a page");
    assert!(
        page.contains("harvest:candidates:list"),
        "the page names the scope"
    );
}
