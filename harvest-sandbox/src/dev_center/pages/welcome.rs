//! The landing page: what is here, and a first request.

use askama::Template;

use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::dev_center::welcome;
use crate::domain::access::Keys;
use crate::http::Incoming;
use crate::http::refusal::Outcome;

#[derive(Template)]
#[template(path = "welcome.html")]
struct Welcome {
    frame: Frame,
    url: String,
    /// None for those who have to sign in first.
    credentials: Option<Credentials>,
    /// How many operations are answered from examples; none where records are kept, and there are pages of them.
    of_examples: Option<usize>,
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
        of_examples: None,
        has_control: visit.site.welcome.has_control,
    })
}

/// That of a sandbox without records. Its key is no secret that guards anything.
pub(in crate::dev_center) fn of_examples(
    welcome: &welcome::Welcome,
    key: &str,
    operations: usize,
    request: &Incoming,
) -> Outcome {
    let url = request.host.base().to_owned();
    page(&Welcome {
        frame: Frame::without_visitor("Welcome", Section::Welcome),
        credentials: Some(Credentials {
            key: Some(key.to_owned()),
            client_id: None,
            curl: lines(welcome, &url),
        }),
        url,
        of_examples: Some(operations),
        has_control: welcome.has_control,
    })
}

/// The lines for a shell, with the address by which the visitor knows the sandbox.
fn lines(welcome: &welcome::Welcome, url: &str) -> Vec<String> {
    let lines = welcome.curl.iter();
    lines.map(|line| line.replace(&welcome.url, url)).collect()
}

fn credentials(visit: &Visit<'_>, url: &str) -> Outcome<Credentials> {
    let start = &visit.control.start;
    let known = visit.read(|view| Keys::find(view, &start.key))?;
    let works = known.is_some_and(|key| key.revoked_at.is_none());
    Ok(Credentials {
        key: works.then(|| start.key.clone()),
        client_id: start.client.as_ref().map(|it| it.client_id.clone()),
        curl: lines(&visit.site.welcome, url),
    })
}
