//! Ranges: comparisons with values, in one of two forms or both.
//!
//! The description has them in turn, joined by `|`: `gte|2026-01-01T00:00:00Z|lt|2026-02-01T00:00:00Z`. The service was seen
//! to take each on its own, too: `created_at[gte]=2026-01-01T00:00:00Z`.

use super::ParameterType;
use crate::http::query::Query;
use crate::json::Value;
use crate::openapi::source::{Read, Source, object};

/// The style of a parameter that is a range.
pub(crate) const RANGE_STYLE: &str = "pipeDelimited";

/// What can be compared with what.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Range(Vec<(Bound, ParameterType)>);

/// A comparison of a value with an end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    From,
    After,
    Until,
    Before,
}

impl Bound {
    /// By the name that it has in a query.
    fn named(name: &str) -> Option<Self> {
        let all = [Self::From, Self::After, Self::Until, Self::Before];
        all.into_iter().find(|bound| bound.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            Self::From => "gte",
            Self::After => "gt",
            Self::Until => "lte",
            Self::Before => "lt",
        }
    }

    /// Whether it is about the end where a range begins.
    pub(crate) fn is_lower(self) -> bool {
        matches!(self, Self::From | Self::After)
    }

    /// The operator of SQL.
    pub(crate) fn sql(self) -> &'static str {
        match self {
            Self::From => ">=",
            Self::After => ">",
            Self::Until => "<=",
            Self::Before => "<",
        }
    }
}

/// A comparison as it was sent: the schema of its value, and the value.
pub(crate) type Compared<'a> = (Bound, &'a ParameterType, &'a str);

impl Range {
    /// Reads the schema of an object whose properties are the comparisons.
    pub(crate) fn read<'a>(source: Source<'a>, schema: &'a Value) -> Read<Self> {
        let schema = source.resolve(schema)?;
        let mut comparisons = Vec::new();
        for (name, value) in object(schema, "properties")?.into_iter().flatten() {
            let bound = Bound::named(name).ok_or_else(|| format!("`{name}` is no comparison"))?;
            comparisons.push((bound, ParameterType::read(source, value)?));
        }
        if comparisons.is_empty() {
            return Err("a range has no comparisons".to_owned());
        }
        Ok(Self(comparisons))
    }

    /// Whether a comparison that is sent on its own has this name, `created_at[gte]`.
    pub(crate) fn owns(&self, parameter: &str, name: &str) -> bool {
        self.alone(parameter, name).is_some()
    }

    fn alone(&self, parameter: &str, name: &str) -> Option<&(Bound, ParameterType)> {
        let rest = name.strip_prefix(parameter)?;
        let comparison = rest.strip_prefix('[')?.strip_suffix(']')?;
        self.get(comparison)
    }

    fn get(&self, name: &str) -> Option<&(Bound, ParameterType)> {
        self.0.iter().find(|(known, _)| known.name() == name)
    }

    /// The comparisons of a parameter in a query, in either form. Each is there once at most.
    pub(crate) fn compared<'a>(
        &'a self,
        parameter: &str,
        query: &'a Query,
    ) -> Result<Vec<Compared<'a>>, String> {
        let mut all = match query.last(parameter) {
            Some(text) => self.pairs(text)?,
            None => Vec::new(),
        };
        for (name, value) in query.pairs() {
            if let Some((bound, kind)) = self.alone(parameter, name) {
                add(&mut all, (*bound, kind, value))?;
            }
        }
        Ok(all)
    }

    /// The comparisons of a text with `|` in it.
    pub(crate) fn pairs<'a>(&'a self, text: &'a str) -> Result<Vec<Compared<'a>>, String> {
        let mut parts = text.split('|');
        let mut all = Vec::new();
        while let Some(name) = parts.next() {
            let Some((bound, kind)) = self.get(name) else {
                let known: Vec<_> = self.0.iter().map(|(known, _)| known.name()).collect();
                return Err(format!(
                    "Must be comparisons ({}) and values in turn, joined by |",
                    known.join(", ")
                ));
            };
            let value = parts
                .next()
                .ok_or_else(|| format!("Must have a value after {name}"))?;
            add(&mut all, (*bound, kind, value))?;
        }
        Ok(all)
    }
}

/// Adds a comparison that is not there yet, if its value is right.
fn add<'a>(all: &mut Vec<Compared<'a>>, (bound, kind, value): Compared<'a>) -> Result<(), String> {
    let name = bound.name();
    if all.iter().any(|(known, ..)| *known == bound) {
        return Err(format!("Must have {name} once"));
    }
    kind.check(value)
        .map_err(|message| format!("After {name}: {message}"))?;
    all.push((bound, kind, value));
    Ok(())
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
            assert_eq!(range.pairs(good).map(drop), Ok(()), "{good}");
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
            assert!(range.pairs(bad).is_err(), "{bad}");
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
        let both = Query::parse("at=gte|2026-01-01T00:00:00Z&at[lt]=2026-02-01&of[lt]=no");
        let compared = range.compared("at", &both).unwrap();
        let bounds: Vec<Bound> = compared.iter().map(|(bound, ..)| *bound).collect();
        assert_eq!(bounds, [Bound::From, Bound::Before]);
        for bad in [
            "at[gte]=soon",
            "at=gte|2026-01-01&at[gte]=2026-01-01",
            "at[lt]=2026-01-01&at[lt]=2026-01-02",
        ] {
            assert!(range.compared("at", &Query::parse(bad)).is_err(), "{bad}");
        }
        let empty = json!({"type": "object"});
        assert!(Range::read(Source::new(&empty), &empty).is_err());
    }
}
