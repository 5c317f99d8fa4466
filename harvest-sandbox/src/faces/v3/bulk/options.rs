//! Bulk jobs about the options of custom fields. A field holds all its options, so that rows are not done one by one: each
//! would read and keep all of them.

use serde::de::DeserializeOwned;

use super::start::{Row, job};
use crate::domain::bulk::Rows;
use crate::domain::custom_fields::{CUSTOM_FIELD_OPTION, ListedOption, OptionRow, do_option_rows};
use crate::faces::Writing;
use crate::faces::v3::custom_field_options::{Create, Update, not_added};
use crate::http::refusal::Outcome;
use crate::json::Value;
use crate::refusal::{Refusal, broken};
use crate::store::View;

pub(super) fn add(cx: &mut Writing<'_, '_>) -> Outcome {
    each(cx, Rows::making(&CUSTOM_FIELD_OPTION), |_, row| {
        let Create {
            custom_field_id,
            choice,
        } = read(&row)?;
        Ok((None, Ok((custom_field_id, OptionRow::Add(choice.into())))))
    })
}

pub(super) fn change(cx: &mut Writing<'_, '_>) -> Outcome {
    each(cx, Rows::naming(&CUSTOM_FIELD_OPTION), |view, row| {
        let id = row["id"].as_i64().unwrap_or_default();
        let change = read::<Update>(&row)?.of(id);
        let row = field_of(view, id).map(|field_id| (field_id, OptionRow::Change(change)));
        Ok((Some(id), row))
    })
}

pub(super) fn remove(cx: &mut Writing<'_, '_>) -> Outcome {
    each(cx, Rows::naming(&CUSTOM_FIELD_OPTION), |view, row| {
        let id = row.as_i64().unwrap_or_default();
        let row = field_of(view, id).map(|field_id| (field_id, OptionRow::Remove(id)));
        Ok((Some(id), row))
    })
}

/// The id that a row names, and what it asks for of which field.
type Read = (Option<i64>, Outcome<(i64, OptionRow)>);

fn each(
    cx: &mut Writing<'_, '_>,
    about: Rows,
    read: impl Fn(&View<'_>, Value) -> Outcome<Read>,
) -> Outcome {
    job(cx, about, |cx, rows| {
        let (mut named, mut asked) = (Vec::new(), Vec::new());
        for row in rows {
            let (id, row) = read(cx, row)?;
            named.push(id);
            asked.push(row);
        }
        let actor = cx.user.clone();
        let done = do_option_rows(cx, &actor, asked)?;
        let rows = named.into_iter().zip(done).map(|(named, outcome)| Row {
            named,
            outcome: outcome.map(Some).map_err(|refusal| match named {
                None => not_added(refusal),
                Some(_) => refusal,
            }),
        });
        Ok(rows.collect())
    })
}

fn read<T: DeserializeOwned>(row: &Value) -> Outcome<T> {
    T::deserialize(row).map_err(|_| broken("a job misreads its rows"))
}

/// The field of an option, or 404.
fn field_of(view: &View<'_>, id: i64) -> Outcome<i64> {
    let option: Option<ListedOption> = view.find(&CUSTOM_FIELD_OPTION, id)?;
    option.map(|it| it.custom_field_id).ok_or(Refusal::NotFound)
}
