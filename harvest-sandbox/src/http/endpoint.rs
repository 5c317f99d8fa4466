//! Endpoints: addresses and headers that webhooks deliver with.

use axum::http::{HeaderName, HeaderValue, Uri};

/// The `User-Agent` of the sandbox's own requests. No client can set it, so that its guard knows such requests again.
pub(crate) const OWN_AGENT: HeaderValue = HeaderValue::from_static("harvest-sandbox");

/// The headers that every delivery has, which cannot be set.
const RESERVED: [&str; 6] = [
    "content-type",
    "content-length",
    "greenhouse-event-id",
    "authorization",
    "user-agent",
    "signature",
];
/// Headers that are about the connection, which would make another request of a delivery.
const OF_CONNECTION: [&str; 5] = ["host", "connection", "transfer-encoding", "upgrade", "te"];

/// An address that a webhook delivers to.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    /// Whether it asks for TLS.
    pub(crate) is_https: bool,
    /// A name or an address, without brackets, in lower case.
    pub(crate) host: String,
    pub(crate) port: u16,
    /// As `Host` has it.
    pub(crate) authority: String,
    /// Path and query.
    pub(crate) path: String,
}

impl Endpoint {
    /// Reads an address, or says what is wrong with it.
    pub(crate) fn parse(url: &str) -> Result<Self, &'static str> {
        let uri: Uri = url.parse().map_err(|_| "the address is no URL")?;
        let (Some(scheme), Some(authority), Some(host)) =
            (uri.scheme_str(), uri.authority(), uri.host())
        else {
            return Err("the address has no scheme or no host, as http://127.0.0.1:8081/ has");
        };
        let is_https = match scheme {
            "http" => false,
            "https" => true,
            _ => return Err("the address begins with neither https:// nor http://"),
        };
        if authority.as_str().contains('@') {
            return Err("the address holds a user or a password");
        }
        // A port that is none is not read as if there were none.
        let has_port = !authority.as_str().ends_with(host);
        if has_port && uri.port_u16().is_none() {
            return Err("the address has a port that is no number from 0 to 65535");
        }
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        Ok(Self {
            is_https,
            host: host.trim_matches(['[', ']']).to_ascii_lowercase(),
            port: uri.port_u16().unwrap_or(if is_https { 443 } else { 80 }),
            authority: authority.as_str().to_owned(),
            path: path.to_owned(),
        })
    }
}

/// The headers of a text that has one a line, as `Name: value`, or what is wrong with it. No value is in the words.
pub(crate) fn headers(text: &str) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .enumerate()
        .map(|(place, line)| header(place + 1, line))
        .collect()
}

fn header(line: usize, text: &str) -> Result<(HeaderName, HeaderValue), String> {
    let wrong = || format!("line {line} is no header, as `X-Environment: test` is");
    let (name, value) = text.split_once(':').ok_or_else(wrong)?;
    let name: HeaderName = name.trim().parse().map_err(|_| wrong())?;
    if RESERVED.contains(&name.as_str()) || OF_CONNECTION.contains(&name.as_str()) {
        return Err(format!("line {line} sets `{name}`, which is reserved"));
    }
    let mut value = HeaderValue::from_str(value.trim()).map_err(|_| wrong())?;
    value.set_sensitive(true);
    Ok((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_one_a_line_and_none_of_those_that_are_reserved() {
        let read = headers("X-Team:  rivers \r\n\n Tracking-Id:a:b\n").unwrap();
        let read: Vec<_> = read
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_bytes()))
            .collect();
        assert_eq!(read, [("x-team", &b"rivers"[..]), ("tracking-id", b"a:b")]);
        for text in [
            "SIGNATURE: x",
            "authorization: x",
            "Content-Length: 1",
            "Host: elsewhere",
            "X",
            ": x",
            "X Y: z",
            "X: \u{1}",
        ] {
            let wrong = headers(text).unwrap_err();
            assert!(wrong.starts_with("line 1"), "{text}: {wrong}");
        }
        assert!(
            headers("A: 1\nB: 2\nSignature: x")
                .unwrap_err()
                .starts_with("line 3")
        );
    }

    #[test]
    fn addresses_have_a_scheme_and_a_host_and_no_password() {
        let read = Endpoint::parse("http://[::1]:8081/a?b=c").unwrap();
        assert_eq!(
            (read.host.as_str(), read.port, read.path.as_str()),
            ("::1", 8081, "/a?b=c")
        );
        assert_eq!(
            Endpoint::parse("https://Hooks.example.com").unwrap().port,
            443
        );
        for url in [
            "",
            "/path",
            "127.0.0.1:80",
            "ftp://127.0.0.1/",
            "http://user:word@127.0.0.1/",
            "http://a b/",
            "http://127.0.0.1:70000/",
            "http://127.0.0.1:-1/",
            "http://[::1]:99999/",
        ] {
            assert!(Endpoint::parse(url).is_err(), "{url}");
        }
    }
}
