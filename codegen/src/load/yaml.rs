//! YAML as JSON: what a description may be written in.

use serde_json::{Map, Number, Value};

use super::escape;
use super::location::Position;

/// Why a text has no JSON form, and where in it.
#[derive(Debug)]
pub(super) struct Error {
    pub message: String,
    /// Known of what is no YAML.
    pub position: Option<Position>,
    /// Known of YAML that JSON cannot hold.
    pub pointer: String,
}

/// Parses YAML text. Keys have to be text and unique, and anchors and tags mean nothing special.
pub(super) fn parse(text: &str) -> Result<Value, Error> {
    // The YAML value refuses duplicate keys, which a direct reading into JSON would not.
    let value: serde_yaml_ng::Value = serde_yaml_ng::from_str(text).map_err(|error| Error {
        message: error.to_string(),
        position: error
            .location()
            .map(|at| Position::new(at.line(), at.column())),
        pointer: String::new(),
    })?;
    convert(value, "")
}

fn convert(value: serde_yaml_ng::Value, pointer: &str) -> Result<Value, Error> {
    use serde_yaml_ng::Value as Yaml;
    let fail = |message: String, pointer: String| Error {
        message,
        position: None,
        pointer,
    };
    let here = |message| fail(message, pointer.to_owned());
    Ok(match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(b) => Value::Bool(b),
        Yaml::Number(n) => Value::Number(if let Some(i) = n.as_i64() {
            i.into()
        } else if let Some(u) = n.as_u64() {
            u.into()
        } else {
            n.as_f64()
                .and_then(Number::from_f64)
                .ok_or_else(|| here(format!("the number {n} has no JSON form")))?
        }),
        Yaml::String(s) => Value::String(s),
        Yaml::Sequence(items) => Value::Array(
            items
                .into_iter()
                .enumerate()
                .map(|(index, item)| convert(item, &format!("{pointer}/{index}")))
                .collect::<Result<_, _>>()?,
        ),
        Yaml::Mapping(map) => {
            let mut out = Map::new();
            for (key, value) in map {
                let Yaml::String(key) = key else {
                    let shown = match &key {
                        Yaml::Number(number) => number.to_string(),
                        Yaml::Bool(flag) => flag.to_string(),
                        other => format!("{other:?}"),
                    };
                    return Err(fail(
                        format!("the key {shown} is no text; put it in quotes"),
                        format!("{pointer}/{shown}"),
                    ));
                };
                let value = convert(value, &format!("{pointer}/{}", escape(&key)))?;
                out.insert(key, value);
            }
            Value::Object(out)
        }
        Yaml::Tagged(tagged) => {
            return Err(here(format!("the tag {} is not understood", tagged.tag)));
        }
    })
}
