//! Consent: a user is asked whether a partner may act for the user.

use askama::Template;
use axum::http::StatusCode;

use crate::dev_center::headers;
use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::domain::oauth::consent::Wish;
use crate::domain::users::directory;
use crate::domain::users::directory::Listed;
use crate::faces::token_service::{AuthorizationRequest, Checked};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::Refusal;

/// The most users to choose among.
const MOST: usize = 200;

#[derive(Template)]
#[template(path = "authorize.html")]
struct Consent<'a> {
    frame: Frame,
    wish: Wish,
    scopes: Vec<String>,
    /// What the partner sent, to be sent again with the decision.
    parameters: Vec<(&'a str, &'a str)>,
    /// Those as whom one can consent: the visitor of a sandbox is everyone in it.
    users: Vec<Listed>,
    own_id: i64,
}

pub(in crate::dev_center) fn ask(visit: &Visit<'_>) -> Outcome {
    let request = AuthorizationRequest::read(visit.query.clone()).ok_or_else(unknown)?;
    let (checked, users) = visit.read(|view| {
        let mut users = directory::find(view, "", 0, MOST)?;
        users.retain(|user| !user.disabled);
        Ok((request.check(view)?, users))
    })?;
    let wish = match checked {
        Checked::Ask(wish) => wish,
        Checked::Refuse(error) => return request.back(("error", error), StatusCode::SEE_OTHER),
        Checked::Unknown => return Err(unknown()),
    };
    let reply = page(&Consent {
        frame: Frame::new(visit, "Consent", Section::Outside)?,
        scopes: visit.read(|view| wish.scopes(view))?,
        wish,
        parameters: request.parameters().collect(),
        users,
        own_id: visit.user_id()?,
    })?;
    Ok(headers::for_consent(reply, request.redirect_uri()))
}

pub(in crate::dev_center) fn decide(visit: &Visit<'_>) -> Outcome {
    let request = AuthorizationRequest::read(visit.form.clone()).ok_or_else(unknown)?;
    let allowed = visit.field("decision") == "allow";
    let user_id = visit.field("user_id").parse().unwrap_or_default();
    // What was asked for may have changed since the page was shown.
    let decided = visit.write(|edit| {
        Ok(match request.check(edit)? {
            Checked::Ask(wish) if allowed => Ok(wish.grant(edit, user_id)?),
            Checked::Ask(_) => Err("access_denied"),
            Checked::Refuse(error) => Err(error),
            Checked::Unknown => return Err(unknown()),
        })
    })?;
    let parameter = match &decided {
        Ok(code) => ("code", code.as_str()),
        Err(error) => ("error", *error),
    };
    request.back(parameter, StatusCode::SEE_OTHER)
}

fn unknown() -> Refusal {
    let words = "The link that led here names no partner integration of this organization, or not \
                 one of its redirect URIs.";
    Reply::message(StatusCode::BAD_REQUEST, words).into()
}
