//! The style sheet and the scripts, compiled in.

use axum::http::header::{CACHE_CONTROL, HeaderValue};

use super::viewer;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;

const CSS: HeaderValue = HeaderValue::from_static("text/css; charset=utf-8");
const SVG: HeaderValue = HeaderValue::from_static("image/svg+xml");
const JAVASCRIPT: HeaderValue = HeaderValue::from_static("text/javascript; charset=utf-8");

/// One of them by its name.
pub(super) fn find(name: &str) -> Outcome {
    let (media_type, text) = match name {
        "style.css" => (CSS, include_str!("assets/style.css")),
        "dev_center.js" => (JAVASCRIPT, include_str!("assets/dev_center.js")),
        "icon.svg" => (SVG, include_str!("assets/icon.svg")),
        "reference.js" => (JAVASCRIPT, include_str!("assets/reference.js")),
        _ => return viewer::file(name),
    };
    // Asked for again after an update of the sandbox.
    let again = HeaderValue::from_static("no-cache");
    Ok(Reply::shared(media_type, text).with_header(CACHE_CONTROL, again))
}
