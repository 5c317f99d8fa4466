//! Optional values for methods that take a value.

/// A method for builders: sets something if there is a value, and leaves the builder as it is otherwise.
///
/// Setters of request builders and of request models take a value, not an `Option`. With this trait in scope, an `Option`
/// goes along with the setter's name:
///
/// ```
/// use harvest_runtime::{CallOptions, SetOption as _};
/// use std::time::Duration;
///
/// fn options(timeout: Option<Duration>) -> CallOptions {
///     CallOptions::new().set_option(timeout, CallOptions::timeout)
/// }
/// ```
///
/// Of a generated client it looks like `client.list_users().set_option(since, ListUsers::updated_after)`. A setter that
/// takes a list is called by a closure: `.set_option(tags, |new, tags| new.tags(tags))`.
pub trait SetOption: Sized {
    /// Calls the setter with the value, if there is one.
    #[must_use]
    fn set_option<T>(self, value: Option<T>, setter: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => setter(self, value),
            None => self,
        }
    }
}

impl<B> SetOption for B {}
