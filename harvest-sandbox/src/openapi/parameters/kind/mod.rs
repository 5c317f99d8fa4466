//! Types of parameters, and the texts that are values of them.

mod range;

pub(crate) use range::{Bound, RANGE_STYLE, Range};

use harvest_openapi::extension;

use crate::bounds::LIST_ITEMS;
use crate::clock::time::is_time;
use crate::json::Value;
use crate::openapi::source::{Read, Source, flag, list, text};

/// Schemas nested deeper than this are taken for a circle.
const MAX_DEPTH: u32 = 16;

/// What a schema asks of a text. Patterns are not looked at: no parameter of the API has one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ParameterType {
    Anything,
    Boolean {
        /// Whether `True` will do.
        any_case: bool,
    },
    Integer {
        min: i64,
        max: i64,
        /// Identifies a record.
        id: bool,
    },
    Number {
        min: f64,
        max: f64,
    },
    Text {
        min: usize,
        max: usize,
        one_of: Vec<String>,
    },
    Time,
    /// The day of a time.
    Day,
    List(List),
    Range(Range),
    /// `oneOf`, `anyOf`
    Any(Vec<ParameterType>),
    /// `allOf`
    All(Vec<ParameterType>),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct List {
    items: Box<ParameterType>,
    min: usize,
    max: usize,
}

impl ParameterType {
    pub(crate) fn read<'a>(source: Source<'a>, schema: &'a Value) -> Read<Self> {
        read(source, schema, 0)
    }

    /// An unknown word in a path names nothing that exists, and neither does an id below 1.
    pub(crate) fn for_path(self) -> Self {
        match self {
            Self::Integer { min, max, id: true } => Self::Integer {
                min: min.max(1),
                max,
                id: true,
            },
            other => other,
        }
    }

    /// Enumerations are open in filters: the service is documented to take values that it doesn't list. Clients in Python
    /// send `True`.
    pub(crate) fn for_query(self) -> Self {
        let open = |kinds: Vec<Self>| kinds.into_iter().map(Self::for_query).collect();
        match self {
            Self::Text { min, max, .. } => Self::Text {
                min,
                max,
                one_of: Vec::new(),
            },
            Self::Boolean { .. } => Self::Boolean { any_case: true },
            Self::List(list) => Self::List(List {
                items: Box::new(list.items.for_query()),
                ..list
            }),
            Self::Any(kinds) => Self::Any(open(kinds)),
            Self::All(kinds) => Self::All(open(kinds)),
            other => other,
        }
    }

    /// What is wrong with the text, if anything.
    pub(crate) fn check(&self, text: &str) -> Result<(), String> {
        match self {
            Self::Anything => Ok(()),
            Self::Boolean { any_case } => {
                let is = |word: &str| text == word || *any_case && text.eq_ignore_ascii_case(word);
                (is("true") || is("false"))
                    .then_some(())
                    .ok_or_else(|| "Must be true or false".to_owned())
            }
            Self::Integer { min, max, .. } => {
                let number: i64 = text.parse().map_err(|_| "Must be an integer")?;
                within(number, *min, *max, i64::MIN, i64::MAX)
            }
            Self::Number { min, max } => {
                let number: f64 = text.parse().map_err(|_| "Must be a number")?;
                if !number.is_finite() {
                    return Err("Must be a number".to_owned());
                }
                within(number, *min, *max, f64::NEG_INFINITY, f64::INFINITY)
            }
            Self::Text { min, max, one_of } => {
                if !one_of.is_empty() && one_of.iter().all(|known| known != text) {
                    return Err(format!("Must be one of: {}", one_of.join(", ")));
                }
                let length = text.chars().count();
                if length < *min {
                    Err(format!("Must be at least {min} characters long"))
                } else if length > *max {
                    Err(format!("Must be at most {max} characters long"))
                } else {
                    Ok(())
                }
            }
            Self::Time | Self::Day => is_time(text)
                .then_some(())
                .ok_or_else(|| "Must be an ISO 8601 date or time".to_owned()),
            Self::List(list) => list.check(text.split(',')),
            Self::Range(range) => range.pairs(text).map(drop),
            Self::Any(kinds) => {
                let mut error = None;
                for kind in kinds {
                    match kind.check(text) {
                        Ok(()) => return Ok(()),
                        Err(message) => error = Some(message),
                    }
                }
                error.map_or(Ok(()), Err)
            }
            Self::All(kinds) => kinds.iter().try_for_each(|kind| kind.check(text)),
        }
    }
}

