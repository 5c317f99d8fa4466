//! The faults that hit one request, applied to it and to its answer.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::{HeaderValue, RETRY_AFTER};
use axum::http::{Response, StatusCode};

use super::{Wire, corrupt};
use crate::bounds::LONGEST_WAIT;
use crate::http::Incoming;
use crate::http::fault::{Effect, Fault};
use crate::http::log::Entry;
use crate::http::reply::Reply;

/// The faults that hit a request, and the connection it came over.
pub(crate) struct ActiveFaults {
    faults: Vec<Fault>,
    wire: Wire,
}

/// When a fault strikes.
#[derive(Clone, Copy, PartialEq)]
enum Moment {
    BeforeActing,
    AfterActing,
}

impl ActiveFaults {
    pub(super) fn new(faults: Vec<Fault>, wire: Wire) -> Self {
        Self { faults, wire }
    }

    fn at(&self, moment: Moment) -> impl Iterator<Item = &Effect> {
        let after_acting = moment == Moment::AfterActing;
        self.faults
            .iter()
            .filter(move |fault| fault.after_acting == after_acting)
            .map(|fault| &fault.effect)
    }

    /// Before the service has read the body: waits, and perhaps answers in its place.
    pub(crate) async fn before(&self, entry: &Entry) -> Option<Response<Body>> {
        self.strike(Moment::BeforeActing, entry).await
    }

    /// How many records are to be put at the front of the list before it is read.
    pub(crate) fn rows_inserted(&self, entry: &Entry) -> usize {
        let mut rows: usize = 0;
        for fault in &self.faults {
            if let Effect::RowsInserted(more) = fault.effect {
                entry.hit(&fault.effect);
                rows = rows.saturating_add(more);
            }
        }
        rows
    }

    /// After the service has acted: waits, and answers in its place, or sends its answer on, perhaps corrupted.
    pub(crate) async fn after(
        &self,
        mut reply: Reply,
        request: &Incoming,
        entry: &Entry,
    ) -> Response<Body> {
        let succeeded = reply.status.is_success();
        if succeeded {
            entry.acted();
        }
        if let Some(response) = self.strike(Moment::AfterActing, entry).await {
            return response;
        }
        let mut is_whole = true;
        // What did not succeed is bad enough as it is.
        let corrupting = self.faults.iter().filter(|_| succeeded);
        for effect in corrupting.map(|fault| &fault.effect) {
            let corrupted = match effect {
                Effect::InvalidJson => corrupt::break_off(&mut reply),
                Effect::WrongContentType => corrupt::mislabel(&mut reply),
                Effect::NextElsewhere => corrupt::link_elsewhere(&mut reply, request),
                Effect::NextItself => corrupt::link_itself(&mut reply, request),
                Effect::TruncatedBody => {
                    is_whole = reply.body.is_empty();
                    !is_whole
                }
                _ => false,
            };
            if corrupted {
                entry.hit(effect);
            }
        }
        if is_whole {
            reply.into_response()
        } else {
            corrupt::truncated(reply)
        }
    }

    async fn strike(&self, moment: Moment, entry: &Entry) -> Option<Response<Body>> {
        let mut delay = Duration::ZERO;
        for effect in self.at(moment) {
            if let Effect::Latency(time) = effect {
                entry.hit(effect);
                delay = delay.saturating_add(*time);
            }
        }
        if !delay.is_zero() {
            tokio::time::sleep(delay.min(LONGEST_WAIT)).await;
        }
        let (effect, instead) = self
            .at(moment)
            .find_map(|effect| Some((effect, instead(effect)?)))?;
        entry.hit(effect);
        Some(match instead {
            Instead::Reply(reply) => reply.into_response(),
            Instead::Reset => {
                self.wire.cut();
                // Never written.
                Response::default()
            }
        })
    }
}

/// What comes in the place of the service's answer.
enum Instead {
    Reply(Reply),
    Reset,
}

fn instead(effect: &Effect) -> Option<Instead> {
    Some(Instead::Reply(match *effect {
        Effect::Reset => return Some(Instead::Reset),
        Effect::Status(status) => plain(status),
        Effect::RetryAfter { status, wait } => {
            let reply = plain(status);
            // Digits and a point are a header's value.
            let wait = HeaderValue::from_str(&wait.as_secs_f64().to_string()).ok();
            match wait {
                Some(wait) => reply.with_header(RETRY_AFTER, wait),
                None => reply,
            }
        }
        Effect::Html(status) => {
            let status = known(status);
            let page = format!("<!DOCTYPE html><title>{status}</title><h1>{status}</h1>\n");
            let html = HeaderValue::from_static("text/html; charset=utf-8");
            Reply::text(status, html, page)
        }
        _ => return None,
    }))
}

fn plain(status: u16) -> Reply {
    let status = known(status);
    if status == StatusCode::NO_CONTENT || status == StatusCode::NOT_MODIFIED {
        return Reply::empty(status);
    }
    Reply::message(status, status.canonical_reason().unwrap_or("No reason"))
}

/// Faults with other numbers are not taken.
fn known(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
