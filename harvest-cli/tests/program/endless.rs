//! Lists that go on without getting anywhere, and lists that take more memory than is right.

use std::fs;
use std::process::Output;

use super::hostile::{Scripted, at, rest, says, service};
use super::{Program, code, stderr};

/// A page behind which there is another one, at a path.
fn page(path: &str, own: &str, body: String) -> Scripted {
    let next = format!("Link: <{own}{path}>; rel=\"next\"");
    ("200 OK", vec![next], body)
}

/// The number of the page that a target asks for.
pub(super) fn number(target: &str) -> u64 {
    let cursor = target.split("cursor=").nth(1).unwrap_or_default();
    cursor.parse().unwrap_or(0)
}

/// The next page of the same list.
pub(super) fn next(target: &str, own: &str, body: impl Fn(u64) -> String) -> Scripted {
    let path = target.split('?').next().unwrap_or_default();
    let next = number(target) + 1;
    page(&format!("{path}?cursor={next}"), own, body(next))
}

/// A service whose lists never end, by the body of each page.
fn endless(body: impl Fn(u64) -> String + Send + 'static) -> String {
    service(move |target, own| next(target, own, &body))
}

pub(super) fn of_v3(url: &str, arguments: &[&str]) -> Output {
    let program = Program::new();
    let mut command = program.command(arguments);
    command
        .env("HARVEST_ACCESS_TOKEN", "a-token")
        .env("HARVEST_BASE_URL", url);
    command.output().expect("it runs")
}

/// Every option that a message names is one of the command.
#[track_caller]
fn names_its_own_options(said: &str, command: &[&str]) {
    let help = Program::new().stdout(&[command, &["--help"]].concat());
    let words = said.split(|c: char| c.is_whitespace() || matches!(c, '`' | ',' | ';' | ':'));
    for option in words.filter(|it| it.starts_with("--")) {
        assert!(help.contains(option), "{option}: {said}");
    }
}

