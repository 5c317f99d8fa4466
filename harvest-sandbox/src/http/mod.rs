//! HTTP of the sandbox: requests and replies, the log of them, faults, queries, links to files, and who may send what to where.

mod authorization;
pub(crate) mod buffer;
pub(crate) mod cut;
pub(crate) mod endpoint;
pub(crate) mod fault;
pub(crate) mod files;
pub(crate) mod form;
pub(crate) mod guard;
pub(crate) mod hosts;
pub(crate) mod limit;
pub(crate) mod log;
mod media_type;
pub(crate) mod notice;
pub(crate) mod overlooked;
pub(crate) mod query;
pub(crate) mod refusal;
pub(crate) mod reply;
mod request;
pub(crate) mod short_fields;

pub(crate) use authorization::{authorization, basic};
pub(crate) use media_type::is_json;
pub(crate) use request::Incoming;
