//! Answers that are made to do harm.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Output;
use std::time::{Duration, Instant};

use super::{Program, code, stderr};

const KEY: &str = "K3Y-0f-a-made-up-organization";

/// Runs a command against a service that gives every request this answer.
fn run(body: &str, arguments: &[&str]) -> Output {
    run_with("200 OK", body, arguments)
}

/// The same with another status.
fn run_with(status: &'static str, body: &str, arguments: &[&str]) -> Output {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let body = body.to_owned();
    // It ends with the process of the tests.
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let _ = answer(stream.expect("a connection"), status, &body);
        }
    });
    let mut command = Program::new().command(arguments);
    command
        .env("HARVEST_API_KEY", KEY)
        .env("HARVEST_BASE_URL", url);
    command.output().expect("it runs")
}

fn answer(mut stream: TcpStream, status: &str, body: &str) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut piece = [0; 4_096];
    while !request.ends_with(b"\r\n\r\n") {
        let read = stream.read(&mut piece)?;
        if read == 0 {
            return Ok(());
        }
        request.extend_from_slice(&piece[..read]);
    }
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )
}

/// An answer of any form is printed or refused, and takes the time of its bytes.
#[test]
fn nothing_that_a_service_sends_ends_the_program() {
    let levels = 100_000;
    let list = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let object = format!("{}1{}", "{\"a\":".repeat(levels), "}".repeat(levels));
    let open = "[".repeat(levels);
    let number = "9".repeat(3_000_000);
    let record = |value: &str| format!(r#"{{"id":1,"name":{value}}}"#);
    let records = |value: &str| format!("[{}]", record(value));
    let begun = Instant::now();
    for value in [&list, &object, &open, &number] {
        for (body, arguments, codes) in [
            (value.clone(), &["api", "/v1/x"][..], &[0][..]),
            (value.clone(), &["api", "/v1/x", "-q", "."], &[1]),
            (records(value), &["api", "/v1/x", "--paginate"], &[0, 1]),
            (
                records(value),
                &["api", "/v1/x", "--paginate", "-q", "."],
                &[1],
            ),
            (record(value), &["users", "get", "1"], &[0, 1]),
            (record(value), &["users", "get", "1", "-o", "json"], &[0, 1]),
            (
                record(value),
                &["users", "get", "1", "-o", "table"],
                &[0, 1],
            ),
            (record(value), &["users", "get", "1", "-q", ".name"], &[1]),
            (records(value), &["users", "list", "-o", "csv"], &[0, 1, 3]),
            (records(value), &["users", "list", "-q", ".name"], &[1]),
        ] {
            let output = run(&body, arguments);
            let shown = stderr(&output);
            let shown = &shown[..shown.len().min(300)];
            let code = output.status.code();
            assert!(
                code.is_some_and(|it| codes.contains(&it)),
                "{arguments:?}: {code:?} {shown}"
            );
            assert!(
                !shown.contains("panicked") && !shown.contains("overflow"),
                "{shown}"
            );
        }
    }
    assert!(
        begun.elapsed() < Duration::from_secs(300),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn programs_get_what_came() {
    let body = "{\"a\": \"\u{9b}2J \u{202e}x\",  \"a\": 1.50}";
    let output = run(body, &["api", "/v1/x"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim_end(), body);
}

#[test]
fn a_credential_that_the_service_repeats_is_not_shown() {
    // `K3Y-0f-a-made-up-organization:` as HTTP Basic has it.
    let basic = "SzNZLTBmLWEtbWFkZS11cC1vcmdhbml6YXRpb246";
    let bodies = [
        format!(r#"{{"message":"API key {KEY} has no permission"}}"#),
        format!(r#"{{"message":"Authorization: Basic {basic}"}}"#),
        format!(r#"{{"errors":[{{"message":"{KEY} is wrong","field":"name"}}]}}"#),
        format!(r#"{{"errors":[{{"message":"wrong","field":"{KEY}"}}]}}"#),
        format!(
            r#"{{"message":"wrong","errors":[{{"message":"x"}},{{"message":"{}"}}]}}"#,
            KEY.to_lowercase()
        ),
    ];
    for body in bodies {
        for (status, arguments) in [
            ("403 Forbidden", &["api", "/v1/users"][..]),
            ("422 Unprocessable", &["users", "list"]),
            ("401 Unauthorized", &["users", "get", "1"]),
            ("404 Not Found", &["api", "/v1/users", "--paginate"]),
            ("400 Bad", &["doctor", "--streams", "users"]),
        ] {
            let output = run_with(status, &body, arguments);
            assert_ne!(code(&output), 0);
            let shown = stderr(&output) + &String::from_utf8_lossy(&output.stdout);
            let shown = shown.to_lowercase();
            assert!(
                !shown.contains(&KEY.to_lowercase()) && !shown.contains(&basic.to_lowercase()),
                "{status} {shown}"
            );
        }
    }
    let output = run_with(
        "422 Unprocessable",
        r#"{"message":"Name is taken"}"#,
        &["users", "list"],
    );
    assert!(
        stderr(&output).contains("Name is taken"),
        "{}",
        stderr(&output)
    );
}
