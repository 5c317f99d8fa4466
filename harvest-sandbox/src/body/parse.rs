//! JSON, with bounds on how much of it there is and how deep it goes.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::bounds::{BODY_DEPTH, BODY_VALUES};

/// Why a body is not taken for JSON, as a sentence about it.
pub(super) fn parse(body: &[u8]) -> Result<Value, String> {
    let budget = Budget {
        values: Cell::new(BODY_VALUES),
        problem: Cell::new(None),
    };
    let mut reader = serde_json::Deserializer::from_slice(body);
    let seed = Seed {
        budget: &budget,
        depth: 0,
    };
    let parsed = seed
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value));
    parsed.map_err(|error| match budget.problem.get() {
        Some(Problem::Many) => format!("The body must have at most {BODY_VALUES} values"),
        Some(Problem::Deep) => format!("The body must not be nested deeper than {BODY_DEPTH}"),
        // The words of serde_json may repeat what was sent.
        None => format!(
            "The body is not JSON: line {}, column {}",
            error.line(),
            error.column()
        ),
    })
}

/// What is left of what a body can have.
struct Budget {
    values: Cell<usize>,
    problem: Cell<Option<Problem>>,
}

#[derive(Clone, Copy)]
enum Problem {
    Many,
    Deep,
}

/// A value at some depth.
#[derive(Clone, Copy)]
struct Seed<'b> {
    budget: &'b Budget,
    depth: usize,
}

impl Seed<'_> {
    fn refuse<E: Error>(self, problem: Problem) -> E {
        self.budget.problem.set(Some(problem));
        E::custom("too large")
    }

    /// The seed of what is inside.
    fn inside<E: Error>(self) -> Result<Self, E> {
        if self.depth == BODY_DEPTH {
            return Err(self.refuse(Problem::Deep));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self
        })
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let values = &self.budget.values;
        match values.get().checked_sub(1) {
            Some(left) => values.set(left),
            None => return Err(self.refuse(Problem::Many)),
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(inside)? {
            items.push(item);
        }
        Ok(items.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut fields = Map::new();
        while let Some(name) = object.next_key::<String>()? {
            fields.insert(name, object.next_value_seed(inside)?);
        }
        Ok(fields.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_what_serde_json_reads() {
        for text in [
            "null",
            " [true, false, 0, -1, 1.5, 1e300, 18446744073709551615, -9223372036854775808] ",
            r#"{"b": "\u00e9\n", "a": {"c": []}, "b": 2, "": {}}"#,
            r#""x""#,
        ] {
            let value: Value = serde_json::from_str(text).unwrap();
            let parsed = parse(text.as_bytes()).unwrap();
            // Fields are in the order in which they were sent.
            assert_eq!(parsed.to_string(), value.to_string());
        }
        for text in [
            "",
            "{",
            "nul",
            "1 2",
            "[1,]",
            "{\"a\" 1}",
            "\"\\x\"",
            "1e999",
        ] {
            assert!(serde_json::from_str::<Value>(text).is_err());
            let problem = parse(text.as_bytes()).unwrap_err();
            assert!(problem.contains("not JSON: line 1, column"), "{problem}");
        }
        assert!(parse(b"\"\xff\"").is_err());
    }

    #[test]
    fn there_can_be_so_much_of_it() {
        let list = |items: usize| format!("[{}1]", "1,".repeat(items - 1));
        assert!(parse(list(BODY_VALUES - 1).as_bytes()).is_ok());
        let object = format!("{{{}\"a\":0}}", "\"a\":0,".repeat(BODY_VALUES));
        for text in [list(BODY_VALUES), object] {
            let problem = parse(text.as_bytes()).unwrap_err();
            assert!(problem.contains("at most 100000 values"), "{problem}");
        }
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
            let deep = |depth| format!("{}1{}", open.repeat(depth), close.repeat(depth));
            assert!(parse(deep(BODY_DEPTH).as_bytes()).is_ok());
            for depth in [BODY_DEPTH + 1, 100_000] {
                let problem = parse(deep(depth).as_bytes()).unwrap_err();
                assert!(problem.contains("deeper than 64"), "{problem}");
            }
        }
    }
}
