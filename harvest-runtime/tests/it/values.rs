//! The values that models are made of, there and back.

use std::collections::{BTreeSet, HashSet};

use harvest_runtime::chrono::{DateTime, NaiveDate, Utc};
use harvest_runtime::{Date, Param, Patch, Timestamp, UnknownValue, id, model, open_enum};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Any JSON at all.
fn samples() -> Vec<Value> {
    vec![
        json!("open"),
        json!(""),
        json!("5"),
        json!("null"),
        json!("\"quoted\""),
        json!("2026-01-02"),
        json!("é\n\u{0}"),
        json!(5),
        json!(-5),
        json!(u64::MAX),
        json!(0.1),
        json!(1.0),
        json!(true),
        json!(null),
        json!([]),
        json!([1, "a", { "b": null }]),
        json!({}),
        json!({ "a": [1.5, false] }),
    ]
}

fn survives<T: DeserializeOwned + Serialize>() {
    for value in samples() {
        // From text and from a value, alone and where serde buffers it first.
        for decoded in [
            serde_json::from_str::<T>(&value.to_string()).unwrap(),
            serde_json::from_value::<T>(value.clone()).unwrap(),
        ] {
            assert_eq!(serde_json::to_value(&decoded).unwrap(), value);
            assert_eq!(serde_json::to_string(&decoded).unwrap(), value.to_string());
        }
        let flat: Buffered<T> = serde_json::from_value(json!({ "inner": value })).unwrap();
        assert_eq!(serde_json::to_value(&flat.inner.inner).unwrap(), value);
    }
}

#[derive(Deserialize)]
struct Buffered<T> {
    #[serde(flatten)]
    inner: Inner<T>,
}

#[derive(Deserialize)]
struct Inner<T> {
    inner: T,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Status {
    Open,
    InProgress,
    Unknown(UnknownValue),
}

open_enum!(Status {
    Open = "open",
    InProgress = "in progress",
});

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Nothing {
    Unknown(UnknownValue),
}

open_enum!(Nothing {});

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct UserId(i64);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct JobId(i64);

id!(UserId, JobId);

#[test]
fn no_json_is_refused() {
    survives::<Timestamp>();
    survives::<Date>();
    survives::<Status>();
    survives::<Nothing>();
}

#[test]
fn timestamps() {
    for (text, utc) in [
        ("2026-01-02T03:04:05.000Z", Some("2026-01-02T03:04:05Z")),
        ("2026-01-02T03:04:05Z", Some("2026-01-02T03:04:05Z")),
        ("2026-01-02T03:04:05.120Z", Some("2026-01-02T03:04:05.12Z")),
        (
            "2026-01-02T03:04:05.123456789Z",
            Some("2026-01-02T03:04:05.123456789Z"),
        ),
        ("2026-01-02T03:04:05+00:00", Some("2026-01-02T03:04:05Z")),
        (
            "2026-01-01T22:04:05.5-05:00",
            Some("2026-01-02T03:04:05.5Z"),
        ),
        ("2026-01-02t03:04:05z", Some("2026-01-02T03:04:05Z")),
        ("2026-01-02 03:04:05 UTC", Some("2026-01-02T03:04:05Z")),
        ("2026-01-02 03:04:05Z", Some("2026-01-02T03:04:05Z")),
        ("2026-01-02", Some("2026-01-02T00:00:00Z")),
        // No offset: it could be any moment of two days.
        ("2026-01-02T03:04:05", None),
        ("2026-13-02T03:04:05Z", None),
        ("2026-02-30", None),
        ("02/01/2026", None),
        ("yesterday", None),
        ("", None),
    ] {
        let timestamp: Timestamp = serde_json::from_value(json!(text)).unwrap();
        assert_eq!(timestamp.as_str(), text);
        assert_eq!(timestamp.to_string(), text);
        assert_eq!(timestamp.to_param(), text);
        assert_eq!(serde_json::to_value(&timestamp).unwrap(), text);
        let utc = utc.map(|utc| utc.parse::<DateTime<Utc>>().unwrap());
        assert_eq!(timestamp.to_utc(), utc, "{text}");
        assert_eq!(
            text.parse::<Timestamp>().ok(),
            utc.map(|_| timestamp.clone()),
            "{text}"
        );
        let debug = if utc.is_some() {
            format!("Timestamp({text})")
        } else {
            "Timestamp(..)".to_owned()
        };
        assert_eq!(format!("{timestamp:?}"), debug);
    }
    let moment: DateTime<Utc> = "2026-01-02T03:04:05.1239Z".parse().unwrap();
    assert_eq!(Timestamp::from(moment).as_str(), "2026-01-02T03:04:05.123Z");
    assert_eq!(
        serde_json::to_value(Timestamp::default()).unwrap(),
        Value::Null
    );
    assert_eq!(Timestamp::default().to_utc(), None);
    assert_eq!(
        serde_json::from_str::<Timestamp>("1767322800")
            .unwrap()
            .to_utc(),
        None
    );
    let error = "yesterday".parse::<Timestamp>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "not a timestamp; it looks like 2026-01-02T03:04:05.000Z (RFC 3339)"
    );
}

