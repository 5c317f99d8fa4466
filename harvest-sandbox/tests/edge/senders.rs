//! Headers of proxies, declared and not: no client is taken as local that may be elsewhere.

use harvest_sandbox::Sandbox;

use crate::{API, DOORS, send_bytes};

const HOST: &[u8] = b"Host: localhost";

/// Whatever a proxy could have added.
const OF_PROXIES: &[&[u8]] = &[
    b"X-Forwarded-For: 192.0.2.1",
    b"X-Forwarded-For: 127.0.0.1",
    b"X-Forwarded-For: ::1",
    b"X-Forwarded-For: 192.0.2.1:1234",
    b"X-Forwarded-For: unknown",
    b"X-Forwarded-For:",
    b"X-Forwarded-For: \xff",
    b"X-Forwarded-Host: localhost",
    b"X-Forwarded-Proto: http",
    b"X-Forwarded-By: a",
    b"Forwarded: for=127.0.0.1",
    b"Forwarded: for=unknown",
    b"Via: 1.1 proxy",
    b"X-Real-IP: 127.0.0.1",
    b"True-Client-IP: 127.0.0.1",
    b"CF-Connecting-IP: 127.0.0.1",
    b"X-Client-IP: 127.0.0.1",
];

async fn refused_at_all_doors(sandbox: &Sandbox, header: &[u8], words: &str) {
    let shown = String::from_utf8_lossy(header);
    for (request, _) in DOORS {
        let answer = send_bytes(sandbox, request, &[HOST, header]).await;
        assert_eq!(answer.status, 403, "{request} {shown}: {answer:?}");
        if !request.starts_with("HEAD") {
            assert!(answer.body.contains(words), "{shown}: {answer:?}");
        }
    }
}

async fn api(sandbox: &Sandbox, header: &[u8]) -> u16 {
    send_bytes(sandbox, API, &[HOST, header]).await.status
}

#[tokio::test]
async fn an_undeclared_proxy_makes_no_client_local() {
    let sandbox = Sandbox::builder().control().start().await.unwrap();
    for header in OF_PROXIES {
        refused_at_all_doors(&sandbox, header, "--trusted-proxy 127.0.0.1").await;
        // It is the key that counts, until there is a list.
        assert_eq!(api(&sandbox, header).await, 200);
    }
    let dev_center = sandbox.dev_center().unwrap();
    dev_center.allow(["127.0.0.1", "::1"]).unwrap();
    assert_eq!(api(&sandbox, b"X-Nothing: 1").await, 200);
    for header in OF_PROXIES {
        assert_eq!(api(&sandbox, header).await, 403);
        refused_at_all_doors(&sandbox, header, "--trusted-proxy 127.0.0.1").await;
    }
}

#[tokio::test]
async fn nor_where_nothing_is_kept() {
    let sandbox = Sandbox::builder()
        .examples()
        .control()
        .start()
        .await
        .unwrap();
    for header in OF_PROXIES {
        let answer = send_bytes(&sandbox, "POST /_sandbox/reset", &[HOST, header]).await;
        assert_eq!(answer.status, 403, "{answer:?}");
        assert_eq!(api(&sandbox, header).await, 200);
    }
    let builder = Sandbox::builder().examples().control();
    let sandbox = builder.trusted_proxy("127.0.0.1").start().await.unwrap();
    for (header, status) in [
        (&b"X-Forwarded-For: 127.0.0.1"[..], 204),
        (b"X-Forwarded-For: 192.0.2.1", 403),
        (b"X-Forwarded-For: unknown", 403),
    ] {
        let answer = send_bytes(&sandbox, "POST /_sandbox/reset", &[HOST, header]).await;
        assert_eq!(answer.status, status, "{answer:?}");
    }
}

#[tokio::test]
async fn what_a_declared_proxy_says_has_to_be_readable() {
    let builder = Sandbox::builder().control().trusted_proxy("127.0.0.1");
    let sandbox = builder.start().await.unwrap();
    let unreadable: &[&[u8]] = &[
        b"X-Forwarded-For: 192.0.2.1:1234",
        b"X-Forwarded-For: 127.0.0.1:1234",
        b"X-Forwarded-For: 127.0.0.1, unknown",
        b"X-Forwarded-For: 192.0.2.1, unknown",
        b"X-Forwarded-For: unknown",
        b"X-Forwarded-For:",
        b"X-Forwarded-For: ,",
        b"X-Forwarded-For: 127.0.0.1,",
        b"X-Forwarded-For: [::1]",
        b"X-Forwarded-For: [2001:db8::1]:443",
        b"X-Forwarded-For: localhost",
        b"X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-For: unknown",
        b"X-Forwarded-For: \xff",
    ];
    for listed in [&[][..], &["127.0.0.1"]] {
        sandbox
            .dev_center()
            .unwrap()
            .allow(listed.iter().copied())
            .unwrap();
        for header in unreadable {
            refused_at_all_doors(&sandbox, header, "be read.").await;
            assert_eq!(api(&sandbox, header).await, 403);
        }
    }
}

#[tokio::test]
async fn a_declared_proxy_has_to_say_where_requests_come_from() {
    let builder = Sandbox::builder().control().trusted_proxy("127.0.0.1");
    let sandbox = builder.start().await.unwrap();
    let door = "POST /_sandbox/reset";
    let status = async |header: &[u8]| send_bytes(&sandbox, door, &[HOST, header]).await.status;
    for header in OF_PROXIES
        .iter()
        .filter(|it| !it.starts_with(b"X-Forwarded-For"))
    {
        let answer = send_bytes(&sandbox, door, &[HOST, header]).await;
        assert_eq!(answer.status, 403);
        assert!(
            answer.body.contains("Have it send `X-Forwarded-For`"),
            "{answer:?}"
        );
    }
    assert_eq!(status(b"X-Forwarded-For: 127.0.0.1").await, 204);
    assert_eq!(status(b"X-Forwarded-For: 192.0.2.1").await, 403);
    // Another on this computer, which was not declared.
    let undeclared = b"X-Forwarded-For: 192.0.2.1, 127.0.0.2";
    assert_eq!(status(undeclared).await, 403);
    sandbox.dev_center().unwrap().allow(["127.0.0.2"]).unwrap();
    assert_eq!(api(&sandbox, undeclared).await, 403);
    assert_eq!(api(&sandbox, b"X-Forwarded-For: 127.0.0.2").await, 200);
}
