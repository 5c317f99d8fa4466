//! Moves to the current version: what is found, and what it takes.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{Program, code, stderr};

/// A code base of several languages, with what does not count: another service, a comment, what others wrote.
const SOURCES: [(&str, &str); 7] = [
    (
        "app/sync.rb",
        "require 'greenhouse_io'\n\
         gh = GreenhouseIo::Client.new(ENV['KEY'])\n\
         gh.candidates(id)['recruiter']\n",
    ),
    (
        "lib/hire.py",
        "BASE = 'https://harvest.greenhouse.io/v1'\n\
         def hire(app):\n\
         \x20   requests.post(f'{BASE}/applications/{app}/hire', json={'start_date': day})\n\
         \x20   requests.get(BASE + '/candidates/' + str(app.candidate_id), headers=h)\n",
    ),
    (
        "web/src/api.ts",
        "const greenhouse = axios.create({ baseURL: 'https://harvest.greenhouse.io' });\n\
         export const jobs = () => greenhouse.get(`/v1/jobs/${id}`);\n",
    ),
    (
        "bin/users.sh",
        "curl -X PATCH https://harvest.greenhouse.io/v2/users/disable -u \"s3cret:\"\n",
    ),
    (
        "src/Offers.java",
        "// GET https://harvest.greenhouse.io/v1/offers\n\
         String url = String.format(\"https://harvest.greenhouse.io/v1/offers/%d\", id);\n\
         HttpRequest r = HttpRequest.newBuilder(URI.create(url)).GET().build();\n",
    ),
    (
        "node_modules/x/index.js",
        "get('https://harvest.greenhouse.io/v1/jobs')",
    ),
    (
        "other.go",
        "http.Get(\"https://api.other.example/v1/jobs\")",
    ),
];

fn code_base(folder: &Path) {
    for (name, text) in SOURCES {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, text).expect("written");
    }
}

fn scan(program: &Program, arguments: &[&str]) -> (i32, String, String) {
    let folder = program.0.path().join("code");
    code_base(&folder);
    let folder = folder.display().to_string();
    let output = program.run(&[&["migrate", "scan", &folder], arguments].concat());
    let text = String::from_utf8(output.stdout.clone()).expect("text");
    (code(&output), text, stderr(&output))
}

#[test]
fn calls_are_found_in_a_code_base() {
    let program = Program::new();
    let (code, text, said) = scan(&program, &["--output", "json"]);
    assert_eq!(code, 8, "{said}");
    let report: Value = serde_json::from_str(&text).expect("JSON");
    let found = report["findings"].as_array().expect("findings");
    let operations = &report["operations"];
    let shown: Vec<_> = found
        .iter()
        .map(|it| {
            let id = it["operations"][0].as_str().unwrap_or_default();
            let what = match operations.get(id) {
                Some(operation) => {
                    let (method, path) = (&operation["method"], &operation["path"]);
                    format!(
                        "{} {}",
                        method.as_str().expect("a method"),
                        path.as_str().expect("a path")
                    )
                }
                None => it["kind"].as_str().expect("a kind").to_owned(),
            };
            format!(
                "{}:{} {what}",
                it["file"].as_str().expect("a file"),
                it["line"]
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "app/sync.rb:1 client",
            "app/sync.rb:3 GET /v1/candidates",
            "bin/users.sh:1 PATCH /v2/users/disable",
            "lib/hire.py:1 base",
            "lib/hire.py:3 POST /v1/applications/{id}/hire",
            "lib/hire.py:4 GET /v1/candidates/{id}",
            "src/Offers.java:2 GET /v1/offers/{id}",
            "web/src/api.ts:2 GET /v1/jobs/{id}",
        ]
    );
    // Nothing of a line but what was looked for.
    assert!(!text.contains("s3cret"), "{text}");
    // What the file speaks of, of what changes.
    assert!(
        found[1]["mentioned"]
            .as_array()
            .expect("names")
            .contains(&Value::from("recruiter"))
    );
    assert!(
        found[4]["mentioned"]
            .as_array()
            .expect("names")
            .contains(&Value::from("start_date"))
    );
    for (_, operation) in operations.as_object().expect("operations") {
        assert!(
            !operation["replacements"]
                .as_array()
                .expect("an array")
                .is_empty(),
            "{operation}"
        );
    }
    let scopes = report["scopes"].as_array().expect("scopes");
    assert!(
        scopes.contains(&Value::from("harvest:candidates:list")),
        "{scopes:?}"
    );

    let (_, certain, _) = scan(&program, &["--output", "json", "--certain"]);
    assert!(!certain.contains("\"certain\":false"), "{certain}");
}

#[test]
fn a_table_and_sarif() {
    let program = Program::new();
    let (_, table, _) = scan(&program, &[]);
    for line in [
        "POST /v1/applications/{id}/hire",
        "  v3: POST /v3/applications/{id}/hire (hire_application)",
        "    lib/hire.py:3:",
        "  harvest:jobs:list",
    ] {
        assert!(
            table.lines().any(|it| it.starts_with(line)),
            "{line}\n{table}"
        );
    }
    let (_, text, _) = scan(&program, &["-o", "sarif"]);
    let log: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 8);
    for result in results {
        let index =
            usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        let file = place["artifactLocation"]["uri"].as_str().expect("a path");
        let region = &place["region"];
        let number =
            |name: &str| usize::try_from(region[name].as_u64().expect("a number")).expect("small");
        let text = SOURCES.iter().find(|it| it.0 == file).expect("a source").1;
        let line: Vec<_> = text
            .lines()
            .nth(number("startLine") - 1)
            .expect("a line")
            .chars()
            .collect();
        assert!(number("endColumn") - 1 <= line.len(), "{result}");
        assert!(
            !result["message"]["text"]
                .as_str()
                .expect("a text")
                .is_empty()
        );
        assert!(matches!(
            result["level"].as_str(),
            Some("error" | "warning" | "note")
        ));
    }
}

