//! Ranges: comparisons and values in turn, joined by `|`, such as `gte|2026-01-01T00:00:00Z|lt|2026-02-01T00:00:00Z`.

use super::kind::Kind;
use crate::json::Value;
use crate::openapi::source::{Read, Source, object};

/// The style of a parameter that is a range.
pub(super) const STYLE: &str = "pipeDelimited";

/// What can be compared with what.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Range(Vec<(String, Kind)>);

impl Range {
    /// Reads the schema of an object whose properties are the comparisons.
    pub(super) fn read<'a>(source: Source<'a>, schema: &'a Value) -> Read<Self> {
        let schema = source.resolve(schema)?;
        let mut comparisons = Vec::new();
        for (name, value) in object(schema, "properties")?.into_iter().flatten() {
            comparisons.push((name.clone(), Kind::read(source, value)?));
        }
        if comparisons.is_empty() {
            return Err("a range has no comparisons".to_owned());
        }
        Ok(Self(comparisons))
    }

    /// The name of a comparison that is sent by itself, `created_at[gte]`: the service was seen to take that, too.
    pub(super) fn owns(&self, parameter: &str, name: &str) -> bool {
        let comparison = name
            .strip_prefix(parameter)
            .and_then(|rest| rest.strip_prefix('[')?.strip_suffix(']'));
        comparison.is_some_and(|comparison| self.0.iter().any(|(known, _)| known == comparison))
    }

    pub(super) fn check(&self, text: &str) -> Result<(), String> {
        let mut parts = text.split('|');
        let mut seen = Vec::new();
        while let Some(name) = parts.next() {
            let Some((name, kind)) = self.0.iter().find(|(known, _)| known == name) else {
                let known: Vec<_> = self.0.iter().map(|(known, _)| known.as_str()).collect();
                return Err(format!(
                    "Must be comparisons ({}) and values in turn, joined by |",
                    known.join(", ")
                ));
            };
            if seen.contains(&name) {
                return Err(format!("Must have {name} once"));
            }
            seen.push(name);
            let value = parts
                .next()
                .ok_or_else(|| format!("Must have a value after {name}"))?;
            kind.check(value)
                .map_err(|message| format!("After {name}: {message}"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;

    #[test]
    fn comparisons_and_values_in_turn() {
        let bound = json!({"type": "string", "format": "date-time"});
        let schema = json!({"type": "object", "properties": {"gte": bound, "lt": bound}});
        let range = Range::read(Source::new(&schema), &schema).unwrap();
        for good in [
            "gte|2026-01-01T00:00:00Z",
            "lt|2026-01-01T00:00:00Z|gte|2025-01-01T00:00:00Z",
        ] {
            assert_eq!(range.check(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "2026-01-01T00:00:00Z",
            "gte",
            "gte|soon",
            "gt|2026-01-01T00:00:00Z",
            "gte|2026-01-01T00:00:00Z|lt",
            "gte|2026-01-01T00:00:00Z|gte|2026-01-01T00:00:00Z",
        ] {
            assert!(range.check(bad).is_err(), "{bad}");
        }
        assert!(range.owns("created_at", "created_at[gte]"));
        for other in [
            "created_at",
            "created_at[gt]",
            "updated_at[gte]",
            "created_at[gte",
        ] {
            assert!(!range.owns("created_at", other), "{other}");
        }
        let empty = json!({"type": "object"});
        assert!(Range::read(Source::new(&empty), &empty).is_err());
    }
}
