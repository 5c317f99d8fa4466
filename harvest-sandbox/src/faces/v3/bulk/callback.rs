//! The report of a job's end to its `callback_url`.
//!
//! Not documented is what is sent, whether it is signed, and how often. The body is the job as it is listed, without links to
//! results: these are for those who have a token. It is repeated as webhooks are.

use super::document;
use crate::domain::bulk::Job;
use crate::domain::events::Event;
use crate::domain::webhooks::{CALLBACK, NewDelivery, Purpose, Queue};
use crate::faces::{Call, Writing};
use crate::http::endpoint::Endpoint;
use crate::http::refusal::worded;
use crate::refusal::{Outcome, Refusal};

/// The address in a body that starts a job.
pub(super) fn url(call: &Call<'_>) -> Outcome<Option<String>> {
    let Some(url) = call.json()["callback_url"].as_str() else {
        return Ok(None);
    };
    let problem = match Endpoint::parse(url) {
        Ok(endpoint) if call.hosts.know(&endpoint) => return Ok(Some(url.to_owned())),
        Ok(_) => {
            "is neither on this computer nor on a host that the sandbox was started with \
             (`--webhook-hosts`)"
        }
        Err(problem) => problem,
    };
    let message = format!("Cannot be called: {problem}");
    Err(Refusal::field("callback_url", worded(message)))
}

/// Queues the report for the time at which a job ends.
pub(super) fn queue(cx: &mut Writing<'_, '_>, id: i64, job: &Job) -> Outcome<()> {
    let Some(url) = &job.callback_url else {
        return Ok(());
    };
    let report = document::ended(cx, id, job)?;
    let new = NewDelivery {
        purpose: Purpose::BulkRequest(id),
        action: CALLBACK,
        url,
        body: report.text(),
        due_at: Some(&job.ends_at),
    };
    // Nothing is known that it could be signed with.
    Queue::of(cx)?.add(cx, &new, || None)?;
    Event::DeliveryQueued.record(cx);
    Ok(())
}