#[test]
fn what_was_not_read_is_said() {
    let program = Program::new();
    let (code, _, said) = scan(&program, &["--max-file-size", "100"]);
    assert_eq!(code, 3, "{said}");
    assert!(
        said.contains("lib/hire.py: it has more than 100 bytes"),
        "{said}"
    );
    let (code, _, said) = scan(&program, &["--max-files", "2"]);
    assert_eq!(code, 3, "{said}");
    let empty = tempfile::tempdir().expect("a folder");
    let folder = empty.path().display().to_string();
    let output = program.run(&["migrate", "scan", &folder]);
    assert_eq!(super::code(&output), 0, "{}", stderr(&output));
    let output = program.run(&["migrate", "scan", &format!("{folder}/none")]);
    assert_eq!(super::code(&output), 2);
}

#[test]
fn permissions_become_scopes() {
    let program = Program::new();
    let text = program.stdout(&["migrate", "scopes", "get: list candidates", "--json"]);
    let found: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(found["scopes"][0], "harvest:candidates:list");
    let fields = found["for_fields"].as_array().expect("an array");
    assert!(
        fields.contains(&Value::from("harvest:attachments:list")),
        "{found}"
    );

    let output = program.with_input(
        &["migrate", "scopes", "--input", "-"],
        "GET: List Candidates\n\n  GET: List Jobs\n",
    );
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("\n  harvest:jobs:list\n"), "{text}");

    let output = program.run(&["migrate", "scopes", "GET: List Candidate"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("near: "), "{}", stderr(&output));
    let all = program.stdout(&["migrate", "scopes", "--all", "--json"]);
    let all: Value = serde_json::from_str(&all).expect("JSON");
    assert!(all["permissions"].as_array().expect("an array").len() > 100);
}

/// What was not read is said on standard error, in both formats for programs, and by the exit code.
#[test]
fn what_was_cut_is_said_everywhere() {
    let program = Program::new();
    let folder = program.0.path().join("cut");
    fs::create_dir(&folder).expect("made");
    let text = format!(
        "const base = 'https://harvest.greenhouse.io/v1';\nget('/v1/jobs/'{});\n",
        " + 'a/'".repeat(30)
    );
    fs::write(folder.join("long.js"), text).expect("written");
    let folder = folder.display().to_string();
    for format in ["json", "sarif", "table"] {
        let output = program.run(&["migrate", "scan", &folder, "--output", format]);
        let said = stderr(&output);
        assert_eq!(code(&output), 3, "{said}");
        assert!(
            said.contains("long.js: 1 paths, the first one in line 2"),
            "{said}"
        );
        let text = String::from_utf8(output.stdout).expect("text");
        let report: Value = serde_json::from_str(&text).unwrap_or_default();
        match format {
            "json" => assert_eq!(report["skipped"][0]["path"], "long.js"),
            "sarif" => {
                let run = &report["runs"][0]["invocations"][0];
                assert_eq!(run["executionSuccessful"], false);
                let notes = run["toolExecutionNotifications"].as_array();
                assert_eq!(notes.map(Vec::len), Some(1));
            }
            _ => {}
        }
    }
}
