//! Requests of browsers outside of [`ROOT`](super::ROOT): for the landing page, and for the icon.

use axum::http::header::ACCEPT;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};

/// The address of the icon that browsers request automatically.
pub(super) const ICON: &str = "/favicon.ico";

/// Parts of the landing page that only the builder knows.
pub(crate) struct Welcome {
    /// The address on which the sandbox listens.
    pub(crate) url: String,
    /// Lines for a shell, with that address and with secrets: a first request of each version, or for a token.
    pub(crate) curl: Vec<String>,
    /// Whether tests may control the sandbox.
    pub(crate) has_control: bool,
}

/// Whether a request outside of [`ROOT`](super::ROOT) is one for a page. `/` is an address of the API, too, which has nothing
/// there: only those who ask for HTML are shown the landing page.
pub(crate) fn is_for_browser(parts: &Parts) -> bool {
    match parts.uri.path() {
        ICON => true,
        "/" => matches!(parts.method, Method::GET | Method::HEAD) && wants_html(&parts.headers),
        _ => false,
    }
}

/// Whether HTML is named among what is accepted. Clients of an API say `application/json`, `*/*` or nothing.
fn wants_html(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT).iter();
    let mut types = accepted
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    types.any(|one| {
        let name = one.split(';').next().unwrap_or_default();
        name.trim().eq_ignore_ascii_case("text/html")
    })
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn is_page(method: &str, path: &str, accept: Option<&str>) -> bool {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(accept) = accept {
            request = request.header(ACCEPT, accept);
        }
        is_for_browser(&request.body(()).unwrap().into_parts().0)
    }

    #[test]
    fn clients_of_the_api_are_no_browsers() {
        let browser = Some("text/html,application/xhtml+xml,*/*;q=0.8");
        assert!(is_page("GET", "/", browser) && is_page("HEAD", "/", Some("Text/HTML;q=0.9")));
        for accept in [
            None,
            Some("*/*"),
            Some("application/json"),
            Some("text/htmlx"),
        ] {
            assert!(!is_page("GET", "/", accept), "{accept:?}");
        }
        assert!(!is_page("POST", "/", browser) && !is_page("GET", "/v1/users", browser));
        assert!(is_page("GET", ICON, None) && is_page("DELETE", ICON, None));
    }
}