impl List {
    /// The schema of each item.
    pub(super) fn items(&self) -> &ParameterType {
        &self.items
    }

    pub(crate) fn check<'a>(&self, items: impl Iterator<Item = &'a str>) -> Result<(), String> {
        let mut count = 0;
        for item in items {
            count += 1;
            if count > self.max {
                return Err(format!("Must have at most {} items", self.max));
            }
            self.items
                .check(item)
                .map_err(|message| format!("Item {count}: {}", lower_first(&message)))?;
        }
        if count < self.min {
            Err(format!("Must have at least {} items", self.min))
        } else {
            Ok(())
        }
    }
}

fn within<N: Copy + PartialOrd + std::fmt::Display>(
    number: N,
    min: N,
    max: N,
    lowest: N,
    highest: N,
) -> Result<(), String> {
    if number >= min && number <= max {
        return Ok(());
    }
    Err(match (min > lowest, max < highest) {
        (true, true) => format!("Must be between {min} and {max}"),
        (true, false) => format!("Must be at least {min}"),
        _ => format!("Must be at most {max}"),
    })
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}

fn read<'a>(source: Source<'a>, schema: &'a Value, depth: u32) -> Read<ParameterType> {
    if depth > MAX_DEPTH {
        return Err("the schema runs in a circle".to_owned());
    }
    let schema = source.resolve(schema)?;
    let each = |key| -> Read<Vec<ParameterType>> {
        list(schema, key)?
            .iter()
            .map(|schema| read(source, schema, depth + 1))
            .collect()
    };
    let own = match text(schema, "type")? {
        // No object is sent as one text.
        None | Some("object") => ParameterType::Anything,
        Some("boolean") => ParameterType::Boolean { any_case: false },
        Some("integer") => integer(schema)?,
        Some("number") => ParameterType::Number {
            min: bound(schema, "minimum")?.unwrap_or(f64::NEG_INFINITY),
            max: bound(schema, "maximum")?.unwrap_or(f64::INFINITY),
        },
        Some("string") => match text(schema, "format")? {
            Some("date-time") => ParameterType::Time,
            Some("date") => ParameterType::Day,
            _ => ParameterType::Text {
                min: count(schema, "minLength")?.unwrap_or(0),
                max: count(schema, "maxLength")?.unwrap_or(usize::MAX),
                one_of: list(schema, "enum")?
                    .iter()
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect(),
            },
        },
        Some("array") => ParameterType::List(List {
            items: Box::new(match schema.get("items") {
                Some(items) => read(source, items, depth + 1)?,
                None => ParameterType::Anything,
            }),
            min: count(schema, "minItems")?.unwrap_or(0),
            max: count(schema, "maxItems")?.unwrap_or(LIST_ITEMS),
        }),
        Some(other) => return Err(format!("`{other}` is not a type")),
    };
    let mut all = each("allOf")?;
    for key in ["oneOf", "anyOf"] {
        let any = each(key)?;
        if !any.is_empty() {
            all.push(ParameterType::Any(any));
        }
    }
    if all.is_empty() {
        return Ok(own);
    }
    if own != ParameterType::Anything {
        all.insert(0, own);
    }
    Ok(match <[ParameterType; 1]>::try_from(all) {
        Ok([only]) => only,
        Err(all) => ParameterType::All(all),
    })
}

