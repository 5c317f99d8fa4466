//! Methods: HEAD answers as GET does, and what a path does not have is 405.

use std::collections::{BTreeMap, BTreeSet};

use harvest_sandbox::Sandbox;
use reqwest::Client;

use crate::support::{self, operations, request, send, with_body};

const METHODS: &[&str] = &[
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND",
];

fn allowed(answer: &support::Answer) -> BTreeSet<String> {
    let allow = answer.header("allow").split(", ");
    allow.map(str::to_owned).collect()
}

/// Each path with 1 for its parameters, and its methods. Two that differ in the names of parameters are one.
fn paths(json: &str) -> BTreeMap<String, BTreeSet<String>> {
    let document: serde_json::Value = serde_json::from_str(json).unwrap();
    let mut paths = BTreeMap::<String, BTreeSet<String>>::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let segments = path.split('/');
        let segments = segments.map(|it| if it.starts_with('{') { "1" } else { it });
        let segments: Vec<_> = segments.collect();
        let methods = paths.entry(segments.join("/")).or_default();
        for method in item.as_object().unwrap().keys() {
            methods.insert(method.to_uppercase());
            if method == "get" {
                methods.insert("HEAD".to_owned());
            }
        }
    }
    paths
}

#[tokio::test]
async fn other_methods_of_each_path_are_405() {
    let client = Client::new();
    for document in harvest_spec::DOCUMENTS {
        let builder = Sandbox::builder().version(document.version).examples();
        let sandbox = builder.start().await.unwrap();
        let paths = paths(document.json);
        for (path, methods) in paths {
            for method in METHODS {
                let answer = send(request(&client, &sandbox, method, &path)).await;
                if methods.contains(*method) {
                    assert_ne!(answer.status, 405, "{method} {path}");
                    continue;
                }
                assert_eq!(answer.status, 405, "{method} {path}");
                assert_eq!(allowed(&answer), methods, "{method} {path}");
                if *method != "HEAD" {
                    let message = answer.json()["message"].as_str().unwrap().to_owned();
                    assert!(message.ends_with(answer.header("allow")), "{message}");
                }
            }
        }
    }
}

#[tokio::test]
async fn head_answers_as_get_without_a_body() {
    let client = Client::new();
    for document in harvest_spec::DOCUMENTS {
        let builder = Sandbox::builder().version(document.version).examples();
        let sandbox = builder.start().await.unwrap();
        for operation in operations(document.json) {
            if operation.method != "GET" {
                continue;
            }
            let ask = |method: &str| {
                let request = request(&client, &sandbox, method, &operation.url);
                if operation.acting_user_required {
                    request.header("On-Behalf-Of", sandbox.user_id())
                } else {
                    request
                }
            };
            let (get, head) = (send(ask("GET")).await, send(ask("HEAD")).await);
            assert_eq!(
                (head.status, head.text.as_str()),
                (get.status, ""),
                "{}",
                operation.id
            );
            assert_eq!(head.header("content-length"), get.text.len().to_string());
            for name in ["content-type", "link", "content-length"] {
                assert_eq!(head.header(name), get.header(name), "{}", operation.id);
            }
        }
    }
}

#[tokio::test]
async fn head_is_checked_as_get_is() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::new();
    let list = "/v1/candidates?per_page=1";
    let url = format!("{}{list}", sandbox.url());
    assert_eq!(send(client.head(&url)).await.status, 401);
    let head = |path: &str| request(&client, &sandbox, "HEAD", path);
    assert_eq!(send(head(list)).await.status, 200);
    assert_eq!(send(head("/v1/candidates/1")).await.status, 404);
    assert_eq!(send(head("/v1/candidates?per_page=0")).await.status, 422);
    assert_eq!(send(with_body(head(list), "{}")).await.status, 403);
    // There are keys that may not even ask.
    let key = sandbox
        .dev_center()
        .unwrap()
        .create_key("None")
        .unwrap()
        .key;
    assert_eq!(
        send(client.head(&url).basic_auth(key, Some("")))
            .await
            .status,
        403
    );
    let log = sandbox.requests();
    assert!(
        log.iter()
            .all(|it| it.method == "HEAD" && it.operation.is_some())
    );
    assert_eq!(log.iter().filter(|it| it.acted).count(), 1);
}

#[tokio::test]
async fn two_slashes_are_named() {
    let builder = Sandbox::builder().control();
    let sandbox = builder.start().await.unwrap();
    let client = Client::new();
    for path in ["//v1/users", "/v1//users", "/v1/users//", "//v1//users/"] {
        for method in ["GET", "POST", "PUT"] {
            let answer = send(request(&client, &sandbox, method, path)).await;
            assert_eq!(answer.status, 404, "{path}");
            let message = answer.json()["message"].as_str().unwrap().to_owned();
            assert!(message.starts_with("Resource not found: the path has two slashes"));
        }
    }
    for path in ["//_sandbox/reset", "/_sandbox//reset", "//configure"] {
        let answer = send(request(&client, &sandbox, "POST", path)).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(
            answer.text.contains("two slashes"),
            "{path}: {}",
            answer.text
        );
    }
}

