//! Outbox: what follows from the events of a transaction, kept in the transaction itself.
//!
//! So what was rolled back has no consequences, and what was committed has them whatever happens to the process after that.

use std::any::Any;

use super::Edit;
use crate::refusal::Outcome;

/// The reader of the events of transactions.
pub(crate) trait Outbox: Send + Sync {
    /// Writes down what follows from events, before their transaction is committed.
    fn keep(&self, edit: &mut Edit<'_>, events: Vec<Box<dyn Any>>) -> Outcome<()>;

    /// A transaction with events was committed.
    fn committed(&self);
}
