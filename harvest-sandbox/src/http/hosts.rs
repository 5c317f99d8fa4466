//! Hosts that may be delivered to.

use std::net::{IpAddr, SocketAddr};

use super::endpoint::Endpoint;

/// Hosts beside this computer that may be delivered to, in lower case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hosts(Vec<String>);

impl Hosts {
    pub(crate) fn new(hosts: impl IntoIterator<Item = String>) -> Self {
        let hosts = hosts.into_iter();
        Self(hosts.map(|host| host.to_ascii_lowercase()).collect())
    }

    fn names(&self, host: &str) -> bool {
        self.0.iter().any(|known| known == host)
    }

    /// Refuses what can be seen to lead elsewhere without looking a name up.
    pub(crate) fn check(&self, endpoint: &Endpoint) -> Result<(), &'static str> {
        let address = endpoint.host.parse::<IpAddr>().ok();
        if endpoint.is_https {
            Err("the sandbox delivers over plain http, to this computer")
        } else if address.is_some_and(|it| !it.to_canonical().is_loopback())
            && !self.names(&endpoint.host)
        {
            Err(
                "the address is not on this computer; name its host when the sandbox is started \
                 (`--webhook-hosts`)",
            )
        } else {
            Ok(())
        }
    }

    /// Whether an endpoint is on this computer or on a host that was named, as far as can be seen without looking a name up:
    /// of names, `localhost` alone is this computer's.
    pub(crate) fn know(&self, endpoint: &Endpoint) -> bool {
        let address = endpoint.host.parse::<IpAddr>();
        endpoint.host == "localhost"
            || address.is_ok_and(|it| it.to_canonical().is_loopback())
            || self.names(&endpoint.host)
    }

    /// The addresses of an endpoint, looked up once: what is checked is what is connected to.
    pub(crate) async fn resolve(&self, endpoint: &Endpoint) -> Result<Vec<SocketAddr>, String> {
        self.check(endpoint)?;
        let found = tokio::net::lookup_host((endpoint.host.as_str(), endpoint.port)).await;
        let found = found.map_err(|_| "the host could not be found".to_owned())?;
        let found: Vec<_> = found.collect();
        let is_allowed = |address: &SocketAddr| {
            self.names(&endpoint.host) || address.ip().to_canonical().is_loopback()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(hosts: &Hosts, url: &str) -> Result<(), &'static str> {
        hosts.check(&Endpoint::parse(url)?)
    }

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
            assert!(check(&hosts, url).is_ok(), "{url}");
        }
        for url in [
            "https://127.0.0.1/",
            "http://192.0.2.8/",
            "http://169.254.169.254/latest",
            "http://0.0.0.0/",
            "http://[::ffff:192.0.2.8]/",
        ] {
            assert!(check(&hosts, url).is_err(), "{url}");
        }
    }

    #[test]
    fn names_are_known_if_they_were_named_whatever_they_lead_to() {
        let hosts = Hosts::new(["receiver.test".to_owned()]);
        for (url, is_known) in [
            ("https://127.0.0.1:1/a", true),
            ("http://LOCALHOST/", true),
            ("https://[::1]/x", true),
            ("http://receiver.test/", true),
            ("https://hooks.example.com/", false),
            ("https://127.0.0.1.example.com/", false),
            ("https://10.0.0.1/", false),
        ] {
            let endpoint = Endpoint::parse(url).unwrap();
            assert_eq!(hosts.know(&endpoint), is_known, "{url}");
        }
    }

    #[tokio::test]
    async fn a_name_is_checked_by_the_addresses_that_it_has() {
        let none = Hosts::default();
        let local = Endpoint::parse("http://localhost:8081/").unwrap();
        let found = none.resolve(&local).await.unwrap();
        assert!(
            found
                .iter()
                .all(|it| it.ip().is_loopback() && it.port() == 8081)
        );
        // Numbers in forms that resolvers take for addresses are names here, and are checked as what they lead to.
        for host in ["192.0.2.8", "3221225992", "0xc0.0.2.8", "192.0.520"] {
            let odd = Endpoint {
                host: host.to_owned(),
                ..local.clone()
            };
            assert!(none.resolve(&odd).await.is_err(), "{host}");
        }
    }
}
