//! Which page is where.

use axum::http::Method;

use super::pages::{
    addresses, credentials, home, new_key, new_user, permissions, profile, rate_limit, reference,
    requests, reset, revoke, sign_in, users,
};
use super::visit::{Visit, id, redirect};
use crate::refusal::{Outcome, Refusal};

/// Answers with the page at an address, given in pieces and without `/configure`.
pub(super) fn find(visit: &Visit<'_>, path: &[&str]) -> Outcome {
    let get = visit.request.method == Method::GET || visit.request.method == Method::HEAD;
    let post = visit.request.method == Method::POST;
    if !get && !post {
        return Err(Refusal::not_found());
    }
    match path {
        ["set_up"] if get => return sign_in::set_up(visit),
        ["set_up"] => return sign_in::set_password(visit),
        ["sign_in"] if get => return sign_in::show(visit),
        ["sign_in"] => return sign_in::enter(visit),
        ["sign_out"] if post => return sign_in::leave(visit),
        _ => {}
    }
    if visit.visitor.user_id.is_none() {
        return redirect("/configure/sign_in");
    }
    match path {
        [] if get => home::configure(visit),
        ["dev_center"] if get => home::dev_center(visit),
        ["dev_center", "credentials"] if get => credentials::list(visit),
        ["dev_center", "credentials", "new"] if get => new_key::form(visit),
        ["dev_center", "credentials", "new"] => new_key::create(visit),
        ["dev_center", "credentials", key, "key"] if get => new_key::show(visit, id(key)?),
        ["dev_center", "credentials", key, "permissions"] if get => {
            permissions::form(visit, id(key)?)
        }
        ["dev_center", "credentials", key, "permissions"] => permissions::save(visit, id(key)?),
        ["dev_center", "credentials", key, "revoke"] if get => revoke::confirm(visit, id(key)?),
        ["dev_center", "credentials", key, "revoke"] => revoke::revoke(visit, id(key)?),
        ["dev_center", "ip_allowlist"] if get => addresses::list(visit),
        ["dev_center", "ip_allowlist"] => addresses::save(visit),
        ["dev_center", "requests"] if get => requests::list(visit),
        ["dev_center", "requests"] => requests::switch(visit),
        ["dev_center", "requests", number] if get => requests::show(visit, number),
        ["dev_center", "rate_limit"] if get => rate_limit::show(visit),
        ["dev_center", "reset"] if get => reset::confirm(visit),
        ["dev_center", "reset"] => reset::reset(visit),
        ["dev_center", "reference"] if get => reference::show(visit),
        ["dev_center", "reference", "description.json"] if get => reference::description(visit),
        ["users"] if get => users::list(visit),
        ["users", "new"] if get => new_user::form(visit),
        ["users", "new"] => new_user::create(visit),
        ["users", user] if get => profile::show(visit, id(user)?),
        _ => Err(Refusal::not_found()),
    }
}
