//! JSON, with bounds on how much of it there is and how deep it goes.

use std::cell::Cell;

use serde::de::{DeserializeSeed, Error};

use crate::bounds::{BODY_DEPTH, BODY_VALUES};
use crate::json::{Bound, Reader, Value};

/// Why a body is not taken for JSON, as a sentence about it.
pub(super) fn parse(body: &[u8]) -> Result<Value, String> {
    let budget = Budget {
        values: Cell::new(BODY_VALUES),
        problem: Cell::new(None),
    };
    let mut reader = serde_json::Deserializer::from_slice(body);
    let bound = Depth {
        budget: &budget,
        depth: 0,
    };
    let parsed = Reader(bound)
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

/// The bound at some depth.
#[derive(Clone, Copy)]
struct Depth<'b> {
    budget: &'b Budget,
    depth: usize,
}

impl Depth<'_> {
    fn refuse<E: Error>(self, problem: Problem) -> E {
        self.budget.problem.set(Some(problem));
        E::custom("too large")
    }
}

impl Bound for Depth<'_> {
    fn count<E: Error>(self) -> Result<(), E> {
        let values = &self.budget.values;
        match values.get().checked_sub(1) {
            Some(left) => values.set(left),
            None => return Err(self.refuse(Problem::Many)),
        }
        Ok(())
    }

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
