//! Limit on the number of connections.

use harvest_sandbox::{Bounds, Sandbox, StartError};

use super::raw::{Raw, head, keyless};

#[tokio::test]
async fn one_too_many_is_503_until_another_ends() {
    let bounds = Bounds::default().connections(3);
    let sandbox = Sandbox::builder().bounds(bounds).start().await.unwrap();
    let users = head(&sandbox, "GET /v1/users", &[]);
    let mut served = Vec::new();
    for _ in 0..3 {
        let mut client = Raw::connect(&sandbox).await;
        client.send(&users).await;
        assert_eq!(client.answer().await.status, 200);
        served.push(client);
    }
    for request in [users.clone(), keyless("GET /configure", &[])] {
        let mut client = Raw::connect(&sandbox).await;
        client.send(request).await;
        let answer = client.answer().await;
        assert_eq!(answer.status, 503, "{answer:?}");
        assert!(answer.message().contains("at the same time"));
        assert!(answer.head.to_lowercase().contains("retry-after: 1"));
        assert_eq!(client.end().await.as_deref(), Some(""));
    }
    // Those who are served are not disturbed.
    for client in &mut served {
        client.send(&users).await;
        assert_eq!(client.answer().await.status, 200);
    }
    served.pop();
    for _ in 0..200 {
        let mut client = Raw::connect(&sandbox).await;
        client.send(&users).await;
        if client.answer().await.status == 200 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the place is not given to another");
}

#[tokio::test]
async fn a_flood_of_connections_is_no_end_of_service() {
    let bounds = Bounds::default().connections(2);
    let sandbox = Sandbox::builder().bounds(bounds).start().await.unwrap();
    let users = head(&sandbox, "GET /v1/users", &[]);
    let mut served = Raw::connect(&sandbox).await;
    served.send(&users).await;
    assert_eq!(served.answer().await.status, 200);
    let mut flood = Vec::new();
    for _ in 0..300 {
        flood.push(Raw::connect(&sandbox).await);
    }
    served.send(&users).await;
    assert_eq!(served.answer().await.status, 200);
}

#[tokio::test]
async fn long_headers_are_431() {
    let sandbox = Sandbox::start().await.unwrap();
    let many: Vec<String> = (0..200).map(|number| format!("X-{number}: y")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let long = format!("X-Long: {}", "y".repeat(100_000));
    for headers in [&many[..], &[&long]] {
        let mut client = Raw::connect(&sandbox).await;
        client.send(head(&sandbox, "GET /v1/users", headers)).await;
        assert_eq!(client.answer().await.status, 431);
    }
}

#[tokio::test]
async fn a_link_is_never_longer_than_clients_read_and_longer_targets_are_414() {
    let sandbox = Sandbox::builder().candidates(20).start().await.unwrap();
    let begin = "per_page=5&page=2";
    let pieces = [
        "&a",
        "&a=b",
        "&a=+",
        "&a=*",
        "&a=%FF",
        "&skip=%C3%A9",
        "&=",
        "&",
    ];
    let host = format!("{}localhost", "a.".repeat(122));
    for piece in pieces {
        let (mut answered, mut refused) = (0, 0);
        for count in [1, 100, 900, 2_000, 3_000, 4_000, 8_000, 12_250, 20_000] {
            // One long parameter, then many.
            let long = format!("&x={}", piece.replace(['&', '='], "").repeat(count));
            for more in [long, piece.repeat(count)] {
                let target = format!("/v1/candidates?{begin}{more}");
                if target.len() > 60_000 {
                    continue;
                }
                let request = head(&sandbox, &format!("GET {target}"), &[]);
                let named = format!("Host: {host}:8765");
                let mut client = Raw::connect(&sandbox).await;
                client
                    .send(request.replace("Host: localhost", &named))
                    .await;
                let answer = client.answer().await;
                let link = answer.head.lines().find(|line| line.starts_with("link: "));
                match answer.status {
                    200 => {
                        answered += 1;
                        let link = link.expect("there are pages");
                        assert!(link.len() < 40_000, "{piece} {count}: {}", link.len());
                        assert!(target.len() <= 13_000, "{piece} {count}");
                        assert!(link.contains(&host), "{link}");
                    }
                    414 => {
                        refused += 1;
                        assert!(answer.message().contains("path and query"));
                        assert!(target.len() > 4_000, "{piece} {count}");
                    }
                    // Too many parameters.
                    other => assert_eq!(other, 422, "{piece} {count}"),
                }
            }
        }
        assert!(answered > 0 && refused > 0, "{piece}: {answered} {refused}");
    }
    // Links begin with the host, too.
    let mut client = Raw::connect(&sandbox).await;
    let host = format!("Host: {}localhost", "a.".repeat(150));
    client
        .send(format!("GET /v1/users HTTP/1.1\r\n{host}\r\n\r\n"))
        .await;
    assert_eq!(client.answer().await.status, 400);
}

#[tokio::test]
async fn bounds_that_leave_nothing_or_bound_nothing_are_refused() {
    for (bounds, word) in [
        (Bounds::default().connections(0), "connections"),
        (Bounds::default().body_bytes(0), "bodies"),
        (
            Bounds::default().idle_time(std::time::Duration::ZERO),
            "times",
        ),
        (Bounds::default().connections(usize::MAX), "connections"),
        (Bounds::default().total_body_bytes(usize::MAX), "bodies"),
        (Bounds::default().file_body_bytes(usize::MAX), "bodies"),
        (
            Bounds::default().head_time(std::time::Duration::MAX),
            "times",
        ),
        (
            Bounds::default().body_time(std::time::Duration::from_nanos(1)),
            "times",
        ),
    ] {
        let error = Sandbox::builder().bounds(bounds).start().await.unwrap_err();
        assert!(matches!(error, StartError::Bounds { .. }));
        assert!(error.to_string().contains(word), "{error}");
    }
}
