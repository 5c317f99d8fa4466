//! Signing in and out, and the first password.

use std::time::Instant;

use askama::Template;
use axum::http::StatusCode;

use crate::dev_center::layout::{Frame, Section, page, page_with};
use crate::dev_center::password;
use crate::dev_center::visit::{Visit, redirect};
use crate::domain::users::directory;
use crate::faces::token_service::AuthorizationRequest;
use crate::http::query::encode;
use crate::http::refusal::Outcome;
use crate::refusal::Refusal;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    frame: Frame,
    /// Where the form goes.
    address: String,
    /// Whether there is a password yet.
    ready: bool,
    wrong: bool,
}

#[derive(Template)]
#[template(path = "set_up.html")]
struct SetUp<'a> {
    frame: Frame,
    token: &'a str,
    shortest: usize,
    problem: Option<String>,
}

pub(in crate::dev_center) fn show(visit: &Visit<'_>) -> Outcome {
    if visit.visitor.user_id.is_some() {
        return redirect(&destination(visit));
    }
    page(&SignIn {
        frame: Frame::new(visit, "Sign in", Section::Outside)?,
        address: address(visit),
        ready: visit.read(password::is_set)?,
        wrong: false,
    })
}

pub(in crate::dev_center) fn enter(visit: &Visit<'_>) -> Outcome {
    let from = visit.request.sender.nearest();
    visit.site.turns.wait(from)?;
    // The hash is read before it is used: nothing of the database is held while that takes its time.
    let is_right = match visit.read(password::hash)? {
        Some(hash) => {
            let password = visit.password("password");
            visit
                .site
                .hashers
                .run(move |memory| password::is(memory, &hash, &password))?
        }
        None => false,
    };
    if is_right {
        visit.site.turns.right(from);
        return signed_in(visit, &destination(visit));
    }
    page_with(
        StatusCode::FORBIDDEN,
        &SignIn {
            frame: Frame::new(visit, "Sign in", Section::Outside)?,
            address: address(visit),
            ready: visit.read(password::is_set)?,
            wrong: true,
        },
    )
}

/// The address at which a visitor signs in. A visitor whom a partner sent is asked for consent afterwards: what the partner
/// asks for goes along, and nothing else that was sent.
pub(in crate::dev_center) fn address(visit: &Visit<'_>) -> String {
    match asked(visit) {
        Some(asked) => format!("/configure/sign_in?{}", encode(asked.parameters())),
        None => "/configure/sign_in".to_owned(),
    }
}

/// The page after signing in.
fn destination(visit: &Visit<'_>) -> String {
    asked(visit).map_or_else(|| "/configure".to_owned(), |asked| asked.page())
}

fn asked(visit: &Visit<'_>) -> Option<AuthorizationRequest> {
    AuthorizationRequest::read(visit.query.clone())
}

pub(in crate::dev_center) fn leave(visit: &Visit<'_>) -> Outcome {
    visit.site.sessions.end(&visit.visitor.token);
    redirect("/configure/sign_in")
}

pub(in crate::dev_center) fn set_up(visit: &Visit<'_>) -> Outcome {
    let token = visit.query.last("token").unwrap_or_default();
    check_link(visit, token)?;
    page(&SetUp {
        frame: Frame::new(visit, "Choose a password", Section::Outside)?,
        token,
        shortest: password::SHORTEST,
        problem: None,
    })
}

pub(in crate::dev_center) fn set_password(visit: &Visit<'_>) -> Outcome {
    let token = visit.form.last("token").unwrap_or_default();
    let password = visit.password("password");
    let repeated = visit.password("repeated");
    check_link(visit, token)?;
    let problem = password::problem(&password, &repeated);
    if problem.is_some() {
        return page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &SetUp {
                frame: Frame::new(visit, "Choose a password", Section::Outside)?,
                token,
                shortest: password::SHORTEST,
                problem,
            },
        );
    }
    let hash = visit
        .site
        .hashers
        .run(move |memory| password::hashed(memory, &password))?;
    let is_first = visit.write(|edit| password::set_first(edit, &hash))?;
    // Used up either way, and not by a write that failed.
    visit.site.sign_in.use_up();
    if !is_first {
        return Err(no_such_link());
    }
    signed_in(visit, "/configure")
}

/// Refuses what is not the link that sets the first password, or was it until another process set one in the same folder.
fn check_link(visit: &Visit<'_>, token: &str) -> Outcome<()> {
    if visit.site.sign_in.accepts(token) && !visit.read(password::is_set)? {
        return Ok(());
    }
    Err(no_such_link())
}

/// Begins a session, with a token of its own: the one before may be known to others.
fn signed_in(visit: &Visit<'_>, path: &str) -> Outcome {
    visit.site.sessions.end(&visit.visitor.token);
    let user = visit.read(directory::administrator)?;
    let user = user.ok_or_else(|| Refusal::forbidden("There is no site admin to sign in as"))?;
    let visitor = visit.site.sessions.begin(user, Instant::now())?;
    visit.signed(&visitor, redirect(path)?)
}

fn no_such_link() -> Refusal {
    Refusal::forbidden(
        "This link was used already, or belongs to an earlier start of the sandbox. The current \
         one is printed when the sandbox starts, as long as no password was set.",
    )
}
