//! The site: the gates that each request for a page goes through.

use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::Instant;

use axum::http::header::{COOKIE, HeaderName, HeaderValue, SET_COOKIE};
use axum::http::{HeaderMap, Method, StatusCode};

use super::catalogue::Catalogue;
use super::headers::guard;
use super::layout::problem;
use super::request_log::RequestLog;
use super::session::{Sessions, Visitor};
use super::sign_in::SignIn;
use super::visit::Visit;
use super::{assets, csrf, host, routes};
use crate::access::Slowdown;
use crate::control::Control;
use crate::pipeline::{Incoming, Mode, Pipeline};
use crate::query::Query;
use crate::refusal::{Outcome, Refusal, broken};
use crate::reply::Reply;
use crate::state::State;
use crate::store::Place;
use crate::v1::directory;

/// Where the pages are.
pub(super) const ROOT: &str = "/configure";

const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// What the pages share.
pub(crate) struct Site {
    /// The description that is served, as JSON.
    pub(super) description: &'static str,
    catalogue: OnceLock<Catalogue>,
    pub(super) sessions: Sessions,
    pub(super) sign_in: SignIn,
    pub(super) requests: RequestLog,
    pub(super) wrong_passwords: Slowdown,
    /// Cookies don't know about ports: without one in its name, two sandboxes would sign each other's visitors out.
    cookie: String,
}

impl Site {
    pub(crate) fn new(
        description: &'static str,
        state: &State,
        place: &Place,
        address: SocketAddr,
        requests: RequestLog,
    ) -> Outcome<Self> {
        Ok(Self {
            description,
            catalogue: OnceLock::new(),
            sessions: Sessions::default(),
            sign_in: SignIn::choose(state, place, address.ip())?,
            requests,
            wrong_passwords: Slowdown::default(),
            cookie: format!("harvest_dev_center_{}", address.port()),
        })
    }

    /// Whether a path is one of its pages.
    pub(crate) fn owns(path: &str) -> bool {
        let page = path.strip_prefix(ROOT);
        page.is_some_and(|page| page.is_empty() || page.starts_with('/'))
    }

    /// The address to open in a browser. Until a password is set where one is needed, it leads to where that is done.
    pub(crate) fn path(&self) -> String {
        match self.sign_in.setup() {
            Some(token) => format!("{ROOT}/set_up?token={token}"),
            None => ROOT.to_owned(),
        }
    }

    /// The endpoint permissions that there are. They are read from the description when they are first needed.
    pub(super) fn catalogue(&self) -> &Catalogue {
        self.catalogue
            .get_or_init(|| Catalogue::read(self.description))
    }

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
                .unwrap_or_else(told),
        )
    }

    /// Why a request is answered without its body being read, if it is.
    pub(crate) fn shut(&self, pipeline: &Pipeline, request: &Incoming) -> Option<Reply> {
        let Mode::State(state) = &pipeline.mode else {
            return Some(Reply::not_found());
        };
        let refusal = self.check_origin(state, request).err()?;
        Some(guard(told(refusal)))
    }

    /// The first gates: the address that a request comes from, and the host that it names.
    fn check_origin(&self, state: &State, request: &Incoming) -> Outcome<()> {
        state.check_address(request.peer, &request.headers)?;
        if !self.sign_in.is_required() && !is_near(request) {
            return Err(Refusal::forbidden(
                "Dev Center has no password here, so it answers this computer only, and not by other names or through \
                 proxies. Use http://localhost, or start the sandbox with --data or --trusted-proxy.",
            ));
        }
        Ok(())
    }

    fn admit(
        &self,
        state: &State,
        pipeline: &Pipeline,
        control: &Control,
        request: &Incoming,
    ) -> Outcome {
        self.check_origin(state, request)?;
        let path = request.path.strip_prefix(ROOT).unwrap_or_default();
        let segments: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
        if let (&Method::GET, ["assets", name]) = (&request.method, segments.as_slice()) {
            return assets::find(name);
        }
        let now = Instant::now();
        let known = self
            .cookie_of(&request.headers)
            .and_then(|token| self.sessions.find(token, now));
        let is_new = known.is_none();
        let visitor = match known {
            Some(visitor) => visitor,
            None => self.sessions.begin(self.anybody(state)?, now)?,
        };
        let mut form = Query::default();
        if request.method == Method::POST {
            form = Query::parse(&String::from_utf8_lossy(&request.body));
            csrf::check(&visitor.csrf, &form, &request.headers, &request.host)?;
        }
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
        let reply = routes::find(&visit, &segments).unwrap_or_else(told);
        if is_new && !reply.headers.contains_key(SET_COOKIE) {
            return self.signed(&visit, &visit.visitor, reply);
        }
        Ok(reply)
    }

    /// As whom someone who comes without a session is signed in.
    fn anybody(&self, state: &State) -> Outcome<Option<i64>> {
        match self.sign_in {
            SignIn::Open => state.store.read(directory::administrator),
            SignIn::Password { .. } => Ok(None),
        }
    }

    fn cookie_of<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        let cookies = headers.get_all(COOKIE).iter();
        cookies
            .filter_map(|cookies| cookies.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find_map(|(name, token)| (name == self.cookie).then_some(token))
    }

    /// Hands the session to the browser.
    pub(super) fn signed(&self, visit: &Visit<'_>, visitor: &Visitor, reply: Reply) -> Outcome {
        let trusted = visit.addresses().trusts(visit.request.peer);
        let proto = visit.request.headers.get(FORWARDED_PROTO);
        let secure = if trusted && proto.is_some_and(|proto| proto == "https") {
            "; Secure"
        } else {
            ""
        };
        let cookie = format!(
            "{}={}; Path={ROOT}; HttpOnly; SameSite=Strict{secure}",
            self.cookie, visitor.token
        );
        let cookie = HeaderValue::from_str(&cookie).map_err(|_| broken("a cookie"))?;
        Ok(reply.with_header(SET_COOKIE, cookie))
    }
}

/// Whether a request names this computer, and did not pass a proxy on its way.
fn is_near(request: &Incoming) -> bool {
    let passed_on = ["forwarded", "x-forwarded-for", "x-forwarded-host"];
    host::is_local(&request.host) && !passed_on.iter().any(|it| request.headers.contains_key(*it))
}

/// A refusal as a page. Its words are those that the API would have sent.
fn told(refusal: Refusal) -> Reply {
    let reply = refusal.into_reply();
    let words = reply.words().unwrap_or_default();
    let words = match reply.status {
        StatusCode::NOT_FOUND => "There is nothing at this address, or no longer.",
        _ => &words,
    };
    problem(reply.status, words)
}
