//! Names by which clients may know the sandbox.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use axum::http::header::HOST;
use axum::http::request::Parts;
use axum::http::uri::{Authority, Scheme, Uri};
use axum::http::{HeaderMap, StatusCode, Version};

use crate::bounds::HOST_BYTES;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::Refusal;

/// The URL under which others reach the sandbox, without a path: `https://harvest.example.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicUrl {
    scheme: Scheme,
    /// As a browser sends it: in lower case, and without the port that goes without saying.
    authority: String,
}

/// The names that were declared, beside those of this computer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    public: Vec<PublicUrl>,
}

/// The host that a request names, held against the names of the sandbox.
#[derive(Clone, Debug)]
pub(crate) struct Host {
    name: Name,
    /// Origins that pages of the sandbox have under this name.
    origins: Vec<String>,
    /// The beginning of links.
    base: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    /// Of this computer, or declared.
    Known,
    Unknown,
    /// There are several, or one that cannot be a host.
    Malformed,
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not like https://harvest.example.com, without a path");
        let url: Uri = text.parse().map_err(|_| wrong())?;
        let scheme = url.scheme().cloned().ok_or_else(wrong)?;
        let authority = url.authority().ok_or_else(wrong)?.as_str();
        let is_bare = matches!(url.path(), "" | "/") && url.query().is_none();
        if !is_bare || ![Scheme::HTTP, Scheme::HTTPS].contains(&scheme) || !is_plain(authority) {
            return Err(wrong());
        }
        Ok(Self {
            authority: shortest(&scheme, authority),
            scheme,
        })
    }
}

impl PublicUrl {
    fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.authority)
    }

    /// Whether a `Host` names it.
    fn is(&self, authority: &str) -> bool {
        shortest(&self.scheme, authority) == self.authority
    }
}

impl Names {
    pub(crate) fn new(public: Vec<PublicUrl>) -> Self {
        Self { public }
    }

    /// Whether none was declared.
    pub(crate) fn is_empty(&self) -> bool {
        self.public.is_empty()
    }

    /// The host that a request names, which came over a connection to `local`.
    ///
    /// One without any means the address that it connected to, if it is of HTTP/1.0; later versions require one (RFC 9112,
    /// section 3.2).
    pub(crate) fn host(&self, parts: &Parts, local: SocketAddr) -> Host {
        let own = format!("http://{}", canonical(local));
        let base = self.public.first().map_or(own.clone(), PublicUrl::origin);
        let without_origin = |name, base| Host {
            name,
            origins: Vec::new(),
            base,
        };
        let authority = match named(parts) {
            Some(Some(authority)) => authority,
            Some(None) if parts.version == Version::HTTP_10 => {
                return without_origin(Name::Known, base);
            }
            Some(None) | None => return without_origin(Name::Malformed, base),
        };
        let public = self.public.iter().find(|public| public.is(&authority));
        let (name, base) = match public {
            Some(public) => (Name::Known, public.origin()),
            None if is_here(&authority, local.ip()) => (Name::Known, format!("http://{authority}")),
            None => (Name::Unknown, base),
        };
        let origins = if name == Name::Known {
            // A declared URL says which scheme its pages have. The other one is another site, of which an
            // intermediary on plain HTTP can write pages.
            let schemes: &[Scheme] = match public {
                Some(_) => &[],
                None => &[Scheme::HTTP, Scheme::HTTPS],
            };
            let named = schemes
                .iter()
                .map(|it| format!("{it}://{}", shortest(it, &authority)));
            let public = self.public.iter().map(PublicUrl::origin);
            named.chain(public).collect()
        } else {
            Vec::new()
        };
        Host {
            name,
            origins,
            base,
        }
    }
}

impl Host {
    /// The beginning of links: the name that the client uses, if it is one of the sandbox; else the first URL that was
    /// declared, or the address that the client is connected to.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Whether pages of the sandbox can have this origin, under this name or one that was declared.
    pub(super) fn has_origin(&self, origin: &str) -> bool {
        self.origins
            .iter()
            .any(|own| own.eq_ignore_ascii_case(origin))
    }

    /// 400 for a request that does not name one host.
    pub(crate) fn check_form(&self) -> Outcome<()> {
        if self.name != Name::Malformed {
            return Ok(());
        }
        let message = "The request has to name one host: send one `Host`, like 127.0.0.1:8765";
        Err(Reply::message(StatusCode::BAD_REQUEST, message).into())
    }

