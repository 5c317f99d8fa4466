//! Rows of a bulk job about options: each succeeds or is refused individually. A field is read and kept once for all its rows, so
//! that the work of a job does not grow with the square of them.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use super::CustomField;
use super::options::{NewOption, OptionChange, next_option_id, selectable};
use crate::domain::access::Actor;
use crate::domain::names;
use crate::domain::patch::replace;
use crate::refusal::{Outcome, Problems};
use crate::store::Edit;

/// What a row asks for.
pub(crate) enum OptionRow {
    Add(NewOption),
    Change(OptionChange),
    /// Takes the option with this id out of use.
    Remove(i64),
}

/// A field that rows are about.
struct Held {
    field: CustomField,
    /// The places of the options in use, by their ids.
    places: HashMap<i64, usize>,
    /// How many options in use have a name.
    names: HashMap<String, usize>,
}

/// Does the rows, each with the id of its field, and says the id of the option or why there is none. Problems are at `name`
/// and `id`.
pub(crate) fn do_option_rows(
    edit: &mut Edit<'_>,
    actor: &Actor,
    rows: impl IntoIterator<Item = Outcome<(i64, OptionRow)>>,
) -> Outcome<Vec<Outcome<i64>>> {
    let mut held = HashMap::new();
    let mut done = Vec::new();
    for row in rows {
        done.push(row.and_then(|(field_id, row)| {
            let of = match held.entry(field_id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => place.insert(Held::of(selectable(edit, actor, field_id)?)),
            };
            match row {
                OptionRow::Add(option) => of.add(edit, option),
                OptionRow::Change(change) => of.change(change),
                OptionRow::Remove(id) => Ok(of.remove(id)),
            }
        }));
    }
    for (id, of) in held.into_iter().collect::<BTreeMap<_, _>>() {
        of.field.save(edit, id)?;
    }
    Ok(done)
}

impl Held {
    fn of(field: CustomField) -> Self {
        let mut names = HashMap::new();
        let mut places = HashMap::new();
        for (place, option) in field.options.iter().enumerate() {
            if option.active {
                *names.entry(option.name.clone()).or_default() += 1;
                places.insert(option.id, place);
            }
        }
        Self {
            field,
            places,
            names,
        }
    }

    fn count(&self, name: &str) -> usize {
        self.names.get(name).copied().unwrap_or_default()
    }

    fn add(&mut self, edit: &Edit<'_>, option: NewOption) -> Outcome<i64> {
        let mut problems = Problems::default();
        names::check("name", &option.name, &mut problems);
        if self.count(&option.name) > 0 {
            problems.taken("name");
        }
        problems.check()?;
        let id = next_option_id(edit)?;
        self.places.insert(id, self.field.options.len());
        *self.names.entry(option.name.clone()).or_default() += 1;
        self.field.options.push(option.under(id));
        Ok(id)
    }

    fn change(&mut self, change: OptionChange) -> Outcome<i64> {
        let mut problems = Problems::default();
        let place = self.places.get(&change.id).copied();
        let known = place.and_then(|place| self.field.options.get(place));
        let name = known.map(|option| option.name.clone());
        if let Some(new) = &change.name {
            names::check("name", new, &mut problems);
            if self.count(new) > usize::from(name.as_ref() == Some(new)) {
                problems.taken("name");
            }
        }
        if known.is_none() {
            problems.unknown("id", "An option of this field");
        }
        problems.check()?;
        if let (Some(old), Some(new)) = (name, &change.name) {
            if let Some(count) = self.names.get_mut(&old) {
                *count -= 1;
            }
            *self.names.entry(new.clone()).or_default() += 1;
        }
        let id = change.id;
        if let Some(option) = place.and_then(|place| self.field.options.get_mut(place)) {
            replace(&mut option.name, change.name);
            replace(&mut option.priority, change.priority);
            change.external_id.apply(&mut option.external_id);
        }
        Ok(id)
    }

    /// One that is in use no more is left alone.
    fn remove(&mut self, id: i64) -> i64 {
        let place = self.places.remove(&id);
        if let Some(option) = place.and_then(|place| self.field.options.get_mut(place)) {
            option.active = false;
            if let Some(count) = self.names.get_mut(&option.name) {
                *count -= 1;
            }
        }
        id
    }
}
