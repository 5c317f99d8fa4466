//! Enumerations of events, which take whatever is delivered.

use http::StatusCode;
use serde::de::{Deserialize, DeserializeOwned};

use crate::answer_body::check_values;
use crate::{Json, decode};

/// An event that is not described, with its JSON as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct UnknownEvent {
    action: Option<String>,
    json: Json,
}

impl UnknownEvent {
    /// An event of an action, if the JSON names one.
    #[doc(hidden)]
    pub fn new(action: Option<String>, json: Json) -> Self {
        Self { action, json }
    }

    /// The action, if the JSON names one. It can be one that is described, where the rest is not of the described shape, or has
    /// more than 16,384 objects and lists, and more than one for 256 bytes.
    pub fn action(&self) -> Option<&str> {
        self.action.as_deref()
    }

    /// The JSON as it came.
    pub fn json(&self) -> &Json {
        &self.json
    }
}

#[derive(serde::Deserialize)]
struct Head {
    action: String,
}

/// The action that an event names.
#[doc(hidden)]
pub fn action(json: &Json) -> Option<String> {
    let head: Head = decode::json(StatusCode::OK, json.text().as_bytes()).ok()?;
    Some(head.action)
}

/// An event of a known action, if it is of the shape that belongs to it, and has no more values than an answer of its length
/// may have: decoded, each can take a thousand times its bytes.
#[doc(hidden)]
pub fn known<T: DeserializeOwned>(json: &Json) -> Option<T> {
    let length = json.text().len() as u64;
    check_values(json.text().as_bytes(), length).ok()?;
    decode::json(StatusCode::OK, json.text().as_bytes()).ok()
}

/// Reads the JSON of an event.
#[doc(hidden)]
pub fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
    Json::deserialize(deserializer)
}

/// Makes an enum one of events: a variant for each action with what is delivered for it, and `Unknown` for the rest.
///
/// Any JSON decodes. What was decoded serializes to what came.
///
/// ```
/// use harvest_runtime::Json;
/// use harvest_runtime::webhook::UnknownEvent;
///
/// #[derive(Debug, PartialEq)]
/// #[non_exhaustive]
/// pub enum Event {
///     /// A door was opened.
///     DoorOpened(Json),
///     Unknown(UnknownEvent),
/// }
///
/// harvest_runtime::events!(Event { DoorOpened(Json) = "door_opened" });
///
/// let event: Event = serde_json::from_str(r#"{"action":"door_opened"}"#)?;
/// assert!(matches!(event, Event::DoorOpened(_)));
///
/// let event: Event = serde_json::from_str(r#"{"action":"roof_opened","by":7}"#)?;
/// assert_eq!(event.action(), Some("roof_opened"));
/// assert!(matches!(event, Event::Unknown(_)));
/// assert_eq!(serde_json::to_string(&event)?, r#"{"action":"roof_opened","by":7}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! events {
    ($name:ident { $($variant:ident($model:ty) = $action:literal),* $(,)? }) => {
        impl $name {
            /// The actions that are described.
            pub const ACTIONS: &'static [&'static str] = &[$($action),*];

            /// The action, as the service writes it. `None` if the event names none.
            pub fn action(&self) -> ::core::option::Option<&str> {
                match self {
                    $(Self::$variant(_) => ::core::option::Option::Some($action),)*
                    Self::Unknown(event) => event.action(),
                }
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let json = $crate::webhook::read(deserializer)?;
                let action = $crate::webhook::action(&json);
                let known = match action.as_deref() {
                    $(::core::option::Option::Some($action) => {
                        $crate::webhook::known::<$model>(&json).map(Self::$variant)
                    })*
                    _ => ::core::option::Option::None,
                };
                ::core::result::Result::Ok(known.unwrap_or_else(|| {
                    Self::Unknown($crate::webhook::UnknownEvent::new(action, json))
                }))
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(event) => {
                        $crate::__private::serde::Serialize::serialize(event, serializer)
                    })*
                    Self::Unknown(event) => {
                        $crate::__private::serde::Serialize::serialize(event.json(), serializer)
                    }
                }
            }
        }
    };
}
