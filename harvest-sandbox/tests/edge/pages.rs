//! Pages of other sites, which make a browser send requests.

use harvest_sandbox::Sandbox;
use reqwest::header::{HeaderMap, HeaderName};

use crate::browser::Browser;
use crate::{API, send};

#[tokio::test]
async fn every_origin_and_site_counts() {
    let builder = Sandbox::builder().control();
    let sandbox = builder
        .public_url("https://harvest.example")
        .start()
        .await
        .unwrap();
    let browser = Browser::sign_in(&sandbox).await;
    let cookie = browser.line();
    let host = format!("Host: {}", sandbox.url().strip_prefix("http://").unwrap());
    let own = format!("Origin: {}", sandbox.url());
    let own = own.as_str();
    let table: &[(&[&str], bool)] = &[
        (&[], true),
        (&[own], true),
        (&[own, own], true),
        (&["Origin: https://harvest.example"], true),
        (&["Sec-Fetch-Site: same-origin"], true),
        (&["Sec-Fetch-Site: none"], true),
        (&["Origin: http://example.com"], false),
        (&[own, "Origin: http://example.com"], false),
        (&["Origin: http://example.com", own], false),
        (&["Origin: http://localhost:1"], false),
        (&["Origin: http://harvest.example"], false),
        (&["Origin: null"], false),
        (&["Origin:"], false),
        (&["Origin: file://"], false),
        (&["Sec-Fetch-Site: cross-site"], false),
        (&["Sec-Fetch-Site: same-site"], false),
        (&[own, "Sec-Fetch-Site: cross-site"], false),
        (
            &["Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site"],
            false,
        ),
    ];
    for (lines, passes) in table {
        let mut all = vec![host.as_str()];
        all.extend(*lines);
        for (request, status) in [
            ("GET /_sandbox/requests", 200),
            ("POST /_sandbox/reset", 204),
            ("PUT /_sandbox/snapshots/a", 204),
            ("DELETE /_sandbox/faults", 204),
        ] {
            let answer = send(&sandbox, request, &all).await;
            let expected = if *passes { status } else { 403 };
            assert_eq!(answer.status, expected, "{request} {lines:?}: {answer:?}");
        }
        let mut more = HeaderMap::new();
        for (name, value) in lines.iter().filter_map(|line| line.split_once(':')) {
            let name: HeaderName = name.parse().unwrap();
            more.append(name, value.trim().parse().unwrap());
        }
        let expected = if *passes { 303 } else { 403 };
        assert_eq!(browser.submit(&sandbox, more).await, expected, "{lines:?}");
        // A page can be linked to from anywhere, and the API is protected by its keys.
        all.push(&cookie);
        for request in ["GET /configure/users", API] {
            assert_eq!(
                send(&sandbox, request, &all).await.status,
                200,
                "{request} {lines:?}"
            );
        }
    }
}
