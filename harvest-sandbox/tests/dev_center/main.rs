//! Dev Center, over plain HTTP, as a browser without scripts would use it.

#[path = "../support/mod.rs"]
mod support;

#[path = "../support/same.rs"]
mod same;

mod article;
mod caller;
mod controls;
mod guard;
mod hiring;
mod integrations;
mod ip_allowlist;
mod reference;
mod request_log;
mod reset;
mod sign_in;
mod trials;
mod users;
mod visitor;
mod walk;
mod webhooks;
mod welcome;
