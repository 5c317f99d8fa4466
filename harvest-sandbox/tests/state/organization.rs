//! An organization to talk to.

use harvest_sandbox::{Builder, Sandbox};
use reqwest::Client;
use serde_json::Value;

use crate::schema_conformance;
use crate::support::{self, Answer};

/// A sandbox with records, and a client with its key. Each answer has to be as the description says.
pub struct Organization {
    pub sandbox: Sandbox,
    client: Client,
}

impl Organization {
    pub async fn start() -> Self {
        Self::with(support::builder()).await
    }

    pub async fn with(builder: Builder) -> Self {
        Self {
            sandbox: builder.start().await.unwrap(),
            client: Client::new(),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        let request = support::request(&self.client, &self.sandbox, "GET", path);
        let answer = support::send(request).await;
        schema_conformance::check("GET", path, &answer);
        answer
    }

    /// The body of a GET that has to succeed.
    pub async fn read(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer.json()
    }

    /// Sends a body in the name of the first site admin; null is none.
    pub async fn send(&self, method: &str, path: &str, body: Value) -> Answer {
        self.send_as(self.sandbox.user_id(), method, path, body)
            .await
    }

    pub async fn send_as(&self, user: i64, method: &str, path: &str, body: Value) -> Answer {
        let answer = self.fetch(Some(user), method, path, &body).await;
        schema_conformance::check(method, path, &answer);
        answer
    }

    /// The same without a look at the description, for those who ask very often. Without an acting user, too.
    pub async fn fetch(&self, user: Option<i64>, method: &str, path: &str, body: &Value) -> Answer {
        let mut request = support::request(&self.client, &self.sandbox, method, path);
        if let Some(user) = user {
            request = request.header("On-Behalf-Of", user);
        }
        support::send(match body {
            Value::Null => request,
            body => support::with_body(request, body.to_string()),
        })
        .await
    }

    /// The body of a write that has to succeed with this status.
    pub async fn write(&self, method: &str, path: &str, body: Value, status: u16) -> Value {
        let answer = self.send(method, path, body).await;
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.text);
        answer.json()
    }

    /// The whole ways to the fields at fault, and that it was 422.
    pub async fn problems(&self, method: &str, path: &str, body: Value) -> Vec<String> {
        let answer = self.send(method, path, body).await;
        assert_eq!(answer.status, 422, "{method} {path}: {}", answer.text);
        let body = answer.json();
        let places = answer.header("x-sandbox-places");
        if !places.is_empty() {
            return places.split(", ").map(str::to_owned).collect();
        }
        let errors = body["errors"].as_array().unwrap().iter();
        errors
            .map(|error| error["field"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// A user who is active and no admin of anything.
    pub async fn basic_user(&self) -> i64 {
        let users = self.read("/v1/users").await;
        let basic = users.as_array().unwrap().iter().rev();
        basic
            .filter(|user| user["site_admin"] == false && user["disabled"] == false)
            .find_map(|user| user["id"].as_i64())
            .unwrap()
    }
}

/// The `id`s of a list.
pub fn ids(list: &Value) -> Vec<i64> {
    let list = list.as_array().unwrap().iter();
    list.map(|one| one["id"].as_i64().unwrap()).collect()
}
