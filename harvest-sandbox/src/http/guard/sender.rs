//! Senders of requests: where they are, as far as the connection and declared proxies say.

use std::net::IpAddr;

use axum::http::HeaderMap;
use axum::http::header::{HeaderName, USER_AGENT};

use crate::domain::access::Network;
use crate::http::endpoint::OWN_AGENT;
use crate::http::refusal::Outcome;
use crate::refusal::Refusal;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Headers by which proxies say that a request is not their own, beside those that [`PARTS`] recognises.
const OF_PROXIES: &[&str] = &[
    "via",
    "x-bluecoat-via",
    "x-original-for",
    "x-original-host",
    "x-original-proto",
    "x-envoy-external-address",
    "x-envoy-original-path",
    "cf-ray",
    "cdn-loop",
];

/// Parts of names of such headers. Every vendor has a name of its own, so that no list of whole names is complete; no header
/// that a client sends for itself has one of these parts.
const PARTS: &[&str] = &[
    "forwarded",
    "forward-for",
    "client-addr",
    "client-ip",
    "clientip",
    "connecting-ip",
    "connection-ip",
    "orig-ip",
    "originating-ip",
    "proxyuser-ip",
    "real-ip",
    "remote-addr",
    "remote-ip",
    "user-ip",
    "peer-ip",
    "sender-ip",
    "source-ip",
    "src-ip",
    "socketip",
    "viewer-address",
    "remote-host",
];

/// The proxies that were declared. What they say in `X-Forwarded-For` is believed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Proxies(Vec<Network>);

/// Where a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sender {
    /// The address that is known for certain and nearest to the client.
    nearest: IpAddr,
    certainty: Certainty,
    /// Whether a declared proxy says that it came by HTTPS.
    is_secure: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Certainty {
    /// It is the client that is at this address. `here` if that is this computer.
    Client { here: bool },
    /// A header says that there is a proxy at this address, and it was not declared.
    Undeclared,
    /// The declared proxy at this address does not say where the request came from.
    Silent,
    /// The declared proxy at this address says something that is no address.
    Unreadable,
    /// A sandbox sent it, for the owner of a webhook, who may be anyone.
    OfSandbox,
}

impl Proxies {
    pub(crate) fn new(declared: Vec<Network>) -> Self {
        Self(declared)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn declare(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }

    /// Where a request comes from that came over a connection from `peer`. `X-Forwarded-For` is read from its end, as long
    /// as what passed the request on was declared: the rest of it is what a client wrote.
    pub(crate) fn sender(&self, peer: IpAddr, headers: &HeaderMap) -> Sender {
        if headers
            .get_all(USER_AGENT)
            .iter()
            .any(|it| *it == OWN_AGENT)
        {
            return Sender {
                nearest: peer,
                certainty: Certainty::OfSandbox,
                is_secure: false,
            };
        }
        let is_proxied = self.declare(peer);
        let mut nearest = peer;
        let mut here = is_loopback(peer);
        let mut listed = forwarded_for(headers);
        let certainty = loop {
            if !self.declare(nearest) {
                // On this computer, everybody would be, if there were a proxy on it that was not declared.
                let has_more = !listed.is_empty() || (!is_proxied && is_passed_on(headers));
                break if has_more && (nearest == peer || here) {
                    Certainty::Undeclared
                } else {
                    Certainty::Client { here }
                };
            }
            let Some(said) = listed.pop() else {
                let never_said = nearest == peer && !headers.contains_key(FORWARDED_FOR);
                break if never_said && is_passed_on(headers) {
                    Certainty::Silent
                } else if is_loopback(nearest) && !here {
                    Certainty::Unreadable
                } else {
                    Certainty::Client { here }
                };
            };
            let Some(address) = said.and_then(|said| said.parse::<IpAddr>().ok()) else {
                break Certainty::Unreadable;
            };
            here &= is_loopback(address);
            // That of another computer may be anybody, unless it is one of its proxies.
            if is_loopback(address) && !here && !self.declare(address) {
                break Certainty::Unreadable;
            }
            nearest = address;
        };
        let mut protos = headers.get_all(FORWARDED_PROTO).iter();
        Sender {
            nearest,
            certainty,
            is_secure: is_proxied && protos.any(|proto| proto == "https"),
        }
    }
}

impl Sender {
    /// The address nearest to the client that is known: for counting, not for letting anyone in.
    pub(crate) fn nearest(&self) -> IpAddr {
        self.nearest
    }

