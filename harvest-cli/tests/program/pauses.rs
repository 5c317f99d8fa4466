//! Pauses that servers of files ask for.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::endless::of_v3;
use super::hostile::{Scripted, service_at};
use super::{code, stderr};

const FILES: usize = 8;

/// A service with a candidate of eight files, and the number of requests for them. Each file is at a host of its own, or all at
/// one.
fn service(status: &'static str, is_one_host: bool) -> (String, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let url = service_at("0.0.0.0", move |target, own| -> Scripted {
        let path = target.split('?').next().unwrap_or_default();
        if path.starts_with("/file") {
            count.fetch_add(1, Ordering::Relaxed);
            let wait = vec!["Retry-After: 1".to_owned()];
            return (status, wait, String::new());
        }
        let at = "2026-01-01T00:00:00.000Z";
        let attachment = |number: usize| {
            let last = if is_one_host { 1 } else { number + 2 };
            let server = own.replace("127.0.0.1", &format!("127.0.0.{last}"));
            json!({
                "id": 10 + number, "application_id": 2, "candidate_id": 1, "updated_at": at,
                "filename": "a.pdf", "url": format!("{server}/file{number}"),
            })
        };
        let list = match path {
            "/v3/candidates" => json!([{"id": 1, "updated_at": at}]),
            "/v3/applications" => json!([{"id": 2, "candidate_id": 1, "updated_at": at}]),
            "/v3/attachments" => Value::Array((0..FILES).map(attachment).collect()),
            _ => json!([]),
        };
        ("200 OK", Vec::new(), list.to_string())
    });
    (url, asked)
}

/// All pauses of a command take no longer than one may, whatever they are asked for by, and files that fail in a row end it.
#[test]
fn servers_of_files_are_waited_for_once() {
    let folder = tempfile::tempdir().expect("a folder");
    for (status, is_one_host, most, is_paused) in [
        // One waits, and is refused again. Later files of that server are not asked for.
        ("429 Too Many Requests", true, 2, true),
        // Four more are refused at once, and are five in a row.
        ("429 Too Many Requests", false, 6, true),
        ("503 Service Unavailable", false, 6, true),
        ("503 Service Unavailable", true, 6, true),
        ("418 I'm a teapot", false, 5, false),
    ] {
        for command in ["report", "export"] {
            let (url, asked) = service(status, is_one_host);
            let to = folder
                .path()
                .join(format!("{command}-{most}-{status}-{is_one_host}"));
            let name = to.display().to_string();
            let arguments: &[&str] = match command {
                "report" => &["privacy", "report", "1", "--to", &name],
                _ => &[
                    "export",
                    "--to",
                    &name,
                    "--streams",
                    "attachments",
                    "--attachments",
                ],
            };
            let begun = Instant::now();
            let output = of_v3(&url, &[&["--max-wait", "1s"], arguments].concat());
            let (took, said) = (begun.elapsed(), stderr(&output));
            let case = format!("{command} {status} {is_one_host}: {said}");
            assert_eq!(asked.load(Ordering::Relaxed), most, "{case}");
            assert!(took < Duration::from_secs(6), "{took:?} {case}");
            match (is_paused, command) {
                (true, _) => {
                    assert_eq!(code(&output), 6, "{case}");
                    assert!(said.contains("it takes requests again at 20"), "{case}");
                }
                (false, "report") => assert_eq!(code(&output), 3, "{case}"),
                (false, _) => assert_eq!(code(&output), 1, "{case}"),
            }
            if command == "report" {
                let text = std::fs::read_to_string(to.join("report.json")).expect("a report");
                let report: Value = serde_json::from_str(&text).expect("JSON");
                assert_eq!(report["files_not_fetched"], FILES, "{case}");
                assert!(said.contains("8 files could not be fetched"), "{case}");
            }
        }
    }
}
