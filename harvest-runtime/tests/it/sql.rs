//! Ids, times and enumerations in databases, and times of `jiff`.

#![cfg(any(feature = "rusqlite", feature = "sqlx"))]

use harvest_runtime::{Date, Timestamp, UnknownValue, id, open_enum};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct UserId(i64);

id!(UserId);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Status {
    Open,
    Unknown(UnknownValue),
}

open_enum!(Status { Open = "open" });

fn timestamps() -> Vec<Timestamp> {
    let texts = [
        r#""2026-01-02T03:04:05.000Z""#,
        r#""2026-01-02T03:04:05-05:00""#,
        r#""2026-01-02""#,
        r#""whenever""#,
        r#""""#,
        "null",
    ];
    texts.map(|json| serde_json::from_str(json).unwrap()).into()
}

fn dates() -> Vec<Date> {
    let texts = [
        r#""2026-01-02""#,
        r#""2026-01-02T23:00:00Z""#,
        r#""some day""#,
        "null",
    ];
    texts.map(|json| serde_json::from_str(json).unwrap()).into()
}

fn statuses() -> Vec<Status> {
    let texts = [r#""open""#, r#""archived""#, r#""""#, "null"];
    texts.map(|json| serde_json::from_str(json).unwrap()).into()
}

const IDS: [UserId; 4] = [
    UserId(0),
    UserId(4_020_460_005),
    UserId(-1),
    UserId(i64::MAX),
];

#[cfg(feature = "rusqlite")]
mod in_sqlite {
    use std::fmt::Debug;

    use rusqlite::types::{FromSql, ToSql};
    use rusqlite::{Connection, params};

    use super::*;

    /// Through a table of a database in memory.
    fn through<T: ToSql + FromSql>(value: &T) -> (T, String) {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch("CREATE TABLE kept (value)")
            .unwrap();
        connection
            .execute("INSERT INTO kept VALUES (?1)", params![value])
            .unwrap();
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let query = "SELECT value, typeof(value) FROM kept";
        connection.query_row(query, [], row).unwrap()
    }

    fn round_trip<T: ToSql + FromSql + PartialEq + Debug + Default>(values: &[T], kept_as: &str) {
        for value in values {
            let expected = if *value == T::default() && kept_as == "text" {
                "null"
            } else {
                kept_as
            };
            let (read, kept) = through(value);
            assert_eq!((&read, kept.as_str()), (value, expected), "{value:?}");
        }
    }

    #[test]
    fn what_is_written_is_read() {
        round_trip(&IDS, "integer");
        round_trip(&timestamps(), "text");
        round_trip(&dates(), "text");
        round_trip(&statuses(), "text");
        let (read, _) = through(&None::<Timestamp>);
        assert_eq!(read, None);
        let (read, _) = through(&Some(UserId(5)));
        assert_eq!(read, Some(UserId(5)));
    }

    #[test]
    fn texts_sort_as_moments_do() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE kept (at)").unwrap();
        for text in ["2026-01-02T03:04:05.000Z", "2025-12-31T23:59:59.999Z"] {
            let at: Timestamp = text.parse().unwrap();
            connection
                .execute("INSERT INTO kept VALUES (?1)", [at])
                .unwrap();
        }
        let query = "SELECT max(at) FROM kept";
        let last: Timestamp = connection.query_row(query, [], |row| row.get(0)).unwrap();
        assert_eq!(last.as_str(), "2026-01-02T03:04:05.000Z");
    }

    #[test]
    fn a_column_of_another_type_is_an_error_without_the_value() {
        let connection = Connection::open_in_memory().unwrap();
        let text = "SELECT 'Whitcombe' AS name";
        let error = connection
            .query_row(text, [], |row| row.get::<_, UserId>(0))
            .unwrap_err();
        assert!(
            !format!("{error} {error:?}").contains("Whitcombe"),
            "{error}"
        );
        let number = connection.query_row("SELECT 5", [], |row| row.get::<_, Timestamp>(0));
        number.unwrap_err();
    }
}

#[cfg(feature = "sqlx")]
mod in_any_database {
    use std::fmt::Debug;

    use sqlx_core::any::{Any, AnyArguments, AnyValue, AnyValueKind};
    use sqlx_core::arguments::Arguments as _;
    use sqlx_core::decode::Decode;
    use sqlx_core::encode::Encode;
    use sqlx_core::types::Type;
    use sqlx_core::value::Value as _;

    use super::*;

    fn argument<T: Encode<'static, Any> + Type<Any> + 'static>(value: T) -> AnyValueKind<'static> {
        let mut arguments = AnyArguments::default();
        arguments.add(value).unwrap();
        let [kind] = <[_; 1]>::try_from(arguments.values.0).unwrap();
        kind
    }

    fn round_trip<T>(values: Vec<T>)
    where
        T: Encode<'static, Any>
            + for<'r> Decode<'r, Any>
            + Type<Any>
            + Clone
            + Debug
            + PartialEq
            + Default
            + 'static,
    {
        for value in values {
            let kind = argument(value.clone());
            // NULL is read as an `Option` there.
            if matches!(kind, AnyValueKind::Null(_)) {
                assert_eq!(value, T::default());
                continue;
            }
            let stored = AnyValue { kind };
            assert_eq!(T::decode(stored.as_ref()).unwrap(), value);
        }
    }

    #[test]
    fn what_is_written_is_read() {
        round_trip(IDS.to_vec());
        round_trip(timestamps());
        round_trip(dates());
        round_trip(statuses());
    }

    #[test]
    fn ids_are_integers_and_the_rest_texts() {
        assert!(matches!(argument(UserId(5)), AnyValueKind::BigInt(5)));
        assert!(matches!(argument(Status::Open), AnyValueKind::Text(text) if text == "open"));
        assert!(matches!(
            argument(Timestamp::default()),
            AnyValueKind::Null(_)
        ));
        assert!(matches!(argument(None::<Timestamp>), AnyValueKind::Null(_)));
        assert_eq!(UserId::type_info(), <i64 as Type<Any>>::type_info());
        assert_eq!(Date::type_info(), <String as Type<Any>>::type_info());
    }
}
