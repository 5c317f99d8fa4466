//! Memory that answers take, of whatever values they are.

use std::fs;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use super::endless::{next, number};
use super::hostile::{Scripted, service};
use super::{Program, code, stderr};

const MIB: u64 = 1024 * 1024;

/// Runs a command, and says how much memory it took at the most.
fn run(url: &str, arguments: &[&str]) -> (Output, u64) {
    let mut command: Command = Program::new().command(arguments);
    command
        .env("HARVEST_ACCESS_TOKEN", "a-token")
        .env("HARVEST_BASE_URL", url)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().expect("it runs").is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|it| it.strip_prefix("VmHWM:"));
        let amount = line.and_then(|it| it.split_whitespace().next()?.parse::<u64>().ok());
        peak = peak.max(amount.unwrap_or_default() * 1024);
        std::thread::sleep(Duration::from_millis(2));
    }
    (child.wait_with_output().expect("it ends"), peak)
}

/// The values of an answer take eight times as much as its text may, within a factor of two, or are refused.
#[test]
fn a_filter_takes_as_much_memory_as_is_set_whatever_the_values_are() {
    let most = 2 * MIB;
    let filter = [
        "api",
        "/v3/x",
        "--jq",
        "length",
        "--max-response-size",
        "2MiB",
    ];
    let of = |body: String| {
        let url = service(move |_, _| ("200 OK", Vec::new(), body.clone()));
        run(&url, &filter)
    };
    let nested = |begin: &str, end: &str| format!("{}1{}", begin.repeat(60), end.repeat(60));
    let wide: Vec<_> = (0..1_000).map(|it| format!("\"n{it}\":1")).collect();
    for value in [
        r#"{"a":1}"#.to_owned(),
        "{}".to_owned(),
        "[]".to_owned(),
        "[1]".to_owned(),
        r#""""#.to_owned(),
        r#""abc""#.to_owned(),
        "1".to_owned(),
        "1.5".to_owned(),
        "12345678901234567890".to_owned(),
        nested("[", "]"),
        nested("{\"a\":", "}"),
        nested("{\"a\":[", "]}"),
        format!("{{{}}}", wide.join(",")),
        r#"{"id":1,"name":"Noor","tags":["a","b"],"since":null}"#.to_owned(),
    ] {
        let unit = u64::try_from(value.len() + 1).expect("a length");
        let mut count = (most - 2) / unit;
        let peak = loop {
            let count_now = usize::try_from(count).expect("a count");
            let (output, peak) = of(format!("[{}]", vec![value.as_str(); count_now].join(",")));
            if code(&output) == 0 {
                break peak;
            }
            assert!(stderr(&output).contains("--max-response-size"));
            count = count * 3 / 4;
        };
        // Besides what a text of that length takes.
        let text = usize::try_from(count * unit).expect("a length");
        let (output, usual) = of(format!("[\"{}\"]", "x".repeat(text.saturating_sub(4))));
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let name = &value[..value.len().min(30)];
        let taken = peak.saturating_sub(usual);
        assert!(taken < 2 * 8 * most, "{name} {count} times: {taken} bytes");
    }
}

/// A service with custom fields of an import, and the arguments.
fn import(fields: impl Fn(&str, &str) -> Scripted + Send + 'static) -> (Output, u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("people.csv");
    fs::write(
        &table,
        "first_name,last_name,email\nNoor,Lind,noor@example.com\n",
    )
    .expect("written");
    let table = table.display().to_string();
    let url = service(fields);
    let arguments = ["import", "candidates", &table, "--prospects", "--dry-run"];
    run(&url, &arguments)
}

#[test]
fn an_import_holds_what_it_needs_of_custom_fields() {
    let (output, usual) = import(|_, _| ("200 OK", Vec::new(), "[]".to_owned()));
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let (output, peak) = import(|target, own| {
        if !target.starts_with("/v3/custom_fields") {
            return ("200 OK", Vec::new(), "[]".to_owned());
        }
        let (status, mut headers, body) = next(target, own, |number| {
            let many = vec![r#"{"a":1}"#; 100_000].join(",");
            format!(r#"[{{"id":{number},"name_key":"k{number}","x":[{many}]}}]"#)
        });
        if number(target) == 9 {
            headers.clear();
        }
        (status, headers, body)
    });
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    // A page is 1 MB of text, and 60 MB of values. There are ten.
    let taken = peak.saturating_sub(usual);
    assert!(taken < 200 * MIB, "{taken}");
}

/// One bound for all lists: many fields with many options each.
#[test]
fn an_import_holds_no_more_options_than_its_bound() {
    let long = "x".repeat(1_000_000);
    let (output, peak) = import(move |target, _| {
        let field =
            |id: u32| format!(r#"{{"id":{id},"name":"f{id}","value_type":"single_select"}}"#);
        let option = |id: u32| format!(r#"{{"id":{id},"name":"{long}"}}"#);
        let items: Vec<_> = match target.split('?').next() {
            Some("/v3/custom_fields") => (1..=10).map(field).collect(),
            Some("/v3/custom_field_options") => (1..=40).map(option).collect(),
            _ => Vec::new(),
        };
        ("200 OK", Vec::new(), format!("[{}]", items.join(",")))
    });
    let said = stderr(&output);
    assert_eq!(code(&output), 1, "{said}");
    assert!(
        said.contains("would take more than 268435456 bytes of memory"),
        "{said}"
    );
    assert!(peak < 450 * MIB, "{peak}");
}

/// A million short texts about a person.
#[test]
fn the_texts_of_a_person_take_little_more_than_they_are_long() {
    let texts: Vec<_> = (100_000..150_000).map(|it| format!("\"{it}\"")).collect();
    let texts = texts.join(",");
    let url = service(move |target, own| {
        if !target.starts_with("/v3/candidates") || target.contains("anonymize") {
            return ("202 Accepted", Vec::new(), "[]".to_owned());
        }
        let (status, mut headers, body) = next(target, own, |number| {
            format!("[{{\"n\":{number},\"first_name\":[{texts}]}}]")
        });
        if number(target) == 19 {
            headers.clear();
        }
        (status, headers, body)
    });
    let (output, usual) = run(&url, &["privacy", "erase", "1", "--dry-run"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let arguments = ["privacy", "erase", "1", "--yes"];
    let (output, peak) = run(&url, &arguments);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    // They are 9 MB of text.
    let taken = peak.saturating_sub(usual);
    assert!(taken < 9 * 10 * MIB, "{taken}");
}
