//! Exports, and their proof.

use std::process::Stdio;

use super::{Program, code, stderr};

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
