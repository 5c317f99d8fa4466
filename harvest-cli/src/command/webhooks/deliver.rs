//! A delivery on its way to a receiver, byte by byte as it came.

use std::time::Duration;

use harvest_generated::runtime::reqwest::{self, Client, Url, redirect};
use harvest_generated::webhooks::PROTOCOL;

use crate::failure::{Exit, Failure};

/// How long a receiver has to answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A receiver of deliveries.
#[derive(Clone)]
pub(super) struct Target {
    client: Client,
    url: Url,
}

/// The headers that a receiver gets beside the body.
pub(super) struct Labels<'a> {
    pub event_id: Option<&'a str>,
    pub signature: Option<&'a str>,
}

impl Target {
    pub(super) fn new(url: &str) -> Result<Self, Failure> {
        let parsed = Url::parse(url).ok();
        let url = parsed
            .filter(|it| matches!(it.scheme(), "http" | "https") && it.has_host())
            .ok_or_else(|| Failure::usage(format!("{url} is no URL of a receiver")))?;
        let client = Client::builder()
            .timeout(TIMEOUT)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .user_agent(concat!("harvest-cli/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| Failure::new(Exit::Failed, error.to_string()))?;
        Ok(Self { client, url })
    }

    /// Sends it once, and returns the status of the answer. A redirect is an answer like others.
    pub(super) async fn send(&self, labels: &Labels<'_>, body: Vec<u8>) -> Result<u16, String> {
        let mut request = self
            .client
            .post(self.url.clone())
            .header(reqwest::header::CONTENT_TYPE, "application/json");
        let names = [
            (PROTOCOL.event_id_header, labels.event_id),
            (PROTOCOL.signature_header, labels.signature),
        ];
        for (name, value) in names {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        match request.body(body).send().await {
            Ok(answer) => Ok(answer.status().as_u16()),
            Err(error) if error.is_timeout() => {
                Err(format!("no answer within {} seconds", TIMEOUT.as_secs()))
            }
            Err(error) if error.is_connect() => Err("no connection".to_owned()),
            Err(error) => Err(error.without_url().to_string()),
        }
    }
}
