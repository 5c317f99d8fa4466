//! Pages of other sites, which make browsers send requests.

use axum::http::HeaderMap;
use axum::http::header::{HeaderName, ORIGIN};

use super::Host;
use crate::http::refusal::Outcome;
use crate::refusal::Refusal;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses what a browser says was sent by a page that is not of this sandbox. Every header counts: what stands in one of
/// them was said, whatever stands in the first.
pub(crate) fn check(headers: &HeaderMap, host: &Host) -> Outcome<()> {
    let origins = headers.get_all(ORIGIN).iter();
    let mut origins = origins.map(|origin| origin.to_str().unwrap_or_default());
    let mut sites = headers.get_all(FETCH_SITE).iter();
    let is_own = origins.all(|origin| host.has_origin(origin))
        && sites.all(|site| site == "same-origin" || site == "none");
    if is_own {
        return Ok(());
    }
    Err(Refusal::forbidden(
        "This was sent by a page of another site (`Origin`, `Sec-Fetch-Site`). Nothing was done.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::guard::Names;
    use axum::http::{HeaderValue, Request};

    #[test]
    fn every_header_counts() {
        let request = Request::builder().header("host", "127.0.0.1:8765");
        let parts = request.body(()).unwrap().into_parts().0;
        let host = Names::default().host(&parts, "127.0.0.1:8765".parse().unwrap());
        let own = ("origin", "http://127.0.0.1:8765");
        for (sent, passes) in [
            (&[][..], true),
            (&[own], true),
            (&[own, own], true),
            (&[("origin", "https://127.0.0.1:8765")], true),
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[own, ("origin", "http://example.com")], false),
            (&[("origin", "http://example.com"), own], false),
            (&[("origin", "http://127.0.0.1:9999")], false),
            (&[("origin", "http://localhost:8765")], false),
            (&[("origin", "null")], false),
            (&[("origin", "")], false),
            (&[("origin", "127.0.0.1:8765")], false),
            (&[("origin", "\u{ff}")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[own, ("sec-fetch-site", "cross-site")], false),
            (
                &[("sec-fetch-site", "none"), ("sec-fetch-site", "cross-site")],
                false,
            ),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in sent {
                headers.append(*name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
            }
            assert_eq!(check(&headers, &host).is_ok(), passes, "{sent:?}");
        }
    }
}
