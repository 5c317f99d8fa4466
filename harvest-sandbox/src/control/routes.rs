//! Routes under `/_sandbox/`.

use axum::http::Method;
use serde::Serialize;

use super::Control;
use super::http::{self, Asked, ok};
use crate::http::Incoming;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::openapi::router::{Router, Template, is_under};
use crate::refusal::Refusal;
use crate::refusal::StartError;

/// Every path under it belongs to us.
const PREFIX: &str = "/_sandbox";

/// One thing that can be asked for.
pub(super) struct Route {
    pub(super) method: Method,
    pub(super) path: &'static str,
    /// For people, in the answer of `GET /_sandbox/` and in `docs/sandbox.md`.
    pub(super) does: &'static str,
    answer: fn(&Control, &Asked<'_>) -> Outcome,
}

pub(super) static ROUTES: &[Route] = &[
    Route {
        method: Method::GET,
        path: "/_sandbox/",
        does: "lists what there is",
        answer: index,
    },
    Route {
        method: Method::POST,
        path: "/_sandbox/reset",
        does: "makes everything what it was after the first start; snapshots stay",
        answer: http::reset,
    },
    Route {
        method: Method::GET,
        path: "/_sandbox/snapshots",
        does: "lists the names of the snapshots",
        answer: http::snapshots,
    },
    Route {
        method: Method::PUT,
        path: "/_sandbox/snapshots/{name}",
        does: "keeps all records, keys and allowed addresses under this name",
        answer: http::snapshot,
    },
    Route {
        method: Method::POST,
        path: "/_sandbox/snapshots/{name}/restore",
        does: "goes back to what was kept under this name",
        answer: http::restore,
    },
    Route {
        method: Method::DELETE,
        path: "/_sandbox/snapshots/{name}",
        does: "drops a snapshot",
        answer: http::forget_snapshot,
    },
    Route {
        method: Method::GET,
        path: "/_sandbox/clock",
        does: "returns the time, and whether the clock is frozen",
        answer: http::clock,
    },
    Route {
        method: Method::POST,
        path: "/_sandbox/clock/freeze",
        does: r#"stops the clock, at `{"at": "2026-06-01T12:00:00Z"}` or where it is"#,
        answer: http::freeze,
    },
    Route {
        method: Method::POST,
        path: "/_sandbox/clock/advance",
        does: r#"sets it forward, `{"by_ms": 86400000}` by a day"#,
        answer: http::advance,
    },
    Route {
        method: Method::POST,
        path: "/_sandbox/clock/unfreeze",
        does: "lets the clock run",
        answer: http::unfreeze,
    },
    Route {
        method: Method::GET,
        path: "/_sandbox/faults",
        does: "lists what goes wrong on purpose",
        answer: http::faults,
    },
    Route {
        method: Method::POST,
        path: "/_sandbox/faults",
        does: concat!(
            r#"lets something go wrong: `{"effect": {"status": 502}, "on": ["list_candidates"], "#,
            r#""which": {"every": 7}}`"#
        ),
        answer: http::add_fault,
    },
    Route {
        method: Method::DELETE,
        path: "/_sandbox/faults",
        does: "lets nothing go wrong any more",
        answer: http::clear_faults,
    },
    Route {
        method: Method::POST,
        path: "/_sandbox/records",
        does: r#"invents more records, `{"candidates": 500}`"#,
        answer: http::seed,
    },
    Route {
        method: Method::POST,
        path: "/_sandbox/approval_flows/{id}/approve",
        does: "lets everyone approve what approvals were requested for",
        answer: http::approve,
    },
    Route {
        method: Method::POST,
        path: "/_sandbox/approval_flows/{id}/reject",
        does: "lets those whose turn it is reject it",
        answer: http::reject,
    },
    Route {
        method: Method::GET,
        path: "/_sandbox/requests",
        does: "lists the latest requests to the API, up to 100,000 and 32 MiB, oldest first, and \
               what became of them",
        answer: http::requests,
    },
    Route {
        method: Method::DELETE,
        path: "/_sandbox/requests",
        does: "forgets them",
        answer: http::forget_requests,
    },
];

#[derive(Serialize)]
struct Described {
    method: &'static str,
    path: &'static str,
    does: &'static str,
}

pub(super) fn index(_: &Control, _: &Asked<'_>) -> Outcome {
    let all = ROUTES.iter().map(|route| Described {
        method: route.method.as_str(),
        path: route.path,
        does: route.does,
    });
    ok(&all.collect::<Vec<_>>())
}

/// Finds what a request asks for.
pub(crate) struct Routes(Router);

impl Routes {
    pub(crate) fn new() -> Result<Self, StartError> {
        let mut router = Router::default();
        for (place, route) in ROUTES.iter().enumerate() {
            let added = Template::parse(route.path.trim_end_matches('/')).and_then(|template| {
                let added = router.add(route.method.clone(), template, place);
                added.map_err(|_| "it is there twice".to_owned())
            });
            added.map_err(|problem| StartError::operation(route.path, problem))?;
        }
        Ok(Self(router))
    }

    /// Whether a path is one of these, or would be.
    pub(crate) fn own(path: &str) -> bool {
        is_under(path, PREFIX)
    }

    pub(super) fn answer(&self, control: &Control, asked: &mut Asked<'_>) -> Outcome {
        let found = self.0.find(&asked.request.method, &asked.request.path);
        let found = found.map_err(|unfound| unfound.reply(&asked.request.path))?;
        asked.path = found.values;
        (ROUTES[found.operation].answer)(control, asked)
    }
}

/// Answers a request to `/_sandbox/`.
pub(crate) fn answer(control: &Control, routes: &Routes, request: &Incoming) -> Reply {
    let mut asked = Asked {
        request,
        path: Vec::new(),
    };
    control
        .check(request)
        .and_then(|()| routes.answer(control, &mut asked))
        .unwrap_or_else(Refusal::into_reply)
}
