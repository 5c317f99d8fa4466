//! Filters of lists.

use rusqlite::types::Value as Sql;

use crate::clock;
use crate::domain::access::{Scope, on_hidden_jobs};
use crate::faces::Reading;
use crate::http::query::is_true;
use crate::http::refusal::Outcome;

/// A query parameter, and the records that pass it.
pub(crate) struct Filter {
    parameter: &'static str,
    value: Type,
    test: Test,
}

/// How the text of a parameter is read.
#[derive(Clone, Copy)]
enum Type {
    Text,
    Integer,
    Flag,
    Time,
    Day,
    /// Integers with commas between, handed to SQL as a JSON array.
    Integers,
}

enum Test {
    Column(&'static str, Comparison),
    /// SQL in which `?` is the value.
    Condition(&'static str),
    /// The same of the id of a job, in which `:hidden` selects applications that the acting user may not see.
    Job(&'static str),
}

/// What stands for the applications on jobs that the acting user may not see.
const HIDDEN: &str = ":hidden";

/// SQL, and the value that is `?` in it.
pub(super) type Condition = (String, Option<Sql>);

/// How a column compares with a value.
#[derive(Clone, Copy)]
pub(crate) enum Comparison {
    /// Exclusive, as most `…_before` are.
    Before,
    /// Inclusive.
    Until,
    /// Inclusive, as most `…_after` are.
    Since,
    Is,
}

/// The four filters by time that most lists have, with the bounds that most lists have.
pub(crate) const CREATED_AND_UPDATED: &[Filter] = &[
    Filter::time("created_before", "created_at", Comparison::Before),
    Filter::time("created_after", "created_at", Comparison::Since),
    Filter::time("updated_before", "updated_at", Comparison::Before),
    Filter::time("updated_after", "updated_at", Comparison::Since),
];

impl Filter {
    /// The column is this text.
    pub(crate) const fn text(parameter: &'static str, column: &'static str) -> Self {
        Self::new(parameter, Type::Text, Test::Column(column, Comparison::Is))
    }

    /// The column is 1 for `true`, and 0 for anything else.
    pub(crate) const fn flag(parameter: &'static str, column: &'static str) -> Self {
        Self::new(parameter, Type::Flag, Test::Column(column, Comparison::Is))
    }

    /// The column, which holds times as they are kept, compares like this.
    pub(crate) const fn time(
        parameter: &'static str,
        column: &'static str,
        comparison: Comparison,
    ) -> Self {
        Self::new(parameter, Type::Time, Test::Column(column, comparison))
    }

    /// The column, which holds days, compares like this. A time is taken for its day.
    pub(crate) const fn day(
        parameter: &'static str,
        column: &'static str,
        comparison: Comparison,
    ) -> Self {
        Self::new(parameter, Type::Day, Test::Column(column, comparison))
    }

    /// The column is one of these integers, which come with commas between.
    pub(crate) const fn among(parameter: &'static str, condition: &'static str) -> Self {
        Self::new(parameter, Type::Integers, Test::Condition(condition))
    }

    /// The SQL condition holds for this text as `?`.
    pub(crate) const fn text_where(parameter: &'static str, condition: &'static str) -> Self {
        Self::new(parameter, Type::Text, Test::Condition(condition))
    }

    /// The SQL condition holds for this integer as `?`.
    pub(crate) const fn integer_where(parameter: &'static str, condition: &'static str) -> Self {
        Self::new(parameter, Type::Integer, Test::Condition(condition))
    }

    /// The SQL condition holds for 1 (`true`) or 0 (anything else) as `?`.
    pub(crate) const fn flag_where(parameter: &'static str, condition: &'static str) -> Self {
        Self::new(parameter, Type::Flag, Test::Condition(condition))
    }

    /// The SQL condition holds for the id of a job as `?`. A job that the acting user may not see picks nothing, like one
    /// that isn't there; `:hidden` selects the applications on such jobs.
    pub(crate) const fn job(parameter: &'static str, condition: &'static str) -> Self {
        Self::new(parameter, Type::Integer, Test::Job(condition))
    }

    const fn new(parameter: &'static str, value: Type, test: Test) -> Self {
        Self {
            parameter,
            value,
            test,
        }
    }

    /// The condition and its value, if the query has this parameter.
    pub(super) fn condition(&self, cx: &Reading<'_>) -> Outcome<Option<Condition>> {
        let text = cx.call.query().last(self.parameter);
        let Some(value) = text.and_then(|text| self.value.read(text)) else {
            return Ok(None);
        };
        let condition = match (&self.test, &cx.user) {
            (Test::Condition(condition), _) => (*condition).to_owned(),
            (Test::Column(column, comparison), _) => format!("{column} {} ?", comparison.sql()),
            (Test::Job(condition), None) => condition.replace(HIDDEN, "SELECT NULL WHERE false"),
            (Test::Job(condition), Some(user)) => {
                if let Sql::Integer(id) = value
                    && !user.sees(cx, Scope::Job, id)?
                {
                    return Ok(Some(("false".to_owned(), None)));
                }
                condition.replace(HIDDEN, &on_hidden_jobs())
            }
        };
        Ok(Some((condition, Some(value))))
    }
}

impl Type {
    /// `None` for what the check of the parameters has let pass all the same, such as an empty text for a time.
    fn read(self, text: &str) -> Option<Sql> {
        Some(match self {
            Self::Text => text.to_owned().into(),
            Self::Integer => text.parse::<i64>().ok()?.into(),
            Self::Flag => i64::from(is_true(text)).into(),
            Self::Time => clock::parse(text)?.into(),
            Self::Day => clock::parse_day(text)?.into(),
            Self::Integers => {
                let ids: Option<Vec<i64>> =
                    text.split(',').map(|id| id.trim().parse().ok()).collect();
                serde_json::to_string(&ids?).ok()?.into()
            }
        })
    }
}

impl Comparison {
    fn sql(self) -> &'static str {
        match self {
            Self::Before => "<",
            Self::Until => "<=",
            Self::Since => ">=",
            Self::Is => "=",
        }
    }
}
