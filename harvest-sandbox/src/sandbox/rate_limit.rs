//! The rate limits that a sandbox is started with.

use std::time::Duration;

use crate::http::limit::{Limit, Rule};

/// What is refused for its number.
#[derive(Clone, Copy, Debug)]
pub(super) enum RateLimit {
    Shown,
    Given(u32, Duration),
    OfService,
}

impl RateLimit {
    /// The limit of a face, whose rule is what the service has.
    pub(super) fn of(self, rule: Rule) -> Limit {
        match self {
            Self::Shown => Limit::shown(rule),
            Self::Given(requests, window) => Limit::enforced(Rule {
                requests,
                window,
                ..rule
            }),
            Self::OfService => Limit::enforced(rule),
        }
    }
}
