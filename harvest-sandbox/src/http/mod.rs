//! Words of HTTP that need neither a description nor an organization.

mod media_type;
mod request;

pub(crate) use media_type::is_json;
pub(crate) use request::Incoming;