    /// 403 for a host that is not one of the sandbox.
    pub(crate) fn check_known(&self) -> Outcome<()> {
        self.check_form()?;
        if self.name == Name::Known {
            return Ok(());
        }
        Err(Refusal::forbidden(
            "`Host` does not name this sandbox. Use http://localhost with the port, or start the \
             sandbox with --public-url and the URL that you use.",
        ))
    }
}

/// The host in the target of a request, or else in `Host`: two Nones, from outside, for one that makes no sense and for
/// none at all.
#[expect(
    clippy::option_option,
    reason = "both are answers, to different questions"
)]
fn named(parts: &Parts) -> Option<Option<String>> {
    let header = header(&parts.headers)?;
    let named = parts.uri.authority().map(Authority::to_string).or(header);
    match named {
        Some(named) if is_plain(&named) => Some(Some(named)),
        Some(_) => None,
        None => Some(None),
    }
}

#[expect(clippy::option_option, reason = "as above")]
fn header(headers: &HeaderMap) -> Option<Option<String>> {
    let mut all = headers.get_all(HOST).iter();
    match (all.next(), all.next()) {
        (None, _) => Some(None),
        (Some(host), None) => Some(Some(host.to_str().ok()?.to_owned())),
        (Some(_), Some(_)) => None,
    }
}

/// Whether this is a host, perhaps with a port, and nothing else. It goes into headers and JSON.
fn is_plain(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else {
        return false;
    };
    let name = authority.host();
    let rest = &host[name.len()..];
    let port = rest.strip_prefix(':').unwrap_or(rest);
    !name.is_empty()
        && host.len() <= HOST_BYTES
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".:-_[]".contains(&byte))
        // `parse` alone would take a sign.
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && (port.is_empty() || port.parse::<u16>().is_ok())
}

