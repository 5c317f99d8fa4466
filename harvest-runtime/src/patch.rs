//! The change of one property: leave, clear, set.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a change does to one property. Not sending it and sending null are different things.
///
/// ```
/// use harvest_runtime::Patch;
///
/// #[derive(Default, serde::Serialize)]
/// struct CandidateUpdate {
///     #[serde(skip_serializing_if = "Patch::is_leave")]
///     company: Patch<String>,
///     #[serde(skip_serializing_if = "Patch::is_leave")]
///     title: Patch<String>,
/// }
///
/// let update = CandidateUpdate { company: Patch::Clear, ..Default::default() };
/// assert_eq!(serde_json::to_string(&update)?, r#"{"company":null}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Patch<T> {
    /// The property stays as it is: it is not sent.
    #[default]
    Leave,
    /// The property becomes empty: null is sent.
    Clear,
    /// The property becomes this value.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the property stays as it is, so that it is left out.
    #[must_use]
    pub const fn is_leave(&self) -> bool {
        matches!(self, Self::Leave)
    }

    /// The same with a reference to the value.
    #[must_use]
    pub const fn as_ref(&self) -> Patch<&T> {
        match self {
            Self::Leave => Patch::Leave,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(value),
        }
    }

    /// The same with another value.
    #[must_use]
    pub fn map<U>(self, map: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Self::Leave => Patch::Leave,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(map(value)),
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

/// `None` clears.
impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Clear, Self::Set)
    }
}

impl From<&str> for Patch<String> {
    fn from(value: &str) -> Self {
        Self::Set(value.to_owned())
    }
}

/// Both `Clear` and `Leave` are null; leave a property out by `skip_serializing_if = "Patch::is_leave"`.
impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Leave | Self::Clear => serializer.serialize_none(),
            Self::Set(value) => serializer.serialize_some(value),
        }
    }
}

/// Null is `Clear`; a missing property is `Leave` by `#[serde(default)]`.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

/// Prints what is done, not the value.
impl<T> fmt::Debug for Patch<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Leave => "Leave",
            Self::Clear => "Clear",
            Self::Set(_) => "Set(..)",
        })
    }
}
