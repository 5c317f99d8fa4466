//! JSON as it came, through `serde_json` and what is not.

use std::collections::HashMap;

use serde::de::IntoDeserializer;
use serde::de::value::{Error as ValueError, MapDeserializer};
use serde_json::json;

use super::*;

#[derive(serde::Deserialize, serde::Serialize)]
struct Flat {
    #[serde(flatten)]
    rest: HashMap<String, Json>,
}

#[test]
fn every_digit_comes_back() {
    for text in [
        "12345678901234567.89",
        "[1.10,{\"b\":1e400,\"a\":-0}]",
        "\"a\\u00e9\"",
        "null",
        "true",
        "{\"z\":1,\"a\":2}",
    ] {
        for json in [
            serde_json::from_str::<Json>(text).unwrap(),
            careful::from_str::<Json>(text).unwrap(),
            serde_json::from_reader::<_, Json>(text.as_bytes()).unwrap(),
        ] {
            assert_eq!(json.text(), text);
            assert_eq!(serde_json::to_string(&json).unwrap(), text);
            assert_eq!(format!("{json:?}"), "Json(..)");
        }
        let inside: Vec<Json> = serde_json::from_str(&format!("[{text}, {text}]")).unwrap();
        assert_eq!(inside[1].text(), text);
    }
}

#[test]
fn numbers_are_spelled_alike_or_not() {
    let json = |text: &str| serde_json::from_str::<Json>(text).unwrap();
    for (one, other, alike) in [
        ("1.5", "1.50", false),
        ("100", "1e2", false),
        ("-0", "0", false),
        (r#"{"a":1.50,"b":[2]}"#, r#"{"b":[2],"a":1.50}"#, true),
        (r#"{"a":1.5,"b":[2]}"#, r#"{"b":[2],"a":1.50}"#, false),
        (r#""\u00e9 1.50""#, r#""é 1.50""#, true),
        ("1", "2", false),
    ] {
        assert_eq!(
            json(one).is_spelled_as(&json(other)),
            alike,
            "{one} {other}"
        );
        assert_eq!(
            json(other).is_spelled_as(&json(one)),
            alike,
            "{one} {other}"
        );
    }
}

#[test]
fn what_serde_buffers_or_holds_is_taken_from_there() {
    let value = json!({"a": [1, -1, 1.5, u64::MAX, "x", null, true, {"b": {}}]});
    assert_eq!(Json::from(value.clone()).into_value(), value);
    let json: Json = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(json.value(), &value);
    let flat: Flat = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(flat.rest["a"].value(), &value["a"]);
    assert_eq!(serde_json::to_value(flat).unwrap(), value);

    let single = |text: &'static str| -> Json {
        Json::deserialize(IntoDeserializer::<ValueError>::into_deserializer(text)).unwrap()
    };
    assert_eq!(single("[1]").text(), r#""[1]""#);
    let entries = [("a", 1_u64)].into_iter();
    let map = HashMap::<String, Json>::deserialize(MapDeserializer::<_, ValueError>::new(entries));
    assert_eq!(map.unwrap()["a"].text(), "1");
}

/// `serde_json` knows the name that this crate does not get from it.
#[test]
fn raw_values_are_raw_for_careful_readers_too() {
    let raw: Box<RawValue> = careful::from_str("[1.10]").unwrap();
    assert_eq!(raw.get(), "[1.10]");
    let all: Vec<Box<RawValue>> = careful::from_str("[1.10, 2]").unwrap();
    assert_eq!(all[0].get(), "1.10");
}

#[test]
fn types_that_know_nothing_of_this_are_read_carefully_as_well() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    enum Kind {
        Unit,
        Tuple(i64, f64),
        Struct { a: Option<u8> },
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(tag = "type")]
    enum Tagged {
        #[serde(rename = "a")]
        A { n: f32 },
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Newtype(Vec<Option<(i8, char)>>);

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct All {
        kinds: Vec<Kind>,
        tagged: Tagged,
        newtype: Newtype,
        unit: (),
        value: Value,
    }
    let text = r#"{"kinds":["Unit",{"Tuple":[1,2.5]},{"Struct":{"a":null}}],
        "tagged":{"n":1,"type":"a"},
        "newtype":[null,[-1,"x"]],"unit":null,"value":[1e400],"more":1}"#;
    let all: All = careful::from_str(text).unwrap();
    assert_eq!(
        all,
        All {
            kinds: vec![Kind::Unit, Kind::Tuple(1, 2.5), Kind::Struct { a: None }],
            tagged: Tagged::A { n: 1.0 },
            newtype: Newtype(vec![None, Some((-1, 'x'))]),
            unit: (),
            value: json!(["1e400"]),
        }
    );
    assert!(careful::from_str::<All>("{}").is_err());
    assert!(careful::from_str::<i64>("5 5").is_err());
    assert!(careful::from_str::<i64>("").is_err());
}

#[test]
fn half_a_character_is_replaced_and_depth_is_bounded() {
    let json: Json = serde_json::from_str(r#"{"a\ud83d":"b\udc00","c":"\ud83d\ude00"}"#).unwrap();
    assert_eq!(json.text(), r#"{"a\ufffd":"b\ufffd","c":"\ud83d\ude00"}"#);
    assert_eq!(json.value()["c"], "\u{1f600}");
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let json: Json = serde_json::from_str(&deep(scan::MOST_DEPTH)).unwrap();
    assert!(json.value().is_array());
    assert!(serde_json::from_str::<Json>(&deep(scan::MOST_DEPTH + 1)).is_err());
    assert!(careful::from_str::<Json>(&deep(100_000)).is_err());
    assert!(serde_json::from_str::<Json>(&format!("{{\"[[\":\"{}\"}}", "[".repeat(500))).is_ok());
}

/// Each level is a reading of what is within it.
#[test]
fn long_texts_are_not_read_at_each_of_many_levels() {
    let nested = |depth: usize, length: usize| {
        let text = "\\n".repeat(length / 2);
        format!("{}\"{text}\"{}", "[".repeat(depth), "]".repeat(depth))
    };
    for (depth, length, is_read) in [
        (7, 4 << 20, true),
        (9, 4 << 20, false),
        (120, 4 << 20, false),
        (120, 100_000, true),
        (120, 200_000, false),
    ] {
        let text = nested(depth, length);
        let begun = std::time::Instant::now();
        let read = careful::from_str::<serde_json::Value>(&text);
        assert_eq!(read.is_ok(), is_read, "{depth} {length}");
        assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    }
}

#[test]
fn equal_are_equal_values() {
    let json = |text: &str| serde_json::from_str::<Json>(text).unwrap();
    assert_eq!(json(r#"{"a":1,"b":2}"#), json(r#"{ "b": 2, "a": 1 }"#));
    assert_eq!(json("1.50"), json("1.5"));
    assert_ne!(json("12345678901234567.89"), json("12345678901234567.88"));
    assert_eq!(json("12345678901234567.89"), json("12345678901234567.89"));
    assert_ne!(json("1"), json("\"1\""));
    assert!(Json::default().is_null() && !json("0").is_null());
    assert_eq!(Value::from(json("[1]")), json!([1]));
}
