//! The landing page of a sandbox without records, which has no other pages.

use axum::http::Method;

use super::assets;
use super::headers::guard;
use super::layout::problem_page;
use super::pages::welcome;
use super::site::ROOT;
use super::welcome::{ICON, Welcome};
use crate::http::Incoming;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::Refusal;

/// What browsers are shown that come to a sandbox which answers from examples.
pub(crate) struct Landing {
    welcome: Welcome,
    key: String,
    /// How many operations are answered.
    operations: usize,
}

impl Landing {
    pub(crate) fn new(welcome: Welcome, key: String, operations: usize) -> Self {
        Self {
            welcome,
            key,
            operations,
        }
    }

    /// Answers a request for the page, or for what is on it. There is nothing else.
    pub(crate) fn answer(&self, request: &Incoming) -> Reply {
        let found = self.find(request);
        guard(found.unwrap_or_else(|refusal| problem_page(refusal, None)))
    }

    fn find(&self, request: &Incoming) -> Outcome {
        request.host.check_known()?;
        request.sender.check_form()?;
        if !request.sender.is_here()? {
            // It shows the key.
            return Err(Refusal::forbidden(
                "This page is for the computer that the sandbox runs on.",
            ));
        }
        let page = match request.path.as_str() {
            "/" => welcome::of_examples(&self.welcome, &self.key, self.operations, request),
            ICON => assets::find("icon.svg"),
            path => {
                let inside = path.strip_prefix(ROOT);
                let name = inside.and_then(|path| path.strip_prefix("/assets/"));
                name.map_or_else(|| Err(Refusal::not_found()), assets::find)
            }
        }?;
        match request.method {
            Method::GET | Method::HEAD => Ok(page),
            _ => Err(Reply::method_not_allowed(&[Method::GET]).into()),
        }
    }
}
