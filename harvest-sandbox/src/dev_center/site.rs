//! The site: what its pages share.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Mutex, OnceLock};

use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use bytes::Bytes;

use super::catalogue::{Asked, Catalogue};
use super::csrf::Forms;
use super::hashers::Hashers;
use super::operations::Operations;
use super::session::Sessions;
use super::sign_in::SignIn;
use super::turns::Turns;
use super::welcome::Welcome;
use crate::http::guard::{Names, Proxies};
use crate::http::refusal::Outcome;
use crate::pipeline::state::State;
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
    /// The description of each version as the API reference shows it, and the change of the records after which it was made:
    /// its examples have their ids.
    pub(super) references: Mutex<HashMap<&'static str, (u64, Bytes)>>,
    pub(super) sessions: Sessions,
    pub(super) forms: Forms,
    pub(super) sign_in: SignIn,
    pub(super) turns: Turns,
    pub(super) hashers: Hashers,
    /// Cookies don't know about ports: without one in its name, two sandboxes would sign each other's visitors out.
    pub(super) cookie: String,
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
            references: Mutex::default(),
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

    pub(super) fn cookie_of<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        let cookies = headers.get_all(COOKIE).iter();
        cookies
            .filter_map(|cookies| cookies.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find_map(|(name, token)| (name == self.cookie).then_some(token))
    }
}
