//! Everything about one person, and its erasure.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Output;

use harvest_sandbox::{Fault, Sandbox};
use serde_json::Value;

use super::{Program, code, stderr};

fn run(program: &Program, sandbox: &Sandbox, arguments: &[&str]) -> Output {
    let credentials = sandbox.v3_credentials().expect("it keeps records");
    let mut command = program.with_credentials(sandbox, credentials, arguments);
    command.env("HARVEST_ACTING_USER", sandbox.user_id().to_string());
    command.output().expect("it runs")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_reported_and_erased() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let program = Program::new();
    let api = |path: &str| -> Value {
        let output = run(&program, &sandbox, &["api", "GET", path]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    let attached = api("/v3/attachments?per_page=1");
    let id = attached[0]["candidate_id"].to_string();
    let folder = |name: &str| program.0.path().join(name);
    let report = |name: &str| {
        let to = folder(name).display().to_string();
        run(&program, &sandbox, &["privacy", "report", &id, "--to", &to])
    };
    let output = report("before");
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let lines = |name: &str, list: &str| -> Vec<Value> {
        let text = fs::read_to_string(folder(name).join(format!("{list}.ndjson"))).expect("a list");
        text.lines()
            .map(|it| serde_json::from_str(it).expect("JSON"))
            .collect()
    };
    let person = &lines("before", "candidates")[0];
    assert_eq!(person["id"].to_string(), id);
    // All that the service has of them, and nothing about another person.
    for list in [
        "applications",
        "attachments",
        "notes",
        "candidate_educations",
    ] {
        let expected = api(&format!("/v3/{list}?candidate_ids={id}&per_page=500"));
        let found = fs::read_to_string(folder("before").join(format!("{list}.ndjson")));
        let found = found.map_or(0, |text| text.lines().count());
        assert_eq!(Some(found), expected.as_array().map(Vec::len), "{list}");
    }
    for entry in fs::read_dir(folder("before")).expect("a folder") {
        let path = entry.expect("a file").path();
        let mode = fs::metadata(&path).expect("a file").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", path.display());
        if path.extension().is_some_and(|it| it == "ndjson") {
            let text = fs::read_to_string(&path).expect("text");
            for line in text.lines() {
                let record: Value = serde_json::from_str(line).expect("JSON");
                let of = &record["candidate_id"];
                assert!(
                    of.is_null() || of == &attached[0]["candidate_id"],
                    "{record}"
                );
            }
        }
    }
    let files = fs::read_dir(folder("before").join("files"))
        .expect("a folder")
        .count();
    assert_eq!(files, lines("before", "attachments").len());
    let manifest = fs::read_to_string(folder("before").join("report.json")).expect("a manifest");
    let manifest: Value = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!(manifest["files"], files);
    // A folder that is there is left alone.
    assert_eq!(code(&report("before")), 2);

    let erase = |arguments: &[&str]| {
        run(
            &program,
            &sandbox,
            &[&["privacy", "erase", &id], arguments].concat(),
        )
    };
    assert_eq!(code(&erase(&[])), 2, "there is no terminal to ask at");
    assert_eq!(code(&erase(&["--fields", "shoe_size", "--yes"])), 2);
    let output = erase(&["--dry-run"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("anonymize"));
    assert_eq!(
        api(&format!("/v3/candidates?ids={id}"))[0]["last_name"],
        person["last_name"]
    );

    let output = erase(&["--yes"]);
    assert!(matches!(code(&output), 0 | 3), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("texts are gone"),
        "{}",
        stderr(&output)
    );
    let name = person["last_name"].as_str().expect("a name");
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        stderr(&output)
    );
    assert!(
        !said.contains(name),
        "places, and not what is there: {said}"
    );
    assert_ne!(
        api(&format!("/v3/candidates?ids={id}"))[0]["last_name"],
        person["last_name"]
    );
    let nobody = run(
        &program,
        &sandbox,
        &[
            "privacy",
            "report",
            "1",
            "--to",
            &folder("x").display().to_string(),
        ],
    );
    assert_eq!(code(&nobody), 1, "{}", stderr(&nobody));
}

/// A pause after the change hides nothing of the change, and one before it leaves nothing that is in the way.
#[tokio::test(flavor = "multi_thread")]
async fn a_pause_hides_no_change() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let program = Program::new();
    let output = run(&program, &sandbox, &["api", "GET", "/v3/notes?per_page=1"]);
    let notes: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let id = notes[0]["candidate_id"].to_string();
    let pause = || Fault::retry_after(429, std::time::Duration::from_secs(86_400));

    let to = program.0.path().join("report").display().to_string();
    let report = ["privacy", "report", &id, "--to", &to];
    sandbox
        .faults()
        .add(pause().on("list_notes"))
        .expect("a fault");
    let output = run(&program, &sandbox, &report);
    assert_eq!(code(&output), 6, "{}", stderr(&output));
    sandbox.faults().clear();
    sandbox.forget_requests();
    let output = run(&program, &sandbox, &report);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let requests = sandbox.requests().into_iter();
    let of_notes = requests.filter(|it| it.operation.as_deref() == Some("list_notes"));
    let of_a_reading = of_notes.count() as u64;

    // The first reading passes, and the second, after the change, does not.
    let second = pause().on("list_notes").nth(of_a_reading + 1);
    sandbox.faults().add(second).expect("a fault");
    let output = run(&program, &sandbox, &["privacy", "erase", &id, "--yes"]);
    assert_eq!(code(&output), 3, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("was erased"),
        "{}",
        stderr(&output)
    );
}
