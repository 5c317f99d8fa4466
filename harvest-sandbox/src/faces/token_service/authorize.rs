//! Authorization requests: a partner sends a browser to have a user consent.

use axum::http::StatusCode;
use axum::http::header::{HeaderValue, LOCATION};

use super::error::TokenError;
use super::{back, not_stored};
use crate::domain::oauth::consent::{self, Unasked, Wish};
use crate::http::Incoming;
use crate::http::form::{Form, Malformed};
use crate::http::query::{Query, encode};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::broken;
use crate::store::{Store, View};

/// The page that asks the user.
const PAGE: &str = "/configure/authorize";

/// An authorization request, as it was sent.
#[derive(Clone)]
pub(crate) struct Request {
    client_id: String,
    redirect_uri: String,
    response_type: Option<String>,
    scope: Option<String>,
    state: Option<String>,
}

/// What comes of an authorization request.
pub(crate) enum Checked {
    /// The user can be asked.
    Ask(Wish),
    /// The redirect to the partner carries this error of RFC 6749.
    Refuse(&'static str),
    /// There is no partner to tell.
    Unknown,
}

impl Request {
    /// Reads the parameters of a query, or of a form that repeats them. None if the partner or the redirect URI is not
    /// named, or anything is there twice.
    pub(crate) fn read(parameters: Query) -> Option<Self> {
        let read = || -> Result<Option<Self>, Malformed> {
            let form = Form::of(parameters)?;
            let one = |name| form.one(name).map(|value| value.map(str::to_owned));
            let (Some(client_id), Some(redirect_uri)) = (one("client_id")?, one("redirect_uri")?)
            else {
                return Ok(None);
            };
            Ok(Some(Self {
                client_id,
                redirect_uri,
                response_type: one("response_type")?,
                scope: one("scope")?,
                state: one("state")?,
            }))
        };
        read().ok().flatten()
    }

    /// Whether a user can be asked.
    pub(crate) fn check(&self, view: &View<'_>) -> Outcome<Checked> {
        let scope = self.scope.as_deref();
        let wish = consent::wish(view, &self.client_id, &self.redirect_uri, scope)?;
        Ok(match (wish, self.response_type.as_deref()) {
            (Err(Unasked::UnknownPartner), _) => Checked::Unknown,
            (_, None) => Checked::Refuse("invalid_request"),
            (_, Some(other)) if other != "code" => Checked::Refuse("unsupported_response_type"),
            (Err(Unasked::InvalidScope), _) => Checked::Refuse("invalid_scope"),
            (Ok(wish), _) => Checked::Ask(wish),
        })
    }

    /// The parameters, to be sent again.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        [
            ("client_id", Some(self.client_id.as_str())),
            ("redirect_uri", Some(self.redirect_uri.as_str())),
            ("response_type", self.response_type.as_deref()),
            ("scope", self.scope.as_deref()),
            ("state", self.state.as_deref()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    }

    /// The address of the page that asks the user.
    pub(crate) fn page(&self) -> String {
        format!("{PAGE}?{}", encode(self.parameters()))
    }

    /// Sends the browser back to the partner, with `code` or `error`.
    pub(crate) fn back(&self, parameter: (&str, &str), status: StatusCode) -> Outcome {
        back(&self.redirect_uri, parameter, self.state.as_deref(), status)
    }

    /// The redirect URI, which is known to be the partner's once it was checked.
    pub(crate) fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }
}

/// Sends the browser to the page that asks the user, or back to the partner with an error. The page is one of Dev Center,
/// since only its visitors are signed in.
pub(super) fn answer(store: &Store, request: &Incoming) -> Outcome {
    let unknown = || {
        let words = "client_id has to be that of a partner credential, and redirect_uri one of its \
                     redirect URIs; nothing is sent twice";
        Ok(TokenError::invalid_request(words).reply())
    };
    let Some(asked) = Request::read(Query::parse(&request.query)) else {
        return unknown();
    };
    match store.read(|view| asked.check(view))? {
        Checked::Unknown => unknown(),
        Checked::Refuse(error) => asked.back(("error", error), StatusCode::FOUND),
        Checked::Ask(_) => {
            let page = HeaderValue::from_str(&asked.page());
            let page = page.map_err(|_| broken("an address that no header can hold"))?;
            Ok(not_stored(
                Reply::empty(StatusCode::FOUND).with_header(LOCATION, page),
            ))
        }
    }
}
