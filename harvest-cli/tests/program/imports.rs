//! Candidates from a table, each once.

use std::fs;
use std::process::{Output, Stdio};
use std::time::Duration;

use harvest_sandbox::{Fault, Sandbox};
use serde_json::Value;

use super::{Program, code, stderr};

/// The variables that name the acting user, of each version.
const ACTING_USER: [&str; 2] = ["HARVEST_ACTING_USER", "HARVEST_ON_BEHALF_OF"];

/// A sandbox, and the program with a credential of it.
struct Importing {
    program: Program,
    sandbox: Sandbox,
    job: String,
    /// The version that candidates are added by. What came of it is read by the current one.
    version: &'static str,
}

impl Importing {
    async fn start(version: &'static str, latency: Duration) -> Self {
        let sandbox = Sandbox::builder().latency(latency).start().await;
        let mut importing = Self {
            program: Program::new(),
            sandbox: sandbox.expect("it starts"),
            job: String::new(),
            version,
        };
        let jobs = importing.api(&["/v3/jobs", "-f", "status=open", "-f", "per_page=1"]);
        importing.job = jobs[0]["id"].to_string();
        importing
    }

    fn command(&self, arguments: &[&str]) -> std::process::Command {
        let credentials = self.sandbox.v3_credentials().expect("it keeps records");
        let version: &[&str] = match arguments {
            ["import", ..] => &["--api-version", self.version],
            _ => &[],
        };
        let arguments = [version, arguments].concat();
        let mut command = self
            .program
            .with_credentials(&self.sandbox, credentials, &arguments);
        command
            .env("HARVEST_API_KEY", self.sandbox.key())
            .envs(ACTING_USER.map(|name| (name, self.sandbox.user_id().to_string())));
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("it runs")
    }

    fn api(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[&["api", "GET"], arguments].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.program.0.path().join(name);
        fs::write(&path, text).expect("written");
        path.display().to_string()
    }

    /// The arguments that import a table for the job.
    fn import<'a>(&'a self, file: &'a str) -> [&'a str; 6] {
        ["import", "candidates", file, "--job", &self.job, "--yes"]
    }

    fn candidates(&self, email: &str) -> Value {
        self.api(&["/v3/candidates", "-f", &format!("email={email}")])
    }
}

fn results(output: &Output) -> Vec<(u64, String)> {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    lines
        .map(|it| {
            let status = it["status"].as_str().expect("a status").to_owned();
            (it["line"].as_u64().expect("a number"), status)
        })
        .collect()
}

fn statuses(output: &Output) -> Vec<String> {
    results(output).into_iter().map(|it| it.1).collect()
}

