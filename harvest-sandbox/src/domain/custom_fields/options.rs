//! The options of fields of which one is chosen, or some.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::{CUSTOM_FIELD, CUSTOM_FIELD_OPTION, CustomField, CustomFieldOption};
use crate::domain::access::Actor;
use crate::domain::names;
use crate::domain::patch::{Change, replace};
use crate::refusal::{FieldRule, Outcome, Problems, Refusal, Rule};
use crate::store::Edit;

/// An option to add.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct NewOption {
    pub(crate) name: String,
    pub(crate) priority: i64,
    pub(crate) external_id: Option<String>,
}

/// Changes of an option in use.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct OptionChange {
    pub(crate) id: i64,
    pub(crate) name: Option<String>,
    pub(crate) priority: Option<i64>,
    #[serde(default)]
    pub(crate) external_id: Change<String>,
}

/// The id for a new option.
pub(super) fn next_option_id(edit: &Edit<'_>) -> Outcome<i64> {
    edit.new_id(&CUSTOM_FIELD_OPTION)
}

/// Adds an option with a name that no other of the field has, and says under which id.
pub(crate) fn add_option(
    edit: &mut Edit<'_>,
    actor: &Actor,
    field_id: i64,
    option: NewOption,
) -> Outcome<i64> {
    let mut field = selectable(edit, actor, field_id)?;
    let mut problems = Problems::default();
    names::check("name", &option.name, &mut problems);
    if field
        .active_options()
        .any(|known| known.name == option.name)
    {
        problems.taken("name");
    }
    problems.check()?;
    let id = next_option_id(edit)?;
    field.options.push(option.under(id));
    field.save(edit, field_id)?;
    Ok(id)
}

/// Adds options to a field. Those with a name that it has are ignored without a word, as v1 documents.
pub(crate) fn add_options(
    edit: &mut Edit<'_>,
    actor: &Actor,
    field_id: i64,
    options: Vec<NewOption>,
) -> Outcome<()> {
    let mut field = selectable(edit, actor, field_id)?;
    let mut problems = Problems::default();
    add(edit, &mut field, options, "options", &mut problems)?;
    problems.check()?;
    field.save(edit, field_id)
}

impl NewOption {
    pub(super) fn under(self, id: i64) -> CustomFieldOption {
        CustomFieldOption {
            id,
            name: self.name,
            priority: self.priority,
            external_id: self.external_id,
            active: true,
        }
    }
}

fn add(
    edit: &Edit<'_>,
    field: &mut CustomField,
    options: Vec<NewOption>,
    at: &str,
    problems: &mut Problems,
) -> Outcome<()> {
    let known = field.active_options().map(|known| known.name.clone());
    let mut known: HashSet<String> = known.collect();
    for (place, option) in options.into_iter().enumerate() {
        names::check(&format!("{at}.{place}.name"), &option.name, problems);
        if known.insert(option.name.clone()) {
            field.options.push(option.under(next_option_id(edit)?));
        }
    }
    Ok(())
}

/// Gives the options that have these names already what else is said of them, and adds the others.
pub(super) fn merge(
    edit: &Edit<'_>,
    field: &mut CustomField,
    options: Vec<NewOption>,
    at: &str,
    problems: &mut Problems,
) -> Outcome<()> {
    let mut by_name: HashMap<&str, &NewOption> = HashMap::new();
    for option in &options {
        by_name.entry(&option.name).or_insert(option);
    }
    for option in field.options.iter_mut().filter(|option| option.active) {
        if let Some(new) = by_name.get(option.name.as_str()) {
            option.priority = new.priority;
            option.external_id.clone_from(&new.external_id);
        }
    }
    add(edit, field, options, at, problems)
}

/// Changes options in use. Each name is that of one option at the most.
pub(crate) fn change_options(
    edit: &mut Edit<'_>,
    actor: &Actor,
    field_id: i64,
    changes: Vec<OptionChange>,
) -> Outcome<()> {
    let mut field = selectable(edit, actor, field_id)?;
    let mut problems = Problems::default();
    let mut active = active_by_id(&mut field);
    // How many options have a name.
    let mut names: HashMap<String, usize> = HashMap::new();
    for option in active.values() {
        *names.entry(option.name.clone()).or_default() += 1;
    }
    for (place, change) in changes.into_iter().enumerate() {
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
    field.save(edit, field_id)
}

/// Takes options out of use, and says how many those were. What is none in use is left alone.
pub(crate) fn remove_options(
    edit: &mut Edit<'_>,
    actor: &Actor,
    field_id: i64,
    ids: &[i64],
) -> Outcome<usize> {
    let mut field = selectable(edit, actor, field_id)?;
    let mut removed = 0;
    let mut active = active_by_id(&mut field);
    for id in ids {
        if let Some(option) = active.remove(id) {
            option.active = false;
            removed += 1;
        }
    }
    field.save(edit, field_id)?;
    Ok(removed)
}

/// The options in use.
fn active_by_id(field: &mut CustomField) -> HashMap<i64, &mut CustomFieldOption> {
    let active = field.options.iter_mut().filter(|option| option.active);
    active.map(|option| (option.id, option)).collect()
}

/// A field, if it is one that has options, and the user may change it.
pub(super) fn selectable(edit: &Edit<'_>, actor: &Actor, id: i64) -> Outcome<CustomField> {
    if edit.exists(&CUSTOM_FIELD, id)? {
        actor.require_site_admin()?;
    }
    let field: CustomField = edit.get(&CUSTOM_FIELD, id)?;
    if !field.value_type.has_options() {
        return Err(Refusal::whole(Rule::Field(FieldRule::TakesNoOptions)));
    }
    Ok(field)
}