    /// Whether a declared proxy says that the client uses HTTPS.
    pub(crate) fn is_secure(&self) -> bool {
        self.is_secure
    }

    /// 403 if a declared proxy says what makes no sense.
    pub(crate) fn check_form(&self) -> Outcome<()> {
        if self.certainty != Certainty::Unreadable {
            return Ok(());
        }
        Err(Refusal::forbidden(&format!(
            "The proxy at {} has to say in `X-Forwarded-For` where this request comes from: IP \
             addresses without ports, separated by commas. What it says can't be read.",
            self.nearest
        )))
    }

    /// The address of the client, or 403 if that is not certain.
    pub(crate) fn address(&self) -> Outcome<IpAddr> {
        self.check_form()?;
        let address = self.nearest;
        match self.certainty {
            Certainty::Client { .. } | Certainty::Unreadable => Ok(address),
            Certainty::Undeclared => Err(Refusal::forbidden(&format!(
                "This request came through a proxy, as a header like `X-Forwarded-For` or `Via` \
                 says, and none was declared at {address}. Start the sandbox with --trusted-proxy \
                 {address} if there is one, and without it don't send such headers."
            ))),
            Certainty::OfSandbox => Err(Refusal::forbidden(
                "A sandbox sent this, as a delivery of a webhook. Its owner need not be at \
                 this address, so nothing is done that is for those who are.",
            )),
            Certainty::Silent => Err(Refusal::forbidden(&format!(
                "The proxy at {address} does not say where this request comes from. Have it send \
                 `X-Forwarded-For`."
            ))),
        }
    }

