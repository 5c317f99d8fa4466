//! Fields of a request on the command line: `name=text`, `name[inner]=text`, `name[]=text`.

use std::fs::File;
use std::io::Read;

use serde_json::{Map, Value};

use crate::failure::Failure;

/// The most bytes of a body, from a file or standard input.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// The most levels of a name.
const MOST_STEPS: usize = 32;

/// A field, with its name taken apart.
pub(crate) struct Field {
    /// The name as it was given.
    pub name: String,
    pub value: Value,
}

impl Field {
    /// `NAME=TEXT`.
    pub(crate) fn text(given: &str) -> Result<Self, Failure> {
        let (name, text) = split(given)?;
        let value = Value::String(text.to_owned());
        Ok(Self {
            name: name.to_owned(),
            value,
        })
    }

    /// `NAME=VALUE`, where the value may be JSON or in a file.
    pub(crate) fn typed(given: &str) -> Result<Self, Failure> {
        let (name, text) = split(given)?;
        let value = match (text, text.strip_prefix('@')) {
            (_, Some(file)) => Value::String(read_text(file)?),
            ("true" | "false" | "null", _) => parse(text),
            _ if text.parse::<i64>().is_ok() || is_number(text) => parse(text),
            _ => Value::String(text.to_owned()),
        };
        Ok(Self {
            name: name.to_owned(),
            value,
        })
    }

    /// As a parameter of a query.
    pub(crate) fn as_parameter(&self) -> Result<String, Failure> {
        match &self.value {
            Value::String(text) => Ok(text.clone()),
            Value::Bool(value) => Ok(value.to_string()),
            Value::Number(number) => Ok(number.to_string()),
            _ => Err(Failure::usage(format!(
                "`{}` is null, which no query can say",
                self.name
            ))),
        }
    }
}

/// A fraction, or a number with an exponent.
fn is_number(text: &str) -> bool {
    let begins = text
        .trim_start_matches('-')
        .starts_with(|c: char| c.is_ascii_digit());
    begins && serde_json::from_str::<serde_json::Number>(text).is_ok()
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}

fn split(given: &str) -> Result<(&str, &str), Failure> {
    given
        .split_once('=')
        .filter(|(name, _)| !name.is_empty())
        .ok_or_else(|| Failure::usage("a field is written NAME=VALUE"))
}

/// What is in a file, or comes by standard input.
pub(crate) fn read_text(file: &str) -> Result<String, Failure> {
    let failed = |error| Failure::usage(format!("{file} cannot be read: {error}"));
    let mut text = String::new();
    let read = if file == "-" {
        std::io::stdin()
            .lock()
            .take(MOST_BYTES + 1)
            .read_to_string(&mut text)
    } else {
        let opened = File::open(file).map_err(failed)?;
        opened.take(MOST_BYTES + 1).read_to_string(&mut text)
    };
    let bytes = read.map_err(failed)? as u64;
    if bytes > MOST_BYTES {
        return Err(Failure::usage(format!(
            "{file} has more than {MOST_BYTES} bytes"
        )));
    }
    Ok(text)
}

/// The object that fields make together.
pub(crate) fn object(fields: Vec<Field>) -> Result<Value, Failure> {
    let mut root = Value::Object(Map::new());
    for Field { name, value } in fields {
        let steps = steps(&name)?;
        let place = steps
            .iter()
            .try_fold(&mut root, |place, step| enter(place, step));
        let place = place
            .ok_or_else(|| Failure::usage(format!("`{name}` does not fit the fields before it")))?;
        if !place.is_null() {
            return Err(Failure::usage(format!("`{name}` is given twice")));
        }
        *place = value;
    }
    Ok(root)
}

/// `a[b][]` as `a`, `b` and an empty step, which is a new item.
fn steps(name: &str) -> Result<Vec<&str>, Failure> {
    let wrong = || {
        Failure::usage(format!(
            "`{name}` is no name of a field: write a, a[b] or a[]"
        ))
    };
    let (first, mut rest) = name.find('[').map_or((name, ""), |at| name.split_at(at));
    let mut steps = vec![first];
    while !rest.is_empty() {
        let inside = rest.strip_prefix('[').ok_or_else(wrong)?;
        let (step, after) = inside.split_once(']').ok_or_else(wrong)?;
        steps.push(step);
        rest = after;
    }
    let fits = !first.is_empty() && !first.contains(']') && steps.len() <= MOST_STEPS;
    fits.then_some(steps).ok_or_else(wrong)
}

/// The place of a step, made if it is not there.
fn enter<'a>(place: &'a mut Value, step: &str) -> Option<&'a mut Value> {
    if step.is_empty() {
        if place.is_null() {
            *place = Value::Array(Vec::new());
        }
        let items = place.as_array_mut()?;
        items.push(Value::Null);
        return items.last_mut();
    }
    if place.is_null() {
        *place = Value::Object(Map::new());
    }
    // A list of objects: the last one, until it has this property.
    Some(place.as_object_mut()?.entry(step).or_insert(Value::Null))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn made(fields: &[(&str, &str)]) -> Result<Value, Failure> {
        let all = fields.iter().map(|(kind, given)| match *kind {
            "-F" => Field::typed(given),
            _ => Field::text(given),
        });
        object(all.collect::<Result<_, _>>()?)
    }

    #[test]
    fn texts_and_typed_values() {
        let fields = [
            ("-f", "a=1"),
            ("-F", "b=1"),
            ("-F", "c=true"),
            ("-F", "d=null-ish"),
            ("-F", "e=-1.50"),
            ("-F", "f=+46 18"),
            ("-F", "g=1e999"),
            ("-f", "h=x=y"),
        ];
        let expected = json!({
            "a": "1", "b": 1, "c": true, "d": "null-ish", "e": -1.5, "f": "+46 18", "g": "1e999",
            "h": "x=y"
        });
        assert_eq!(made(&fields).expect("fields"), expected);
    }

    #[test]
    fn names_within_names() {
        let fields = [
            ("-f", "job[name]=Hydrologist"),
            ("-F", "job[ids][]=1"),
            ("-F", "job[ids][]=2"),
        ];
        let expected = json!({"job": {"name": "Hydrologist", "ids": [1, 2]}});
        assert_eq!(made(&fields).expect("fields"), expected);
    }

    #[test]
    fn fields_that_are_none() {
        for wrong in ["a", "=1", "a[=1", "a]b=1", "a[b]c=1", "[a]=1"] {
            assert!(made(&[("-f", wrong)]).is_err(), "{wrong}");
        }
        assert!(made(&[("-f", "a=1"), ("-f", "a=2")]).is_err());
        assert!(made(&[("-f", "a=1"), ("-f", "a[b]=2")]).is_err());
        assert!(made(&[("-f", "a[]=1"), ("-f", "a[b]=2")]).is_err());
    }
}
