//! A client of both versions that keeps its connection and its token.

use harvest_sandbox::Sandbox;
use reqwest::{Client, Method, RequestBuilder};

use crate::support::{self, Answer};

pub struct Caller {
    client: Client,
    url: String,
    key: String,
    token: String,
}

impl Caller {
    /// With the key of a sandbox, and with a token that no snapshot from now on is without.
    pub fn of(sandbox: &Sandbox) -> Self {
        Self {
            client: Client::new(),
            url: sandbox.url().to_owned(),
            key: sandbox.key().to_owned(),
            token: sandbox.access_token(None).unwrap(),
        }
    }

    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let request = self.client.request(method, format!("{}{path}", self.url));
        if path.starts_with("/v3") {
            request.bearer_auth(&self.token)
        } else {
            request.basic_auth(&self.key, Some(""))
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        support::send(self.request("GET", path)).await
    }
}
