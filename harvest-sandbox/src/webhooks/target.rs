//! Addresses that may be delivered to.

use std::net::{IpAddr, SocketAddr};

use axum::http::Uri;

use super::WebhookError;

/// Hosts beside this computer that may be delivered to, in lower case.
#[derive(Clone, Debug, Default)]
pub(super) struct Hosts(Vec<String>);

/// Where a webhook delivers.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// A name or an address, without brackets, in lower case.
    host: String,
    port: u16,
    /// As `Host` has it.
    pub(super) authority: String,
    /// Path and query.
    pub(super) path: String,
}

impl Hosts {
    pub(super) fn new(hosts: impl IntoIterator<Item = String>) -> Self {
        let hosts = hosts.into_iter();
        Self(hosts.map(|host| host.to_ascii_lowercase()).collect())
    }

    fn names(&self, host: &str) -> bool {
        self.0.iter().any(|known| known == host)
    }

    /// The addresses of a target, looked up once: what is checked is what is connected to.
    pub(super) async fn resolve(&self, target: &Target) -> Result<Vec<SocketAddr>, String> {
        let found = tokio::net::lookup_host((target.host.as_str(), target.port)).await;
        let found = found.map_err(|_| "the host could not be found".to_owned())?;
        let found: Vec<_> = found.collect();
        let is_allowed = |address: &SocketAddr| {
            self.names(&target.host) || address.ip().to_canonical().is_loopback()
        };
        if found.is_empty() {
            Err("the host has no address".to_owned())
        } else if found.iter().all(is_allowed) {
            Ok(found)
        } else {
            Err(
                "the host is not this computer, and the sandbox was not started to deliver there"
                    .to_owned(),
            )
        }
    }
}

impl Target {
    /// Reads the address of a webhook. Names are only looked up when something is delivered.
    pub(super) fn parse(url: &str, hosts: &Hosts) -> Result<Self, WebhookError> {
        let refuse = |problem: &str| {
            Err(WebhookError::Url {
                problem: problem.to_owned(),
            })
        };
        let Ok(uri) = url.parse::<Uri>() else {
            return refuse("the address is no URL");
        };
        let (Some(scheme), Some(authority), Some(host)) =
            (uri.scheme_str(), uri.authority(), uri.host())
        else {
            return refuse("the address has no scheme or no host, as http://127.0.0.1:8081/ has");
        };
        if scheme != "http" {
            return refuse("the sandbox delivers over plain http, to this computer");
        }
        if authority.as_str().contains('@') {
            return refuse("the address holds a user or a password");
        }
        let host = host.trim_matches(['[', ']']).to_ascii_lowercase();
        let address = host.parse::<IpAddr>().ok();
        if address.is_some_and(|it| !it.to_canonical().is_loopback()) && !hosts.names(&host) {
            return refuse(
                "the address is not on this computer; name its host when the sandbox is started (`webhook_hosts`)",
            );
        }
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        Ok(Self {
            port: uri.port_u16().unwrap_or(80),
            authority: authority.as_str().to_owned(),
            path: path.to_owned(),
            host,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_of_this_computer_unless_others_are_named() {
        let hosts = Hosts::new(["Receiver.test".to_owned(), "192.0.2.7".to_owned()]);
        for url in [
            "http://127.0.0.1:8081/a?b=c",
            "http://[::1]/",
            "http://127.9.9.9",
            "http://localhost:1/",
            "http://192.0.2.7/",
            "http://receiver.TEST/",
        ] {
            assert!(Target::parse(url, &hosts).is_ok(), "{url}");
        }
        for url in [
            "",
            "/path",
            "127.0.0.1:80",
            "https://127.0.0.1/",
            "ftp://127.0.0.1/",
            "http://user:word@127.0.0.1/",
            "http://192.0.2.8/",
            "http://169.254.169.254/latest",
            "http://0.0.0.0/",
            "http://[::ffff:192.0.2.8]/",
        ] {
            let result = Target::parse(url, &hosts);
            assert!(matches!(result, Err(WebhookError::Url { .. })), "{url}");
        }
    }

    #[tokio::test]
    async fn a_name_is_checked_by_the_addresses_that_it_has() {
        let none = Hosts::default();
        let local = Target::parse("http://localhost:8081/", &none).unwrap();
        let found = none.resolve(&local).await.unwrap();
        assert!(
            found
                .iter()
                .all(|it| it.ip().is_loopback() && it.port() == 8081)
        );
        // Numbers in forms that resolvers take for addresses are names here, and are checked as what they lead to.
        let odd = Target {
            host: "192.0.2.8".to_owned(),
            ..local
        };
        assert!(none.resolve(&odd).await.is_err());
    }
}
