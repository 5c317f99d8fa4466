//! Addresses of the pages.

use axum::http::Method;

use super::changes;
use super::hiring::pages as hiring;
use super::pages::{
    addresses, authorize, controls, credentials, delivery, home, new_key, new_user, permissions,
    profile, rate_limit, reference, requests, reset, revoke, revoke_integration, scopes, secret,
    sign_in, users, webhooks, welcome,
};
use super::visit::{Visit, id, redirect};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::Refusal;

/// What is at an address.
#[derive(Clone, Copy, Default)]
struct Page<'p> {
    /// Shows it.
    get: Option<Answer<'p>>,
    /// Takes the form that is on it.
    post: Option<Answer<'p>>,
    /// Whether it is there for those who did not sign in.
    is_open: bool,
}

/// What answers, with what the address names.
#[derive(Clone, Copy)]
enum Answer<'p> {
    Plain(fn(&Visit<'_>) -> Outcome),
    OfId(fn(&Visit<'_>, i64) -> Outcome, &'p str),
    OfText(fn(&Visit<'_>, &str) -> Outcome, &'p str),
}

use Answer::{OfId, OfText, Plain};

/// Answers with the page at an address, given in pieces and without `/configure`.
pub(super) fn find(visit: &Visit<'_>, path: &[&str]) -> Outcome {
    let page = page(path);
    if visit.visitor.user_id.is_none() && !page.is_some_and(|page| page.is_open) {
        return redirect(&sign_in::address(visit));
    }
    let page = page.ok_or_else(Refusal::not_found)?;
    match page.answer(&visit.request.method)? {
        Plain(answer) => answer(visit),
        OfId(answer, text) => answer(visit, id(text)?),
        OfText(answer, text) => answer(visit, text),
    }
}

/// Refuses a form for a page that takes none, whatever is in it.
pub(super) fn check_method(method: &Method, path: &[&str]) -> Outcome<()> {
    page(path).map_or(Ok(()), |page| page.answer(method).map(drop))
}

impl<'p> Page<'p> {
    /// What answers a method, or 405.
    fn answer(&self, method: &Method) -> Outcome<Answer<'p>> {
        let answer = match *method {
            Method::GET | Method::HEAD => self.get,
            Method::POST => self.post,
            _ => None,
        };
        answer.ok_or_else(|| {
            let get = self.get.map(|_| Method::GET);
            let post = self.post.map(|_| Method::POST);
            let methods: Vec<Method> = get.into_iter().chain(post).collect();
            Reply::method_not_allowed(&methods).into()
        })
    }
}

fn page<'p>(path: &[&'p str]) -> Option<Page<'p>> {
    Some(match *path {
        ["set_up"] => open(form(Plain(sign_in::set_up), Plain(sign_in::set_password))),
        ["sign_in"] => open(form(Plain(sign_in::show), Plain(sign_in::enter))),
        ["sign_out"] => open(Page {
            post: Some(Plain(sign_in::leave)),
            ..Page::default()
        }),
        ["welcome"] => open(shown(Plain(welcome::show))),
        [] => shown(Plain(home::configure)),
        ["dev_center"] => shown(Plain(home::dev_center)),
        ["dev_center", "credentials"] => shown(Plain(credentials::list)),
        ["dev_center", "credentials", "new"] => form(Plain(new_key::form), Plain(new_key::create)),
        ["dev_center", "credentials", key, "key"] => shown(OfId(new_key::show, key)),
        ["dev_center", "credentials", key, "permissions"] => {
            form(OfId(permissions::form, key), OfId(permissions::save, key))
        }
        ["dev_center", "credentials", key, "revoke"] => {
            form(OfId(revoke::confirm, key), OfId(revoke::revoke, key))
        }
        ["dev_center", "integrations", integration, "secret"] => {
            shown(OfId(secret::show, integration))
        }
        ["dev_center", "integrations", integration, "scopes"] => form(
            OfId(scopes::form, integration),
            OfId(scopes::save, integration),
        ),
        ["dev_center", "integrations", integration, "revoke"] => form(
            OfId(revoke_integration::confirm, integration),
            OfId(revoke_integration::revoke, integration),
        ),
        ["authorize"] => form(Plain(authorize::ask), Plain(authorize::decide)),
        ["dev_center", "ip_allowlist"] => form(Plain(addresses::list), Plain(addresses::save)),
        ["dev_center", "requests"] => form(Plain(requests::list), Plain(requests::switch)),
        ["dev_center", "requests", number] => form(
            OfText(requests::show, number),
            OfText(requests::send_again, number),
        ),
        ["dev_center", "controls"] => form(Plain(controls::show), Plain(controls::switch)),
        ["dev_center", "webhooks"] => shown(Plain(webhooks::list)),
        ["dev_center", "webhooks", "new"] => form(Plain(webhooks::form), Plain(webhooks::create)),
        ["dev_center", "webhooks", webhook] => form(
            OfId(webhooks::show, webhook),
            OfId(webhooks::change, webhook),
        ),
        ["dev_center", "deliveries", delivery] => form(
            OfId(delivery::show, delivery),
            OfId(delivery::send_again, delivery),
        ),
        ["dev_center", "rate_limit"] => shown(Plain(rate_limit::show)),
        ["dev_center", "reset"] => form(Plain(reset::confirm), Plain(reset::reset)),
        ["dev_center", "reference"] => shown(Plain(reference::show)),
        ["dev_center", "reference", "description.json"] => shown(Plain(reference::description)),
        ["candidates"] => shown(Plain(hiring::candidates)),
        ["candidates", candidate] => shown(OfId(hiring::candidate, candidate)),
        ["jobs"] => shown(Plain(hiring::jobs)),
        ["jobs", job] => shown(OfId(hiring::job, job)),
        ["interviews"] => shown(Plain(hiring::interviews)),
        ["offers"] => shown(Plain(hiring::offers)),
        ["approvals"] => shown(Plain(hiring::approvals)),
        ["approvals", flow] => form(OfId(hiring::approval, flow), OfId(hiring::decide, flow)),
        ["departments"] => shown(Plain(hiring::departments)),
        ["offices"] => shown(Plain(hiring::offices)),
        ["custom_fields"] => shown(Plain(hiring::custom_fields)),
        ["view_as"] => Page {
            post: Some(Plain(hiring::view_as)),
            ..Page::default()
        },
        ["changes"] => shown(Plain(changes::listen)),
        ["users"] => shown(Plain(users::list)),
        ["users", "new"] => form(Plain(new_user::form), Plain(new_user::create)),
        ["users", user] => form(OfId(profile::show, user), OfId(profile::save, user)),
        _ => return None,
    })
}

fn shown(get: Answer<'_>) -> Page<'_> {
    Page {
        get: Some(get),
        ..Page::default()
    }
}

fn form<'p>(get: Answer<'p>, post: Answer<'p>) -> Page<'p> {
    Page {
        post: Some(post),
        ..shown(get)
    }
}

fn open(page: Page<'_>) -> Page<'_> {
    Page {
        is_open: true,
        ..page
    }
}