/// What is no object is no record that is new each time, in whatever reads lists.
#[test]
fn lists_with_what_is_no_record_end() {
    type Body = fn(u64) -> String;
    let bodies: [Body; 4] = [
        |number| format!("[null,{{\"id\":1,\"n\":{number}}}]"),
        |number| {
            format!(
                "[{}null]",
                "null,".repeat(usize::try_from(number).unwrap_or(0))
            )
        },
        |number| format!("[{{\"id\":\"5\",\"n\":{number}}},7,\"x\"]"),
        |number| format!("[{{\"id\":1e0,\"n\":{number}}},[]]"),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("out").display().to_string();
    for body in bodies {
        let url = endless(body);
        for (arguments, exits) in [
            (&["users", "list"][..], &[1, 3][..]),
            (&["users", "list", "-o", "table"], &[1, 3]),
            (&["api", "/v1/users", "--paginate"], &[1, 3]),
            (&["export", "--to", &to, "--streams", "users"], &[1, 3]),
            (
                &["export", "--to", &to, "--streams", "candidates"],
                &[1, 2, 3],
            ),
        ] {
            let output = at(&url, arguments);
            let said = stderr(&output);
            assert!(exits.contains(&code(&output)), "{arguments:?}: {said}");
            fs::remove_dir_all(&to).ok();
        }
        let output = of_v3(&url, &["export", "--to", &to, "--streams", "users"]);
        assert!([1, 3].contains(&code(&output)), "{}", stderr(&output));
        fs::remove_dir_all(&to).ok();
    }
}

/// An export that is compared with a service that went mad since.
#[test]
fn a_comparison_with_an_endless_list_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("out").display().to_string();
    let is_mad = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let mad = std::sync::Arc::clone(&is_mad);
    let url = service(move |target, own| {
        if !mad.load(std::sync::atomic::Ordering::Relaxed) {
            return ("200 OK", Vec::new(), r#"[{"id":1,"n":0}]"#.to_owned());
        }
        next(target, own, |number| {
            format!("[null,{{\"id\":1,\"n\":{number}}}]")
        })
    });
    let output = at(&url, &["export", "--to", &to, "--streams", "departments"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    is_mad.store(true, std::sync::atomic::Ordering::Relaxed);
    let verify = ["export", "verify", &to, "--against"];
    let output = at(&url, &verify);
    let said = says(&output, 1, &["no new record"]);
    names_its_own_options(&said, &["export", "verify"]);
}

#[test]
fn who_cannot_go_on_with_a_list_is_not_told_to() {
    let url = endless(|_| "[]".to_owned());
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("people.csv").display().to_string();
    fs::write(
        &table,
        "first_name,last_name,email\nNoor,Lind,noor@example.com\n",
    )
    .expect("written");
    let to = folder.path().join("report").display().to_string();
    let out = folder.path().join("out").display().to_string();
    let import = ["import", "candidates", &table, "--prospects", "--yes"];
    let of_person = service(|target, own| {
        if target.starts_with("/v3/candidates") {
            return ("200 OK", Vec::new(), r#"[{"id":5}]"#.to_owned());
        }
        next(target, own, |_| "[]".to_owned())
    });
    for (url, arguments, command, what_to_do) in [
        (
            &url,
            &import[..],
            &import[..2],
            "this command reads a list from its first page; run it again once the list ends",
        ),
        (
            &of_person,
            &["privacy", "report", "5", "--to", &to],
            &["privacy", "report"],
            "this command reads a list from its first page; run it again once the list ends",
        ),
        (
            &url,
            &["export", "--to", &out, "--streams", "users"],
            &["export"],
            "run the same command to go on",
        ),
    ] {
        let output = of_v3(url, arguments);
        let said = says(
            &output,
            1,
            &["look whether the list ends elsewhere", what_to_do],
        );
        assert!(!said.contains("resume"), "{said}");
        names_its_own_options(&said, command);
    }
}

#[test]
fn a_list_goes_on_at_the_other_path_that_it_led_to() {
    let url = service(|target, own| {
        let at = target.strip_prefix("/v1/others/").unwrap_or_default();
        let at: u64 = at
            .split('?')
            .next()
            .and_then(|it| it.parse().ok())
            .unwrap_or(0);
        if at == 150 {
            return ("200 OK", Vec::new(), r#"[{"id":7}]"#.to_owned());
        }
        page(&format!("/v1/others/{}?x=1", at + 1), own, "[]".to_owned())
    });
    for arguments in [&["users", "list"][..], &["api", "/v1/users", "--paginate"]] {
        let said = says(&at(&url, arguments), 1, &["look whether"]);
        let rest = rest(&said);
        let output = at(&url, &[arguments, &["--resume-from", &rest]].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let text = String::from_utf8(output.stdout).expect("text");
        assert!(text.contains("\"id\":7"), "{text}");
    }
}

/// A list about other people is not read to an end that it need not have.
#[test]
fn a_report_of_other_people_ends() {
    let url = service(|target, own| {
        if target.starts_with("/v3/candidates") {
            return ("200 OK", Vec::new(), r#"[{"id":5}]"#.to_owned());
        }
        next(target, own, |number| {
            format!("[{{\"id\":{number},\"candidate_id\":999}}]")
        })
    });
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("report").display().to_string();
    let output = of_v3(&url, &["privacy", "report", "5", "--to", &to]);
    says(
        &output,
        3,
        &["the service does not honour the filter candidate_ids"],
    );
    // So the candidate.
    let output = of_v3(&url, &["privacy", "report", "6", "--to", &to]);
    says(&output, 3, &["the service does not honour the filter ids"]);
    assert!(!folder.path().join("report").exists());
}

#[test]
fn a_filter_of_a_whole_list_holds_no_more_than_is_set() {
    let url = service(|target, own| {
        let (status, mut headers, body) = next(target, own, |number| {
            format!("[{{\"id\":{number},\"name\":\"{}\"}}]", "x".repeat(900))
        });
        if number(target) == 3 {
            headers.clear();
        }
        (status, headers, body)
    });
    let filter = ["api", "/v1/users", "--paginate", "--jq", "length"];
    let output = at(&url, &[&filter[..], &["--max-list-size", "3KiB"]].concat());
    let said = says(
        &output,
        1,
        &["more than 3072 bytes", "raise --max-list-size", "csv"],
    );
    assert!(output.stdout.is_empty(), "{said}");
    let output = at(&url, &[&filter[..], &["--max-list-size", "4KiB"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "4\n");
    // Others hold nothing, and are the same as before.
    let output = at(&url, &["users", "list", "-o", "json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let list: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).expect("a list");
    assert_eq!(list.len(), 4);
    assert!(output.stdout.ends_with(b"]\n"));
}

/// `{}` takes a hundred bytes once it is read, and two before.
#[test]
fn a_filter_counts_values_and_not_their_bytes_alone() {
    let url = service(|_, _| {
        let body = format!("[{}]", vec!["{}"; 1000].join(","));
        ("200 OK", Vec::new(), body)
    });
    let filter = ["api", "/v1/users", "--jq", "length"];
    for (options, named) in [
        (&["--max-response-size", "4KiB"][..], "--max-response-size"),
        (
            &["--paginate", "--max-list-size", "4KiB"],
            "--max-list-size",
        ),
    ] {
        let output = at(&url, &[&filter[..], options].concat());
        says(&output, 1, &[named]);
        assert!(output.stdout.is_empty());
    }
    let output = at(&url, &filter);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "1000\n");
}
