use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Map, Value, json, to_value};

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn objects_keep_the_order_of_their_properties() {
    let text = r#"{"b":1,"a":{"z":[],"y":null},"c":[{"2":0,"1":0}]}"#;
    let value = read(text);
    assert_eq!(value.to_string(), text);
    assert_eq!(serde_json::to_string(&value).unwrap(), text);
    assert_eq!(to_value(&value).unwrap().to_string(), text);
    let lines = format!("{:#}", serde_json::Value::from(&json!({"a": [1, {}]})));
    assert_eq!(format!("{:#}", json!({"a": [1, {}]})), lines);
    // Equality is that of JSON.
    assert_eq!(json!({"a": 1, "b": 2}), json!({"b": 2, "a": 1}));
    assert_ne!(json!([1, 2]), json!([2, 1]));
}

#[test]
fn of_a_property_that_comes_twice_the_last_counts_in_the_place_of_the_first() {
    let text = r#"{"a":1,"b":2,"a":{"c":3}}"#;
    assert_eq!(read(text).to_string(), r#"{"a":{"c":3},"b":2}"#);
    let reference: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::Value::from(&read(text)), reference);
}

/// Integers of 64 bits and doubles are what they are in `serde_json`, digit by digit.
#[test]
fn numbers_are_those_of_serde_json() {
    for text in [
        "0",
        "-0",
        "-0.0",
        "1.0",
        "1",
        "1e2",
        "9223372036854775807",
        "-9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775809",
        "123456789012345678901234567890",
        "0.1",
        "1e300",
        "5e-324",
        "1.7976931348623157e308",
        "0.30000000000000004",
    ] {
        let reference: serde_json::Value = serde_json::from_str(text).unwrap();
        let value = read(text);
        assert_eq!(value.to_string(), reference.to_string());
        assert_eq!(value.as_i64(), reference.as_i64(), "{text}");
        assert_eq!(value.as_u64(), reference.as_u64(), "{text}");
        assert_eq!(value.as_f64(), reference.as_f64(), "{text}");
        assert_eq!(to_value(&value).unwrap(), value);
    }
    assert!(serde_json::from_str::<Value>("1e999").is_err());
    assert_eq!(json!([f64::NAN, f64::INFINITY]), json!([null, null]));
    assert_eq!(json!(1.5_f32), Value::from(1.5));
}

#[test]
fn depth_is_bounded_as_that_of_any_text() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let deep = |depth| format!("{}0{}", open.repeat(depth), close.repeat(depth));
        for depth in [1, 100, 127, 128, 129, 100_000] {
            let reference = serde_json::from_str::<serde_json::Value>(&deep(depth));
            let read = serde_json::from_str::<Value>(&deep(depth));
            assert_eq!(read.is_ok(), reference.is_ok(), "{depth}");
            assert_eq!(read.is_ok(), depth < 128, "{depth}");
        }
    }
}

#[test]
fn what_is_no_json_is_refused_as_serde_json_does() {
    for text in [
        "",
        "{",
        "nul",
        "1 2",
        "[1,]",
        "{\"a\" 1}",
        "\"\\x\"",
        "01",
        "+1",
        ".5",
        "\"\n\"",
    ] {
        let refused = serde_json::from_str::<Value>(text).unwrap_err();
        let reference = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
        assert_eq!(refused.to_string(), reference.to_string(), "{text}");
    }
}

