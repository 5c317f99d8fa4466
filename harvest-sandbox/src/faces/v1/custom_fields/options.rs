//! Requests about the options of select fields.

use std::collections::{HashMap, HashSet};

use axum::http::StatusCode;
use serde::Deserialize;

use crate::domain::custom_fields::{CUSTOM_FIELD, CustomField, CustomFieldOption, next_option_id};
use crate::domain::names;
use crate::domain::patch::{Change, replace};
use crate::faces::{Reading, Writing, list};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::refusal::{Problems, Refusal};
use crate::store::Edit;

/// An option to add.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Input {
    pub(super) name: String,
    priority: i64,
    external_id: Option<String>,
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
    let known = field.active_options().map(|known| known.name.clone());
    let mut known: HashSet<String> = known.collect();
    for (place, input) in inputs.into_iter().enumerate() {
        names::check(&format!("{at}.{place}.name"), &input.name, problems);
        if !known.insert(input.name.clone()) {
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
    let mut by_name: HashMap<&str, &Input> = HashMap::new();
    for input in &inputs {
        by_name.entry(&input.name).or_insert(input);
    }
    for option in field.options.iter_mut().filter(|option| option.active) {
        if let Some(input) = by_name.get(option.name.as_str()) {
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
    let mut active = active_by_id(&mut field);
    // How many options have a name.
    let mut names: HashMap<String, usize> = HashMap::new();
    for option in active.values() {
        *names.entry(option.name.clone()).or_default() += 1;
    }
    for (place, change) in body.options.into_iter().enumerate() {
        let at = format!("options.{place}");
        let option = active.get_mut(&change.id);
        if let Some(name) = &change.name {
            let own = option.as_ref().is_some_and(|option| option.name == *name);
            let others = names.get(name).copied().unwrap_or_default() - usize::from(own);
            names::check(&format!("{at}.name"), name, &mut problems);
            if others > 0 {
                problems.taken(&format!("{at}.name"));
            }
        }
        let Some(option) = option else {
            problems.unknown(&format!("{at}.id"), "An option of this field");
            continue;
        };
        if let Some(name) = change.name {
            if let Some(count) = names.get_mut(&option.name) {
                *count -= 1;
            }
            *names.entry(name.clone()).or_default() += 1;
            option.name = name;
        }
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
    let mut active = active_by_id(&mut field);
    for option_id in body.option_ids {
        match active.remove(&option_id) {
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

/// The options in use.
fn active_by_id(field: &mut CustomField) -> HashMap<i64, &mut CustomFieldOption> {
    let active = field.options.iter_mut().filter(|option| option.active);
    active.map(|option| (option.id, option)).collect()
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
