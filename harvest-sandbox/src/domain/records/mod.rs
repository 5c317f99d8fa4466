//! Records that commands of several kinds read and write, with their tables: what is known about each.
//!
//! The commands are in the folders of the kinds, which export the records, too. They need the records of each other: a
//! candidate is deleted with the applications, and an event holds what was deleted. A record that no other kind names is
//! in the folder of its kind.

pub(crate) mod answer_type;
pub(crate) mod application;
pub(crate) mod candidate;
pub(crate) mod custom_field;
pub(crate) mod job;
pub(crate) mod job_post;
pub(crate) mod offer;
pub(crate) mod scorecard;
pub(crate) mod user;
pub(crate) mod user_key;
