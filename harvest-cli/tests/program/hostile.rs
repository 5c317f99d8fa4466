//! Answers that are made to do harm.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Output;
use std::sync::atomic::{AtomicBool, Ordering};
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

/// An answer: its status, headers and body.
pub(super) type Scripted = (&'static str, Vec<String>, String);

/// A service that makes an answer of the target of a request and of its own URL.
pub(super) fn service(script: impl Fn(&str, &str) -> Scripted + Send + 'static) -> String {
    service_at("127.0.0.1", script)
}

/// The same at other addresses of this machine.
pub(super) fn service_at(
    address: &str,
    script: impl Fn(&str, &str) -> Scripted + Send + 'static,
) -> String {
    let listener = TcpListener::bind((address, 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let url = format!("http://127.0.0.1:{port}");
    let own = url.clone();
    // It ends with the process of the tests.
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut head = [0; 16 * 1024];
            let read = stream.read(&mut head).unwrap_or_default();
            let head = String::from_utf8_lossy(&head[..read]).into_owned();
            let target = head.split(' ').nth(1).unwrap_or_default();
            let (status, headers, body) = script(target, &own);
            let headers: Vec<_> = headers.iter().map(|it| format!("{it}\r\n")).collect();
            let headers = headers.concat();
            let length = body.len();
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n\
                 X-RateLimit-Limit: 1000\r\nX-RateLimit-Remaining: 999\r\n\
                 Content-Length: {length}\r\n{headers}\r\n{body}"
            );
        }
    });
    url
}

pub(super) fn at(url: &str, arguments: &[&str]) -> Output {
    let mut command = Program::new().command(arguments);
    command
        .env("HARVEST_API_KEY", KEY)
        .env("HARVEST_BASE_URL", url);
    command.output().expect("it runs")
}

/// What a message says to do can be done: by an option of the command, and not by a method of the library.
#[track_caller]
pub(super) fn says(output: &Output, exit: i32, parts: &[&str]) -> String {
    let said = stderr(output);
    assert_eq!(code(output), exit, "{said}");
    for part in parts {
        assert!(said.contains(part), "{part}: {said}");
    }
    for part in ["::", "resume_from(", "_pause", "base_url"] {
        assert!(!said.contains(part), "{part}: {said}");
    }
    said
}

#[test]
fn what_to_do_is_said_in_options() {
    let paused = || {
        service(|_, _| {
            let wait = vec!["Retry-After: 3600".to_owned()];
            ("429 Too Many Requests", wait, "{}".to_owned())
        })
    };
    for arguments in [
        &["api", "/v1/users", "--max-wait", "1s"][..],
        &["users", "list", "--max-wait", "1s"],
        &["doctor", "--streams", "users,jobs", "--max-wait", "1s"],
    ] {
        let output = at(&paused(), arguments);
        says(
            &output,
            6,
            &[
                "--max-wait",
                "it takes requests again at 20",
                "Z at the earliest",
            ],
        );
    }

    let large = service(|_, _| ("200 OK", Vec::new(), format!("[{}]", " ".repeat(2_000))));
    let output = at(&large, &["api", "/v1/users", "--max-response-size", "1KiB"]);
    says(
        &output,
        1,
        &["more than 1024 bytes", "raise --max-response-size"],
    );
    let output = at(&large, &["api", "/v1/users", "--max-response-size", "2KiB"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));

    let refused = service(|_, _| {
        let body = r#"{"message":"m","errors":[{"field":"email","message":"is taken"}]}"#;
        ("422 Unprocessable Entity", Vec::new(), body.to_owned())
    });
    let output = at(&refused, &["api", "/v1/users"]);
    says(&output, 1, &["email: is taken"]);

    let output = at(
        "http://127.0.0.1:9",
        &[
            "api",
            "POST",
            "/v1/users",
            "-f",
            "a=b",
            "--acting-user",
            "1",
        ],
    );
    says(&output, 1, &["check the network, HARVEST_BASE_URL and TLS"]);
}

/// The URL that a message has for `--resume-from`.
#[track_caller]
pub(super) fn rest(said: &str) -> String {
    let (_, url) = said.split_once("--resume-from '").expect("a URL");
    url.split('\'').next().expect("a quotation mark").to_owned()
}

