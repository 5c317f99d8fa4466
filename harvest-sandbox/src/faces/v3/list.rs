//! Lists of v3. The description says which parameters a list has, and of which types; a resource says what they mean.

use rusqlite::types::Value as Sql;

use crate::domain::access::{Actor, Scope};
use crate::faces::Reading;
use crate::faces::list::List;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::openapi::parameters::Asked;
use crate::refusal::{Refusal, broken};
use crate::store::Kind;

/// The parameters that say which part of a list is asked for, and how much of each record.
const OF_PAGES: [&str; 3] = ["cursor", "per_page", FIELDS];
const FIELDS: &str = "fields";

/// The parameters that nearly all lists have, and the columns that they are about.
const COMMON: &[Meaning] = &[
    ("ids", Means::Column("id")),
    ("created_at", Means::Column("created_at")),
    ("updated_at", Means::Column("updated_at")),
];

/// A parameter, and what it is about.
pub(super) type Meaning = (&'static str, Means);

/// The records that pass a parameter.
#[derive(Clone, Copy)]
pub(super) enum Means {
    /// Those of which this column or expression is the value, one of the values, or within the range.
    Column(&'static str),
    /// Those for which this SQL condition holds, in which `?` is the value: 1 or 0 of a flag, a JSON array of a list.
    Where(&'static str),
    /// The same of a condition about another record than the one that is listed. `{seen}` in it is whether the user may see
    /// the record of this scope that this column names: what may not be seen finds nothing.
    Beyond(Scope, &'static str, &'static str),
}

const SEEN: &str = "{seen}";

/// The meaning of a parameter by which a resource filters its list with code of its own.
pub(super) const PICKED: Means = Means::Where("? IS NOT NULL");

/// The records of a kind, narrowed down by parameters with these meanings. Only site admins may list anything; a token
/// without a subject is that of the organization's own integration.
pub(super) fn list(cx: &Reading<'_>, kind: &'static Kind, meanings: &[Meaning]) -> Outcome {
    narrowed(cx, List::of(kind), meanings)
}

/// The same of a list that is narrowed down already.
pub(super) fn narrowed(cx: &Reading<'_>, list: List, meanings: &[Meaning]) -> Outcome {
    if let Some(user) = &cx.user {
        user.require_site_admin()?;
    }
    let mut list = list;
    for (name, asked) in cx.call.operation.parameters.asked(cx.call.query()) {
        if OF_PAGES.contains(&name) {
            continue;
        }
        let mut all = meanings.iter().chain(COMMON);
        let meaning = all.find(|(known, _)| *known == name);
        let (_, meaning) =
            meaning.ok_or_else(|| broken(format!("{} ignores `{name}`", cx.call.operation.id)))?;
        for (condition, value) in meaning.conditions(asked, cx.user.as_ref()) {
            list = list.where_is(condition, value);
        }
    }
    if let Some(names) = properties(cx) {
        list = list.properties(names);
    }
    cx.list(list)
}

/// The record that the path names, with the properties that are asked for.
pub(super) fn one(cx: &Reading<'_>, kind: &'static Kind, name: &str) -> Outcome {
    let id = cx.id_in_path(kind, name)?;
    let document = cx.documents(kind, "id = ?1", [id])?.pop();
    let document = document.ok_or_else(Refusal::not_found)?;
    Ok(Reply::ok(&match properties(cx) {
        Some(names) => document.with_only(&names)?,
        None => document,
    }))
}

/// The properties of a record that are asked for, if not all are.
fn properties(cx: &Reading<'_>) -> Option<Vec<String>> {
    let names = cx.call.query().last(FIELDS)?;
    Some(names.split(',').map(str::to_owned).collect())
}

impl Means {
    /// SQL conditions, each with the value that is `?` in it.
    fn conditions(self, asked: Asked, user: Option<&Actor>) -> Vec<(String, Sql)> {
        let (of_one, of_several) = match self {
            Self::Column(column) => (
                format!("{column} = ?"),
                format!("{column} IN (SELECT value FROM json_each(?))"),
            ),
            Self::Where(condition) => (condition.to_owned(), condition.to_owned()),
            Self::Beyond(scope, column, condition) => {
                let seen = user.map_or("true".to_owned(), |user| user.seeing(scope, column));
                let condition = condition.replace(SEEN, &seen);
                (condition.clone(), condition)
            }
        };
        match asked {
            Asked::Range(ends) => {
                let ends = ends.into_iter().map(|(bound, end)| match self {
                    Self::Column(column) => (format!("{column} {} ?", bound.sql()), end.into()),
                    Self::Where(_) | Self::Beyond(..) => (of_one.clone(), end.into()),
                });
                ends.collect()
            }
            Asked::Integers(ids) => vec![(of_several, json!(ids).to_string().into())],
            Asked::Texts(texts) => vec![(of_several, json!(texts).to_string().into())],
            Asked::Flag(flag) => vec![(of_one, i64::from(flag).into())],
            Asked::Integer(number) => vec![(of_one, number.into())],
            Asked::Text(text) => vec![(of_one, text.into())],
        }
    }
}
