//! Requests and answers as a client sees them, by way of the users of v1.

use std::time::Duration;

use harvest_sandbox::{Sandbox, StartError};
use reqwest::Client;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

mod support;

use support::{get, request, send, with_body};

const NOT_FOUND: &str = r#"{"message":"Resource not found"}"#;

async fn start() -> Sandbox {
    Sandbox::builder().examples().start().await.unwrap()
}

#[tokio::test]
async fn unknown_addresses_are_not_found() {
    let sandbox = start().await;
    let client = Client::new();
    for (method, path) in [
        ("GET", "/"),
        ("GET", "/v1/nothing"),
        ("GET", "/v1/users/1/2/3/4"),
        ("DELETE", "/v1/nothing"),
        ("OPTIONS", "/v1/nothing"),
    ] {
        let answer = send(request(&client, &sandbox, method, path)).await;
        assert_eq!(
            (answer.status, answer.text.as_str()),
            (404, NOT_FOUND),
            "{method} {path}"
        );
        assert_eq!(answer.header("x-ratelimit-limit"), "50");
    }
}

#[tokio::test]
async fn ids_that_are_none_are_not_found() {
    let sandbox = start().await;
    for id in ["INVALID", "-1", "0", "1.5", "99999999999999999999", "%20"] {
        let answer = get(&sandbox, &format!("/v1/users/{id}")).await;
        assert_eq!(
            (answer.status, answer.text.as_str()),
            (404, NOT_FOUND),
            "{id}"
        );
    }
    assert_eq!(get(&sandbox, "/v1/users/4020117").await.status, 200);
    assert_eq!(get(&sandbox, "/v1/users/4020117/").await.status, 200);
}

#[tokio::test]
async fn the_wrong_key_is_refused() {
    let sandbox = start().await;
    let client = Client::new();
    let url = format!("{}/v1/users", sandbox.url());
    for request in [
        client.get(&url),
        client.get(&url).basic_auth("wrong", Some("")),
        client.get(&url).basic_auth(sandbox.key(), Some("password")),
        client.get(&url).basic_auth("", Some(sandbox.key())),
        client.get(&url).bearer_auth(sandbox.key()),
    ] {
        let answer = send(request).await;
        assert_eq!(answer.status, 401);
        assert_eq!(
            answer.text,
            r#"{"message":"Invalid Basic Auth credentials"}"#
        );
        assert_eq!(answer.header("www-authenticate"), "Basic realm=\"Harvest\"");
    }
}

