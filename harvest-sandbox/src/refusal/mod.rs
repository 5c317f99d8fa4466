//! Refusals: why something is not done, or a sandbox does not start, as data. The layers that answer clients say the former
//! in words.

mod fault_error;
mod invalid;
mod rule;
mod start_error;

use std::any::Any;
use std::fmt;

pub use fault_error::FaultError;
pub(crate) use invalid::{Invalid, Problems, State, Why};
pub(crate) use rule::{
    AnswerForm, FieldRule, IntegrationRule, LocationForm, NotRequestable, RedirectUriRule, Rule,
    UnitRule, UserRule, ValueForm, WebhookRule,
};
pub use start_error::StartError;

/// The message about a full disk, to clients and at the start.
pub(crate) const FULL: &str = "The disk on which the sandbox keeps its records is full, and \
                               nothing was written. Free some space on it and try again";

/// The message about another process that holds the database for longer than a write waits.
pub(crate) const LOCKED: &str = "Another process is writing to the folder of this sandbox, and \
                                 nothing was written. Try again a little later";

/// The message about writes that keep another one waiting for too long.
pub(crate) const QUEUED: &str = "The writes before this one take too long, and nothing was \
                                 written. Try again a little later";

/// The message about long answers for which there is no memory. What it is taken for is not said, since that depends on
/// others.
pub(crate) const CROWDED: &str = "Too many requests at the same time. Try again a little later";

/// The result of what can be refused.
pub(crate) type Outcome<T> = Result<T, Refusal>;

/// The reason for which something is not done.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// There is no such record, or none that the acting user may see.
    NotFound,
    /// The user may not act, or may not do this.
    Denied(Denied),
    /// What was sent breaks rules.
    Invalid(Problems),
    /// The answer would be longer than an answer may be.
    AnswerTooLong,
    /// The disk is full.
    Full,
    /// Another process has locked the database.
    Locked,
    /// Other writes of this process take too long.
    Queued,
    /// There is no memory for another long answer, or too many are put together.
    Crowded,
    /// Something that the sandbox stands on does not do its part, as this sentence says.
    Failed(String),
    /// The sandbox is at fault. The words go to the client, so they hold nothing that was stored.
    Broken(String),
    /// An answer that a layer above has made already. Whatever it is, it passes through what is done in between, such as a
    /// transaction that is rolled back, and only that layer looks into it.
    Answered(Box<dyn Any + Send>),
}

/// The reason for which a user may not act, or may not do something. Each face has its own words for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Denied {
    /// There is no such user.
    Unknown,
    Disabled,
    NotSiteAdmin,
    /// Neither a job admin of the job nor a site admin who may see it.
    NotJobAdmin,
    /// Without the permission to see salaries.
    NoSalaries,
}

impl Refusal {
    pub(crate) fn not_found() -> Self {
        Self::NotFound
    }

    /// One thing is wrong with what was sent, at a path in it.
    pub(crate) fn field(at: &str, why: impl Into<Why>) -> Self {
        Self::Invalid(Problems::from(Invalid::at(at, why)))
    }

    /// Whether it says nothing about what was asked for: something that the sandbox stands on, or the sandbox itself, does not
    /// do its part.
    pub(crate) fn is_failure(&self) -> bool {
        matches!(
            self,
            Self::Full
                | Self::Locked
                | Self::Queued
                | Self::Crowded
                | Self::Failed(_)
                | Self::Broken(_)
        )
    }

    /// With the names that a version has in paths, in the place of those of the domain: see [`Problems`].
    pub(crate) fn renamed(self, names: &[(&str, &str)]) -> Self {
        match self {
            Self::Invalid(problems) => Self::Invalid(problems.renamed(names)),
            refusal => refusal,
        }
    }

    /// One thing is wrong with what was sent, at no place in particular.
    pub(crate) fn whole(why: impl Into<Why>) -> Self {
        Self::Invalid(Problems::from(Invalid::whole(why)))
    }
}

/// A mistake of the sandbox.
pub(crate) fn broken(what: impl fmt::Display) -> Refusal {
    Refusal::Broken(what.to_string())
}

/// For those who start and control a sandbox, who are not asked for anything that could be invalid.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("There is no such record"),
            Self::Denied(_) => f.write_str("The user may not do this"),
            Self::Invalid(_) => f.write_str("What was asked for is not valid"),
            Self::AnswerTooLong => f.write_str("The answer would be too long"),
            Self::Full => f.write_str(FULL),
            Self::Locked => f.write_str(LOCKED),
            Self::Queued => f.write_str(QUEUED),
            Self::Crowded => f.write_str(CROWDED),
            Self::Failed(what) => f.write_str(what),
            Self::Broken(what) => write!(f, "This is a mistake of the sandbox: {what}"),
            Self::Answered(_) => f.write_str("The request was refused"),
        }
    }
}
