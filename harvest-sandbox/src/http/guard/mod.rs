//! Guard of what no key protects: `/_sandbox/`, and Dev Center.
//!
//! Each request answers three questions. By which name does it know the sandbox ([`Host`])? A website can point its own
//! name at this computer and have a browser send requests under it (DNS rebinding), so only names that belong to the
//! sandbox pass. Was it sent by a page of another site ([`page`])? And where does it come from ([`Sender`])? A proxy on
//! this computer makes everybody look as if they were on it, so headers of proxies that were not declared are refused.
//!
//! The API asks the first question for its links, and the third for the IP allowlist; otherwise its keys protect it.

mod host;
mod page;
mod sender;

pub(crate) use host::{Host, Names, PublicUrl};
pub(crate) use page::check as check_page;
pub(crate) use sender::{Proxies, Sender};