    /// Whether the client is on this computer, or 403 if that is not certain.
    pub(crate) fn is_here(&self) -> Outcome<bool> {
        self.address()?;
        Ok(self.certainty == Certainty::Client { here: true })
    }
}

fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

/// What the headers list, in order. `None` for what is no text.
fn forwarded_for(headers: &HeaderMap) -> Vec<Option<&str>> {
    let mut listed = Vec::new();
    for value in headers.get_all(FORWARDED_FOR) {
        match value.to_str() {
            Ok(text) => listed.extend(text.split(',').map(|it| Some(it.trim()))),
            Err(_) => listed.push(None),
        }
    }
    listed
}

/// Whether a header says that a proxy passed the request on.
fn is_passed_on(headers: &HeaderMap) -> bool {
    let mut names = headers.keys().map(HeaderName::as_str);
    // CGI and what is built like it write names with underscores.
    names.any(|name| {
        let name = name.replace('_', "-");
        OF_PROXIES.contains(&name.as_str()) || PARTS.iter().any(|part| name.contains(part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn proxies_are_known_by_parts_of_names() {
        let passed_on = |name: &'static str| {
            let headers = HeaderMap::from_iter([(
                HeaderName::from_static(name),
                HeaderValue::from_static("198.51.100.7"),
            )]);
            is_passed_on(&headers)
        };
        for name in [
            "forwarded",
            "x-forwarded",
            "x-forwarded-for",
            "forwarded-for",
            "x-original-forwarded-for",
            "x-vercel-forwarded-for",
            "via",
            "x-real-ip",
            "x-remote-ip",
            "x-remote-addr",
            "x-originating-ip",
            "x-client-ip",
            "true-client-ip",
            "proxy-client-ip",
            "wl-proxy-client-ip",
            "x-azure-clientip",
            "x-proxyuser-ip",
            "x-appengine-user-ip",
            "cf-connecting-ip",
            "do-connecting-ip",
            "x-nf-client-connection-ip",
            "x-peer-ip",
            "x-source-ip",
            "x-azure-socketip",
            "cloudfront-viewer-address",
            "x-remote-host",
            "x-forward-for",
            "x-original-for",
            "x-original-proto",
            "x-bluecoat-via",
            "x-client-address",
            "client-address",
            "x-orig-ip",
            "x-sender-ip",
            "remote_addr",
            "x_forwarded_for",
        ] {
            assert!(passed_on(name), "{name}");
        }
        for name in [
            "host",
            "max-forwards",
            "accept",
            "accept-encoding",
            "authorization",
            "connection",
            "content-length",
            "cookie",
            "on-behalf-of",
            "origin",
            "referer",
            "sec-fetch-site",
            "upgrade-insecure-requests",
            "user-agent",
            "x-request-id",
        ] {
            assert!(!passed_on(name), "{name}");
        }
    }

    const HERE: Certainty = Certainty::Client { here: true };
    const THERE: Certainty = Certainty::Client { here: false };

    fn sender(declared: &[&str], peer: &str, headers: &[(&str, &str)]) -> (String, Certainty) {
        let declared = declared.iter().map(|it| it.parse().unwrap());
        let mut sent = HeaderMap::new();
        for (name, value) in headers {
            let name: HeaderName = name.parse().unwrap();
            sent.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        let sender = Proxies::new(declared.collect()).sender(peer.parse().unwrap(), &sent);
        (sender.nearest.to_string(), sender.certainty)
    }

    fn certainty(declared: &[&str], peer: &str, headers: &[(&str, &str)]) -> Certainty {
        sender(declared, peer, headers).1
    }

    #[test]
    fn the_other_end_of_the_connection() {
        for peer in ["127.0.0.1", "127.3.2.1", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(sender(&[], peer, &[]), (peer.to_owned(), HERE));
            assert_eq!(certainty(&[peer], peer, &[]), HERE);
        }
        assert_eq!(certainty(&[], "192.0.2.1", &[]), THERE);
        assert_eq!(certainty(&["192.0.2.1"], "192.0.2.1", &[]), THERE);
    }

    #[test]
    fn undeclared_proxies() {
        for name in OF_PROXIES.iter().chain(&[
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-forwarded-anything",
        ]) {
            for value in ["127.0.0.1", "192.0.2.1", "", "unknown", "\u{ff}"] {
                for peer in ["127.0.0.1", "192.0.2.7"] {
                    let found = sender(&[], peer, &[(name, value)]);
                    let expected = (peer.to_owned(), Certainty::Undeclared);
                    assert_eq!(found, expected, "{name}: {value}");
                    let found = certainty(&["10.0.0.0/8"], peer, &[(name, value)]);
                    assert_eq!(found, Certainty::Undeclared, "{name}: {value}");
                }
            }
        }
    }

    #[test]
    fn silent_proxies() {
        for name in OF_PROXIES.iter().chain(&["x-forwarded-host"]) {
            let found = certainty(&["127.0.0.1"], "127.0.0.1", &[(name, "192.0.2.1")]);
            assert_eq!(found, Certainty::Silent, "{name}");
        }
    }

    #[test]
    fn declared_proxies_are_believed() {
        let declared = &["10.0.0.0/8", "127.0.0.1"];
        for (peer, said, nearest, expected) in [
            ("127.0.0.1", "192.0.2.1", "192.0.2.1", THERE),
            ("127.0.0.1", " 192.0.2.1 ", "192.0.2.1", THERE),
            ("127.0.0.1", "2001:db8::1", "2001:db8::1", THERE),
            ("127.0.0.1", "192.0.2.1, 10.1.1.1", "192.0.2.1", THERE),
            // What a client wrote into the header itself comes first in it, and isn't reached.
            (
                "127.0.0.1",
                "192.0.2.99, 192.0.2.1, 10.1.1.1",
                "192.0.2.1",
                THERE,
            ),
            ("127.0.0.1", "unknown, 192.0.2.1", "192.0.2.1", THERE),
            ("127.0.0.1", "127.0.0.1", "127.0.0.1", HERE),
            ("127.0.0.1", "127.0.0.9", "127.0.0.9", HERE),
            ("127.0.0.1", "::1", "::1", HERE),
            ("127.0.0.1", "10.1.1.1", "10.1.1.1", THERE),
            // Loopback addresses of another computer.
            ("10.0.0.1", "127.0.0.1", "127.0.0.1", Certainty::Unreadable),
            ("10.0.0.1", "127.0.0.9", "10.0.0.1", Certainty::Unreadable),
            ("10.0.0.1", "::1", "10.0.0.1", Certainty::Unreadable),
            (
                "127.0.0.1",
                "127.0.0.1, 10.1.1.1",
                "127.0.0.1",
                Certainty::Unreadable,
            ),
            ("10.0.0.1", "192.0.2.1, 127.0.0.1", "192.0.2.1", THERE),
            // There is another proxy on this computer.
            (
                "127.0.0.1",
                "192.0.2.1, 127.0.0.9",
                "127.0.0.9",
                Certainty::Undeclared,
            ),
            ("127.0.0.1", "192.0.2.1, ::1", "::1", Certainty::Undeclared),
        ] {
            let found = sender(declared, peer, &[("x-forwarded-for", said)]);
            assert_eq!(found, (nearest.to_owned(), expected), "{peer}: {said}");
        }
        let several = [
            ("x-forwarded-for", "192.0.2.1"),
            ("x-forwarded-for", "10.1.1.1"),
        ];
        let found = sender(declared, "127.0.0.1", &several);
        assert_eq!(found, ("192.0.2.1".to_owned(), THERE));
        // Other headers are those of the client, where the proxy says in this one where it is.
        let others = [
            ("x-forwarded-for", "192.0.2.1"),
            ("via", "1.1 x"),
            ("forwarded", "for=1"),
        ];
        assert_eq!(certainty(declared, "127.0.0.1", &others), THERE);
    }

    #[test]
    fn what_cannot_be_read_is_no_address() {
        for said in [
            "",
            " ",
            ",",
            "192.0.2.1,",
            "192.0.2.1:1234",
            "127.0.0.1:1234",
            "127.0.0.1, unknown",
            "192.0.2.1, _hidden",
            "[::1]",
            "[2001:db8::1]:80",
            "localhost",
            "127.1",
            "127.0.0.1/8",
            "\"127.0.0.1\"",
            "192.0.2.1;127.0.0.1",
            "\u{ff}",
        ] {
            for (declared, peer) in [("127.0.0.1", "127.0.0.1"), ("10.0.0.1", "10.0.0.1")] {
                let headers = [("x-forwarded-for", said)];
                let found = sender(&[declared], peer, &headers);
                assert_eq!(found, (peer.to_owned(), Certainty::Unreadable), "{said}");
                let headers = [("x-forwarded-for", "127.0.0.1"), ("x-forwarded-for", said)];
                let found = certainty(&[declared], peer, &headers);
                assert_eq!(found, Certainty::Unreadable, "{said}");
            }
        }
    }

    #[test]
    fn only_declared_proxies_say_https() {
        let secure = |declared: &str, proto: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(FORWARDED_PROTO, proto.parse().unwrap());
            let proxies = Proxies::new(vec![declared.parse().unwrap()]);
            proxies.sender([127, 0, 0, 1].into(), &headers).is_secure()
        };
        assert!(secure("127.0.0.1", "https"));
        assert!(!secure("127.0.0.1", "http"));
        assert!(!secure("10.0.0.1", "https"));
    }
}
