//! Answers of a ledger to who has to wait.

/// When to ask again for a request that is not let go yet.
#[derive(Clone, Copy)]
pub(super) struct NotYet<T> {
    /// `None` is after the next change.
    pub(super) again: Option<T>,
    /// Where it waits for allowance to come back.
    pub(super) turn: Option<Turn<T>>,
}

/// The time at which there is allowance again, as far as is known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn<T> {
    pub(super) at: T,
    /// It is no farther than the window that was described or given, rather than one that the service's answers made longer.
    pub(super) is_usual: bool,
}

impl<T> NotYet<T> {
    /// After the next change.
    #[cfg(any(feature = "shared-limiter", feature = "redis"))]
    pub(super) const LATER: Self = Self {
        again: None,
        turn: None,
    };

    pub(super) fn map<U>(self, of: impl Fn(T) -> U) -> NotYet<U> {
        NotYet {
            again: self.again.map(&of),
            turn: self.turn.map(|turn| turn.map(of)),
        }
    }
}

impl<T> Turn<T> {
    pub(super) fn map<U>(self, of: impl FnOnce(T) -> U) -> Turn<U> {
        Turn {
            at: of(self.at),
            is_usual: self.is_usual,
        }
    }
}

#[cfg(any(feature = "shared-limiter", feature = "redis"))]
impl<T: Ord> NotYet<T> {
    /// The same, and no later than then: nobody tells of changes that others make.
    pub(super) fn by(self, soon: T) -> Self {
        let again = match self.again {
            Some(again) => again.min(soon),
            None => soon,
        };
        Self {
            again: Some(again),
            turn: self.turn,
        }
    }
}
