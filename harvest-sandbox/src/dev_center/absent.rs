//! Dev Center in a build without the Cargo feature `dev-center`: each page is 404, with one sentence.
#![expect(
    clippy::unused_self,
    clippy::unnecessary_wraps,
    reason = "the interface is that of the site with pages, so that nothing else depends on the \
              feature"
)]

use std::net::SocketAddr;

use axum::http::StatusCode;
use axum::http::request::Parts;

use crate::control::Control;
use crate::http::Incoming;
use crate::http::guard::{Names, Proxies};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::pipeline::Pipeline;
use crate::pipeline::state::State;
use crate::store::Storage;

/// The path under which the pages would be.
pub(crate) const ROOT: &str = "/configure";

/// The answer to each request for a page.
const MISSING: &str = "Dev Center is not part of this build of the sandbox. Build harvest-sandbox \
                       with the Cargo feature `dev-center`, or create keys from Rust with \
                       `Sandbox::dev_center()`.";

/// Parts of a landing page that is not there.
pub(crate) struct Welcome {
    pub(crate) url: String,
    pub(crate) curl: Vec<String>,
    pub(crate) has_control: bool,
}

/// A landing page that is not there.
pub(crate) struct Landing;

impl Landing {
    pub(crate) fn new(_welcome: Welcome, _key: String, _operations: usize) -> Self {
        Self
    }

    pub(crate) fn answer(&self, _request: &Incoming) -> Reply {
        Reply::not_found()
    }
}

/// False: what is outside of [`ROOT`] is for the API.
pub(crate) fn is_for_browser(_parts: &Parts) -> bool {
    false
}

/// Topics of changes, of which there are none to hear without pages.
#[derive(Clone, Copy)]
pub(crate) enum Topic {
    Records,
    Requests,
}

/// None: no page listens.
pub(crate) fn topic_of(_parts: &Parts) -> Option<Topic> {
    None
}

/// A site without pages. A password that was set by a build with pages stays in the folder, unused.
pub(crate) struct Site;

impl Site {
    #[expect(
        clippy::too_many_arguments,
        reason = "they are those of the site with pages"
    )]
    pub(crate) fn new(
        _description: &'static str,
        _descriptions: Vec<&'static str>,
        _state: &State,
        _place: &Storage,
        _address: SocketAddr,
        _proxies: &Proxies,
        _names: &Names,
        _welcome: Welcome,
    ) -> Outcome<Self> {
        Ok(Self)
    }

    /// No address to open in a browser.
    pub(crate) fn path(&self) -> Option<String> {
        None
    }

    /// 404 for every visitor: the answer depends on nothing and changes nothing, so it needs no guard.
    pub(crate) fn shut(&self, _pipeline: &Pipeline, _request: &Incoming) -> Option<Reply> {
        Some(Self::missing())
    }

    pub(crate) fn answer(
        &self,
        _pipeline: &Pipeline,
        _control: &Control,
        _request: &Incoming,
    ) -> Reply {
        Self::missing()
    }

    fn missing() -> Reply {
        Reply::message(StatusCode::NOT_FOUND, MISSING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_names_the_feature() {
        let reply = Site::missing();
        assert_eq!(reply.status, StatusCode::NOT_FOUND);
        assert!(reply.words().unwrap().contains("`dev-center`"));
        assert_eq!(Site.path(), None);
    }
}