#[tokio::test]
async fn under_sandbox_too() {
    let sandbox = Sandbox::builder().control().start().await.unwrap();
    let client = Client::new();
    let ask = async |method: &str, path: &str| {
        send(request(
            &client,
            &sandbox,
            method,
            &path.replace("{name}", "a"),
        ))
        .await
    };
    let routes = ask("GET", "/_sandbox/").await.json();
    let mut paths = BTreeMap::<&str, BTreeSet<&str>>::new();
    for route in routes.as_array().unwrap() {
        let methods = paths.entry(route["path"].as_str().unwrap()).or_default();
        methods.insert(route["method"].as_str().unwrap());
        if route["method"] == "GET" {
            methods.insert("HEAD");
        }
    }
    for (path, methods) in paths {
        for method in METHODS.iter().filter(|method| !methods.contains(*method)) {
            let answer = ask(method, path).await;
            assert_eq!(answer.status, 405, "{method} {path}");
            let expected: Vec<_> = methods.iter().copied().collect();
            assert_eq!(
                answer.header("allow"),
                expected.join(", "),
                "{method} {path}"
            );
        }
        if methods.contains("GET") {
            let (get, head) = (ask("GET", path).await, ask("HEAD", path).await);
            assert_eq!((head.status, head.text.as_str()), (200, ""), "{path}");
            if path != "/_sandbox/clock" {
                assert_eq!(head.header("content-length"), get.text.len().to_string());
            }
        }
    }
}

#[tokio::test]
async fn pages_too() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::new();
    let ask = async |method: &str, path: &str| send(request(&client, &sandbox, method, path)).await;
    for (path, allow) in [
        ("/configure", "GET, HEAD"),
        ("/configure/users", "GET, HEAD"),
        ("/configure/users/new", "GET, HEAD, POST"),
        ("/configure/sign_in", "GET, HEAD, POST"),
        ("/configure/sign_out", "POST"),
        ("/configure/dev_center/requests", "GET, HEAD, POST"),
        ("/configure/assets/style.css", "GET, HEAD"),
        ("/favicon.ico", "GET, HEAD"),
    ] {
        for method in ["PUT", "DELETE", "OPTIONS", "PROPFIND"] {
            let answer = ask(method, path).await;
            assert_eq!(
                (answer.status, answer.header("allow")),
                (405, allow),
                "{method} {path}"
            );
        }
        if allow.contains("GET") {
            let (get, head) = (ask("GET", path).await, ask("HEAD", path).await);
            assert_eq!(
                (head.status, head.text.as_str()),
                (get.status, ""),
                "{path}"
            );
            assert_eq!(
                head.header("content-length"),
                get.text.len().to_string(),
                "{path}"
            );
        }
    }
    for (path, allow) in [
        ("/", "GET, HEAD"),
        ("/configure/candidates", "GET, HEAD"),
        ("/configure/users", "GET, HEAD"),
        ("/favicon.ico", "GET, HEAD"),
    ] {
        let answer = ask("POST", path).await;
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, allow),
            "{path}"
        );
    }
    for method in METHODS.iter().filter(|it| !["GET", "HEAD"].contains(it)) {
        assert_eq!(ask(method, "/").await.status, 405, "{method}");
    }
    assert_eq!(
        ask("GET", "/").await.status,
        404,
        "for those who ask for no page"
    );
    assert_eq!(ask("GET", "/configure/sign_out").await.status, 405);
    assert_eq!(ask("DELETE", "/configure/nowhere").await.status, 404);
}

#[tokio::test]
async fn pages_of_a_sandbox_that_answers_from_examples_too() {
    let sandbox = Sandbox::builder().examples().start().await.unwrap();
    let client = Client::new();
    for path in ["/", "/favicon.ico", "/configure/assets/style.css"] {
        let ask = |method| {
            let request = request(&client, &sandbox, method, path);
            send(request.header("accept", "text/html"))
        };
        assert_eq!(ask("GET").await.status, 200, "{path}");
        for method in METHODS.iter().filter(|it| !["GET", "HEAD"].contains(it)) {
            let answer = ask(method).await;
            let found = (answer.status, answer.header("allow"));
            assert_eq!(found, (405, "GET, HEAD"), "{method} {path}");
        }
    }
    let answer = send(request(&client, &sandbox, "DELETE", "/configure/users")).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn files_too() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::new();
    let candidates = support::get(&sandbox, "/v1/candidates?per_page=500")
        .await
        .json();
    let attachments = candidates.as_array().unwrap().iter();
    let urls = attachments.filter_map(|it| it["attachments"][0]["url"].as_str());
    let url = urls.map(str::to_owned).next().unwrap();
    let (get, head) = (send(client.get(&url)).await, send(client.head(&url)).await);
    assert_eq!(
        (get.status, head.status, head.text.as_str()),
        (200, 200, "")
    );
    assert_eq!(head.header("content-length"), get.text.len().to_string());
    let answer = send(client.post(&url)).await;
    assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"));
}
