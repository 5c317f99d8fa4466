//! Values of query parameters, read as their schemas say.

use super::kind::Bound;
use super::kind::ParameterType;
use super::{Parameter, Parameters};
use crate::clock;
use crate::http::query::{Query, is_true};

/// The value of a query parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Flag(bool),
    Integer(i64),
    /// Times are in the form in which they are kept, and so are days.
    Text(String),
    Integers(Vec<i64>),
    Texts(Vec<String>),
    /// The ends of a range. There can be none.
    Range(Vec<(Bound, String)>),
}

impl Parameters {
    /// The parameters that a query has, which [`check`](Self::check) has let pass, with their names.
    pub(crate) fn asked<'a>(&'a self, query: &'a Query) -> impl Iterator<Item = (&'a str, Asked)> {
        let all = self.query.iter();
        all.filter_map(|parameter| Some((parameter.name.as_str(), parameter.asked(query)?)))
    }
}

impl Parameter {
    fn asked(&self, query: &Query) -> Option<Asked> {
        match &self.kind {
            ParameterType::Range(range) => {
                let compared = range.compared(&self.name, query).ok()?;
                let ends = compared.into_iter();
                let ends = ends.map(|(bound, kind, value)| Some((bound, kind.text(value)?)));
                let ends: Vec<_> = ends.collect::<Option<_>>()?;
                (!ends.is_empty()).then_some(Asked::Range(ends))
            }
            ParameterType::List(list) if self.explode => {
                let items: Vec<&str> = query.all(&self.name).collect();
                let asked = (!items.is_empty()).then(|| list.items().list(&items));
                asked.flatten()
            }
            kind => kind.asked(query.last(&self.name)?),
        }
    }
}

impl ParameterType {
    fn asked(&self, text: &str) -> Option<Asked> {
        Some(match self {
            Self::Boolean { .. } => Asked::Flag(is_true(text)),
            Self::Integer { .. } => Asked::Integer(text.parse().ok()?),
            Self::List(list) => list.items().list(&text.split(',').collect::<Vec<_>>())?,
            Self::Any(kinds) | Self::All(kinds) => {
                let kind = kinds.iter().find(|kind| kind.check(text).is_ok())?;
                kind.asked(text)?
            }
            kind => Asked::Text(kind.text(text)?),
        })
    }

    /// The items of a list of this kind.
    fn list(&self, items: &[&str]) -> Option<Asked> {
        if let Self::Integer { .. } = self {
            let ids: Option<_> = items.iter().map(|item| item.parse().ok()).collect();
            return ids.map(Asked::Integers);
        }
        let texts: Option<_> = items.iter().map(|item| self.text(item)).collect();
        texts.map(Asked::Texts)
    }

    /// A text in the form in which it is kept.
    fn text(&self, text: &str) -> Option<String> {
        match self {
            Self::Time => clock::parse(text),
            Self::Day => clock::parse_day(text),
            _ => Some(text.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;
    use crate::openapi::router::Template;
    use crate::openapi::source::Source;

    #[test]
    fn values_have_the_types_of_their_schemas() {
        let time = json!({"type": "string", "format": "date-time"});
        let ids = json!({"type": "array", "items": {"type": "integer"}});
        let range = json!({"type": "object", "properties": {"gte": time, "lt": time}});
        let of = |name: &str, schema| json!({"name": name, "in": "query", "schema": schema});
        let listed = |name: &str, schema| {
            json!({
                "name": name, "in": "query", "explode": false, "schema": schema,
            })
        };
        let operation = json!({"parameters": [
            of("active", json!({"type": "boolean"})),
            of("page", json!({"type": "integer"})),
            of("name", json!({"type": "string"})),
            of("day", json!({"type": "string", "format": "date"})),
            listed("ids", ids.clone()),
            of("many", ids),
            listed("words", json!({"type": "array", "items": {"type": "string"}})),
            json!({"name": "at", "in": "query", "style": "pipeDelimited", "schema": range}),
        ]});
        let root = json!({});
        let template = Template::parse("/a").unwrap();
        let parameters =
            Parameters::read(Source::new(&root), &template, &json!({}), &operation).unwrap();
        let query = Query::parse(
            "active=true&page=2&name=a,b&day=2026-03-01T23:00:00-02:00&ids=7,8&many=1&many=2\
             &words=x,y&at[gte]=2026-03-01&at=lt|2026-03-02T00:00:00Z",
        );
        let asked: Vec<_> = parameters.asked(&query).collect();
        let text = |text: &str| text.to_owned();
        let ends = vec![
            (Bound::Before, text("2026-03-02T00:00:00.000Z")),
            (Bound::From, text("2026-03-01T00:00:00.000Z")),
        ];
        assert_eq!(
            asked,
            [
                ("active", Asked::Flag(true)),
                ("page", Asked::Integer(2)),
                ("name", Asked::Text(text("a,b"))),
                ("day", Asked::Text(text("2026-03-02"))),
                ("ids", Asked::Integers(vec![7, 8])),
                ("many", Asked::Integers(vec![1, 2])),
                ("words", Asked::Texts(vec![text("x"), text("y")])),
                ("at", Asked::Range(ends)),
            ]
        );
        assert_eq!(parameters.asked(&Query::default()).count(), 0);
    }
}
