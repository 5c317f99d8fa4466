//! Paths that a caller may name: those below the base URL.

use percent_encoding::percent_decode_str;

/// The reason of a refusal never repeats the path, which may hold ids.
pub(super) fn check(path: &str) -> Result<(), &'static str> {
    if !path.starts_with('/') || path.starts_with("//") {
        return Err(
            "the path has to begin with one `/`: it goes after the base URL, and never to another \
             host",
        );
    }
    if path.contains(['?', '#']) {
        return Err("the path has a query or fragment; give the query with `query`");
    }
    if !path.bytes().all(is_of_a_path) || !is_well_encoded(path) {
        return Err(
            "the path has characters that have to be percent-encoded; put `{name}` in their place \
             and fill it with `path`",
        );
    }
    if path.split('/').any(leads_elsewhere) {
        return Err("the path has `.` or `..` in it, which would name another path");
    }
    Ok(())
}

/// What RFC 3986 lets a path hold, and the braces of what is to be filled.
fn is_of_a_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%{}".contains(&byte)
}

fn is_well_encoded(path: &str) -> bool {
    path.split('%').skip(1).all(|rest| {
        let digits = rest.as_bytes().iter().take(2);
        digits.filter(|byte| byte.is_ascii_hexdigit()).count() == 2
    })
}

/// Whether a server, or what stands before it, could take a segment for a step to somewhere else. Some decode `%2F`
/// before they look.
fn leads_elsewhere(segment: &str) -> bool {
    let decoded: Vec<u8> = percent_decode_str(segment).collect();
    decoded
        .split(|byte| matches!(byte, b'/' | b'\\'))
        .any(|step| matches!(step, b"." | b".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stays_below_the_base_url() {
        for path in [
            "/v1/users",
            "/v1/users/{id}/labels",
            "/",
            "/v1/a%20b/c:d@e",
            "/v1/..hidden/a..b",
            "/v1/users/",
        ] {
            assert_eq!(check(path), Ok(()), "{path}");
        }
        for (path, reason) in [
            ("", "begin"),
            ("v1/users", "begin"),
            ("//evil.example/v1", "begin"),
            ("https://evil.example/v1", "begin"),
            ("@evil.example/v1", "begin"),
            ("/v1/users?per_page=5", "query"),
            ("/v1/users#a", "fragment"),
            ("/v1\\..\\users", "percent-encoded"),
            ("/v1/a b", "percent-encoded"),
            ("/v1/a\r\nHost: evil.example", "percent-encoded"),
            ("/v1/ü", "percent-encoded"),
            ("/v1/%", "percent-encoded"),
            ("/v1/%2", "percent-encoded"),
            ("/v1/%zz", "percent-encoded"),
            ("/v1/../v2", "another path"),
            ("/v1/./users", "another path"),
            ("/v1/%2e%2E/v2", "another path"),
            ("/v1/.%2e", "another path"),
            ("/v1/%2e.%2fv2", "another path"),
            ("/v1/a%5C..%5cv2", "another path"),
        ] {
            let refusal = check(path).expect_err(path);
            assert!(refusal.contains(reason), "{path}: {refusal}");
        }
    }
}
