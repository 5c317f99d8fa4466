//! YAML as JSON: what a description may be written in.

use serde_json::{Map, Number, Value};

/// Parses YAML text. Keys have to be text and unique, and anchors and tags mean nothing special.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    // The YAML value refuses duplicate keys, which a direct reading into JSON would not.
    let value: serde_yaml_ng::Value = serde_yaml_ng::from_str(text).map_err(|e| e.to_string())?;
    convert(value)
}

fn convert(value: serde_yaml_ng::Value) -> Result<Value, String> {
    use serde_yaml_ng::Value as Yaml;
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
                .ok_or_else(|| format!("the number {n} has no JSON form"))?
        }),
        Yaml::String(s) => Value::String(s),
        Yaml::Sequence(items) => {
            Value::Array(items.into_iter().map(convert).collect::<Result<_, _>>()?)
        }
        Yaml::Mapping(map) => {
            let mut out = Map::new();
            for (key, value) in map {
                let Yaml::String(key) = key else {
                    return Err(format!("the key {key:?} is no text; put it in quotes"));
                };
                out.insert(key, convert(value)?);
            }
            Value::Object(out)
        }
        Yaml::Tagged(tagged) => return Err(format!("the tag {} is not understood", tagged.tag)),
    })
}