/// A custom field of each type, and a text for it.
fn custom(importing: &Importing) -> Vec<(String, String, Value)> {
    let fields = importing.api(&[
        "/v3/custom_fields",
        "-f",
        "field_type=candidate",
        "-f",
        "active=true",
    ]);
    let fields = fields.as_array().expect("a list").clone();
    let texts = fields.iter().filter_map(|field| {
        let text = match field["value_type"].as_str()? {
            "short_text" | "long_text" => "Some words".to_owned(),
            "yes_no" => "yes".to_owned(),
            "number" => "7".to_owned(),
            "date" => "2 Jan 2026".to_owned(),
            "url" => "https://example.com/a".to_owned(),
            "currency" => "52000 EUR".to_owned(),
            "single_select" => {
                let id = format!("custom_field_ids={}", field["id"]);
                let options =
                    importing.api(&["/v3/custom_field_options", "-f", &id, "-f", "active=true"]);
                options[0]["name"].as_str()?.to_uppercase()
            }
            _ => return None,
        };
        Some((
            field["name_key"].as_str()?.to_owned(),
            text,
            field["value_type"].clone(),
        ))
    });
    texts.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_become_candidates_once() {
    rows_become_candidates("v3").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_become_candidates_by_the_version_before_too() {
    rows_become_candidates("v1").await;
}

async fn rows_become_candidates(version: &'static str) {
    let importing = Importing::start(version, Duration::ZERO).await;
    let fields = custom(&importing);
    assert!(fields.len() >= 3, "{fields:?}");
    let keys: Vec<_> = fields.iter().map(|it| it.0.as_str()).collect();
    let texts: Vec<_> = fields.iter().map(|it| it.1.as_str()).collect();
    let known = importing.api(&["/v3/candidates", "-f", "per_page=500"]);
    let known = known.as_array().expect("a list").iter();
    let mut addresses = known.filter_map(|it| it["email_addresses"][0]["value"].as_str());
    let known = addresses.next().expect("an address");
    importing.write("cv.pdf", "%PDF-1.4 cv");
    let table = format!(
        "\u{feff}First name,Last name,Email,email:work,Phone,Tags,Title,resume,Job ID,{keys}\n\
         Ines,Barroso,ines.barroso@example.com,i.b@example.org,+351 1;+351 2,Rivers; \
         Boats,Guide,cv.pdf,{job},{texts}\nKnown,Person,{known},,,,,,{job},{blank}\n\
         ,Nameless,,,,,,,{job},{blank}\n\
         Rui,Pires,rui.pires@example.com,,,,,missing.pdf,{job},{blank}\n\
         Ana,Matos,ana.matos@example.com,,,,,../cv.pdf,{job},{blank}\n",
        keys = keys.join(","),
        job = importing.job,
        texts = texts.join(","),
        blank = ",".repeat(keys.len() - 1),
    );
    let file = importing.write("people.csv", &table);
    let import = ["import", "candidates", &file];

    // Nothing without a word, and nothing by a dry run.
    assert_eq!(code(&importing.run(&import)), 2);
    let output = importing.run(&[&import[..], &["--dry-run"]].concat());
    let expected = ["would add", "duplicate", "invalid", "invalid", "invalid"];
    assert_eq!(statuses(&output), expected, "{}", stderr(&output));
    assert_eq!(
        importing
            .candidates("ines.barroso@example.com")
            .as_array()
            .map(Vec::len),
        Some(0)
    );

    let output = importing.run(&[&import[..], &["--yes"]].concat());
    assert_eq!(code(&output), 3, "{}", stderr(&output));
    let expected = ["added", "duplicate", "invalid", "invalid", "invalid"];
    assert_eq!(
        statuses(&output),
        expected,
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert_eq!(results(&output)[0].0, 2);
    let added = importing.candidates("i.b@example.org");
    assert_eq!(added.as_array().map(Vec::len), Some(1));
    let added = &added[0];
    assert_eq!(
        (&added["first_name"], &added["title"]),
        (&"Ines".into(), &"Guide".into())
    );
    assert_eq!(added["tags"].as_array().map(Vec::len), Some(2));
    assert_eq!(added["phone_numbers"].as_array().map(Vec::len), Some(2));
    for (key, _, kind) in &fields {
        assert!(
            !added["custom_fields"][key]["value"].is_null(),
            "{key} ({kind}): {added}"
        );
    }
    let of = format!("candidate_ids={}", added["id"]);
    let attached = importing.api(&["/v3/attachments", "-f", &of]);
    assert_eq!(
        (&attached[0]["filename"], &attached[0]["type"]),
        (&"cv.pdf".into(), &"resume".into())
    );

    // Once more: nothing is sent again, and rows that were corrected are.
    let corrected = table
        .replace("missing.pdf", "cv.pdf")
        .replace("../cv.pdf", "");
    let corrected = corrected.replace(",Nameless,", "No,Nameless,");
    importing.write("people.csv", &corrected);
    let output = importing.run(&[&import[..], &["--yes"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let expected = ["done", "done", "added", "added", "added"];
    assert_eq!(
        statuses(&output),
        expected,
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    // The journal says nothing about people.
    let journal = fs::read_to_string(format!("{file}.journal.ndjson")).expect("a journal");
    for text in ["Ines", "Barroso", "example", "cv.pdf"] {
        assert!(!journal.contains(text), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn titles_have_to_mean_something() {
    let importing = Importing::start("v3", Duration::ZERO).await;
    let try_it = |table: &str, arguments: &[&str]| {
        let file = importing.write("people.csv", table);
        importing.run(&[&["import", "candidates", &file, "--dry-run"], arguments].concat())
    };
    let row = "first_name,last_name,shoe size\nRui,Pires,43\n";
    let output = try_it(row, &[]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("\"shoe size\""),
        "{}",
        stderr(&output)
    );
    assert_eq!(code(&try_it(row, &["--ignore", "Shoe size"])), 0);
    assert_eq!(code(&try_it("first_name,First Name\na,b\n", &[])), 2);
    let output = try_it(
        "first_name;last_name\nRui;Pires\n",
        &["--delimiter", ";", "--prospects"],
    );
    assert_eq!(statuses(&output), ["would add"], "{}", stderr(&output));
    assert_eq!(code(&try_it("first_name,last_name\nRui\n", &[])), 2);
    let output = try_it(
        "first_name,last_name,resume\nRui,Pires,https://example.com/a.pdf\n",
        &[],
    );
    assert_eq!(statuses(&output), ["invalid"]);
}

/// The version before has another operation for prospects, and none for candidates who apply for nothing.
#[tokio::test(flavor = "multi_thread")]
async fn prospects_are_added_by_the_version_before() {
    let importing = Importing::start("v1", Duration::ZERO).await;
    importing.write("cv.pdf", "%PDF-1.4 cv");
    importing.write("notes.xyz", "of no type");
    let table = "first_name,last_name,email,resume\n\
                 Rui,Pires,rui.pires@example.com,cv.pdf\nAda,Outer,,notes.xyz\n";
    let file = importing.write("people.csv", table);
    let import = ["import", "candidates", &file, "--yes"];
    let output = importing.run(&import);
    assert_eq!(statuses(&output), ["invalid", "invalid"]);
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(printed.contains("--prospects"), "{printed}");

    let import = [&import[..], &["--prospects"]].concat();
    let mut without = importing.command(&import);
    for name in ACTING_USER {
        without.env_remove(name);
    }
    let output = without.output().expect("it runs");
    assert_eq!(code(&output), 4, "{}", stderr(&output));
    let said = stderr(&output);
    assert!(said.contains("--acting-user"), "{said}");

    let output = importing.run(&import);
    assert_eq!(code(&output), 3, "{}", stderr(&output));
    let expected = ["added", "without files"];
    assert_eq!(statuses(&output), expected, "{}", stderr(&output));
    let added = importing.candidates("rui.pires@example.com");
    let of = format!("candidate_ids={}", added[0]["id"]);
    let applications = importing.api(&["/v3/applications", "-f", &of]);
    assert_eq!(applications[0]["prospect"], true, "{applications}");
    let attached = importing.api(&["/v3/attachments", "-f", &of]);
    assert_eq!(attached[0]["filename"], "cv.pdf", "{attached}");
    // No candidate is added again for the file that was refused.
    importing.write("notes.xyz", "of no type either");
    let output = importing.run(&import);
    assert_eq!(statuses(&output), ["done", "without files"]);
}

/// However often it is killed, each row becomes one candidate with one file.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_killed_goes_on() {
    killed_imports_go_on("v3").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_by_the_version_before_that_is_killed_goes_on() {
    killed_imports_go_on("v1").await;
}

async fn killed_imports_go_on(version: &'static str) {
    let importing = Importing::start(version, Duration::from_millis(15)).await;
    importing.write("cv.pdf", "%PDF-1.4 cv");
    let rows: Vec<_> = (0..12)
        .map(|at| format!("Row,Number{at},row{at}@example.net,cv.pdf\n"))
        .collect();
    let rows = rows.concat();
    let file = importing.write(
        "rows.csv",
        &format!("first_name,last_name,email,resume\n{rows}"),
    );
    let import = importing.import(&file);
    for round in 0..6 {
        let mut command = importing.command(&import);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        std::thread::sleep(Duration::from_millis(350 + 70 * round));
        child.kill().expect("it is killed");
        child.wait().expect("it ends");
    }
    let output = importing.run(&import);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let done = statuses(&output);
    assert_eq!(done.len(), 12);
    for at in 0..12 {
        let found = importing.candidates(&format!("row{at}@example.net"));
        assert_eq!(found.as_array().map(Vec::len), Some(1), "row {at}");
        let of = format!("candidate_ids={}", found[0]["id"]);
        let attached = importing.api(&["/v3/attachments", "-f", &of]);
        assert_eq!(attached.as_array().map(Vec::len), Some(1), "row {at}");
    }
}

/// What came of a row that was under way is not taken for another person who has its address.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_was_under_way_is_no_other_candidate() {
    let importing = Importing::start("v3", Duration::ZERO).await;
    for name in ["a.pdf", "b.pdf"] {
        importing.write(name, "%PDF-1.4 cv");
    }
    let table = "first_name,last_name,email,resume\n\
                 Anna,First,shared@example.net,a.pdf\nBert,Second,shared@example.net,b.pdf\n";
    let file = importing.write("shared.csv", table);
    let import = importing.import(&file);
    let faults = importing.sandbox.faults();
    let fail_once = || {
        let fault = Fault::status(500).on("create_candidate").first(1);
        faults.add(fault).expect("a fault");
    };
    fail_once();
    let output = importing.run(&import);
    assert_eq!(
        statuses(&output),
        ["unknown", "added"],
        "{}",
        stderr(&output)
    );
    for _ in 0..2 {
        let output = importing.run(&import);
        assert_eq!(code(&output), 3, "{}", stderr(&output));
        assert_eq!(statuses(&output), ["unknown", "done"]);
    }
    let files = |candidate: &Value| {
        let of = format!("candidate_ids={}", candidate["id"]);
        importing.api(&["/v3/attachments", "-f", &of])
    };
    let added = importing.candidates("shared@example.net");
    assert_eq!(added.as_array().map(Vec::len), Some(1));
    let attached = files(&added[0]);
    assert_eq!(attached.as_array().map(Vec::len), Some(1));
    assert_eq!(attached[0]["filename"], "b.pdf");

    // Whom it may have added is not known where it did not ask before.
    let known = importing.api(&["/v3/candidates", "-f", "per_page=500"]);
    let known = known.as_array().expect("a list").iter();
    let mut known = known.filter(|it| it["email_addresses"][0]["value"].is_string());
    let known = known.next().expect("one with an address");
    let count = |candidate| files(candidate).as_array().map(Vec::len);
    let before = count(known);
    let address = known["email_addresses"][0]["value"].as_str().expect("one");
    let table = format!("first_name,last_name,email,resume\nCora,Third,{address},a.pdf\n");
    let file = importing.write("known.csv", &table);
    let import = importing.import(&file);
    let import = [&import[..], &["--duplicates", "add"]].concat();
    fail_once();
    for _ in 0..3 {
        let output = importing.run(&import);
        assert_eq!(code(&output), 3, "{}", stderr(&output));
        assert_eq!(statuses(&output), ["unknown"]);
    }
    assert_eq!(count(known), before);
}

/// A row without an address cannot be looked for, so it has to be known that nothing was done.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_was_not_sent_is_sent_later() {
    let importing = Importing::start("v3", Duration::ZERO).await;
    let file = importing.write("rows.csv", "first_name,last_name\nWilla,Zephyrine\n");
    let import = importing.import(&file);
    let faults = importing.sandbox.faults();
    for (fault, expected) in [
        (Fault::retry_after(429, Duration::from_secs(86_400)), 6),
        (Fault::status(401), 4),
        (Fault::status(403), 5),
    ] {
        faults.add(fault.on("create_candidate")).expect("a fault");
        let output = importing.run(&import);
        assert_eq!(code(&output), expected, "{}", stderr(&output));
        faults.clear();
    }
    let output = importing.run(&import);
    assert_eq!(statuses(&output), ["added"], "{}", stderr(&output));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn what_lies_outside_is_not_sent_and_files_of_others_are_left_alone() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let importing = Importing::start("v3", Duration::ZERO).await;
    let outside = tempfile::tempdir().expect("a folder");
    let secret = outside.path().join("id_rsa");
    fs::write(&secret, "a key").expect("written");
    let within = importing.program.0.path();
    symlink(&secret, within.join("cv.pdf")).expect("a link");
    symlink(outside.path(), within.join("letters")).expect("a link");
    importing.write("own.pdf", "a letter");
    symlink(within.join("own.pdf"), within.join("same.pdf")).expect("a link");
    let table = "first_name,last_name,email,resume\n\
                 Ada,Outer,ada.outer@example.com,cv.pdf\n\
                 Bo,Outer,bo.outer@example.com,letters/id_rsa\n\
                 Cy,Outer,cy.outer@example.com,../x.pdf\n\
                 Di,Outer,di.outer@example.com,same.pdf\n";
    let table = importing.write("people.csv", table);
    let import = [
        "import",
        "candidates",
        &table,
        "--job",
        &importing.job,
        "--yes",
    ];
    let output = importing.run(&import);
    let expected = ["invalid", "invalid", "invalid", "added"];
    assert_eq!(statuses(&output), expected, "{}", stderr(&output));
    assert_eq!(
        importing.candidates("ada.outer@example.com"),
        Value::Array(Vec::new())
    );

    let event = r#"{"event":"sent","row":"a"}"#;
    for (text, is_taken) in [
        ("one line of notes".to_owned(), false),
        ("[1]".to_owned(), false),
        (format!("{event}\nnotes"), false),
        (format!("{event}\n{}", &event[..5]), true),
        (format!("{event}\n{}", &event[..20]), true),
    ] {
        let journal = importing.write("notes", &text);
        let own = fs::Permissions::from_mode(0o600);
        fs::set_permissions(&journal, own).expect("set");
        let output = importing.run(&[&import[..], &["--journal", &journal]].concat());
        assert_eq!(code(&output) != 2, is_taken, "{text}: {}", stderr(&output));
        let left = fs::read_to_string(&journal).expect("text");
        assert_eq!(left == text, !is_taken, "{text}: {left}");
    }
}