#[test]
fn dates() {
    for (text, day) in [
        ("2026-01-02", Some((2026, 1, 2))),
        ("2026-01-02T03:04:05.000Z", Some((2026, 1, 2))),
        ("2026-01-02T23:30:00-05:00", Some((2026, 1, 2))),
        ("2026-01-02 03:04:05 UTC", Some((2026, 1, 2))),
        ("2026-02-30", None),
        ("2026-01-02Tnoon", None),
        ("02.01.2026", None),
        ("", None),
    ] {
        let date: Date = serde_json::from_value(json!(text)).unwrap();
        assert_eq!(date.as_str(), text);
        assert_eq!(date.to_string(), text);
        assert_eq!(date.to_param(), text);
        let day = day.map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).unwrap());
        assert_eq!(date.to_naive_date(), day, "{text}");
        assert_eq!(text.parse::<Date>().ok(), day.map(|_| date), "{text}");
    }
    let day = NaiveDate::from_ymd_opt(2026, 1, 2).unwrap();
    assert_eq!(Date::from(day).as_str(), "2026-01-02");
    assert_eq!(format!("{:?}", Date::from(day)), "Date(2026-01-02)");
    assert_eq!(serde_json::to_value(Date::default()).unwrap(), Value::Null);
}

#[test]
fn enums() {
    assert_eq!(Status::VALUES, ["open", "in progress"]);
    assert_eq!(Nothing::VALUES, [""; 0]);
    for (text, value) in [("open", Status::Open), ("in progress", Status::InProgress)] {
        assert_eq!(value.as_str(), text);
        assert_eq!(value.to_string(), text);
        assert_eq!(value.to_param(), text);
        assert_eq!(serde_json::to_value(&value).unwrap(), text);
        assert_eq!(
            serde_json::from_value::<Status>(json!(text)).unwrap(),
            value
        );
        assert_eq!(Status::from(text), value);
        assert_eq!(Status::from(text.to_owned()), value);
        assert_eq!(text.parse(), Ok(value));
    }
    assert_eq!(format!("{:?}", Status::InProgress), "InProgress");
    assert_eq!(
        format!("{:>6}|{:<6}", Status::Open, Status::Open),
        "  open|open  "
    );

    let unknown = Status::from("Open");
    assert!(matches!(&unknown, Status::Unknown(value)
            if value.as_str() == "Open" && value.to_string() == "Open"));
    assert_eq!(unknown.to_string(), "Open");
    assert_eq!(format!("{unknown:?}"), "Unknown(..)");
    // A number is not the text of it, and an object whose text is a known value is not that value.
    assert_ne!(
        serde_json::from_value::<Status>(json!(5)).unwrap(),
        Status::from("5")
    );
    assert_eq!(
        HashSet::from([unknown.clone(), Status::from("Open"), Status::Open]).len(),
        2
    );

    assert_eq!(
        serde_json::to_value(Status::default()).unwrap(),
        Value::Null
    );
    assert_eq!(
        serde_json::from_value::<Status>(Value::Null).unwrap(),
        Status::default()
    );
}

