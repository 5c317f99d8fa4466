//! URLs that a file may be fetched from.

use reqwest::Url;

use super::Failure;
use crate::base_url::{has_user_info, is_loopback};

/// Reads the URL of a file. It has to be https, without a user name; plain http is for this machine, and only if the API
/// itself is there (`plain`), so that no answer can send a client to what listens beside it.
pub(super) fn parse(text: &str, plain: bool) -> Result<Url, Failure> {
    let url = Url::parse(text).map_err(|_| Failure::Place("is no URL"))?;
    check(&url, plain).map_err(Failure::Place)?;
    Ok(url)
}

/// Reads where a redirect leads to. The same rules count.
pub(super) fn follow(from: &Url, to: &str, plain: bool) -> Result<Url, Failure> {
    let url = from
        .join(to)
        .map_err(|_| Failure::Redirect("leads to no URL"))?;
    check(&url, plain).map_err(Failure::Redirect)?;
    Ok(url)
}

/// Where an HTTP client of the user's own ended up, which may follow redirects.
pub(super) fn check_end(url: &Url, plain: bool) -> Result<(), Failure> {
    check(url, plain).map_err(Failure::Redirect)
}

fn check(url: &Url, plain: bool) -> Result<(), &'static str> {
    match url.scheme() {
        "https" => {}
        "http" if plain && is_loopback(url) => {}
        "http" => {
            return Err(
                "is plain http; only https is fetched, and http from this machine if the API is \
                 there",
            );
        }
        _ => return Err("is not https"),
    }
    if has_user_info(url) {
        return Err("holds a user name, which would be sent as a credential");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fetched_or_not() {
        for (url, plain, taken) in [
            ("https://files.example.com/a?s=1", false, true),
            ("https://files.example.com/a?s=1", true, true),
            ("http://localhost:4010/a", true, true),
            ("http://127.0.0.1/a", true, true),
            ("http://[::1]/a", true, true),
            ("http://localhost:4010/a", false, false),
            ("http://files.example.com/a", true, false),
            ("https://user@files.example.com/a", true, false),
            ("https://:secret@files.example.com/a", false, false),
            ("ftp://files.example.com/a", true, false),
            ("file:///etc/passwd", true, false),
            ("data:text/plain,a", true, false),
            ("/a", true, false),
            ("", true, false),
        ] {
            assert_eq!(parse(url, plain).is_ok(), taken, "{url} {plain}");
        }
    }

    #[test]
    fn redirects() {
        let from = Url::parse("https://files.example.com/a/b?s=1").unwrap();
        for (to, end) in [
            ("/c", Some("https://files.example.com/c")),
            ("c?x=2", Some("https://files.example.com/a/c?x=2")),
            ("//other.example/c", Some("https://other.example/c")),
            ("http://files.example.com/c", None),
            ("http://localhost/c", None),
            ("https://user@other.example/c", None),
            ("https://[", None),
        ] {
            let url = follow(&from, to, false);
            assert_eq!(url.as_ref().ok().map(Url::as_str), end, "{to}");
        }
    }
}
