//! Exports, and their proof.

use std::process::Stdio;

use serde_json::Value;

use super::{Program, code, stderr};

/// The arguments of an export of some streams of a sandbox.
fn of_sandbox<'a>(to: &'a str, streams: &'a str) -> [&'a str; 6] {
    ["--sandbox", "export", "--to", to, "--streams", streams]
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
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_not_offered_does_not_end_the_others() {
    let sandbox = harvest_sandbox::Sandbox::start().await.expect("it starts");
    let fault = harvest_sandbox::Fault::status(501).on("list_job_notes");
    sandbox.faults().add(fault).expect("a fault");
    let program = Program::new();
    let folder = program.0.path().join("all").display().to_string();
    let credentials = sandbox.v3_credentials().expect("it keeps records");
    let export = ["export", "--to", &folder, "--streams", "job_notes,users"];
    let mut command = program.with_credentials(&sandbox, credentials, &export);
    let output = command.output().expect("it runs");
    let missing = "not covered: job_notes is not offered by the service";
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
        if cfg!(feature = "parquet") {
            command.args(["--format", "delta"]);
        }
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
    assert!(
        proof.contains("\ndelta: ") || cfg!(not(feature = "parquet")),
        "{proof}"
    );
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_is_interrupted_says_how_it_goes_on() {
    use std::io::{BufRead as _, BufReader};

    let latency = std::time::Duration::from_millis(60);
    let sandbox = harvest_sandbox::Sandbox::builder().latency(latency);
    let sandbox = sandbox.start().await.expect("it starts");
    let program = Program::new();
    let folder = program.0.path().join("out").display().to_string();
    let mut command = program.command(&["export", "--to", &folder, "--json"]);
    command
        .env("HARVEST_API_KEY", sandbox.key())
        .env("HARVEST_BASE_URL", sandbox.url())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let mut events = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    // The plan, and the first that was read.
    for _ in 0..2 {
        events.next().expect("an event").expect("it is read");
    }
    let interrupt = format!("kill -INT {}", child.id());
    let sent = std::process::Command::new("sh")
        .args(["-c", &interrupt])
        .status();
    assert!(sent.expect("it runs").success());
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(code(&output), 3, "{said}");
    assert!(
        said.contains("interrupted; what was read is kept"),
        "{said}"
    );
    let status = command.stdout(Stdio::null()).status().expect("it runs");
    assert!(status.success());
}

/// Whether nobody but its owner can read it.
fn is_private(path: &std::path::Path) -> bool {
    #[cfg(unix)]
    let others = {
        use std::os::unix::fs::PermissionsExt;
        let about = std::fs::metadata(path).expect("it is there");
        about.permissions().mode() & 0o077
    };
    #[cfg(not(unix))]
    let others = u32::from(!path.exists());
    others == 0
}

#[test]
fn a_database_and_its_proof() {
    let program = Program::new();
    let file = program.0.path().join("people.sqlite");
    let to = file.display().to_string();
    let export = of_sandbox(&to, "candidates,users");
    let output = program.run(&export);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        program
            .stdout(&["export", "verify", &to])
            .contains("whole, as of ")
    );
    // It is read again, and the database follows.
    let output = program.run(&[&export[..], &["--deletions", "--strict"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        program
            .stdout(&["export", "verify", &to])
            .contains("whole, as of ")
    );
    assert!(is_private(&file));
    // The sandbox of each command has the same people.
    let against = ["--sandbox", "export", "verify", &to, "--against"];
    assert!(program.stdout(&against).contains("whole, as of "));
    // A database that is not that of the files.
    std::fs::write(&file, b"no database").expect("written");
    let output = program.run(&["export", "verify", &to]);
    assert_eq!(code(&output), 3, "{}", stderr(&output));
}

#[test]
fn personal_data_is_left_out() {
    let program = Program::new();
    let path = |name: &str| program.0.path().join(name).display().to_string();
    let export = |to: &str, more: &[&str]| {
        let to = path(to);
        program.run(&[&["--sandbox", "export", "--to", &to], more].concat())
    };
    let text = |to: &str| {
        let page = format!("{}/candidates/000001-00001.ndjson", path(to));
        std::fs::read_to_string(page).expect("a page")
    };
    let candidates = ["--streams", "candidates"];
    assert_eq!(code(&export("all", &candidates)), 0);
    let all = text("all");
    let first: Value = serde_json::from_str(all.lines().next().expect("a line")).expect("JSON");
    let name = first["last_name"].as_str().expect("a name");
    assert!(all.contains(name) && all.contains("@example"), "{first}");

    let output = export(
        "some",
        &[&candidates[..], &["--without", "contact"]].concat(),
    );
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let some = text("some");
    assert!(some.contains(name) && !some.contains("@example"));
    let proof = program.stdout(&["export", "verify", &path("some")]);
    let said: Vec<_> = proof
        .lines()
        .filter(|line| line.starts_with("left out: "))
        .collect();
    assert_eq!(said, ["left out: what is contact, demographic"], "{proof}");
    // Another choice is another export.
    assert_eq!(code(&export("some", &candidates)), 2);

    std::fs::write(path("key"), "0123456789abcdef0123456789abcdef\n").expect("written");
    let key = path("key");
    let pseudonyms = [&candidates[..], &["--pseudonyms", &key]].concat();
    assert_eq!(code(&export("made", &pseudonyms)), 0);
    assert_eq!(code(&export("same", &pseudonyms)), 0);
    let made = text("made");
    assert!(!made.contains(name) && !made.contains("@example"));
    assert_eq!(made.lines().count(), all.lines().count());
    let ids = |text: &str| -> Vec<Value> {
        let lines = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        lines.map(|record| record["id"].clone()).collect()
    };
    assert_eq!(ids(&made), ids(&all));
    let names = |text: &str| -> Vec<Value> {
        let lines = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        lines.map(|record| record["last_name"].clone()).collect()
    };
    assert_eq!(
        names(&made),
        names(&text("same")),
        "the same key makes the same pseudonyms"
    );

    let output = export("asked", &["--streams", "eeoc"]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("--with demographic"),
        "{}",
        stderr(&output)
    );
    assert_eq!(
        code(&export(
            "asked",
            &["--streams", "eeoc", "--with", "demographic"]
        )),
        0
    );
    assert_eq!(code(&export("none", &["--without", "adresses"])), 2);
}

#[test]
fn a_plan_and_events() {
    let program = Program::new();
    let to = program.0.path().join("out").display().to_string();
    let export = of_sandbox(&to, "users,jobs");
    let plan = program.stdout(&[&export[..], &["--dry-run"]].concat());
    assert!(plan.contains("scope: harvest:users:list"), "{plan}");
    assert!(!program.0.path().join("out").exists(), "nothing is written");
    let events = program.stdout(&[&export[..], &["--json", "--format", "sqlite"]].concat());
    let events: Vec<Value> = events
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let of = |name: &str| events.iter().filter(|it| it["event"] == name).count();
    assert_eq!(
        (of("plan"), of("stream"), of("done")),
        (1, 2, 1),
        "{events:?}"
    );
    assert!(of("page") >= 2);
    assert!(program.0.path().join("out/export.sqlite").exists());
}

#[test]
fn files_that_records_name() {
    let program = Program::new();
    let to = program.0.path().join("out").display().to_string();
    let export = of_sandbox(&to, "attachments");
    let output = program.run(&[&export[..], &["--attachments", "--json"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = String::from_utf8(output.stdout).expect("text");
    let last = text.lines().last().expect("an event");
    let done: Value = serde_json::from_str(last).expect("JSON");
    assert!(done["files"].as_u64().expect("a number") > 0, "{done}");
    let proof = program.stdout(&["export", "verify", &to]);
    assert!(
        proof.contains("\nfiles: ") && proof.contains("whole, as of "),
        "{proof}"
    );
    let small = [&export[..], &["--attachments", "--max-file-size", "1"]].concat();
    let other = program.0.path().join("other").display().to_string();
    let small: Vec<_> = small
        .into_iter()
        .map(|it| if it == to { other.as_str() } else { it })
        .collect();
    let output = program.run(&small);
    let said = stderr(&output);
    assert_eq!(code(&output), 3, "{said}");
    assert!(said.contains("raise --max-file-size"), "{said}");
    assert!(!said.contains("::"), "{said}");
    let without = [&export[..], &["--attachments", "--without", "document"]].concat();
    assert_eq!(code(&program.run(&without)), 2);
}

#[cfg(feature = "parquet")]
#[test]
fn tables_and_their_proof() {
    let program = Program::new();
    let to = program.0.path().join("out").display().to_string();
    let export = [
        "--sandbox",
        "export",
        "--to",
        &to,
        "--format",
        "parquet,sqlite",
        "--strict",
    ];
    let output = program.run(&[&export[..], &["--streams", "candidates,users"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let proof = program.stdout(&["export", "verify", &to]);
    assert!(
        proof.contains("\nparquet: 4 files, ") && proof.contains("whole, as of "),
        "{proof}"
    );
    let folder = program.0.path().join("out/parquet");
    let views = std::fs::read_to_string(folder.join("views.sql")).expect("views");
    assert!(views.contains("\"candidates__custom_fields\""), "{views}");
    let file = folder.join("candidates/000001.parquet");
    for path in [&folder, &file] {
        assert!(is_private(path), "{}", path.display());
    }
    let mut bytes = std::fs::read(&file).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).expect("written");
    let output = program.run(&["export", "verify", &to]);
    assert_eq!(code(&output), 3, "{}", stderr(&output));
}
