//! Redirect URIs: the addresses to which a consent may be answered.

use crate::refusal::{IntegrationRule, Problems, RedirectUriRule, Rule};

/// The most that an integration can have.
pub(super) const MOST: usize = 10;
/// The longest one, in bytes.
const LONGEST: usize = 2_000;

/// Notes what is wrong with addresses that a partner is to be registered with.
pub(super) fn check(uris: &[String], problems: &mut Problems) {
    let mut add = |rule| problems.add("redirect_uris", Rule::Integration(rule));
    if uris.is_empty() {
        add(IntegrationRule::NoRedirectUri);
    }
    if uris.len() > MOST {
        add(IntegrationRule::TooManyRedirectUris(MOST));
    }
    // One at a time: their sentences do not say which one they are about.
    if let Some(rule) = uris.iter().find_map(|uri| check_one(uri).err()) {
        add(IntegrationRule::RedirectUri(rule));
    }
}

/// Refuses what no browser should be sent to with a code: other schemes, HTTP to another computer, fragments, user names,
/// and characters that mean something in a header.
fn check_one(uri: &str) -> Result<(), RedirectUriRule> {
    if uri.len() > LONGEST {
        return Err(RedirectUriRule::TooLong);
    }
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\"'<>\\^`{|};,".contains(&byte);
    if !uri.bytes().all(is_plain) {
        return Err(RedirectUriRule::Characters);
    }
    if uri.contains('#') {
        return Err(RedirectUriRule::Fragment);
    }
    let (authority, is_secure) = match (uri.strip_prefix("https://"), uri.strip_prefix("http://")) {
        (Some(rest), _) => (authority(rest), true),
        (_, Some(rest)) => (authority(rest), false),
        _ => return Err(RedirectUriRule::Scheme),
    };
    if authority.contains('@') {
        return Err(RedirectUriRule::UserName);
    }
    let (host, port) = host_and_port(authority);
    let is_host = host.starts_with('[')
        || (!host.is_empty()
            && host
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)));
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok());
    if !is_host || !is_port {
        return Err(RedirectUriRule::Host);
    }
    if !is_secure && !is_loopback(host) {
        return Err(RedirectUriRule::Scheme);
    }
    Ok(())
}

fn authority(rest: &str) -> &str {
    rest.split(['/', '?']).next().unwrap_or_default()
}

fn host_and_port(authority: &str) -> (&str, Option<&str>) {
    let end = authority.rfind(']').map_or(0, |end| end + 1);
    match authority[end..].split_once(':') {
        Some((host, port)) => (&authority[..end + host.len()], Some(port)),
        None => (authority, None),
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let address = address.parse::<std::net::IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::check_one;

    #[test]
    fn addresses_that_a_code_can_be_sent_to() {
        for good in [
            "https://app.example.com/callback",
            "https://app.example.com:8443/callback?tenant=7",
            "http://127.0.0.1:3000/callback",
            "http://[::1]:3000/callback",
            "http://localhost/",
        ] {
            assert_eq!(check_one(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn addresses_that_it_cannot_be_sent_to() {
        for bad in [
            "",
            "app.example.com",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://app.example.com",
            "http://app.example.com/callback",
            "http://127.0.0.1.example.com/",
            "http://localhost@app.example.com/",
            "https://app.example.com/#fragment",
            "https://app.example.com/ callback",
            "https://app.example.com/\r\nSet-Cookie: a=b",
            "https://app.example.com;script-src",
            "https://user:secret@app.example.com/",
            "https:///callback",
            "https://app.example.com:port/",
            "https://app.example.com:99999/",
            "HTTPS://app.example.com/",
        ] {
            assert!(check_one(bad).is_err(), "{bad}");
        }
        assert!(check_one(&format!("https://a.example/{}", "a".repeat(2_000))).is_err());
    }
}