#[test]
fn ids() {
    let id = UserId(119_541_172_002);
    for json in [
        json!(119_541_172_002_i64),
        json!("119541172002"),
        json!(" 119541172002 "),
    ] {
        assert_eq!(serde_json::from_value::<UserId>(json).unwrap(), id);
    }
    assert_eq!(serde_json::to_string(&id).unwrap(), "119541172002");
    assert_eq!(id.to_string(), "119541172002");
    assert_eq!(id.to_param(), "119541172002");
    assert_eq!("119541172002".parse(), Ok(id));
    assert_eq!(i64::from(id), 119_541_172_002);
    assert_eq!(UserId::from(119_541_172_002), id);
    assert_eq!(UserId::default(), UserId(0));
    assert_eq!(
        format!("{:?} {:?}", UserId(1), JobId(-1)),
        "UserId(1) JobId(-1)"
    );
    assert_eq!(BTreeSet::from([JobId(2), JobId(1), JobId(2)]).len(), 2);
    for json in [
        json!("x"),
        json!(""),
        json!(1.5),
        json!(u64::MAX),
        json!(null),
        json!([1]),
    ] {
        let error = serde_json::from_value::<UserId>(json).unwrap_err();
        assert!(
            error.to_string().ends_with("expected an id of 64 bits"),
            "{error}"
        );
    }
}

#[test]
fn patches() {
    #[derive(Default, Serialize, Deserialize, PartialEq, Debug)]
    struct Update {
        #[serde(default, skip_serializing_if = "Patch::is_leave")]
        title: Patch<String>,
        #[serde(default, skip_serializing_if = "Patch::is_leave")]
        tags: Patch<Vec<i64>>,
    }

    for (json, title, tags) in [
        ("{}", Patch::Leave, Patch::Leave),
        (r#"{"title":null}"#, Patch::Clear, Patch::Leave),
        (r#"{"title":"","tags":[]}"#, "".into(), vec![].into()),
        (
            r#"{"title":"a","tags":[1]}"#,
            Some("a".to_owned()).into(),
            Some(vec![1]).into(),
        ),
        (r#"{"tags":null}"#, Patch::default(), None.into()),
    ] {
        let update = Update { title, tags };
        assert_eq!(serde_json::to_string(&update).unwrap(), json);
        assert_eq!(serde_json::from_str::<Update>(json).unwrap(), update);
    }
    let set = Patch::Set("abc".to_owned());
    assert_eq!(set.as_ref().map(String::len), Patch::Set(3));
    assert_eq!(Patch::<String>::Clear.map(|text| text.len()), Patch::Clear);
    assert_eq!(Patch::<String>::Leave.as_ref(), Patch::Leave);
    assert_eq!(
        format!(
            "{set:?} {:?} {:?}",
            Patch::<i64>::Clear,
            Patch::<i64>::Leave
        ),
        "Set(..) Clear Leave"
    );
}

#[test]
fn nulls() {
    #[derive(Default)]
    struct User {
        emails: Vec<String>,
        id: UserId,
        status: Status,
        at: Timestamp,
    }
    model!(User[id] {
        0 "emails" => emails: plain,
        1 "id" => id: plain,
        2 "status" => status: plain,
        3 "at" => at: plain,
    });
    for json in ["{}", r#"{"emails":null,"id":null,"status":null,"at":null}"#] {
        let user: User = serde_json::from_str(json).unwrap();
        assert!(user.emails.is_empty());
        assert_eq!(
            (user.id, user.status, user.at),
            (UserId(0), Status::default(), Timestamp::default())
        );
    }
    let user: User = serde_json::from_str(r#"{"emails":["a"],"id":"5","status":"open"}"#).unwrap();
    assert_eq!(
        (user.emails.len(), user.id, user.status),
        (1, UserId(5), Status::Open)
    );
}

#[test]
fn params() {
    assert_eq!("a".to_param(), "a");
    assert_eq!((&&"a".to_owned()).to_param(), "a");
    assert_eq!(false.to_param(), "false");
    assert_eq!(i64::MIN.to_param(), "-9223372036854775808");
    assert_eq!(1.5.to_param(), "1.5");
}
