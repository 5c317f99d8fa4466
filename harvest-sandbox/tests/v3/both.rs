//! An organization, and a client of both versions.

use harvest_sandbox::{Builder, Sandbox};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

use crate::schema_conformance;
use crate::support::{self, Answer};

/// A sandbox with records that both versions show. Each answer has to be as its description says.
pub struct Both {
    pub sandbox: Sandbox,
    client: Client,
}

impl Both {
    pub async fn start() -> Self {
        Self::with(support::builder()).await
    }

    pub async fn with(builder: Builder) -> Self {
        Self {
            sandbox: builder.start().await.unwrap(),
            client: Client::new(),
        }
    }

    /// A request in the name of a site admin: by a header in v1, by the token in v3.
    fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let url = format!("{}{path}", self.sandbox.url());
        let request = self.client.request(method, url);
        if path.starts_with("/v3/") {
            // A new one each time: the clock may have passed the end of the last one.
            let token = self.sandbox.access_token(Some(self.sandbox.user_id()));
            request.bearer_auth(token.unwrap())
        } else {
            let request = request.basic_auth(self.sandbox.key(), Some(""));
            request.header("On-Behalf-Of", self.sandbox.user_id())
        }
    }

    /// Sends a body; null is none.
    pub async fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        let request = self.request(method, path);
        let answer = support::send(match body {
            Value::Null => request,
            body => support::with_body(request, body.to_string()),
        })
        .await;
        // `fields` returns no more than these.
        if !path.contains("fields=") {
            schema_conformance::check(method, path, &answer);
        }
        answer
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &Value::Null).await
    }

    /// The body of a GET that has to succeed.
    pub async fn read(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer.json()
    }

    /// The records of a list.
    pub async fn list(&self, path: &str) -> Vec<Value> {
        match self.read(path).await {
            Value::Array(records) => records,
            other => panic!("{path}: {other}"),
        }
    }

    /// All records of a list of v3, page by page.
    pub async fn all(&self, path: &str, per_page: usize) -> Vec<Value> {
        let mut records = Vec::new();
        let mut next = Some(format!("{path}?per_page={per_page}"));
        while let Some(page) = next {
            let answer = self.get(&page).await;
            assert_eq!(answer.status, 200, "{page}: {}", answer.text);
            let Value::Array(page) = answer.json() else {
                panic!("{path} is no list");
            };
            assert!(page.len() <= per_page, "{path}");
            records.extend(page);
            next = self.next(&answer);
        }
        records
    }

    /// The path of the next page.
    pub fn next(&self, answer: &Answer) -> Option<String> {
        let link = answer.headers.get("link")?.to_str().unwrap();
        let target = link.strip_suffix(">; rel=\"next\"").unwrap();
        let target = target.strip_prefix('<').unwrap();
        Some(target.strip_prefix(self.sandbox.url()).unwrap().to_owned())
    }
}

/// The `id`s of records.
pub fn ids(records: &[Value]) -> Vec<i64> {
    let ids = records.iter().map(|one| one["id"].as_i64().unwrap());
    ids.collect()
}
