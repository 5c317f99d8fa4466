//! Costs of a page: how often it opens the store.

use std::sync::Arc;

use axum::http::header::{COOKIE, HeaderValue};
use axum::http::{Method, StatusCode};

use super::*;
use crate::control::{Control, Start};
use crate::domain::webhooks::{self, MOST_ATTEMPTS, Webhook};
use crate::faces::webhooks::deliveries::Webhooks;
use crate::http::fault::{Faults, Growth};
use crate::http::guard::{Names, Proxies};
use crate::http::hosts::Hosts;
use crate::http::log::Log;
use crate::pipeline::Mode;
use crate::pipeline::tests::{Bench, KEY};
use crate::refusal::Outcome;
use crate::store::count::counted;
use crate::store::{Edit, Storage};

const URL: &str = "http://127.0.0.1:1";

/// Dev Center without a server: its pages are made on the thread that asks.
struct Pages {
    bench: Bench,
    site: Site,
    control: Control,
}

impl Pages {
    fn new() -> Self {
        let bench = Bench::new();
        let Mode::State(state) = &bench.pipeline.mode else {
            panic!("a bench has records");
        };
        let control = Control {
            state: Some(Arc::clone(state)),
            faults: Faults::new(Vec::new()),
            growth: Growth::default(),
            log: Log::default(),
            webhooks: Webhooks::new(Hosts::default(), Some(&state.store), URL),
            start: Start {
                faults: Vec::new(),
                key: KEY.to_owned(),
                client: None,
            },
        };
        let documents = ["v1", "v3"].map(|version| harvest_spec::document(version).unwrap().json);
        let site = Site::new(
            documents[0],
            documents.to_vec(),
            state,
            &Storage::Temporary,
            "127.0.0.1:1".parse().unwrap(),
            &Proxies::default(),
            &Names::default(),
            Welcome {
                url: URL.to_owned(),
                curl: Vec::new(),
                has_control: true,
            },
        );
        let entry = control.log.arrived(None, &Method::GET, "/v1/jobs");
        entry.answered(Some(StatusCode::OK));
        state.store.write(webhook).unwrap();
        Self {
            site: site.unwrap(),
            control,
            bench,
        }
    }

    /// The first id in a table.
    fn id(&self, table: &str) -> i64 {
        let store = &self.control.state.as_ref().unwrap().store;
        let sql = format!("SELECT min(id) FROM {table}");
        store.read(|view| view.value(&sql, [])).unwrap().unwrap()
    }

    /// The status of a page, and how often it reads and writes.
    fn ask(&self, method: &str, path: &str, form: &str) -> (u16, usize, usize) {
        let token = self.site.sessions.visitor(None, std::time::Instant::now());
        let token = token.unwrap().token;
        let form = format!("csrf_token={}&{form}", self.site.forms.token(&token));
        let body = if method == "POST" { &*form } else { "" };
        let mut request = self.bench.request((method, path, None, body));
        let cookie = format!("{}={token}", self.site.cookie);
        let cookie = HeaderValue::from_str(&cookie).unwrap();
        request.headers.insert(COOKIE, cookie);
        let (reply, counts) = counted(|| {
            self.site
                .answer(&self.bench.pipeline, &self.control, &request)
        });
        (reply.status.as_u16(), counts.reads, counts.writes)
    }
}

/// A webhook, with the ping that it is tried with.
fn webhook(edit: &mut Edit<'_>) -> Outcome<i64> {
    let webhook = Webhook {
        name: "Hires".to_owned(),
        endpoint_url: format!("{URL}/hires"),
        event: "hire_candidate".to_owned(),
        secret_key: "nest of wrens".to_owned(),
        basic_auth_username: None,
        basic_auth_password: None,
        additional_headers: None,
        max_attempts: MOST_ATTEMPTS,
        error_recipient_email: None,
        deactivated: false,
        last_delivered: None,
        client_id: None,
    };
    webhooks::create(edit, &webhook)
}

#[test]
fn a_page_opens_the_store_once() {
    let pages = Pages::new();
    let key = pages.id("api_key");
    let integration = pages.id("oauth_integration");
    let ids = [
        "candidate",
        "job",
        "approval_flow",
        "user",
        "webhook",
        "webhook_delivery",
    ];
    let [candidate, job, flow, user, webhook, delivery] = ids.map(|table| pages.id(table));
    let paths = [
        "",
        "/welcome",
        "/dev_center",
        "/dev_center/credentials",
        "/dev_center/credentials/new",
        &format!("/dev_center/credentials/{key}/key"),
        &format!("/dev_center/credentials/{key}/permissions"),
        &format!("/dev_center/credentials/{key}/revoke"),
        &format!("/dev_center/integrations/{integration}/secret"),
        &format!("/dev_center/integrations/{integration}/scopes"),
        &format!("/dev_center/integrations/{integration}/revoke"),
        "/dev_center/ip_allowlist",
        "/dev_center/requests",
        "/dev_center/requests/1",
        "/dev_center/controls",
        "/dev_center/webhooks",
        "/dev_center/webhooks/new",
        &format!("/dev_center/webhooks/{webhook}"),
        &format!("/dev_center/deliveries/{delivery}"),
        "/dev_center/rate_limit",
        "/dev_center/reset",
        "/dev_center/reference",
        "/dev_center/reference/description.json",
        "/candidates",
        &format!("/candidates/{candidate}"),
        "/jobs",
        &format!("/jobs/{job}"),
        "/interviews",
        "/offers",
        "/approvals",
        &format!("/approvals/{flow}"),
        "/departments",
        "/offices",
        "/custom_fields",
        "/users",
        "/users/new",
        &format!("/users/{user}"),
    ];
    for path in paths {
        for method in ["GET", "HEAD"] {
            let asked = pages.ask(method, &format!("{ROOT}{path}"), "");
            assert_eq!(asked, (200, 1, 0), "{method} {path}");
        }
    }
    for (path, status) in [
        ("/configure/sign_in", 303),
        ("/configure/nowhere", 404),
        ("/configure/jobs/1", 404),
        ("/configure/assets/style.css", 200),
    ] {
        assert_eq!(pages.ask("GET", path, ""), (status, 1, 0), "{path}");
    }
}

#[test]
fn a_form_opens_the_store_once_more_than_it_has_to_look_something_up() {
    let pages = Pages::new();
    let key = pages.id("api_key");
    let user = pages.id("user");
    for (path, form, taken) in [
        // Nothing is looked up.
        (
            "/dev_center/requests".to_owned(),
            "content=keep".to_owned(),
            (303, 1, 0),
        ),
        (
            "/dev_center/ip_allowlist".to_owned(),
            "ranges=127.0.0.1".to_owned(),
            (303, 1, 1),
        ),
        // The name of the key; whether the user is active.
        (
            format!("/dev_center/credentials/{key}/permissions"),
            String::new(),
            (303, 2, 1),
        ),
        (
            "/view_as".to_owned(),
            format!("user_id={user}"),
            (303, 2, 0),
        ),
    ] {
        let asked = pages.ask("POST", &format!("{ROOT}{path}"), &form);
        assert_eq!(asked, taken, "{path}");
    }
}