fn integer(schema: &Value) -> Read<ParameterType> {
    let (lowest, highest) = match text(schema, "format")? {
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    let limit = |key: &str, exclusive: &str| -> Read<Option<(i64, bool)>> {
        let Some(value) = schema.get(key) else {
            return Ok(None);
        };
        let value = value
            .as_i64()
            .ok_or_else(|| format!("`{key}` is not an integer"))?;
        Ok(Some((value, flag(schema, exclusive)?)))
    };
    let min = limit("minimum", "exclusiveMinimum")?.map_or(lowest, |(min, exclusive)| {
        min.saturating_add(i64::from(exclusive))
    });
    let max = limit("maximum", "exclusiveMaximum")?.map_or(highest, |(max, exclusive)| {
        max.saturating_sub(i64::from(exclusive))
    });
    Ok(ParameterType::Integer {
        min,
        max,
        id: flag(schema, extension::ID)?,
    })
}

fn bound(schema: &Value, key: &str) -> Read<Option<f64>> {
    let bound = schema.get(key).map(|value| {
        value
            .as_f64()
            .ok_or_else(|| format!("`{key}` is not a number"))
    });
    bound.transpose()
}

fn count(schema: &Value, key: &str) -> Read<Option<usize>> {
    let Some(value) = schema.get(key) else {
        return Ok(None);
    };
    let count = value.as_u64().and_then(|count| usize::try_from(count).ok());
    count
        .map(Some)
        .ok_or_else(|| format!("`{key}` is not a count"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;

    fn kind(schema: &Value) -> ParameterType {
        ParameterType::read(Source::new(schema), schema).unwrap()
    }

    #[track_caller]
    fn takes(schema: &Value, good: &[&str], bad: &[&str]) {
        let kind = kind(schema);
        for text in good {
            assert_eq!(kind.check(text), Ok(()), "{text}");
        }
        for text in bad {
            assert!(kind.check(text).is_err(), "{text}");
        }
    }

    #[test]
    fn scalars() {
        takes(&json!({}), &["", "x"], &[]);
        takes(
            &json!({"type": "boolean"}),
            &["true", "false"],
            &["", "True", "1", "yes"],
        );
        takes(
            &json!({"type": "integer"}),
            &["0", "-5", "4020460005"],
            &["", " 1", "1.0", "x", "1e3"],
        );
        takes(
            &json!({"type": "integer", "format": "int32"}),
            &["2147483647"],
            &["2147483648"],
        );
        takes(
            &json!({"type": "integer", "minimum": 1, "exclusiveMinimum": true}),
            &["2"],
            &["1"],
        );
        takes(
            &json!({"type": "integer", "maximum": 5, "exclusiveMaximum": true}),
            &["4"],
            &["5"],
        );
        takes(
            &json!({"type": "number", "minimum": 0}),
            &["0", "1.5"],
            &["-1", "x", "NaN", "inf"],
        );
        takes(
            &json!({"type": "string", "minLength": 1, "maxLength": 2}),
            &["é", "éé"],
            &["", "ééé"],
        );
        takes(
            &json!({"type": "string", "format": "date-time"}),
            &["2026-01-01T00:00:00Z"],
            &["", "now"],
        );
    }

    #[test]
    fn words_of_a_query_are_taken_in_any_case() {
        let flag = kind(&json!({"oneOf": [{"type": "boolean"}, {"type": "integer"}]})).for_query();
        for good in ["true", "True", "FALSE", "7"] {
            assert_eq!(flag.check(good), Ok(()), "{good}");
        }
        for bad in ["", "yes", "truе", " true"] {
            assert!(flag.check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn combinations() {
        let nullable = json!({"nullable": true, "allOf": [{"type": "integer", "minimum": 3}]});
        takes(&nullable, &["3"], &["2", "x"]);
        let either = json!({"oneOf": [{"type": "boolean"}, {"type": "integer"}]});
        takes(&either, &["true", "3"], &["x"]);
    }

    #[test]
    fn lists_are_bounded_by_the_description_or_by_us() {
        let ids = |count: usize| vec!["7"; count].join(",");
        let plain = json!({"type": "array", "items": {"type": "integer"}});
        takes(&plain, &[&ids(LIST_ITEMS)], &[&ids(LIST_ITEMS + 1)]);
        let mut short = plain.clone();
        short["maxItems"] = json!(2);
        takes(&short, &[&ids(2)], &[&ids(3), &ids(30_000)]);
    }

    #[test]
    fn enumerations_are_open_in_queries_only() {
        let schema = json!({"type": "array", "items": {"type": "string", "enum": ["job"]}});
        let kind = kind(&schema);
        assert!(
            kind.clone()
                .for_path()
                .check("offer")
                .unwrap_err()
                .contains("job")
        );
        assert_eq!(kind.for_query().check("offer"), Ok(()));
    }

    #[test]
    fn nonsense_is_refused() {
        for schema in [
            json!({"type": "int"}),
            json!({"type": ["integer"]}),
            json!({"type": "integer", "minimum": "1"}),
            json!({"type": "string", "maxLength": -1}),
            json!({"type": "number", "maximum": "x"}),
            json!({"type": "array", "items": {"$ref": "#"}}),
        ] {
            assert!(
                ParameterType::read(Source::new(&schema), &schema).is_err(),
                "{schema}"
            );
        }
    }
}
