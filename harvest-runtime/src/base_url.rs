//! The base URL: validation, joining with paths, and comparison of origins.

use std::fmt;

use reqwest::Url;
use url::Host;

/// A checked base URL. The credential goes to its origin and nowhere else.
#[derive(Clone)]
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    /// The reason of a refusal never repeats the URL, which may hold a password.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|error| {
            format!("base_url is not a URL ({error}); it looks like https://harvest.example.com")
        })?;
        if !matches!(url.scheme(), "https" | "http") || url.host().is_none() {
            return Err("base_url has to start with https://".to_owned());
        }
        if url.scheme() == "http" && !is_loopback(&url) {
            return Err(
                "base_url is plain http to another machine, which would send the credential in \
                 the clear; use https (plain http is allowed to localhost, 127.0.0.0/8 and [::1])"
                    .to_owned(),
            );
        }
        if has_user_info(&url) {
            return Err(
                "base_url contains a user name or password; pass the key to \
                 ClientBuilder::credential"
                    .to_owned(),
            );
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(
                "base_url contains a query or fragment; end it with the host or a path".to_owned(),
            );
        }
        Ok(Self(url))
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    pub(crate) fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// The base with a path, already percent-encoded, after its own: `https://proxy/harvest` and `/v1/users` make
    /// `https://proxy/harvest/v1/users`.
    pub(crate) fn join(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        let prefix = self.0.path().trim_end_matches('/');
        url.set_path(&format!("{prefix}{path}"));
        url
    }

    /// Whether a URL is at the same scheme, host and port, and brings no user name of its own.
    pub(crate) fn is_origin_of(&self, url: &Url) -> bool {
        self.0.scheme() == url.scheme()
            && self.0.host() == url.host()
            && self.0.port_or_known_default() == url.port_or_known_default()
            && !has_user_info(url)
    }
}

pub(crate) fn has_user_info(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Scheme, host and port of a URL, for messages: the path, the query and any user name are left out.
pub(crate) struct Origin<'a>(pub(crate) &'a Url);

impl fmt::Display for Origin<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}://{}",
            self.0.scheme(),
            self.0.host_str().unwrap_or("?")
        )?;
        match self.0.port() {
            Some(port) => write!(f, ":{port}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_and_accepted() {
        for (text, accepted) in [
            ("https://harvest.example.com", true),
            ("https://proxy.example.com:8443/harvest/", true),
            ("http://localhost:4010", true),
            ("http://127.0.0.1", true),
            ("http://127.8.9.10:1", true),
            ("http://[::1]:80", true),
            ("http://harvest.example.com", false),
            ("http://10.0.0.1", false),
            ("http://localhost.example.com", false),
            ("http://0.0.0.0", false),
            ("https://key@harvest.example.com", false),
            ("https://:secret@harvest.example.com", false),
            ("https://harvest.example.com?x=1", false),
            ("https://harvest.example.com#x", false),
            ("ftp://harvest.example.com", false),
            ("data:text/plain,x", false),
            ("harvest.example.com", false),
            ("", false),
        ] {
            assert_eq!(BaseUrl::parse(text).is_ok(), accepted, "{text}");
        }
    }

    #[test]
    fn a_path_prefix_is_kept() {
        for (base, joined) in [
            ("https://h.example", "https://h.example/v1/users"),
            ("https://h.example/", "https://h.example/v1/users"),
            (
                "https://h.example/harvest",
                "https://h.example/harvest/v1/users",
            ),
            (
                "https://h.example/a%20b//",
                "https://h.example/a%20b/v1/users",
            ),
        ] {
            assert_eq!(
                BaseUrl::parse(base).unwrap().join("/v1/users").as_str(),
                joined
            );
        }
    }

    #[test]
    fn an_encoded_path_stays_as_it_is() {
        let base = BaseUrl::parse("https://h.example").unwrap();
        assert_eq!(
            base.join("/v1/tags/a%2Fb%3Fc%25").as_str(),
            "https://h.example/v1/tags/a%2Fb%3Fc%25"
        );
    }

    #[test]
    fn same_origin() {
        let base = BaseUrl::parse("https://h.example/prefix").unwrap();
        for (url, same) in [
            ("https://h.example/other?page=2", true),
            ("https://H.EXAMPLE:443/", true),
            ("http://h.example/", false),
            ("https://h.example:444/", false),
            ("https://h.example.evil/", false),
            ("https://sub.h.example/", false),
            ("https://user@h.example/", false),
            ("https://:secret@h.example/", false),
        ] {
            assert_eq!(base.is_origin_of(&Url::parse(url).unwrap()), same, "{url}");
        }
    }
}
