//! Ids, times and enumerations as values in a database: the features `rusqlite` and `sqlx`.
//!
//! An id is an integer of 64 bits. A time or a value of an enumeration is the text that the service wrote, so that it is
//! read again as it came; JSON null is NULL. A column of a database's own type of time takes `to_utc()` or
//! `to_naive_date()`.

#[cfg(feature = "rusqlite")]
mod with_rusqlite;
#[cfg(feature = "sqlx")]
mod with_sqlx;

#[cfg(feature = "rusqlite")]
pub use self::with_rusqlite::{read_text as read_rusqlite, text as rusqlite_text};

/// A value that is a text in a database.
pub trait Stored: Default {
    /// The text. `None` is NULL.
    fn stored(&self) -> Option<&str>;

    /// The value that was stored as this text.
    fn read(text: &str) -> Self;
}

/// Implements the traits of the databases for an id.
#[cfg(any(feature = "rusqlite", feature = "sqlx"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sql_id {
    ($name:ident) => {
        $crate::__rusqlite_id!($name);
        $crate::__sqlx_id!($name);
    };
}

/// Implements the traits of the databases for what is [`Stored`] as a text.
#[cfg(any(feature = "rusqlite", feature = "sqlx"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sql_text {
    ($name:ident) => {
        $crate::__rusqlite_text!($name);
        $crate::__sqlx_text!($name);
    };
}

/// Makes an id that is a text one that is stored as a text.
#[cfg(any(feature = "rusqlite", feature = "sqlx"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sql_text_id {
    ($name:ident) => {
        impl $crate::__private::Stored for $name {
            fn stored(&self) -> ::core::option::Option<&str> {
                ::core::option::Option::Some(&self.0)
            }

            fn read(text: &str) -> Self {
                Self(text.into())
            }
        }

        $crate::__sql_text!($name);
    };
}

/// Makes an open enumeration one that is stored as a text.
#[cfg(any(feature = "rusqlite", feature = "sqlx"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sql_enum {
    ($name:ident) => {
        impl $crate::__private::Stored for $name {
            fn stored(&self) -> ::core::option::Option<&str> {
                match self {
                    Self::Unknown(value) => $crate::__private::unknown_stored(value),
                    known => ::core::option::Option::Some(known.as_str()),
                }
            }

            fn read(text: &str) -> Self {
                Self::from_wire(text)
            }
        }

        $crate::__sql_text!($name);
    };
}

#[cfg(not(feature = "rusqlite"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __rusqlite_id {
    ($name:ident) => {};
}

#[cfg(not(feature = "rusqlite"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __rusqlite_text {
    ($name:ident) => {};
}

#[cfg(not(feature = "sqlx"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_id {
    ($name:ident) => {};
}

#[cfg(not(feature = "sqlx"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_text {
    ($name:ident) => {};
}

macro_rules! stored_wire_text {
    ($($name:ident),+) => {$(
        impl Stored for crate::$name {
            fn stored(&self) -> Option<&str> {
                self.wire_text().stored()
            }

            fn read(text: &str) -> Self {
                Self::of_wire_text(crate::wire_text::WireText::string(text))
            }
        }
    )+};
}

stored_wire_text!(Timestamp, Date);

mod times {
    use crate::{Date, Timestamp};

    crate::__sql_text!(Timestamp);
    crate::__sql_text!(Date);
}