/// Whether a host names this computer, and nothing but this computer. No other website can be served under an address.
fn is_here(host: &str, local: IpAddr) -> bool {
    let name = host.parse::<Authority>().map(|it| it.host().to_owned());
    let name = name.as_deref().unwrap_or(host);
    let name = name.strip_suffix('.').unwrap_or(name);
    if let Ok(address) = name.trim_matches(['[', ']']).parse::<IpAddr>() {
        let address = address.to_canonical();
        return address.is_loopback() || address == local.to_canonical();
    }
    let name = name.to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

/// In lower case, and without the port that goes without saying.
fn shortest(scheme: &Scheme, authority: &str) -> String {
    let port = if *scheme == Scheme::HTTPS {
        ":443"
    } else {
        ":80"
    };
    let authority = authority.to_ascii_lowercase();
    authority
        .strip_suffix(port)
        .unwrap_or(&authority)
        .to_owned()
}

fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderValue, Request};

    const LOCAL: &str = "192.0.2.1:8765";

    fn host(names: &Names, target: &str, hosts: &[&[u8]]) -> Host {
        let mut request = Request::builder().uri(target).body(()).unwrap();
        for host in hosts {
            let host = HeaderValue::from_bytes(host).unwrap();
            request.headers_mut().append(HOST, host);
        }
        names.host(&request.into_parts().0, LOCAL.parse().unwrap())
    }

    fn public(urls: &[&str]) -> Names {
        Names::new(urls.iter().map(|url| url.parse().unwrap()).collect())
    }

    #[test]
    fn names_of_this_computer() {
        for name in [
            "localhost",
            "LOCALHOST:8765",
            "a.localhost:1",
            "localhost.:1",
            "127.0.0.1",
            "127.9.9.9:80",
            "[::1]:8765",
            "[::1]",
            "[::ffff:127.0.0.1]:1",
            "192.0.2.1",
            "192.0.2.1:99",
        ] {
            let host = host(&Names::default(), "/", &[name.as_bytes()]);
            assert!(host.check_known().is_ok(), "{name}");
            assert_eq!(host.base(), format!("http://{name}"));
            let origin = format!("http://{}", shortest(&Scheme::HTTP, name));
            assert!(host.has_origin(&origin), "{origin}");
        }
        for name in [
            "example.com",
            "127.0.0.1.example.com",
            "localhost.example.com:8765",
            "notlocalhost",
            "192.0.2.2",
            "[2001:db8::1]:80",
            "0.0.0.0:8765",
        ] {
            let host = host(&Names::default(), "/", &[name.as_bytes()]);
            assert_eq!(
                host.check_known().unwrap_err().into_reply().status,
                403,
                "{name}"
            );
            assert!(host.check_form().is_ok(), "{name}");
            assert_eq!(host.base(), format!("http://{LOCAL}"));
            assert!(!host.has_origin(&format!("http://{name}")), "{name}");
        }
    }

    #[test]
    fn what_is_no_host_is_refused() {
        let two: &[&[u8]] = &[b"localhost", b"localhost"];
        let many: &[&[&[u8]]] = &[
            two,
            &[b"localhost", b"example.com"],
            &[b""],
            &[b":80"],
            &[b"\xff"],
            &[b"a b"],
            &[b"a,b"],
            &[b"a/b"],
            &[b"a\"b"],
            &[b"127.0.0.1:80@example.com"],
            &[b"user@localhost"],
            &[b"a>; rel=\"next\", <http://b"],
            &[b"localhost:port"],
            &[b"localhost:+80"],
            &[b"[::1]:+80"],
        ];
        for hosts in many {
            let host = host(&public(&["https://h.example"]), "/", hosts);
            assert_eq!(
                host.check_form().unwrap_err().into_reply().status,
                400,
                "{hosts:?}"
            );
            assert_eq!(
                host.check_known().unwrap_err().into_reply().status,
                400,
                "{hosts:?}"
            );
            assert_eq!(host.base(), "https://h.example");
        }
        // Whatever is in `Host`, an absolute target is what counts.
        let known = host(&Names::default(), "http://localhost/", &[b"example.com"]);
        assert!(known.check_known().is_ok());
        let unknown = host(&Names::default(), "http://example.com/", &[b"localhost"]);
        assert!(unknown.check_known().is_err());
    }

    #[test]
    fn later_versions_than_http_1_0_require_a_host() {
        let without = |version| {
            let request = Request::builder().uri("/").version(version).body(());
            Names::default().host(&request.unwrap().into_parts().0, LOCAL.parse().unwrap())
        };
        let host = without(Version::HTTP_10);
        assert!(host.check_known().is_ok() && !host.has_origin("http://192.0.2.1:8765"));
        assert_eq!(host.base(), "http://192.0.2.1:8765");
        for version in [Version::HTTP_11, Version::HTTP_2] {
            let refused = without(version).check_form().unwrap_err();
            assert_eq!(refused.into_reply().status, 400, "{version:?}");
        }
    }

    #[test]
    fn declared_names_are_known() {
        let names = public(&["https://H.example:443/", "http://other.example:8080"]);
        for (name, base) in [
            ("h.example", "https://h.example"),
            ("H.EXAMPLE:443", "https://h.example"),
            ("other.example:8080", "http://other.example:8080"),
            ("127.0.0.1:1", "http://127.0.0.1:1"),
        ] {
            let host = host(&names, "/", &[name.as_bytes()]);
            assert!(host.check_known().is_ok(), "{name}");
            assert_eq!(host.base(), base);
            // A proxy may have put another name in the place of the one that the page has.
            assert!(host.has_origin("https://h.example"), "{name}");
            assert!(!host.has_origin("http://h.example:8080"), "{name}");
            for other_scheme in [
                "http://h.example",
                "http://h.example:443",
                "https://other.example:8080",
            ] {
                assert!(!host.has_origin(other_scheme), "{name}, {other_scheme}");
            }
        }
        for name in [
            "h.example:80",
            "h.example:8443",
            "other.example",
            "x.h.example",
        ] {
            let host = host(&names, "/", &[name.as_bytes()]);
            assert!(host.check_known().is_err(), "{name}");
            assert_eq!(host.base(), "https://h.example");
        }
    }

    #[test]
    fn public_urls() {
        for bad in [
            "",
            "h.example",
            "/",
            "ftp://h.example",
            "https://",
            "https://h.example/path",
            "https://h.example/?q",
            "https://user@h.example",
            "https://h ample",
            "https://h\"ample",
        ] {
            let problem = bad.parse::<PublicUrl>().unwrap_err();
            assert!(problem.contains("https://harvest.example.com"), "{bad}");
        }
        let url: PublicUrl = "http://H.example:80".parse().unwrap();
        assert_eq!(url.origin(), "http://h.example");
    }
}
