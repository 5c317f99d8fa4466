//! Description of an API: an OpenAPI document, read once into what the stages of a request check and answer by. Without
//! records, its examples are the answers (`examples/`).

pub(crate) mod answer;
pub(crate) mod body;
pub(crate) mod document;
pub(crate) mod examples;
pub(crate) mod paging;
pub(crate) mod parameters;
pub(crate) mod router;
mod security;
pub(crate) mod source;

pub(crate) use security::{Access, Key, Presented, Scheme};
