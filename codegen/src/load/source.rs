//! The texts of a description's files, and where in them things begin.
//!
//! Positions are read only when a message needs one: a description without mistakes is parsed once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use saphyr_parser::{Event, Parser, Span};

use super::escape;
use super::location::Position;

/// A file as it was read.
#[derive(Debug)]
pub(super) struct Source {
    text: String,
    /// JSON pointers against where the key or the item that they lead to begins.
    positions: OnceLock<BTreeMap<String, Position>>,
}

impl Source {
    pub fn new(text: String) -> Self {
        Self {
            text,
            positions: OnceLock::new(),
        }
    }

    /// Where what `pointer` leads to begins, or the nearest thing around it.
    pub fn position(&self, pointer: &str) -> Position {
        let positions = self.positions.get_or_init(|| positions(&self.text));
        let mut pointer = pointer;
        loop {
            if let Some(position) = positions.get(pointer) {
                return *position;
            }
            match pointer.rfind('/') {
                Some(at) => pointer = &pointer[..at],
                None => return Position::START,
            }
        }
    }
}

/// A mapping or a sequence whose end has not come yet.
enum Open {
    Mapping {
        pointer: String,
        /// The pointer of the value that comes next, once its key has come.
        value: Option<String>,
    },
    Sequence {
        pointer: String,
        next: usize,
    },
}

/// Every position of a text that parses as YAML; of another, those before the mistake.
fn positions(text: &str) -> BTreeMap<String, Position> {
    let mut found = BTreeMap::new();
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else {
            break;
        };
        match event {
            Event::Scalar(value, ..) => {
                node(&mut open, &mut found, span, Some(&value));
            }
            Event::Alias(_) => {
                node(&mut open, &mut found, span, None);
            }
            Event::MappingStart(..) => {
                let pointer = node(&mut open, &mut found, span, None);
                open.push(Open::Mapping {
                    pointer,
                    value: None,
                });
            }
            Event::SequenceStart(..) => {
                let pointer = node(&mut open, &mut found, span, None);
                open.push(Open::Sequence { pointer, next: 0 });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
    }
    found
}

/// Notes where a key, a value or an item begins, and returns its pointer. `scalar` is its text, if it is one.
fn node(
    open: &mut [Open],
    found: &mut BTreeMap<String, Position>,
    span: Span,
    scalar: Option<&str>,
) -> String {
    let position = Position::new(span.start.line(), span.start.col() + 1);
    match open.last_mut() {
        None => String::new(),
        Some(Open::Mapping { pointer, value }) => {
            if let Some(pointer) = value.take() {
                return pointer;
            }
            let key = format!("{pointer}/{}", escape(scalar.unwrap_or_default()));
            found.insert(key.clone(), position);
            *value = Some(key.clone());
            key
        }
        Some(Open::Sequence { pointer, next }) => {
            let item = format!("{pointer}/{next}");
            *next += 1;
            found.insert(item.clone(), position);
            item
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_leads_to_a_line_and_a_column() {
        let source = Source::new(
            "a:\n  b/c: [1, {d: 2}]\n  é: &x\n    - e: |\n        f: 1\n    - *x\n\"g\": 1\n"
                .to_owned(),
        );
        for (pointer, line, column) in [
            ("", 1, 1),
            ("/a", 1, 1),
            ("/a/b~1c", 2, 3),
            ("/a/b~1c/0", 2, 9),
            ("/a/b~1c/1", 2, 12),
            ("/a/b~1c/1/d", 2, 13),
            ("/a/é/0/e", 4, 7),
            ("/a/é/1", 6, 7),
            ("/g", 7, 1),
            // A missing value has the place of what surrounds it.
            ("/a/é/0/e/f", 4, 7),
            ("/a/é/2", 3, 3),
            ("/h/i", 1, 1),
        ] {
            assert_eq!(
                source.position(pointer),
                Position { line, column },
                "{pointer}"
            );
        }
    }

    #[test]
    fn a_text_that_is_no_yaml_has_positions_up_to_there() {
        let source = Source::new("a: 1\nb: [\n".to_owned());
        assert_eq!(source.position("/b").line, 2);
        assert_eq!(source.position("/c"), Position::START);
    }
}
