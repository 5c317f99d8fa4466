//! The way back to a partner's redirect URI.

use axum::http::StatusCode;
use axum::http::header::{HeaderValue, LOCATION};

use super::not_stored;
use crate::http::query::encode;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::broken;

/// Sends the browser to a redirect URI that is one of the partner's, with these parameters and the `state` that came.
pub(crate) fn back(
    redirect_uri: &str,
    parameter: (&str, &str),
    state: Option<&str>,
    status: StatusCode,
) -> Outcome {
    let pairs = std::iter::once(parameter).chain(state.map(|state| ("state", state)));
    let separator = if redirect_uri.contains('?') { '&' } else { '?' };
    let target = format!("{redirect_uri}{separator}{}", encode(pairs));
    let location = HeaderValue::from_str(&target)
        .map_err(|_| broken("a redirect URI with characters that no header can hold"))?;
    Ok(not_stored(
        Reply::empty(status).with_header(LOCATION, location),
    ))
}
