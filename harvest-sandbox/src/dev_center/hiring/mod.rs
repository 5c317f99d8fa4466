//! The organization, as its people look at it: candidates, jobs and what belongs to them.
//!
//! These pages are no face: they have no documents that are kept, and no operations. They read the domain's records by the
//! domain's visibility, so that each shows what the user sees as whom the visitor looks, and they change records by the
//! domain's commands. Gates, sessions and forms are those of Dev Center.

mod approval;
mod approvals;
mod board;
mod call;
mod candidate;
mod candidates;
mod custom_fields;
mod custom_values;
mod feed;
mod files;
mod frame;
mod interviews;
mod jobs;
mod listing;
pub(super) mod looking;
mod names;
mod offers;
mod units;

pub(super) mod pages {
    //! The function that answers for each page.

    pub(in crate::dev_center) use super::approval::{decide, show as approval};
    pub(in crate::dev_center) use super::approvals::list as approvals;
    pub(in crate::dev_center) use super::board::show as job;
    pub(in crate::dev_center) use super::candidate::show as candidate;
    pub(in crate::dev_center) use super::candidates::list as candidates;
    pub(in crate::dev_center) use super::custom_fields::list as custom_fields;
    pub(in crate::dev_center) use super::interviews::list as interviews;
    pub(in crate::dev_center) use super::jobs::list as jobs;
    pub(in crate::dev_center) use super::looking::choose as view_as;
    pub(in crate::dev_center) use super::offers::list as offers;
    pub(in crate::dev_center) use super::units::{departments, offices};
}
