//! The gates that each request for a page goes through.

use std::time::Instant;

use axum::http::Method;
use axum::http::header::SET_COOKIE;

use super::headers::guard;
use super::layout::{Frame, problem_page};
use super::session::Visitor;
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
use crate::store::View;

/// A request for a page, before it is known who visits.
struct Asked<'a> {
    site: &'a Site,
    state: &'a State,
    pipeline: &'a Pipeline,
    control: &'a Control,
    request: &'a Incoming,
    at: u64,
}

impl<'a> Asked<'a> {
    fn by<'v>(&self, visitor: Visitor, view: Option<&'v View<'v>>) -> Visit<'v>
    where
        'a: 'v,
    {
        Visit {
            site: self.site,
            state: self.state,
            pipeline: self.pipeline,
            control: self.control,
            request: self.request,
            visitor,
            query: Query::parse(&self.request.query),
            form: Query::default(),
            at: self.at,
            view,
        }
    }
}

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
        let refusal = check_head(request)
            .and_then(|()| state.store.read(|view| self.check_sender(view, request)))
            .err()?;
        Some(guard(problem_page(refusal, None)))
    }

    /// Refuses who may not come in, whatever the request is for.
    fn check_sender(&self, view: &View<'_>, request: &Incoming) -> Outcome<()> {
        State::check_address_in(view, &request.sender)?;
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
        check_head(request)?;
        let asked = Asked {
            site: self,
            state,
            pipeline,
            control,
            request,
            at: state.store.changes.latest(),
        };
        if request.method == Method::POST {
            let visitor = state.store.read(|view| self.enter(view, request))?;
            return self.answer_form(asked.by(visitor, None));
        }
        state.store.read(|view| {
            let visitor = self.enter(view, request)?;
            match segments(&request.path).as_slice() {
                ["assets", name] => asset(&request.method, name),
                path => answer_page(&asked.by(visitor, Some(view)), path),
            }
        })
    }

    /// Who visits, if they may come in.
    fn enter(&self, view: &View<'_>, request: &Incoming) -> Outcome<Visitor> {
        self.check_sender(view, request)?;
        let cookie = self.cookie_of(&request.headers);
        let mut visitor = self.sessions.visitor(cookie, Instant::now())?;
        if !self.sign_in.is_required() && visitor.user_id.is_none() {
            visitor.user_id = directory::administrator(view)?;
        }
        Ok(visitor)
    }

    fn answer_form(&self, mut visit: Visit<'_>) -> Outcome {
        let request = visit.request;
        let segments = segments(&request.path);
        if let ["assets", name] = segments.as_slice() {
            return asset(&request.method, name);
        }
        routes::check_method(&request.method, &segments)?;
        check_page(&request.headers, &request.host)?;
        visit.form = Query::parse(&String::from_utf8_lossy(&request.body));
        self.forms.check(&visit.visitor.token, &visit.form)?;
        // There may be something to say on the next page.
        if let Some(user_id) = visit.visitor.user_id {
            let token = &visit.visitor.token;
            self.sessions.keep(token, user_id, Instant::now());
        }
        answer_page(&visit, &segments)
    }
}

/// Refuses requests by their headers alone: the host that they name, and what says where they come from.
fn check_head(request: &Incoming) -> Outcome<()> {
    request.host.check_known()?;
    request.sender.check_form()
}

fn asset(method: &Method, name: &str) -> Outcome {
    let asset = assets::find(name)?;
    match *method {
        Method::GET | Method::HEAD => Ok(asset),
        _ => Err(Reply::method_not_allowed(&[Method::GET]).into()),
    }
}

fn answer_page(visit: &Visit<'_>, path: &[&str]) -> Outcome {
    let found = routes::find(visit, path);
    let reply = found.unwrap_or_else(|refusal| problem_page(refusal, Frame::of_problem(visit)));
    if visit.visitor.is_new && !reply.headers.contains_key(SET_COOKIE) {
        return visit.signed(&visit.visitor, reply);
    }
    Ok(reply)
}

/// The address of a page, in pieces and without [`ROOT`]. What is asked for outside of it is one of two.
fn segments(path: &str) -> Vec<&str> {
    match path.strip_prefix(ROOT) {
        Some(path) => path.split('/').filter(|it| !it.is_empty()).collect(),
        None if path == welcome::ICON => vec!["assets", "icon.svg"],
        None => vec!["welcome"],
    }
}
