//! The traits of `rusqlite`.

use rusqlite::types::{FromSqlResult, Null, ToSqlOutput, ValueRef};

use super::Stored;

/// As a parameter.
pub fn text<T: Stored>(value: &T) -> ToSqlOutput<'_> {
    match value.stored() {
        Some(text) => ToSqlOutput::from(text),
        None => ToSqlOutput::from(Null),
    }
}

/// From a column.
pub fn read_text<T: Stored>(value: ValueRef<'_>) -> FromSqlResult<T> {
    Ok(value.as_str_or_null()?.map(T::read).unwrap_or_default())
}

#[doc(hidden)]
#[macro_export]
macro_rules! __rusqlite_id {
    ($name:ident) => {
        impl $crate::__private::rusqlite::types::ToSql for $name {
            fn to_sql(
                &self,
            ) -> $crate::__private::rusqlite::Result<
                $crate::__private::rusqlite::types::ToSqlOutput<'_>,
            > {
                $crate::__private::rusqlite::types::ToSql::to_sql(&self.0)
            }
        }

        impl $crate::__private::rusqlite::types::FromSql for $name {
            fn column_result(
                value: $crate::__private::rusqlite::types::ValueRef<'_>,
            ) -> $crate::__private::rusqlite::types::FromSqlResult<Self> {
                <i64 as $crate::__private::rusqlite::types::FromSql>::column_result(value).map(Self)
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __rusqlite_text {
    ($name:ident) => {
        impl $crate::__private::rusqlite::types::ToSql for $name {
            fn to_sql(
                &self,
            ) -> $crate::__private::rusqlite::Result<
                $crate::__private::rusqlite::types::ToSqlOutput<'_>,
            > {
                ::core::result::Result::Ok($crate::__private::rusqlite_text(self))
            }
        }

        impl $crate::__private::rusqlite::types::FromSql for $name {
            fn column_result(
                value: $crate::__private::rusqlite::types::ValueRef<'_>,
            ) -> $crate::__private::rusqlite::types::FromSqlResult<Self> {
                $crate::__private::read_rusqlite(value)
            }
        }
    };
}
