//! The options of fields of which one is chosen, or some.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::{CUSTOM_FIELD, CustomField, CustomFieldOption};
use crate::handler::{Reading, Writing};
use crate::list;
use crate::patch::{Change, replace};
use crate::refusal::{Outcome, Problems, Refusal};
use crate::reply::Reply;
use crate::store::Edit;

/// An option to add.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Input {
    pub(super) name: String,
    priority: i64,
    external_id: Option<String>,
}

/// The id for a new option.
pub(super) fn next_option_id(edit: &Edit<'_>) -> Outcome<i64> {
    edit.next_number("custom_field_option", 51_840_011)
}

/// Those in use, unless `type` asks for others.
pub(super) fn list(cx: &Reading<'_>) -> Outcome {
    let (_, field): (i64, CustomField) = cx.record_in_path(&CUSTOM_FIELD, "id")?;
    let wanted = cx.call.query().last("type").unwrap_or("active");
    let mut options = field.options;
    options.retain(|option| wanted == "all" || option.active == (wanted == "active"));
    options.sort_by_key(|option| (option.priority, option.id));
    let shown: Vec<_> = options.iter().map(CustomFieldOption::show).collect();
    list::values(cx, &shown)
}

#[derive(Deserialize)]
struct Create {
    options: Vec<Input>,
}

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut field) = field(cx)?;
    let body: Create = cx.call.body()?;
    let mut problems = Problems::default();
    add(cx, &mut field, body.options, "options", &mut problems)?;
    problems.check()?;
    cx.save(&CUSTOM_FIELD, id, &field)?;
    // They aren't returned.
    Ok(Reply::json(StatusCode::CREATED, &json!({"success": true})))
}

/// Adds options to a field. Those with a name that it has are ignored without a word, as documented.
pub(super) fn add(
    edit: &Edit<'_>,
    field: &mut CustomField,
    inputs: Vec<Input>,
    at: &str,
    problems: &mut Problems,
) -> Outcome<()> {
    for (place, input) in inputs.into_iter().enumerate() {
        if input.name.trim().is_empty() {
            problems.add(&format!("{at}.{place}.name"), "Must not be blank");
            continue;
        }
        if field.active_options().any(|known| known.name == input.name) {
            continue;
        }
        field.options.push(CustomFieldOption {
            id: next_option_id(edit)?,
            name: input.name,
            priority: input.priority,
            external_id: input.external_id,
            active: true,
        });
    }
    Ok(())
}

/// Gives the options that have these names already what else is said of them, and adds the others.
pub(super) fn merge(
    edit: &Edit<'_>,
    field: &mut CustomField,
    inputs: Vec<Input>,
    at: &str,
    problems: &mut Problems,
) -> Outcome<()> {
    for option in field.options.iter_mut().filter(|option| option.active) {
        if let Some(input) = inputs.iter().find(|input| input.name == option.name) {
            option.priority = input.priority;
            option.external_id.clone_from(&input.external_id);
        }
    }
    add(edit, field, inputs, at, problems)
}

#[derive(Deserialize)]
struct Update {
    options: Vec<OptionUpdate>,
}

#[derive(Deserialize)]
struct OptionUpdate {
    id: i64,
    name: Option<String>,
    priority: Option<i64>,
    #[serde(default)]
    external_id: Change<String>,
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut field) = field(cx)?;
    let body: Update = cx.call.body()?;
    let mut problems = Problems::default();
    for (place, change) in body.options.into_iter().enumerate() {
        let at = format!("options.{place}");
        if let Some(name) = &change.name {
            let mut others = field.active_options().filter(|one| one.id != change.id);
            if name.trim().is_empty() {
                problems.add(&format!("{at}.name"), "Must not be blank");
            } else if others.any(|other| other.name == *name) {
                problems.taken(&format!("{at}.name"));
            }
        }
        let mut active = field.options.iter_mut().filter(|option| option.active);
        let Some(option) = active.find(|option| option.id == change.id) else {
            problems.unknown(&format!("{at}.id"), "An option of this field");
            continue;
        };
        replace(&mut option.name, change.name);
        replace(&mut option.priority, change.priority);
        change.external_id.apply(&mut option.external_id);
    }
    problems.check()?;
    cx.save(&CUSTOM_FIELD, id, &field)?;
    Ok(Reply::value(&json!({"success": true})))
}

#[derive(Deserialize)]
struct Delete {
    option_ids: Vec<i64>,
}

/// Takes options out of use. Ids that are not found are counted, so that the request can be repeated.
pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut field) = field(cx)?;
    let body: Delete = cx.call.body()?;
    let (mut deleted, mut unknown) = (0, 0);
    for option_id in body.option_ids {
        let mut active = field.options.iter_mut().filter(|option| option.active);
        match active.find(|option| option.id == option_id) {
            Some(option) => {
                option.active = false;
                deleted += 1;
            }
            None => unknown += 1,
        }
    }
    cx.save(&CUSTOM_FIELD, id, &field)?;
    let message = format!("{deleted} option(s) deleted. {unknown} option(s) not found.");
    Ok(Reply::message(StatusCode::OK, &message))
}

/// The field in the path, if it is one that has options, and the user may change it.
fn field(cx: &Writing<'_, '_>) -> Outcome<(i64, CustomField)> {
    let (id, field): (i64, CustomField) = cx.record_in_path(&CUSTOM_FIELD, "id")?;
    cx.user.require_site_admin()?;
    if !field.value_type.has_options() {
        return Err(Refusal::whole(
            "Only fields of type single_select and multi_select have options",
        ));
    }
    Ok((id, field))
}
