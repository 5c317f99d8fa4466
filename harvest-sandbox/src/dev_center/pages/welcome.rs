//! The landing page: what is here, and a first request.

use askama::Template;

use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::domain::access::Keys;
use crate::http::refusal::Outcome;

#[derive(Template)]
#[template(path = "welcome.html")]
struct Welcome {
    frame: Frame,
    url: String,
    /// None for those who have to sign in first.
    credentials: Option<Credentials>,
    has_control: bool,
}

/// Secrets of the sandbox's own integrations, as far as they still open something.
struct Credentials {
    key: Option<String>,
    client_id: Option<String>,
    curl: Vec<String>,
}

/// Shows it. Only those who can read all of Dev Center are shown secrets. The cookie of a session is not sent to `/`, so
/// visitors who have to sign in are led to the same page below `/configure`.
pub(in crate::dev_center) fn show(visit: &Visit<'_>) -> Outcome {
    let url = visit.request.host.base().to_owned();
    let credentials = match visit.visitor.user_id {
        Some(_) => Some(credentials(visit, &url)?),
        None => None,
    };
    page(&Welcome {
        frame: Frame::new(visit, "Welcome", Section::Welcome)?,
        url,
        credentials,
        has_control: visit.site.welcome.has_control,
    })
}

fn credentials(visit: &Visit<'_>, url: &str) -> Outcome<Credentials> {
    let start = &visit.control.start;
    let known = visit.read(|view| Keys::find(view, &start.key))?;
    let works = known.is_some_and(|key| key.revoked_at.is_none());
    let welcome = &visit.site.welcome;
    let lines = welcome.curl.iter();
    Ok(Credentials {
        key: works.then(|| start.key.clone()),
        client_id: start.client.as_ref().map(|it| it.client_id.clone()),
        curl: lines.map(|line| line.replace(&welcome.url, url)).collect(),
    })
}
