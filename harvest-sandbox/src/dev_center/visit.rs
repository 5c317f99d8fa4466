//! A request for a page, as the page sees it.

use axum::http::header::{HeaderName, HeaderValue, LOCATION, SET_COOKIE};
use axum::http::{Method, StatusCode};

use super::session::Visitor;
use super::site::{ROOT, Site};
use crate::control::Control;
use crate::http::Incoming;
use crate::http::query::Query;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::pipeline::Pipeline;
use crate::pipeline::state::State;
use crate::refusal::{Refusal, broken};
use crate::store::{Edit, View};

/// The header by which a page says that it asks for itself again.
const REFRESH: HeaderName = HeaderName::from_static("x-refresh");

/// What a page has at hand.
pub(super) struct Visit<'a> {
    pub(super) site: &'a Site,
    pub(super) state: &'a State,
    pub(super) pipeline: &'a Pipeline,
    pub(super) control: &'a Control,
    pub(super) request: &'a Incoming,
    pub(super) visitor: Visitor,
    pub(super) query: Query,
    /// What was filled in. Empty unless something is to be changed.
    pub(super) form: Query,
    /// The number of the latest change before the records were read.
    pub(super) at: u64,
    /// The records, unless something is to be changed: that may have to wait, for a password or a request that is sent
    /// again, and holds nothing of the database meanwhile.
    pub(super) view: Option<&'a View<'a>>,
}

impl Visit<'_> {
    pub(super) fn read<T>(&self, read: impl FnOnce(&View<'_>) -> Outcome<T>) -> Outcome<T> {
        match self.view {
            Some(view) => read(view),
            None => self.state.store.read(read),
        }
    }

    pub(super) fn write<T>(&self, write: impl FnOnce(&mut Edit<'_>) -> Outcome<T>) -> Outcome<T> {
        self.state.store.write(write)
    }

    /// Whether the page is only asked about: what is shown once is not shown by that.
    pub(super) fn is_head(&self) -> bool {
        self.request.method == Method::HEAD || self.is_refresh()
    }

    /// A password in the form, as it was typed.
    pub(super) fn password(&self, name: &str) -> String {
        self.form.last(name).unwrap_or_default().to_owned()
    }

    /// A field of the form without the spaces around it; empty if it isn't there.
    pub(super) fn field(&self, name: &str) -> &str {
        self.form.last(name).unwrap_or_default().trim()
    }

    /// Whether a box was ticked.
    pub(super) fn ticked(&self, name: &str) -> bool {
        self.form.last(name).is_some()
    }

    /// A number in the query.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.query.last(name)?.parse().ok()
    }

    /// Whether a page that is open asks for itself again: what is shown once is not shown by that.
    fn is_refresh(&self) -> bool {
        self.request.headers.contains_key(REFRESH)
    }

    /// Which page of a long list is asked for, counted from 1.
    pub(super) fn page(&self) -> usize {
        let page = self.query.last("page").and_then(|page| page.parse().ok());
        page.filter(|page| *page > 0).unwrap_or(1)
    }

    /// As whom the visitor is signed in.
    pub(super) fn user_id(&self) -> Outcome<i64> {
        self.visitor
            .user_id
            .ok_or_else(|| Refusal::forbidden("Sign in first"))
    }

    /// Hands a visitor's cookie to the browser.
    pub(super) fn signed(&self, visitor: &Visitor, reply: Reply) -> Outcome {
        let secure = if self.request.sender.is_secure() {
            "; Secure"
        } else {
            ""
        };
        let cookie = format!(
            "{}={}; Path={ROOT}; HttpOnly; SameSite=Strict{secure}",
            self.site.cookie, visitor.token
        );
        let cookie = HeaderValue::from_str(&cookie).map_err(|_| broken("a cookie"))?;
        Ok(reply.with_header(SET_COOKIE, cookie))
    }

    /// Goes on to a page that says this.
    pub(super) fn done(&self, path: &str, notice: impl Into<String>) -> Outcome {
        self.site.sessions.notify(&self.visitor.token, notice);
        redirect(path)
    }
}

/// An id in an address, or 404.
pub(super) fn id(text: &str) -> Outcome<i64> {
    text.parse().map_err(|_| Refusal::not_found())
}

/// Sends the browser on, to read and not to change.
pub(super) fn redirect(path: &str) -> Outcome {
    let location = HeaderValue::from_str(path)
        .map_err(|_| broken("an address with characters that no header can hold"))?;
    Ok(Reply::empty(StatusCode::SEE_OTHER).with_header(LOCATION, location))
}
