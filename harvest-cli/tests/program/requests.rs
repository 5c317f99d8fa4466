//! Requests: any, and those of operations; and what their exit codes say.

use std::time::Duration;

use harvest_sandbox::{Fault, Sandbox};
use serde_json::Value;

use super::{Program, code, stderr};

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

#[tokio::test(flavor = "multi_thread")]
async fn exit_codes_of_what_the_service_refuses() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let dev_center = sandbox.dev_center().expect("it keeps records");
    let made = dev_center.create_custom_integration("Users").expect("one");
    dev_center
        .permit_scopes(made.id, ["harvest:users:list"])
        .expect("a scope");
    let program = Program::new();
    let run = |arguments: &[&str]| {
        let mut command = program.with_credentials(&sandbox, &made.credentials, arguments);
        command.output().expect("it runs")
    };
    assert_eq!(code(&run(&["users", "list", "--limit", "1000"])), 0);

    // A scope is missing: 5, with its name, from each of the ways to ask.
    for arguments in [
        &["candidates", "list"][..],
        &["api", "/v3/candidates"],
        &["api", "/v3/candidates", "--paginate"],
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), 5, "{arguments:?}: {}", stderr(&output));
        assert!(
            stderr(&output).contains("harvest:candidates:list"),
            "{arguments:?}: {}",
            stderr(&output)
        );
        assert!(output.stdout.is_empty());
    }

    // The service asks for an hour, and the command waits for a second: 6.
    let fault = Fault::retry_after(429, Duration::from_secs(3_600));
    sandbox.faults().add(fault).expect("a fault");
    for arguments in [
        &["users", "list", "--max-wait", "1s"][..],
        &["api", "/v3/users", "--max-wait", "1s"],
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), 6, "{arguments:?}: {}", stderr(&output));
    }
    sandbox.faults().clear();

    // The token service is away, which says nothing about the credential: 1.
    let fault = Fault::status(503).on("create_token");
    sandbox.faults().add(fault).expect("a fault");
    let output = run(&["users", "list"]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    sandbox.faults().clear();

    // The credential is refused: 4.
    dev_center
        .revoke_integration(made.id)
        .expect("it is revoked");
    let output = run(&["users", "list"]);
    assert_eq!(code(&output), 4, "{}", stderr(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_names_what_is_missing() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let dev_center = sandbox.dev_center().expect("it keeps records");
    let made = dev_center.create_custom_integration("Some").expect("one");
    let permit = |scopes: &[&str]| {
        let permitted = dev_center.permit_scopes(made.id, scopes.iter().copied());
        permitted.expect("scopes");
    };
    permit(&["harvest:users:list", "harvest:jobs:list"]);
    let program = Program::new();
    let doctor = |arguments: &[&str]| {
        let arguments = [&["doctor"], arguments].concat();
        let mut command = program.with_credentials(&sandbox, &made.credentials, &arguments);
        command.output().expect("it runs")
    };
    let output = doctor(&["--streams", "users,jobs,offers", "--json"]);
    assert_eq!(code(&output), 5, "{}", stderr(&output));
    let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(found["missing"], serde_json::json!(["harvest:offers:list"]));
    let needed = [
        "harvest:jobs:list",
        "harvest:offers:list",
        "harvest:users:list",
    ];
    assert_eq!(found["needed"], serde_json::json!(needed));
    assert!(
        found["clock_ahead_s"]
            .as_i64()
            .is_some_and(|it| it.abs() < 5),
        "{found}"
    );
    assert!(found["limit"]["requests"].is_u64(), "{found}");

    let output = doctor(&["--streams", "users,jobs"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    // Each list, by one request. What is missing for all is named as a set that can be granted as it is.
    sandbox.forget_requests();
    let output = doctor(&["--json"]);
    assert_eq!(code(&output), 5, "{}", stderr(&output));
    let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let streams = found["streams"].as_array().expect("streams").len();
    let requests = sandbox.requests().into_iter();
    let tokens =
        |it: &harvest_sandbox::LoggedRequest| it.operation.as_deref() == Some("create_token");
    assert_eq!(requests.filter(|it| !tokens(it)).count(), streams);
    let needed = found["needed"].as_array().expect("scopes").iter();
    let needed: Vec<_> = needed.filter_map(Value::as_str).collect();
    permit(&needed);
    let output = doctor(&[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("agrees with the service"), "{text}");
    assert!(!text.contains(&made.credentials.client_secret));
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

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_fails_at_once_is_no_empty_one() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let program = Program::new();
    for format in ["table", "json", "csv"] {
        let mut command = program.command(&["users", "list", "--output", format]);
        command
            .env("HARVEST_API_KEY", "no-key-of-it")
            .env("HARVEST_BASE_URL", sandbox.url());
        let output = command.output().expect("it runs");
        assert_eq!(code(&output), 4);
        assert!(output.stdout.is_empty(), "{format}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("no records"), "{format}: {said}");
    }
}
