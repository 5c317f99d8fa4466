//! Costs of a request: how often it opens the store, and looks up the user in whose name it acts.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, Request};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use super::*;
use crate::domain::oauth::for_integration;
use crate::domain::oauth::{ClientSecret, Integrations};
use crate::domain::organization::Plan;
use crate::domain::users::first_site_admin;
use crate::faces::{v1, v3};
use crate::http::fault::Growth;
use crate::http::guard::{Names, Proxies};
use crate::http::hosts::Hosts;
use crate::openapi::document::Document;
use crate::store::count::{Counts, counted};

pub(crate) const KEY: &str = "a-key-of-tests";

/// A sandbox without a server: its stages run on the thread that asks.
pub(crate) struct Bench {
    pub(crate) pipeline: Pipeline,
    /// What v3 takes.
    token: String,
    user_id: i64,
}

/// A request: of which method, to where, as whom, with which body.
pub(crate) type Case<'a> = (&'a str, &'a str, Option<i64>, &'a str);

impl Bench {
    pub(crate) fn new() -> Self {
        let documents = ["v1", "v3"].map(|version| {
            let json = harvest_spec::document(version).unwrap().json;
            Arc::new(Document::parse(json).unwrap())
        });
        let mut permissions = documents[0].permissions();
        permissions.extend(documents[1].permissions());
        let scopes: BTreeSet<String> = documents[1].scopes();
        let plan = Plan {
            candidates: 3,
            ..Plan::default()
        };
        let faces = [&v1::FACE, &v3::FACE];
        let state = State::open(None, &faces, permissions, scopes, plan).unwrap();
        state.demo_key(None, Some(KEY.to_owned())).unwrap();
        let client: ClientSecret = state.demo_credential(None).unwrap();
        let granted = state.store.write(|edit| {
            let integration = Integrations::authenticate(edit, &client)?.unwrap();
            for_integration(edit, &integration, None, None)
        });
        let token = granted.unwrap().ok().unwrap().access_token;
        let user_id = state.store.read(first_site_admin);
        let state = Arc::new(state);
        let cursors = state.cursors().unwrap();
        let [first, other] = documents;
        Self {
            user_id: user_id.unwrap(),
            token: token.as_str().to_owned(),
            pipeline: Pipeline {
                faces: Faces::new(first, [other]),
                mode: Mode::State(state),
                limits: faces.map(|face| Limit::shown(face.limit)).into(),
                tolerances: vec![Tolerance::Lenient, Tolerance::Described],
                reads_for_all: false,
                token_service: Some(TokenService::new(false)),
                latency: Duration::ZERO,
                examples: Examples {
                    list_len: 0,
                    growth: Growth::default(),
                },
                hosts: Hosts::default(),
                requests: AtomicU64::new(0),
                cursors,
            },
        }
    }

    pub(crate) fn request(&self, (method, path, user_id, body): Case<'_>) -> Incoming {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let authorization = if path.starts_with("/v3") {
            format!("Bearer {}", self.token)
        } else {
            format!("Basic {}", STANDARD.encode(format!("{KEY}:")))
        };
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, authorization.parse().unwrap());
        if let Some(id) = user_id {
            headers.insert("on-behalf-of", id.into());
        }
        if !body.is_empty() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let local = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let head = Request::builder().uri(path).header("host", "127.0.0.1:1");
        let (parts, ()) = head.body(()).unwrap().into_parts();
        Incoming {
            method: method.parse().unwrap(),
            path: path.to_owned(),
            query: query.to_owned(),
            host: Names::default().host(&parts, (local, 1).into()),
            sender: Proxies::default().sender(local, &headers),
            headers,
            body: Bytes::copy_from_slice(body.as_bytes()),
        }
    }

    /// The status of the answer, and what it took. A body comes after the headers, as from a connection.
    fn ask(&self, case: Case<'_>) -> (u16, Counts) {
        let request = self.request(case);
        let (answered, counts) = counted(|| {
            if request.body.is_empty() {
                return self.pipeline.handle(&request);
            }
            match self.pipeline.admit(&request) {
                Ok(admitted) => self.pipeline.answer(&admitted, &request),
                Err(answered) => *answered,
            }
        });
        (answered.reply.status.as_u16(), counts)
    }
}

fn counts(reads: usize, writes: usize, actors: usize) -> Counts {
    Counts {
        reads,
        writes,
        actors,
    }
}

#[test]
fn a_request_opens_the_store_once_and_for_a_write_once_more() {
    let bench = Bench::new();
    let user = Some(bench.user_id);
    let disabled = format!("{{\"user\":{{\"user_id\":{}}}}}", bench.user_id);
    let cases: &[(Case<'_>, u16, Counts)] = &[
        // Reads, with and without a user.
        (("GET", "/v1/candidates", None, ""), 200, counts(1, 0, 0)),
        (("GET", "/v1/candidates", user, ""), 200, counts(1, 0, 1)),
        (("GET", "/v3/candidates", None, ""), 200, counts(1, 0, 1)),
        (
            ("GET", "/v1/offices?per_page=1", user, ""),
            200,
            counts(1, 0, 1),
        ),
        // What is refused on the way.
        (("GET", "/v1/nowhere", None, ""), 404, counts(1, 0, 0)),
        (
            ("GET", "/v1/candidates?per_page=x", user, ""),
            422,
            counts(1, 0, 0),
        ),
        (("GET", "/v1/candidates", Some(1), ""), 404, counts(1, 0, 1)),
        (("GET", "/v1/candidates/1", user, ""), 404, counts(1, 0, 1)),
        // Writes: the body of one is not read, nor the writer waited for, by who may not come in.
        (
            ("POST", "/v1/departments", user, "{\"name\":\"Locks\"}"),
            201,
            counts(1, 1, 1),
        ),
        (
            ("POST", "/v3/departments", None, "{\"name\":\"Weirs\"}"),
            201,
            counts(1, 1, 1),
        ),
        (
            ("DELETE", "/v1/candidates/1", user, ""),
            404,
            counts(1, 1, 1),
        ),
        // Writes that are refused for their form wait for no writer.
        (
            ("POST", "/v1/departments", user, "{}"),
            422,
            counts(2, 0, 1),
        ),
        (
            ("POST", "/v1/departments", Some(1), "{}"),
            404,
            counts(2, 0, 1),
        ),
        (
            ("POST", "/v1/departments", None, "{}"),
            422,
            counts(1, 0, 0),
        ),
        // Writes that are refused by a rule.
        (
            ("PATCH", "/v2/users/disable", user, &disabled),
            422,
            counts(1, 1, 1),
        ),
    ];
    for (case, status, counts) in cases {
        assert_eq!(bench.ask(*case), (*status, *counts), "{case:?}");
    }
}

#[test]
fn of_two_faults_that_of_the_user_is_told() {
    let bench = Bench::new();
    // A body that is no JSON, from a user who is not there, and from one who is.
    let body = "{";
    let (status, _) = bench.ask(("POST", "/v1/departments", Some(1), body));
    assert_eq!(status, 404);
    let user = Some(bench.user_id);
    let (status, _) = bench.ask(("POST", "/v1/departments", user, body));
    assert!([400, 422].contains(&status), "{status}");
}
