//! Headers of pages, which tell the browser what not to do.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};

use crate::http::reply::Reply;

/// Nothing but our own style, scripts and forms; nothing inside of the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Pages that show changes as they happen ask the sandbox for them.
const LIVE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src \
                           'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
                           frame-ancestors 'none'";
/// The API reference also sends requests, and its viewer has its icons inside of its style sheet.
const REFERENCE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src \
                                'self' data:; connect-src 'self'; form-action 'self'; base-uri \
                                'none'; frame-ancestors 'none'";

const SAME_ORIGIN_ONLY: HeaderValue = HeaderValue::from_static("same-origin");

/// Adds the headers of every answer. What was said already stays said.
pub(super) fn guard(mut reply: Reply) -> Reply {
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        // With `no-referrer`, browsers would not say either that a form is from here.
        (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            SAME_ORIGIN_ONLY,
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            SAME_ORIGIN_ONLY,
        ),
        // Pages hold tokens, and one of them a key.
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ] {
        reply.headers.entry(name).or_insert(value);
    }
    reply
}

/// Lets the forms of a page lead on to another origin, which is one of a redirect URI that was checked. Browsers hold the
/// redirect after a form against the policy, too.
pub(super) fn for_consent(reply: Reply, redirect_uri: &str) -> Reply {
    let origin_end = redirect_uri
        .match_indices(['/', '?'])
        .map(|(at, _)| at)
        .find(|at| *at >= "https://".len());
    let origin = &redirect_uri[..origin_end.unwrap_or(redirect_uri.len())];
    // No policy can name an IPv6 address.
    let source = if origin.contains('[') {
        "http: https:"
    } else {
        origin
    };
    let policy = POLICY.replace(
        "form-action 'self'",
        &format!("form-action 'self' {source}"),
    );
    match HeaderValue::from_str(&policy) {
        Ok(policy) => reply.with_header(CONTENT_SECURITY_POLICY, policy),
        Err(_) => reply,
    }
}

/// Lets a page hear of changes, and read itself again.
pub(super) fn for_live(reply: Reply) -> Reply {
    reply.with_header(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(LIVE_POLICY),
    )
}

/// Lets a page do what the API reference has to do.
pub(super) fn for_reference(reply: Reply) -> Reply {
    reply.with_header(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(REFERENCE_POLICY),
    )
}
