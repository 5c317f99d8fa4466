//! The gates that each request for a page goes through.

use std::time::Instant;

use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::http::{Method, StatusCode};

use super::headers::guard;
use super::layout::{Frame, problem};
use super::site::{ROOT, Site};
use super::visit::Visit;
use super::{assets, routes, welcome};
use crate::control::Control;
use crate::domain::users::directory;
use crate::http::Incoming;
use crate::http::guard::check_page;
use crate::http::query::Query;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::pipeline::state::State;
use crate::pipeline::{Mode, Pipeline};
use crate::refusal::Refusal;

impl Site {
    /// Answers a request for a page.
    pub(crate) fn answer(
        &self,
        pipeline: &Pipeline,
        control: &Control,
        request: &Incoming,
    ) -> Reply {
        let Mode::State(state) = &pipeline.mode else {
            return Reply::not_found();
        };
        guard(
            self.admit(state, pipeline, control, request)
                .unwrap_or_else(|refusal| problem_page(refusal, None)),
        )
    }

    /// Why a request is answered without its body being read, if it is.
    pub(crate) fn shut(&self, pipeline: &Pipeline, request: &Incoming) -> Option<Reply> {
        let Mode::State(state) = &pipeline.mode else {
            return Some(Reply::not_found());
        };
        let refusal = self.check_origin(state, request).err()?;
        Some(guard(problem_page(refusal, None)))
    }

    /// The first gates: the address that a request comes from, and the host that it names.
    fn check_origin(&self, state: &State, request: &Incoming) -> Outcome<()> {
        request.host.check_known()?;
        request.sender.check_form()?;
        state.check_address(&request.sender)?;
        if self.sign_in.is_required() || request.sender.is_here()? {
            return Ok(());
        }
        Err(Refusal::forbidden(
            "Dev Center has no password here, so it answers this computer only. Start the sandbox \
             with --data, --public-url or --trusted-proxy to have one.",
        ))
    }

    fn admit(
        &self,
        state: &State,
        pipeline: &Pipeline,
        control: &Control,
        request: &Incoming,
    ) -> Outcome {
        self.check_origin(state, request)?;
        let segments = segments(&request.path);
        if let ["assets", name] = segments.as_slice() {
            let asset = assets::find(name)?;
            return match request.method {
                Method::GET | Method::HEAD => Ok(asset),
                _ => Err(Reply::method_not_allowed(&[Method::GET]).into()),
            };
        }
        let now = Instant::now();
        let cookie = self.cookie_of(&request.headers);
        let mut visitor = self.sessions.visitor(cookie, now)?;
        if !self.sign_in.is_required() && visitor.user_id.is_none() {
            visitor.user_id = state.store.read(directory::administrator)?;
        }
        let mut form = Query::default();
        if request.method == Method::POST {
            routes::check_method(&request.method, &segments)?;
            check_page(&request.headers, &request.host)?;
            form = Query::parse(&String::from_utf8_lossy(&request.body));
            self.forms.check(&visitor.token, &form)?;
            // There may be something to say on the next page.
            if let Some(user_id) = visitor.user_id {
                self.sessions.keep(&visitor.token, user_id, now);
            }
        }
        let is_new = visitor.is_new;
        let visit = Visit {
            site: self,
            state,
            pipeline,
            control,
            request,
            visitor,
            query: Query::parse(&request.query),
            form,
        };
        let found = routes::find(&visit, &segments);
        let reply =
            found.unwrap_or_else(|refusal| problem_page(refusal, Frame::of_problem(&visit)));
        if is_new && !reply.headers.contains_key(SET_COOKIE) {
            return visit.signed(&visit.visitor, reply);
        }
        Ok(reply)
    }
}

/// The address of a page, in pieces and without [`ROOT`]. What is asked for outside of it is one of two.
fn segments(path: &str) -> Vec<&str> {
    match path.strip_prefix(ROOT) {
        Some(path) => path.split('/').filter(|it| !it.is_empty()).collect(),
        None if path == welcome::ICON => vec!["assets", "icon.svg"],
        None => vec!["welcome"],
    }
}

/// A refusal as a page, with the navigation of a visitor who is signed in. Its words are those that the API would have sent.
fn problem_page(refusal: Refusal, frame: Option<Frame>) -> Reply {
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
