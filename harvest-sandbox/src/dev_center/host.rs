//! Which names a browser may know the sandbox by.
//!
//! Where nobody has to sign in, a website could point its own name at 127.0.0.1, and the browser would hand it our pages
//! as its own (DNS rebinding). So only names that can't be anyone else's are answered there.

use std::net::IpAddr;

/// Whether a `Host` names this machine, and nothing but this machine.
pub(super) fn is_local(host: &str) -> bool {
    let name = without_port(host);
    let name = name.strip_suffix('.').unwrap_or(name);
    if let Ok(address) = name.trim_matches(['[', ']']).parse::<IpAddr>() {
        return address.to_canonical().is_loopback();
    }
    let name = name.to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn names_of_this_machine() {
        for host in [
            "localhost",
            "LOCALHOST:8765",
            "a.localhost:1",
            "localhost.:1",
            "127.0.0.1",
            "127.9.9.9:80",
            "[::1]:8765",
            "[::1]",
            "[::ffff:127.0.0.1]:1",
        ] {
            assert!(is_local(host), "{host}");
        }
        for host in [
            "",
            "example.com",
            "127.0.0.1.example.com",
            "localhost.example.com:8765",
            "notlocalhost",
            "192.0.2.1",
            "[2001:db8::1]:80",
            "127.0.0.1:80@example.com",
        ] {
            assert!(!is_local(host), "{host}");
        }
    }
}
