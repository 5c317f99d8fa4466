//! The layout of all pages.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue};

use super::visit::Visit;
use crate::domain::users::directory;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::{Refusal, broken};

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// The part of Configure that a page belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Welcome,
    Candidates,
    Jobs,
    Interviews,
    Offers,
    Approvals,
    /// Departments, offices and custom fields.
    Organization,
    Configure,
    Users,
    DevCenter,
    /// Outside of a session.
    Outside,
}

/// The frame around a page.
pub(super) struct Frame {
    pub(super) title: &'static str,
    pub(super) section: Section,
    /// The hidden field of each form.
    pub(super) csrf: String,
    /// What was done on the page before.
    pub(super) notice: Option<String>,
    /// The name of who is signed in.
    pub(super) user: Option<String>,
    /// Whether signing out means anything.
    pub(super) can_sign_out: bool,
}

impl Frame {
    pub(super) fn new(visit: &Visit<'_>, title: &'static str, section: Section) -> Outcome<Self> {
        let user = match visit.visitor.user_id {
            Some(id) => visit.read(|view| directory::name(view, id))?,
            None => None,
        };
        Ok(Self {
            title,
            section,
            csrf: visit.site.forms.token(&visit.visitor.token),
            notice: if visit.is_head() {
                None
            } else {
                visit.site.sessions.take_notice(&visit.visitor.token)
            },
            user,
            can_sign_out: visit.site.sign_in.is_required(),
        })
    }

    /// The frame of a page without navigation.
    pub(super) fn without_visitor(title: &'static str, section: Section) -> Self {
        Self {
            title,
            section,
            csrf: String::new(),
            notice: None,
            user: None,
            can_sign_out: false,
        }
    }

    /// The frame of a page about something that went wrong, for those who are signed in.
    pub(super) fn of_problem(visit: &Visit<'_>) -> Option<Self> {
        visit.visitor.user_id?;
        Self::new(visit, "", Section::Outside).ok()
    }

    /// Whether the page is one of Configure, which has a navigation of its own.
    pub(super) fn is_configure(&self) -> bool {
        matches!(
            self.section,
            Section::Configure | Section::Users | Section::DevCenter | Section::Outside
        )
    }

    pub(super) fn is(&self, section: Section) -> bool {
        self.section == section
    }
}

/// A page, with 200.
pub(super) fn page(template: &impl Template) -> Outcome {
    page_with(StatusCode::OK, template)
}

/// A form that has to be filled in better.
pub(super) fn invalid(template: &impl Template) -> Outcome {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, template)
}

pub(super) fn page_with(status: StatusCode, template: &impl Template) -> Outcome {
    let html = template
        .render()
        .map_err(|error| broken(format!("a page: {error}")))?;
    Ok(Reply::text(status, HTML, html))
}

/// A page about something that went wrong. It needs no session.
#[derive(Template)]
#[template(path = "problem.html")]
struct Problem<'a> {
    frame: Frame,
    heading: &'a str,
    words: &'a str,
}

/// A refusal as a page, with the navigation of a visitor who is signed in. Its words are those that the API would have sent.
pub(super) fn problem_page(refusal: Refusal, frame: Option<Frame>) -> Reply {
    let reply = refusal.into_reply();
    let words = reply.words().unwrap_or_default();
    let words = match reply.status {
        StatusCode::NOT_FOUND => "There is nothing at this address, or no longer.",
        _ => &words,
    };
    let mut page = problem(reply.status, words, frame);
    // When to come back, say.
    let headers = reply.headers.into_iter();
    let headers = headers.filter_map(|(name, value)| Some((name?, value)));
    page.headers
        .extend(headers.filter(|(name, _)| *name != CONTENT_TYPE));
    page
}

/// What a refusal looks like to people.
fn problem(status: StatusCode, words: &str, frame: Option<Frame>) -> Reply {
    let heading = match status {
        StatusCode::NOT_FOUND => "This page does not exist",
        StatusCode::FORBIDDEN => "This is not allowed",
        _ => status.canonical_reason().unwrap_or("That did not work"),
    };
    let frame = frame.unwrap_or_else(|| Frame::without_visitor("", Section::Outside));
    let problem = Problem {
        frame,
        heading,
        words,
    };
    let html = problem.render();
    // A page of two texts can't fail to be written.
    Reply::text(status, HTML, html.unwrap_or_else(|_| heading.to_owned()))
}
