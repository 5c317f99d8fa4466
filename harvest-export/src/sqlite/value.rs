//! Value of a column: a JSON text as SQLite holds it without loss.

use std::borrow::Cow;

use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};

use crate::catalog::Kind;
use crate::text;

/// A value on its way to a column, where it can be out of the line of its record.
#[derive(Debug, PartialEq)]
pub(super) enum Value<'a> {
    Null,
    Integer(i64),
    Real(f64),
    Text(Cow<'a, str>),
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(integer) => ValueRef::Integer(*integer),
            Self::Real(real) => ValueRef::Real(*real),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

impl<'a> Value<'a> {
    /// JSON as it came.
    fn json(json: &'a str) -> Self {
        Self::Text(Cow::Borrowed(json))
    }
}

/// The declared type of a column. One without a type keeps what is put in; with `REAL`, digits would be lost.
pub(super) fn column_type(kind: &Kind) -> &'static str {
    match kind {
        Kind::Integer | Kind::Boolean => "INTEGER",
        Kind::Number => "",
        _ => "TEXT",
    }
}

/// The value of a JSON text of this kind. None: it is of another kind.
pub(super) fn value<'a>(kind: &Kind, json: &'a str) -> Option<Value<'a>> {
    if json == "null" {
        return Some(Value::Null);
    }
    let first = json.as_bytes().first().copied();
    match kind {
        Kind::Integer => json.parse().ok().map(Value::Integer),
        Kind::Number => match first {
            Some(b'-' | b'0'..=b'9') => Some(number(json)),
            _ => None,
        },
        Kind::Boolean => match json {
            "true" => Some(Value::Integer(1)),
            "false" => Some(Value::Integer(0)),
            _ => None,
        },
        Kind::Text | Kind::Choice(_) | Kind::Time | Kind::Date => text::of(json).map(Value::Text),
        Kind::List(_) => (first == Some(b'[')).then(|| Value::json(json)),
        Kind::Json | Kind::TimeRange | Kind::DateRange => Some(Value::json(json)),
    }
}

/// A number, or its digits where the number would lose some.
fn number(json: &str) -> Value<'_> {
    if let Ok(whole) = json.parse() {
        return Value::Integer(whole);
    }
    match json.parse::<f64>() {
        Ok(real) if real.to_string() == json => Value::Real(real),
        _ => Value::json(json),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_kept_to_the_last_digit() {
        let text = |text: &'static str| Some(Value::json(text));
        for (kind, json, expected) in [
            (
                Kind::Integer,
                "9007199254740993",
                Some(Value::Integer(9_007_199_254_740_993)),
            ),
            (Kind::Integer, "9223372036854775808", None),
            (Kind::Integer, "1.0", None),
            (Kind::Number, "59.5", Some(Value::Real(59.5))),
            (Kind::Number, "59.50", text("59.50")),
            (
                Kind::Number,
                "0.1234567890123456789",
                text("0.1234567890123456789"),
            ),
            (Kind::Number, "1e400", text("1e400")),
            (Kind::Number, "\"1\"", None),
            (Kind::Boolean, "true", Some(Value::Integer(1))),
            (Kind::Boolean, "1", None),
            (Kind::Text, r#""a\u00e9\n""#, text("aé\n")),
            (Kind::Text, "7", None),
            (Kind::Text, "null", Some(Value::Null)),
            (Kind::List(Box::new(Kind::Text)), "[1.50]", text("[1.50]")),
            (Kind::List(Box::new(Kind::Text)), "{}", None),
            (Kind::Json, "1.50", text("1.50")),
        ] {
            assert_eq!(value(&kind, json), expected, "{kind:?} {json}");
        }
    }
}
