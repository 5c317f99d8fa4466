//! JSON of every shape, and the places of an answer to put it in.

use serde_json::Value;

/// What stands where something else is documented, as JSON text: its digits and its spelling are to come back.
pub const ODD: [&str; 14] = [
    "null",
    r#""""#,
    r#""true""#,
    r#""17""#,
    r#""é \"q\" \\ \n""#,
    "5",
    "-1.50",
    "123.0",
    "12345678901234567.89",
    "true",
    "[]",
    r#"[null,"a",{"made_up":[1e400]}]"#,
    "{}",
    r#"{"made_up":{"digits":12345678901234567890123}}"#,
];

/// A text that stands for one of them until the JSON is written.
pub const MARK: &str = "<odd>";

/// A place: the keys and indexes that lead there.
pub type Place = Vec<String>;

/// Which places are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Leaf,
    Array,
    Object,
}

fn kind(value: &Value) -> Kind {
    match value {
        Value::Array(_) => Kind::Array,
        Value::Object(_) => Kind::Object,
        _ => Kind::Leaf,
    }
}

/// All places below the root.
pub fn places(value: &Value, place: &[String], found: &mut Vec<(Place, Kind)>) {
    let mut below = |step: &str, value: &Value| {
        let mut place = place.to_vec();
        place.push(step.to_owned());
        found.push((place.clone(), kind(value)));
        places(value, &place, found);
    };
    match value {
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                below(&index.to_string(), value);
            }
        }
        Value::Object(map) => {
            for (name, value) in map {
                below(name, value);
            }
        }
        _ => {}
    }
}

pub fn put(value: &mut Value, place: &[String]) {
    let found = place.iter().fold(value, |value, step| match value {
        Value::Array(values) => &mut values[step.parse::<usize>().unwrap()],
        value => &mut value[step.as_str()],
    });
    *found = MARK.into();
}
