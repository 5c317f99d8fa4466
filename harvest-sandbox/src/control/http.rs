//! The same under `/_sandbox/`, in JSON.

use std::net::IpAddr;
use std::time::Duration;

use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Control, ControlError, Records};
use crate::clock::{moment, stamp};
use crate::domain::access::Addresses;
use crate::domain::approvals::Decision;
use crate::http::Incoming;
use crate::http::fault::Fault;
use crate::http::guard;
use crate::http::refusal::{Outcome, worded};
use crate::http::reply::Reply;
use crate::refusal::{Refusal, broken};

/// A request to `/_sandbox/`.
pub(super) struct Asked<'a> {
    pub(super) request: &'a Incoming,
    /// The values in the path, in order.
    pub(super) path: Vec<String>,
}

impl Control {
    /// Lets in what comes from this computer, and from addresses that the organization lists, under a name of the sandbox
    /// and from no page of another site.
    pub(crate) fn check(&self, request: &Incoming) -> Outcome<()> {
        request.host.check_known()?;
        guard::check_page(&request.headers, &request.host)?;
        let address = request.sender.address()?;
        if request.sender.is_here()? || self.lists(address)? {
            return Ok(());
        }
        Err(Refusal::forbidden(
            "Only this computer, and addresses that the organization lists, may do this",
        ))
    }

    fn lists(&self, address: IpAddr) -> Outcome<bool> {
        match &self.state {
            Some(state) => state.store.read(|view| Addresses::listed(view, address)),
            None => Ok(false),
        }
    }
}

/// The time, and whether it stands still.
#[derive(Serialize)]
struct Time {
    now: String,
    frozen: bool,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Freeze {
    /// Now, if it is left out.
    at: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    by_ms: u64,
}

pub(super) fn reset(control: &Control, _: &Asked<'_>) -> Outcome {
    control.reset()?;
    done()
}

pub(super) fn snapshots(control: &Control, _: &Asked<'_>) -> Outcome {
    ok(&control.snapshots()?)
}

pub(super) fn snapshot(control: &Control, asked: &Asked<'_>) -> Outcome {
    control.snapshot(asked.name())?;
    done()
}

pub(super) fn restore(control: &Control, asked: &Asked<'_>) -> Outcome {
    control.restore(asked.name())?;
    done()
}

pub(super) fn forget_snapshot(control: &Control, asked: &Asked<'_>) -> Outcome {
    control.forget_snapshot(asked.name())?;
    done()
}

pub(super) fn clock(control: &Control, _: &Asked<'_>) -> Outcome {
    let clock = control.clock();
    ok(&Time {
        now: stamp(clock.now().into()),
        frozen: clock.is_frozen(),
    })
}

pub(super) fn freeze(control: &Control, asked: &Asked<'_>) -> Outcome {
    let Freeze { at } = if asked.request.body.is_empty() {
        Freeze::default()
    } else {
        asked.body()?
    };
    let at = match at {
        None => control.clock().now(),
        Some(text) => moment(&text)
            .ok_or_else(|| Refusal::field("at", worded("Is not a time like 2026-06-01T12:00:00Z")))?
            .into(),
    };
    control.clock().freeze(at)?;
    clock(control, asked)
}

pub(super) fn advance(control: &Control, asked: &Asked<'_>) -> Outcome {
    let Advance { by_ms } = asked.body()?;
    control.clock().advance(Duration::from_millis(by_ms))?;
    clock(control, asked)
}

pub(super) fn unfreeze(control: &Control, asked: &Asked<'_>) -> Outcome {
    control.clock().unfreeze()?;
    clock(control, asked)
}

pub(super) fn faults(control: &Control, _: &Asked<'_>) -> Outcome {
    ok(&control.faults.all())
}

pub(super) fn add_fault(control: &Control, asked: &Asked<'_>) -> Outcome {
    let fault: Fault = asked.body()?;
    let added = control.faults.add(fault);
    added.map_err(|error| Refusal::whole(worded(error.to_string())))?;
    done()
}

pub(super) fn clear_faults(control: &Control, _: &Asked<'_>) -> Outcome {
    control.faults.clear();
    done()
}

pub(super) fn seed(control: &Control, asked: &Asked<'_>) -> Outcome {
    let records: Records = asked.body()?;
    control.seed(records)?;
    done()
}

pub(super) fn approve(control: &Control, asked: &Asked<'_>) -> Outcome {
    control.decide(asked.id()?, Decision::Approve)?;
    done()
}

pub(super) fn reject(control: &Control, asked: &Asked<'_>) -> Outcome {
    control.decide(asked.id()?, Decision::Reject)?;
    done()
}

pub(super) fn requests(control: &Control, _: &Asked<'_>) -> Outcome {
    ok(&control.log.all())
}

pub(super) fn forget_requests(control: &Control, _: &Asked<'_>) -> Outcome {
    control.log.clear();
    done()
}

impl Asked<'_> {
    fn name(&self) -> &str {
        self.path.first().map_or("", String::as_str)
    }

    fn id(&self) -> Outcome<i64> {
        let id = self.name().parse();
        id.map_err(|_| Refusal::field("id", worded("Is not a number")))
    }

    fn body<T: DeserializeOwned>(&self) -> Outcome<T> {
        // Scripts of faults and the like are no personal data, so serde may say what is wrong with them.
        serde_json::from_slice(&self.request.body).map_err(|error| {
            let words = format!("Is not what is asked for: {error}");
            Refusal::field("body", worded(words))
        })
    }
}

/// Written at once: as values of JSON, the latest requests would take ten times the memory of their text.
pub(super) fn ok(value: &impl Serialize) -> Outcome {
    let text = serde_json::to_string(value);
    let text = text.map_err(|error| broken(format!("an answer: {error}")))?;
    Ok(Reply::json_text(StatusCode::OK, text))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "it is what each of those above returns"
)]
fn done() -> Outcome {
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

impl From<ControlError> for Refusal {
    fn from(error: ControlError) -> Self {
        let message = error.to_string();
        match error {
            ControlError::UnknownSnapshot { .. } => {
                Reply::message(StatusCode::NOT_FOUND, &message).into()
            }
            ControlError::SnapshotName { .. } => Self::field("name", worded(message)),
            ControlError::NoRecords {}
            | ControlError::Time {}
            | ControlError::TooMany { .. }
            | ControlError::TooManySnapshots { .. }
            | ControlError::NotRequested { .. }
            | ControlError::NotGranted {} => Self::whole(worded(message)),
            ControlError::Full {} => Self::Full,
            ControlError::Locked {} => Self::Locked,
            ControlError::Queued {} => Self::Queued,
            // Its words already say whose mistake it is.
            ControlError::Store { problem } => {
                Reply::message(StatusCode::INTERNAL_SERVER_ERROR, &problem).into()
            }
        }
    }
}
