//! Models of requests and of answers, over JSON of every shape.

use std::fmt::Write as _;

use serde_json::Value;

use super::*;
use crate::json::careful;
use crate::{Json, List, Patch, Timestamp, UnknownValue};

#[derive(Clone, Default, PartialEq)]
struct Update {
    title: Patch<String>,
    tags: Option<Vec<String>>,
    parent: Option<i64>,
}

crate::model!(Update[] {
    0 "title" => title: patch,
    1 "tags" => tags: optional,
    2 "parent" => parent: null,
});

#[test]
fn leave_clear_and_set_are_three_things() {
    let text = |title, tags| {
        serde_json::to_string(&Update {
            title,
            tags,
            parent: None,
        })
        .expect("serializes")
    };
    assert_eq!(text(Patch::Leave, None), r#"{"parent":null}"#);
    assert_eq!(
        text(Patch::Clear, Some(Vec::new())),
        r#"{"title":null,"tags":[],"parent":null}"#
    );
    let set = text(Patch::Set("Dr".to_owned()), Some(vec!["a".to_owned()]));
    assert_eq!(set, r#"{"title":"Dr","tags":["a"],"parent":null}"#);
}

#[test]
fn an_escaped_key_is_the_same_key() {
    let update: Update = serde_json::from_str(r#"{"t\u0069tle":null}"#).expect("decodes");
    assert!(update.title == Patch::Clear);
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct JobId(i64);

crate::id!(JobId);

#[derive(Clone, Debug, PartialEq)]
enum Status {
    Open,
    Unknown(UnknownValue),
}

crate::open_enum!(Status { Open = "open" });

#[test]
fn an_enumeration_holds_any_json() {
    assert_eq!(Status::VALUES, ["open"]);
    for (_, job) in ways(r#"{"status":"open"}"#) {
        assert_eq!(job.status, Some(Status::Open));
    }
    for (_, job) in ways(r#"{"status":["open"]}"#) {
        let status = job.status.expect("a status");
        assert_eq!(
            (status.as_str(), format!("{status:?}").as_str()),
            (r#"["open"]"#, "Unknown(..)")
        );
    }
}

#[derive(Clone, PartialEq)]
enum Flag {
    Boolean(bool),
    Other(Json),
}

crate::union!(Flag {
    Boolean = Boolean,
    _ = Other,
});

#[derive(Clone, Default, PartialEq, serde::Deserialize, serde::Serialize)]
#[serde(transparent)]
struct Labels(std::collections::BTreeMap<String, f64>);

crate::any_field!(Labels);

#[derive(Clone, Default, PartialEq)]
struct Office {
    name: Option<String>,
    received: Received,
}

crate::model!(Office[; received] {
    0 "name" => name: nullable,
});

/// A property of every kind.
#[derive(Clone, Default, PartialEq)]
struct Job {
    id: JobId,
    key: String,
    name: Option<String>,
    is_open: Option<bool>,
    count: Option<i32>,
    pay: Option<f64>,
    job_id: Option<JobId>,
    at: Option<Timestamp>,
    status: Option<Status>,
    flag: Option<Flag>,
    labels: Option<Labels>,
    map: Option<std::collections::BTreeMap<String, i64>>,
    map_too: std::collections::BTreeMap<String, i64>,
    office: Option<Office>,
    head: Office,
    parent: Option<Box<Job>>,
    offices: Option<List<Office>>,
    tags: Option<List<String>>,
    keys: Option<List<Option<String>>>,
    rows: List<List<JobId>>,
    received: Received,
}

crate::model!(Job[id; received] {
    0 "id" => id: required,
    1 "key" => key: required,
    2 "name" => name: nullable,
    3 "is_open" => is_open: nullable,
    4 "count" => count: nullable,
    5 "pay" => pay: nullable,
    6 "job_id" => job_id: nullable,
    7 "at" => at: nullable,
    8 "status" => status: nullable,
    9 "flag" => flag: nullable,
    10 "labels" => labels: nullable,
    11 "map" => map: any_nullable,
    12 "map_too" => map_too: any_required,
    13 "office" => office: nullable,
    14 "head" => head: required,
    15 "parent" => parent: nullable,
    16 "offices" => offices: nullable,
    17 "tags" => tags: nullable,
    18 "keys" => keys: nullable,
    19 "rows" => rows: required,
});

const ODD: [&str; 32] = [
    "null",
    "true",
    "false",
    "0",
    "1",
    "-5",
    "7.0",
    "1.50",
    "1e2",
    "12345678901234567.89",
    "12345678901234567890123",
    "18446744073709551615",
    "3000000000",
    "1e400",
    r#""""#,
    r#""a""#,
    r#""open""#,
    r#""true""#,
    r#""TRUE ""#,
    r#""5""#,
    r#"" 5.0""#,
    r#""null""#,
    r#""é\n""#,
    "[]",
    "[null]",
    r#"[null,"a",5,true,1.5,12345678901234567.89,[],{}]"#,
    r#"[[1,null,"2"],5,{"name":"a"},{"name":5,"more":[1.10]}]"#,
    "{}",
    r#"{"name":null}"#,
    r#"{"name":"a","more":{"deep":[12345678901234567.89]}}"#,
    r#"{"a":"1","b":2}"#,
    r#"{"b":2,"a":1.50}"#,
];

/// The two ways in which answers are read.
fn ways(json: &str) -> [(&'static str, Job); 2] {
    [
        ("quick", serde_json::from_str(json).ok()),
        ("careful", careful::from_str(json).ok()),
    ]
    .map(|(way, job)| (way, job.unwrap_or_else(|| panic!("{way}: {json}"))))
}

#[test]
fn every_property_takes_and_gives_back_any_json() {
    for property in Job::PROPERTIES {
        for odd in ODD {
            let json = format!(r#"{{"{property}":{odd}}}"#);
            let job: Job = careful::from_str(&json).expect(&json);
            assert_eq!(serde_json::to_string(&job).expect("JSON"), json);
            // What was written reads as the same.
            assert!(job == careful::from_str(&json).expect(&json));
            let again = serde_json::to_value(&job).expect("JSON");
            assert_eq!(again, careful::from_str::<Value>(&json).expect("JSON"));

            // Where serde_json can read it at all, only digits beyond 64 bits are lost by it.
            let Ok(value) = serde_json::from_str::<Value>(&json) else {
                continue;
            };
            let quick: Job = serde_json::from_str(&json).expect(&json);
            assert_eq!(serde_json::to_value(&quick).expect("JSON"), value, "{json}");
            let buffered: Job = serde_json::from_value(value.clone()).expect(&json);
            assert_eq!(serde_json::to_value(&buffered).expect("JSON"), value);
        }
    }
}

#[test]
fn what_loses_nothing_is_taken() {
    let json = r#"{"id":"17","key":5.10,"name":true,"is_open":"True","count":"2.0","pay":"1.5",
        "job_id":123.0,"tags":[5,null,"a",false,["b"]],"rows":[["1",null,2.0],5]}"#;
    for (way, job) in ways(json) {
        assert_eq!(job.id, JobId(17), "{way}");
        assert_eq!(job.name.as_deref(), Some("true"));
        assert_eq!(job.is_open, Some(true));
        assert_eq!(job.count, Some(2));
        assert_eq!(job.pay, Some(1.5));
        assert_eq!(job.job_id, Some(JobId(123)));
        assert_eq!(
            job.tags,
            Some(List::from(["5", "a", "false"].map(String::from)))
        );
        assert_eq!(job.rows[..], [List::from([JobId(1), JobId(2)])]);
    }
    let [_, (_, careful)] = ways(json);
    assert_eq!(careful.key, "5.10");
    assert_eq!(ways(r#"{"is_open":0}"#)[0].1.is_open, Some(false));
}

#[test]
fn a_number_keeps_the_digits_that_its_type_does_not_hold() {
    for pay in ["12345678901234567.89", "-1.50", "1e2", "0.1", "-1.5"] {
        let json = format!(r#"{{"id":17,"pay":{pay}}}"#);
        let job: Job = crate::decode::json(http::StatusCode::OK, json.as_bytes()).expect(&json);
        assert_eq!(job.pay, pay.parse().ok());
        let again = serde_json::to_string(&job).expect("JSON");
        assert!(again.contains(&format!(r#""pay":{pay}"#)), "{again}");
    }
}

#[test]
fn what_would_lose_something_is_kept_beside() {
    let json = concat!(
        r#"{"name":["a"],"is_open":2,"count":3000000000,"job_id":1.5,"office":7,"#,
        r#""made_up":{"a":null}}"#
    );
    for (way, job) in ways(json) {
        assert!(
            job.name.is_none() && job.is_open.is_none() && job.office.is_none(),
            "{way}"
        );
        let found: Vec<_> = job
            .unexpected()
            .iter()
            .map(|(name, json)| (name, json.text()))
            .collect();
        assert_eq!(
            found,
            [
                ("name", r#"["a"]"#),
                ("is_open", "2"),
                ("count", "3000000000"),
                ("job_id", "1.5"),
                ("office", "7"),
                ("made_up", r#"{"a":null}"#),
            ]
        );
        assert_eq!(
            job.unexpected().get("office").map(Json::value),
            Some(&7.into())
        );
        assert!(job.unexpected().get("id").is_none() && !job.unexpected().is_empty());
        assert_eq!(
            format!("{:?}", job.unexpected()),
            "Unexpected(6 properties)"
        );
    }
    let (_, job) = &ways(r#"{"id":1,"name":null}"#)[0];
    assert!(job.unexpected().is_empty());
}

#[test]
fn what_is_changed_is_written_as_it_is_now() {
    let json = r#"{"id":"17","name":5,"count":"2","office":7,"tags":[null,5,true]}"#;
    for (_, mut job) in ways(json) {
        job.id = JobId(18);
        job.name = Some("b".to_owned());
        job.count = None;
        job.office = Some(Office::default());
        if let Some(tags) = &mut job.tags {
            tags[0] = "6".to_owned();
        }
        assert_eq!(
            serde_json::to_string(&job).expect("JSON"),
            r#"{"id":18,"name":"b","office":{},"tags":[null,"6",true]}"#
        );
        // A value that is set again is the value that came.
        job.id = JobId(17);
        assert!(
            serde_json::to_string(&job)
                .expect("JSON")
                .starts_with(r#"{"id":"17""#)
        );
    }
}

#[test]
fn missing_is_not_null_and_neither_is_the_default() {
    for (json, written) in [
        ("{}", "{}"),
        (r#"{"id":null,"head":null}"#, r#"{"id":null,"head":null}"#),
        (r#"{"id":0}"#, r#"{"id":0}"#),
        // The later one counts.
        (r#"{"name":5,"name":"a"}"#, r#"{"name":"a"}"#),
        (r#"{"name":"a","name":null}"#, r#"{"name":null}"#),
        (r#"{"name":null,"name":[1]}"#, r#"{"name":[1]}"#),
        (r#"{"head":{"name":"a"},"head":{}}"#, r#"{"head":{}}"#),
        (r#"{"id":5,"id":null}"#, r#"{"id":null}"#),
    ] {
        for (way, job) in ways(json) {
            assert_eq!(serde_json::to_string(&job).expect("JSON"), written, "{way}");
        }
    }
    let job = Job {
        key: "a".to_owned(),
        ..Job::default()
    };
    assert_eq!(
        serde_json::to_string(&job).expect("JSON"),
        r#"{"id":0,"key":"a","map_too":{},"head":{},"rows":[]}"#,
        "nothing was received"
    );
}

/// Beyond the first word of bits.
#[test]
fn a_model_has_as_many_properties_as_it_likes() {
    let mut received = Received::default();
    let mut required = vec![false; 200];
    required[63] = true;
    required[64] = true;
    required[199] = true;
    received.begin(&required, received::first_word(&required));
    let text = |received: &Received, property: usize, field: Option<i64>| {
        let mut out = Vec::new();
        let mut serializer = serde_json::Serializer::new(&mut out);
        let mut map = serializer.serialize_map(None).expect("an object");
        match field {
            Some(field) => received.required(property, "a", &field, &mut map),
            None => received.nullable::<i64, _>(property, "a", None, &mut map),
        }
        .expect("JSON");
        SerializeMap::end(map).expect("an object");
        String::from_utf8(out).expect("UTF-8")
    };
    for property in [63, 64, 199] {
        assert_eq!(text(&received, property, Some(0)), "{}", "missing");
        assert_eq!(text(&received, property, Some(1)), r#"{"a":1}"#);
        assert!(received.settle(property, Read::Described));
        assert_eq!(text(&received, property, Some(0)), r#"{"a":0}"#);
    }
    for property in [0, 62, 127, 128, 500] {
        assert_eq!(text(&received, property, None), "{}");
        assert!(!received.settle(property, Read::Null));
        assert_eq!(text(&received, property, None), r#"{"a":null}"#);
        assert!(received.settle(property, Read::Described));
        assert_eq!(text(&received, property, None), "{}");
    }
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    let deep = |depth: usize| {
        let mut json = String::new();
        for _ in 0..depth {
            json.push_str(r#"{"parent":"#);
        }
        let _ = write!(json, "{{}}{}", "}".repeat(depth));
        json
    };
    assert!(careful::from_str::<Job>(&deep(100)).is_ok());
    for depth in [200, 100_000] {
        assert!(careful::from_str::<Job>(&deep(depth)).is_err());
        assert!(serde_json::from_str::<Job>(&deep(depth)).is_err());
        let undescribed = format!(r#"{{"made_up":{}}}"#, deep(depth));
        assert!(serde_json::from_str::<Job>(&undescribed).is_err());
    }
}