#[test]
fn a_list_that_broke_off_goes_on_where_it_says() {
    let lists = [
        &["users", "list", "-o", "ndjson"][..],
        &["api", "/v1/users", "--paginate"],
    ];
    for arguments in lists {
        // The second page fails the first time.
        let failed = AtomicBool::new(false);
        let url = service(move |target, own| {
            let next = format!("Link: <{own}/v1/users?page=2>; rel=\"next\"");
            if !target.contains("page=2") {
                ("200 OK", vec![next], r#"[{"id":1}]"#.to_owned())
            } else if failed.swap(true, Ordering::Relaxed) {
                ("200 OK", Vec::new(), r#"[{"id":2}]"#.to_owned())
            } else {
                ("422 Unprocessable Entity", Vec::new(), "{}".to_owned())
            }
        });
        let said = says(&at(&url, arguments), 3, &["broke off after 1 record"]);
        let rest = rest(&said);
        let output = at(&url, &[arguments, &["--resume-from", &rest]].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let text = String::from_utf8(output.stdout).expect("text");
        assert!(
            text.contains("\"id\":2") && !text.contains("\"id\":1"),
            "{text}"
        );

        // Each of endless pages without a record names another one.
        let url = service(|target, own| {
            let number = target.split("page=").nth(1).and_then(|it| it.parse().ok());
            let next = number.unwrap_or(1_u32) + 1;
            let next = format!("Link: <{own}/v1/users?page={next}>; rel=\"next\"");
            ("200 OK", vec![next], "[]".to_owned())
        });
        let parts = [
            "look whether the list ends elsewhere",
            "--resume-from 'http",
        ];
        let said = says(&at(&url, arguments), 1, &parts);
        assert!(said.contains("/v1/users?page=101'"), "{said}");

        // Elsewhere it does not begin.
        let output = at(
            &url,
            &[arguments, &["--resume-from", "http://example.com/"]].concat(),
        );
        assert_ne!(code(&output), 0);
    }
}

/// By any status, of the API and of the token service.
#[test]
fn a_long_pause_of_any_status_ends_with_its_exit_code_and_its_end() {
    for status in [
        "429 Too Many Requests",
        "503 Service Unavailable",
        "500 Internal Server Error",
        "502 Bad Gateway",
        "408 Request Timeout",
        "425 Too Early",
        "520 Unknown",
        "524 Timeout",
    ] {
        let paused = move |_: &str, _: &str| {
            let wait = vec!["Retry-After: 86400".to_owned()];
            (status, wait, "{}".to_owned())
        };
        let url = service(paused);
        let told = [
            "--max-wait",
            "it takes requests again at 20",
            "Z at the earliest",
        ];
        for arguments in [
            &["users", "list"][..],
            &["api", "/v1/users", "--paginate"],
            &["doctor", "--streams", "users,jobs"],
        ] {
            says(&at(&url, arguments), 6, &told);
        }
        // So of the token service, which no call goes without.
        let url = service(move |target, own| match target {
            "/token" => paused(target, own),
            _ => ("200 OK", Vec::new(), "[]".to_owned()),
        });
        let mut command = Program::new().command(&["users", "list"]);
        command
            .env("HARVEST_CLIENT_ID", "an-id")
            .env("HARVEST_CLIENT_SECRET", "a-secret")
            .env("HARVEST_TOKEN_URL", format!("{url}/token"))
            .env("HARVEST_BASE_URL", &url);
        let output = command.output().expect("it runs");
        says(&output, 6, &[&told[..], &["of the token service"]].concat());
    }
    // Several short ones are a long one.
    for status in ["503 Service Unavailable", "502 Bad Gateway"] {
        let url = service(move |_, _| (status, vec!["Retry-After: 1".to_owned()], "{}".to_owned()));
        let output = at(&url, &["users", "list", "--max-wait", "2s"]);
        says(&output, 6, &["it takes requests again at 20"]);
    }
}

#[test]
fn a_pause_beyond_the_calendar_is_told() {
    for status in [
        "429 Too Many Requests\r\nRetry-After: 9000000000000",
        "429 Too Many Requests\r\nRetry-After: 99999999999999999999",
        "503 Service Unavailable\r\nRetry-After: 99999999999999999999",
    ] {
        let output = run_with(status, "{}", &["users", "list"]);
        assert_eq!(code(&output), 6, "{}", stderr(&output));
        let said = stderr(&output);
        // Of a pause of more than a day, the client says when it asks again.
        assert!(
            said.contains("takes requests again at") || said.contains("asks again at"),
            "{said}"
        );
    }
}
