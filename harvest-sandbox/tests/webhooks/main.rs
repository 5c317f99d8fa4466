//! Webhooks that the sandbox sends, and callbacks of bulk jobs, to a receiver in this process.

#[allow(dead_code, reason = "it has more than these tests use")]
#[path = "../v3/both.rs"]
mod both;
mod callbacks;
mod changes;
mod deliveries;
mod endpoints;
mod events;
mod reach;
mod receiver;
mod scene;
#[path = "../state/schema_conformance.rs"]
mod schema_conformance;
#[path = "../support/mod.rs"]
mod support;
mod until;