#[test]
fn literals() {
    let (name, list, none) = ("n".to_owned(), [1, 2], None::<i64>);
    let value = json!({
        "null": null, "list": [null, true, [], {}, {"a": null}, -1, name, list.len() + 1],
        name.clone(): none, (format!("{name}2")): list, "call": Some(name.as_str()),
        "inner": {"b": {}, "a": [[]]},
    });
    assert_eq!(
        value.to_string(),
        concat!(
            r#"{"null":null,"list":[null,true,[],{},{"a":null},-1,"n",3],"n":null,"#,
            r#""n2":[1,2],"call":"n","#,
            r#""inner":{"b":{},"a":[[]]}}"#
        )
    );
    assert_eq!(json!([]).to_string(), "[]");
    assert_eq!(json!({}).to_string(), "{}");
    assert_eq!(json!("\u{1}\"é").to_string(), r#""\u0001\"é""#);
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Plain,
    Of(i64),
    With { b: String, a: Option<bool> },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Newtype(u8);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Everything {
    z: (i8, String),
    kinds: Vec<Kind>,
    newtype: Newtype,
    letter: char,
    unit: (),
    some: Option<f64>,
    none: Option<f64>,
    any: Value,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

/// To and from a value is what it is to and from text.
#[test]
fn types_are_read_and_written_as_from_text() {
    let everything = Everything {
        z: (-1, "é".to_owned()),
        kinds: vec![
            Kind::Plain,
            Kind::Of(7),
            Kind::With {
                b: String::new(),
                a: None,
            },
        ],
        newtype: Newtype(255),
        letter: 'ß',
        unit: (),
        some: Some(0.1),
        none: None,
        any: json!({"b": 1, "a": [u64::MAX]}),
        rest: BTreeMap::from([("more".to_owned(), json!([null]))]),
    };
    let text = serde_json::to_string(&everything).unwrap();
    let value = to_value(&everything).unwrap();
    assert_eq!(value.to_string(), text);
    assert_eq!(value, read(&text));
    assert_eq!(Everything::deserialize(&value).unwrap(), everything);
    assert!(Everything::deserialize(&json!({"z": [1]})).is_err());
    for wrong in [
        json!("other"),
        json!({"of": 1, "plain": null}),
        json!(3),
        json!({"of": 1.5}),
    ] {
        assert!(Kind::deserialize(&wrong).is_err(), "{wrong}");
        assert!(serde_json::from_str::<Kind>(&wrong.to_string()).is_err());
    }
    assert!(<(i64, i64)>::deserialize(&json!([1, 2, 3])).is_err());
}

#[test]
fn ids_become_names() {
    let by_id = BTreeMap::from([(-3_i64, true), (20, false)]);
    assert_eq!(to_value(&by_id).unwrap(), json!({"-3": true, "20": false}));
    assert!(to_value(&BTreeMap::from([((1, 2), 3)])).is_err());
}

/// A record's document is put into another as a `RawValue`.
#[test]
fn raw_text_becomes_the_value_that_it_says() {
    let raw = RawValue::from_string(r#"{"b":[1.50],"a":null}"#.to_owned()).unwrap();
    assert_eq!(
        json!({ "raw": raw }).to_string(),
        r#"{"raw":{"b":[1.5],"a":null}}"#
    );
}

#[test]
fn places() {
    let mut value = json!({"a": [{"b": "x"}], "c/d": {"~": 1}});
    assert_eq!(value["a"][0]["b"], "x");
    assert!(value["a"][1]["b"].is_null());
    assert!(value["a"]["b"].is_null());
    assert_eq!(
        value.get("a").and_then(|it| it.get(0)),
        Some(&json!({"b": "x"}))
    );
    for (pointer, found) in [
        ("", Some(value.clone())),
        ("/a/0/b", Some(json!("x"))),
        ("/c~1d/~0", Some(json!(1))),
        ("/a/00", None),
        ("/a/+0", None),
        ("/a/1", None),
        ("/a/0/b/c", None),
        ("a", None),
    ] {
        assert_eq!(value.pointer(pointer), found.as_ref(), "{pointer}");
        let reference = serde_json::Value::from(&value);
        let found = found.as_ref().map(serde_json::Value::from);
        assert_eq!(reference.pointer(pointer), found.as_ref(), "{pointer}");
    }
    value["a"][0]["b"] = json!(1);
    value["e"]["f"] = json!(2);
    assert_eq!(
        value.to_string(),
        r#"{"a":[{"b":1}],"c/d":{"~":1},"e":{"f":2}}"#
    );
}

#[test]
fn comparisons_and_conversions() {
    assert!(json!(1) == 1_i64 && json!(1) == 1_u64 && json!(1) != 2);
    assert!(json!(1.0) != 1);
    let owned = String::from("a");
    assert!(json!("a") == "a" && json!("a") == owned && json!(null) != "a");
    assert!(json!(true) == true && json!(1) != true);
    assert_eq!(Value::from(vec!["a"]), json!(["a"]));
    assert_eq!(Value::from(Some(1)), json!(1));
    assert_eq!(Value::from(None::<bool>), json!(null));
    assert_eq!(
        Value::from(Map::from([("a".to_owned(), json!(1))])),
        json!({"a": 1})
    );
}