#[tokio::test]
async fn the_acting_user_has_to_exist() {
    let sandbox = Sandbox::builder().repeat(5).start().await.unwrap();
    let client = Client::new();
    let status = async |user: &str| {
        let request =
            request(&client, &sandbox, "PATCH", "/v2/users/disable").header("On-Behalf-Of", user);
        send(with_body(request, r#"{"user":{"user_id":4020233}}"#))
            .await
            .status
    };
    assert_eq!(status(&sandbox.user_id().to_string()).await, 200);
    for user in ["someone", "", "-1", "77"] {
        assert_eq!(status(user).await, 404, "{user}");
    }
    // The copies in a longer list of users are users as well.
    let users = get(&sandbox, "/v1/users").await.json();
    for user in users.as_array().unwrap() {
        assert_eq!(status(&user["id"].to_string()).await, 200);
    }
}

#[tokio::test]
async fn everything_wrong_with_a_body_is_told() {
    let builder = Sandbox::builder().examples().strict();
    let sandbox = builder.start().await.unwrap();
    let client = Client::new();
    // Errors are in the order of the body, so it is written as text: a `serde_json::Value` has no order.
    let create = async |body: &str| {
        let request = request(&client, &sandbox, "POST", "/v1/users")
            .header("On-Behalf-Of", sandbox.user_id());
        let answer = send(with_body(request, body)).await;
        (answer.status, answer.json())
    };
    let (status, body) = create(r#"{"first_name": "A", "last_name": "B"}"#).await;
    assert_eq!(status, 422);
    assert_eq!(
        body,
        json!({"errors": [{"message": "Missing required field: email", "field": "email"}]})
    );

    let (status, body) = create(
        r#"{
            "first_name": 7, "last_name": "B", "email": "nobody", "ofice_ids": [],
            "custom_fields": [{"name_key": "desk", "delete_value": "yes", "vale": 1}]
        }"#,
    )
    .await;
    assert_eq!(status, 422);
    assert_eq!(
        body,
        json!({"errors": [
            {"message": "Must be a string", "field": "first_name"},
            {"message": "Must be an e-mail address", "field": "email"},
            {"message": "Must be one of: true", "field": "custom_fields.0.delete_value"},
            {"message": "Unknown field: ofice_ids", "field": "ofice_ids"},
            {"message": "Unknown field: custom_fields.0.vale", "field": "custom_fields.0.vale"},
        ]})
    );
}

#[tokio::test]
async fn contents_other_than_json_are_refused() {
    let sandbox = start().await;
    let client = Client::new();
    let request = request(&client, &sandbox, "POST", "/v1/users")
        .header("On-Behalf-Of", sandbox.user_id())
        .header("content-type", "text/plain")
        .body("{}");
    let answer = send(request).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.json()["errors"][0]["field"], "Content-Type");
}

#[tokio::test]
async fn queries_are_checked() {
    let sandbox = start().await;
    for (query, field) in [
        ("per_page=0", "per_page"),
        ("per_page=501", "per_page"),
        ("per_page=many", "per_page"),
        ("page=0", "page"),
        ("created_after=yesterday", "created_after"),
        ("user_attributes=1", "user_attributes"),
    ] {
        let answer = get(&sandbox, &format!("/v1/users?{query}")).await;
        assert_eq!(answer.status, 422, "{query}");
        let body = answer.json();
        assert_eq!(body["message"], "Validation error");
        assert_eq!(body["errors"].as_array().unwrap().len(), 1, "{body}");
        assert_eq!(body["errors"][0]["field"], field);
    }
    let fine = "per_page=500&created_after=2026-01-01T00:00:00.000Z&\
                updated_before=2026-01-01&user_attributes=true";
    assert_eq!(
        get(&sandbox, &format!("/v1/users?{fine}")).await.status,
        200
    );
}

#[tokio::test]
async fn an_answer_can_be_chosen() {
    let sandbox = start().await;
    let client = Client::new();
    let prefer = async |preference: &str| {
        let request = request(
            &client,
            &sandbox,
            "POST",
            "/v1/users/4020233/email_addresses",
        )
        .header("On-Behalf-Of", sandbox.user_id())
        .header("Prefer", preference);
        send(with_body(request, r#"{"email":"t@example.com"}"#)).await
    };
    assert_eq!(prefer("code=200").await.status, 200);
    assert_eq!(prefer("code=201").await.status, 201);
    let nothing = prefer("code=204").await;
    assert_eq!(
        (
            nothing.status,
            nothing.text.as_str(),
            nothing.header("content-type")
        ),
        (204, "", "")
    );
    let gone = prefer("code=404").await;
    assert_eq!((gone.status, gone.text.as_str()), (404, NOT_FOUND));
    let slow = prefer("code=429").await;
    assert_eq!(slow.status, 429);
    assert_eq!(slow.header("x-ratelimit-remaining"), "0");
    assert!((1..=10).contains(&slow.header("retry-after").parse::<u32>().unwrap()));
    for odd in ["code=418", "code=x", "example=nothing"] {
        let answer = prefer(odd).await;
        assert_eq!(answer.status, 422, "{odd}");
        assert_eq!(answer.json()["errors"][0]["field"], "Prefer");
    }
    assert!(prefer("code=418").await.text.contains("200, 201, 204"));
    // A preference doesn't excuse a bad request.
    let request =
        request(&client, &sandbox, "GET", "/v1/users?page=x").header("Prefer", "code=200");
    assert_eq!(send(request).await.status, 422);
}

#[tokio::test]
async fn a_long_list_can_be_paged_through_by_its_links() {
    let sandbox = Sandbox::builder().repeat(250).start().await.unwrap();
    let mut path = "/v1/users?per_page=100&email=a%2Cb@example.com&unknown=1".to_owned();
    let mut ids = std::collections::BTreeSet::new();
    let mut sizes = Vec::new();
    loop {
        let answer = get(&sandbox, &path).await;
        let page = answer.json();
        let page = page.as_array().unwrap();
        sizes.push(page.len());
        ids.extend(page.iter().map(|user| user["id"].as_i64().unwrap()));
        let link = answer.header("link");
        assert!(link.contains("?email=a%2Cb%40example.com&page="), "{link}");
        let Some(next) = link
            .split(',')
            .find_map(|link| link.strip_suffix(">; rel=\"next\""))
        else {
            assert!(
                link.contains("page=2&per_page=100&unknown=1>; rel=\"prev\""),
                "{link}"
            );
            assert!(link.contains("page=3&per_page=100&"), "{link}");
            break;
        };
        path = next
            .strip_prefix(&format!("<{}", sandbox.url()))
            .unwrap()
            .to_owned();
    }
    assert_eq!(sizes, [100, 100, 50]);
    assert_eq!(ids.len(), 250);
}

#[tokio::test]
async fn a_single_page_still_names_the_last() {
    let sandbox = start().await;
    let answer = get(&sandbox, "/v1/users").await;
    let link = format!(
        "<{}/v1/users?page=1&per_page=100>; rel=\"last\"",
        sandbox.url()
    );
    assert_eq!(answer.header("link"), link);
    assert_eq!(
        get(&sandbox, "/v1/users?skip_count=true")
            .await
            .header("link"),
        ""
    );
    let beyond = get(&sandbox, "/v1/users?page=9").await;
    assert_eq!((beyond.status, beyond.text.as_str()), (200, "[]"));
}

#[tokio::test]
async fn requests_are_counted_but_not_refused() {
    let sandbox = start().await;
    let first = get(&sandbox, "/v1/users").await;
    let second = get(&sandbox, "/v1/users").await;
    assert_eq!(
        (
            first.header("x-ratelimit-limit"),
            first.header("x-ratelimit-remaining")
        ),
        ("50", "49")
    );
    assert_eq!(second.header("x-ratelimit-remaining"), "48");
    assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
    for _ in 0..60 {
        assert_eq!(get(&sandbox, "/v1/users").await.status, 200);
    }
}

#[tokio::test]
async fn a_limit_refuses_until_its_window_ends() {
    let sandbox = Sandbox::builder()
        .rate_limit(2, Duration::from_millis(1500))
        .start()
        .await
        .unwrap();
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    for remaining in ["1", "0"] {
        let answer = get(&sandbox, "/v1/users").await;
        assert_eq!(
            (answer.status, answer.header("x-ratelimit-remaining")),
            (200, remaining)
        );
        assert_eq!(answer.header("retry-after"), "");
    }
    let refused = get(&sandbox, "/v1/users").await;
    assert_eq!(
        (refused.status, refused.text.as_str()),
        (429, r#"{"message":"Rate limit exceeded"}"#)
    );
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=2).contains(&wait));
    assert!(refused.header("x-ratelimit-reset").parse::<u64>().unwrap() > now);
    tokio::time::sleep(Duration::from_secs(wait)).await;
    assert_eq!(get(&sandbox, "/v1/users").await.status, 200);
}

#[tokio::test]
async fn links_lead_where_the_client_is() {
    let builder = Sandbox::builder().examples();
    let builder = builder.public_url("https://harvest.test");
    let sandbox = builder
        .public_url("http://harvest.test:99")
        .start()
        .await
        .unwrap();
    let client = Client::new();
    for (host, base) in [
        ("harvest.test:99", "http://harvest.test:99"),
        ("harvest.test", "https://harvest.test"),
        ("localhost:1", "http://localhost:1"),
        // It is not known who that is.
        ("elsewhere.test", "https://harvest.test"),
    ] {
        let request = request(&client, &sandbox, "GET", "/v1/users").header("Host", host);
        let link = send(request).await.header("link").to_owned();
        assert!(link.starts_with(&format!("<{base}/v1/users?")), "{link}");
    }
}

#[tokio::test]
async fn any_document_will_do() {
    let document = json!({
        "openapi": "3.0.3",
        "security": [{"Token": []}],
        "paths": {
            "/things": {"get": {
                "operationId": "list_things",
                "x-harvest-pagination": "cursor",
                "responses": {"200": {"description": "", "content": {"application/json": {
                    "schema": {"type": "array", "items": {}}, "example": [{"id": 4}, {"id": 2}]}}}},
            }},
            "/things/{name}": {"put": {
                "operationId": "name_thing",
                "parameters": [
                    {"name": "name", "in": "path", "required": true,
                     "schema": {"type": "string", "enum": ["a", "b"]}},
                    {"name": "On-Behalf-Of", "in": "header", "required": true,
                        "x-harvest-acting-user": true,
                     "schema": {"type": "integer"}, "example": 12},
                ],
                "responses": {"204": {"description": "Done."}},
            }},
        },
        "components": {"securitySchemes": {"Token": {"type": "http", "scheme": "bearer"}}},
    });
    let sandbox = Sandbox::builder()
        .document(document.to_string())
        .repeat(5)
        .start()
        .await
        .unwrap();
    assert_eq!(sandbox.user_id(), 12);
    assert!(
        sandbox
            .curl()
            .unwrap()
            .contains(&format!("-H 'Authorization: Bearer {}'", sandbox.key()))
    );

    let client = Client::new();
    let mut url = format!("{}/things?per_page=2", sandbox.url());
    let mut ids = Vec::new();
    loop {
        let answer = send(client.get(&url).bearer_auth(sandbox.key())).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        ids.extend(
            answer
                .json()
                .as_array()
                .unwrap()
                .iter()
                .map(|thing| thing["id"].as_i64().unwrap()),
        );
        match answer.header("link") {
            "" => break,
            link => link
                .strip_prefix('<')
                .unwrap()
                .strip_suffix(">; rel=\"next\"")
                .unwrap()
                .clone_into(&mut url),
        }
    }
    assert_eq!(ids, [4, 2, 5, 6, 7]);

    let put = |path: &str| {
        client
            .put(format!("{}{path}", sandbox.url()))
            .header("On-Behalf-Of", 12)
    };
    assert_eq!(
        send(put("/things/a").bearer_auth(sandbox.key()))
            .await
            .status,
        204
    );
    assert_eq!(
        send(put("/things/c").bearer_auth(sandbox.key()))
            .await
            .status,
        404
    );
    let refused = send(put("/things/a").basic_auth(sandbox.key(), Some(""))).await;
    assert_eq!(
        (refused.status, refused.header("www-authenticate")),
        (401, "Bearer error=\"invalid_token\"")
    );
}

#[tokio::test]
async fn a_broken_request_breaks_nothing() {
    let sandbox = start().await;
    let addr = sandbox.url().strip_prefix("http://").unwrap();
    for raw in [
        &b"GET /v1/users HTTP/1.1\r\n\r\n"[..],
        b"GET /v1/users?%ff=%zz&&=& HTTP/1.0\r\n\r\n",
        b"POST /v1/users HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{",
        b"\x00\x01\x02\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(addr).await.unwrap();
        stream.write_all(raw).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
    }
    assert_eq!(get(&sandbox, "/v1/users").await.status, 200);
}

#[tokio::test]
async fn it_stops_when_it_is_dropped() {
    let sandbox = start().await;
    let url = format!("{}/v1/users", sandbox.url());
    let client = Client::new();
    assert!(client.get(&url).send().await.is_ok());
    drop(sandbox);
    for _ in 0..100 {
        if client.get(&url).send().await.is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it still answers");
}

#[tokio::test]
async fn two_run_side_by_side() {
    let (a, b) = (start().await, start().await);
    assert_ne!(a.url(), b.url());
    assert_ne!(a.key(), b.key());
    let wrong = Client::new()
        .get(format!("{}/v1/users", a.url()))
        .basic_auth(b.key(), Some(""));
    assert_eq!(send(wrong).await.status, 401);
}

#[tokio::test]
async fn what_cannot_start_says_why() {
    let taken = start().await;
    let addr: std::net::SocketAddr = taken
        .url()
        .strip_prefix("http://")
        .unwrap()
        .parse()
        .unwrap();
    let builder = Sandbox::builder;
    for (builder, message) in [
        (builder().addr(addr), "can't listen on 127.0.0.1:"),
        (builder().version("v9"), "no API version v9; known: v1"),
        (builder().document("{"), "not JSON"),
        (builder().key("a:b"), "colon"),
        (builder().users([]), "empty"),
        (builder().public_url("h.example"), "`h.example` is not like"),
        (
            builder().examples().trusted_proxy("here"),
            "neither an IP address nor a range",
        ),
        (builder().trusted_proxy("0.0.0.0/0"), "of the internet"),
        (builder().trusted_proxy("::/0"), "of the internet"),
        (builder().candidates(1_000_001), "number of candidates"),
        (builder().candidates(usize::MAX), "number of candidates"),
        (builder().repeat(usize::MAX), "length of lists"),
        (builder().latency(Duration::MAX), "latency"),
        (builder().users([1, 0]), "id of a user"),
        (builder().users([i64::MIN]), "id of a user"),
        (builder().users(1..200_000), "number of users"),
        (
            builder().rate_limit(0, Duration::from_secs(10)),
            "requests of the rate limit",
        ),
        (
            builder().rate_limit(u32::MAX, Duration::from_secs(10)),
            "requests of the rate limit",
        ),
        (
            builder().rate_limit(1, Duration::ZERO),
            "time of the rate limit",
        ),
        (
            builder().rate_limit(1, Duration::MAX),
            "time of the rate limit",
        ),
    ] {
        let error = builder.start().await.unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
        assert!(!format!("{error:?}").contains("a:b"));
    }
    assert!(matches!(
        Sandbox::builder().addr(addr).start().await,
        Err(StartError::Address { .. })
    ));
}

#[tokio::test]
async fn the_key_is_not_shown() {
    let builder = Sandbox::builder().key("SECRET-KEY");
    assert!(!format!("{builder:?}").contains("SECRET"));
    let sandbox = builder.start().await.unwrap();
    assert!(!format!("{sandbox:?}").contains("SECRET"));
    assert!(format!("{sandbox:?}").contains(sandbox.url()));
    assert_eq!(sandbox.key(), "SECRET-KEY");
}
