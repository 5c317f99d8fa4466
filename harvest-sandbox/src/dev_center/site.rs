//! The site: the gates that each request for a page goes through.

use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::Instant;

use axum::http::header::{CONTENT_TYPE, COOKIE, HeaderValue, SET_COOKIE};
use axum::http::{HeaderMap, Method, StatusCode};

use super::catalogue::{Asked, Catalogue};
use super::csrf::Forms;
use super::hashers::Hashers;
use super::headers::guard;
use super::layout::{Frame, problem};
use super::operations::Operations;
use super::session::{Sessions, Visitor};
use super::sign_in::SignIn;
use super::turns::Turns;
use super::visit::Visit;
use super::welcome::{self, Welcome};
use super::{assets, routes};
use crate::control::Control;
use crate::domain::users::directory;
use crate::http::Incoming;
use crate::http::guard::{Names, Proxies, check_page};
use crate::http::query::Query;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::pipeline::state::State;
use crate::pipeline::{Mode, Pipeline};
use crate::refusal::{Refusal, broken};
use crate::store::Storage;

/// Where the pages are.
pub(crate) const ROOT: &str = "/configure";

/// What the pages share.
pub(crate) struct Site {
    /// The description that is served, as JSON.
    pub(super) description: &'static str,
    /// Those of all versions that are served.
    pub(super) descriptions: Vec<&'static str>,
    permissions: OnceLock<Catalogue>,
    scopes: OnceLock<Catalogue>,
    operations: OnceLock<Operations>,
    pub(super) sessions: Sessions,
    pub(super) forms: Forms,
    pub(super) sign_in: SignIn,
    pub(super) turns: Turns,
    pub(super) hashers: Hashers,
    /// Cookies don't know about ports: without one in its name, two sandboxes would sign each other's visitors out.
    cookie: String,
    pub(super) welcome: Welcome,
}

impl Site {
    #[expect(clippy::too_many_arguments, reason = "each is a part of the server")]
    pub(crate) fn new(
        description: &'static str,
        descriptions: Vec<&'static str>,
        state: &State,
        place: &Storage,
        address: SocketAddr,
        proxies: &Proxies,
        names: &Names,
        welcome: Welcome,
    ) -> Outcome<Self> {
        Ok(Self {
            description,
            descriptions,
            permissions: OnceLock::new(),
            scopes: OnceLock::new(),
            operations: OnceLock::new(),
            sessions: Sessions::default(),
            forms: Forms::new()?,
            sign_in: SignIn::choose(state, place, address.ip(), proxies, names)?,
            turns: Turns::default(),
            hashers: Hashers::default(),
            cookie: format!("harvest_dev_center_{}", address.port()),
            welcome,
        })
    }

    /// The address to open in a browser. Until a password is set where one is needed, it leads to where that is done.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "a build without pages has no address"
    )]
    pub(crate) fn path(&self) -> Option<String> {
        Some(match self.sign_in.setup() {
            Some(token) => format!("{ROOT}/set_up?token={token}"),
            None => ROOT.to_owned(),
        })
    }

    /// The endpoint permissions that there are. They are read from the descriptions when they are first needed.
    pub(super) fn catalogue(&self) -> &Catalogue {
        self.permissions
            .get_or_init(|| Catalogue::read(&self.descriptions, Asked::Permission))
    }

    /// The scopes that there are.
    pub(super) fn scopes(&self) -> &Catalogue {
        self.scopes
            .get_or_init(|| Catalogue::read(&self.descriptions, Asked::Scope))
    }

    /// The operations that read.
    pub(super) fn operations(&self) -> &Operations {
        self.operations
            .get_or_init(|| Operations::read(&self.descriptions))
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
            return self.signed(&visit, &visit.visitor, reply);
        }
        Ok(reply)
    }

    fn cookie_of<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        let cookies = headers.get_all(COOKIE).iter();
        cookies
            .filter_map(|cookies| cookies.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find_map(|(name, token)| (name == self.cookie).then_some(token))
    }

    /// Hands the visitor's cookie to the browser.
    pub(super) fn signed(&self, visit: &Visit<'_>, visitor: &Visitor, reply: Reply) -> Outcome {
        let secure = if visit.request.sender.is_secure() {
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
