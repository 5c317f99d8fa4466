//! JSON in Rust source.

use serde::Serialize;

use super::{Map, Value, to_value};

/// A [`Value`](super::Value) as it would be written in JSON. Names, and values that are neither `null`, a list nor an
/// object, are expressions; values are of any type that can be serialized.
macro_rules! json {
    (@items [$($done:expr),*]) => {
        vec![$($done),*]
    };
    (@items [$($done:expr),*] null $(, $($rest:tt)*)?) => {
        $crate::json::json!(@items [$($done,)* $crate::json::json!(null)] $($($rest)*)?)
    };
    (@items [$($done:expr),*] [$($inner:tt)*] $(, $($rest:tt)*)?) => {
        $crate::json::json!(@items [$($done,)* $crate::json::json!([$($inner)*])] $($($rest)*)?)
    };
    (@items [$($done:expr),*] {$($inner:tt)*} $(, $($rest:tt)*)?) => {
        $crate::json::json!(@items [$($done,)* $crate::json::json!({$($inner)*})] $($($rest)*)?)
    };
    (@items [$($done:expr),*] $value:expr $(, $($rest:tt)*)?) => {
        $crate::json::json!(@items [$($done,)* $crate::json::json!($value)] $($($rest)*)?)
    };

    // The tokens of a name are gathered up to the colon.
    (@fields $to:ident ()) => {};
    (@fields $to:ident ($($name:tt)+) : null $(, $($rest:tt)*)?) => {
        $crate::json::put(&mut $to, $($name)+, $crate::json::json!(null));
        $crate::json::json!(@fields $to () $($($rest)*)?);
    };
    (@fields $to:ident ($($name:tt)+) : [$($inner:tt)*] $(, $($rest:tt)*)?) => {
        $crate::json::put(&mut $to, $($name)+, $crate::json::json!([$($inner)*]));
        $crate::json::json!(@fields $to () $($($rest)*)?);
    };
    (@fields $to:ident ($($name:tt)+) : {$($inner:tt)*} $(, $($rest:tt)*)?) => {
        $crate::json::put(&mut $to, $($name)+, $crate::json::json!({$($inner)*}));
        $crate::json::json!(@fields $to () $($($rest)*)?);
    };
    (@fields $to:ident ($($name:tt)+) : $value:expr $(, $($rest:tt)*)?) => {
        $crate::json::put(&mut $to, $($name)+, $crate::json::json!($value));
        $crate::json::json!(@fields $to () $($($rest)*)?);
    };
    (@fields $to:ident ($($name:tt)*) $next:tt $($rest:tt)*) => {
        $crate::json::json!(@fields $to ($($name)* $next) $($rest)*);
    };

    (null) => {
        $crate::json::Value::Null
    };
    ([$($items:tt)*]) => {
        $crate::json::Value::Array($crate::json::json!(@items [] $($items)*))
    };
    ({}) => {
        $crate::json::Value::Object($crate::json::Map::new())
    };
    ({$($fields:tt)+}) => {{
        let mut fields = $crate::json::Map::new();
        $crate::json::json!(@fields fields () $($fields)+);
        $crate::json::Value::Object(fields)
    }};
    ($value:expr) => {
        $crate::json::of(&$value)
    };
}

pub(crate) use json;

/// For [`json!`] only: a property, named by anything that is text.
pub(crate) fn put(fields: &mut Map, name: impl Into<String>, value: Value) {
    fields.insert(name.into(), value);
}

/// For [`json!`] only.
///
/// # Panics
///
/// If a value can't be JSON: a map whose keys are no texts.
pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Value {
    // What is written in the source of the sandbox is of its own types, and has texts and ids for keys.
    to_value(value).expect("a value that can be JSON")
}
