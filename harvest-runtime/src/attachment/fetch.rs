//! One attempt to fetch a file: a request without credentials, and what it is redirected to.

use chrono::Utc;
use http::StatusCode;
use http::header::{ACCEPT_ENCODING, HeaderValue, LOCATION, USER_AGENT};
use reqwest::{Response, Url};
use tokio::time::timeout_at;

use super::body::{Bounds, FileStream};
use super::{Failure, place};
use crate::Core;
use crate::answer_body::require_identity;
use crate::limit::AskedFor;
use crate::retry_after::retry_after;

/// Storage services redirect once, if at all.
const MAX_REDIRECTS: usize = 5;

/// Asks for the file, and returns its bytes as they come. It takes no turn under the rate limit of the API: the server is
/// another.
pub(super) async fn open(core: &Core, url: &Url, bounds: Bounds) -> Result<FileStream, Failure> {
    let plain = core.shared().base_url.is_plain();
    let mut url = url.clone();
    for _ in 0..=MAX_REDIRECTS {
        let incoming = ask(core, &url, bounds).await?;
        place::check_end(incoming.url(), plain)?;
        let status = incoming.status();
        if status == StatusCode::OK {
            require_identity(incoming.headers()).map_err(Failure::Coding)?;
            return FileStream::new(incoming, bounds);
        }
        if !is_redirect(status) {
            let retry_after = retry_after(incoming.headers());
            return Err(Failure::Status {
                status,
                retry_after,
                pause: retry_after.map(|wait| AskedFor::new(wait, Utc::now())),
            });
        }
        let to = incoming
            .headers()
            .get(LOCATION)
            .and_then(|to| to.to_str().ok());
        let to = to.ok_or(Failure::Redirect("does not say where to"))?;
        url = place::follow(&url, to, plain)?;
    }
    Err(Failure::Redirect(
        "leads to another, more often than is right",
    ))
}

/// The request holds nothing that is not for everyone to see: no credential, no acting user.
async fn ask(core: &Core, url: &Url, bounds: Bounds) -> Result<Response, Failure> {
    let shared = core.shared();
    let request = shared
        .http_client
        .get(url.clone())
        // A file is counted and stored as it comes.
        .header(ACCEPT_ENCODING, HeaderValue::from_static("identity"))
        .header(USER_AGENT, shared.user_agent.clone());
    match timeout_at(bounds.until(), request.send()).await {
        Ok(answer) => answer.map_err(|error| Failure::Transport(error.without_url())),
        Err(_) => Err(bounds.late()),
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    )
}
