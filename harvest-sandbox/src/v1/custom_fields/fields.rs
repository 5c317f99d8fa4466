//! The fields of a type of record, found by what requests and records call them.

use std::collections::HashMap;
use std::ops::Deref;
use std::rc::Rc;

use super::{CUSTOM_FIELD, CustomField, CustomFieldOption, Input};
use crate::refusal::Outcome;
use crate::store::View;

/// The fields of a type of record, in order.
pub(super) struct Fields {
    all: Vec<Field>,
    /// The places of those that are active.
    by_id: HashMap<i64, usize>,
    by_key: HashMap<String, usize>,
}

/// A field with its options at hand.
pub(super) struct Field {
    pub(super) id: i64,
    definition: CustomField,
    /// The places of its options, whether or not they can be chosen still.
    options: HashMap<i64, usize>,
    /// The places of those that can.
    options_by_name: HashMap<String, usize>,
}

/// What can have custom fields.
const TYPES: &[&str] = &[
    "job",
    "candidate",
    "application",
    "offer",
    "opening",
    "rejection_question",
    "referral_question",
    "user_attribute",
];

impl Fields {
    /// Each is asked for time and again, and read once.
    pub(super) fn of_type(view: &View<'_>, field_type: &str) -> Outcome<Rc<Self>> {
        let mut types = TYPES.iter().zip(1..);
        let key = types.find(|(known, _)| **known == field_type);
        view.memo(&CUSTOM_FIELD, key.map_or(0, |(_, key)| key), || {
            let condition = "field_type = ?1 ORDER BY priority, id";
            let states = view.states(&CUSTOM_FIELD, condition, [field_type])?;
            Ok(Self::new(states))
        })
    }

    fn new(states: Vec<(i64, CustomField)>) -> Self {
        let mut fields = Self {
            all: Vec::with_capacity(states.len()),
            by_id: HashMap::new(),
            by_key: HashMap::new(),
        };
        for (place, (id, definition)) in states.into_iter().enumerate() {
            if definition.active {
                fields.by_id.insert(id, place);
                fields.by_key.insert(definition.name_key.clone(), place);
            }
            fields.all.push(Field::new(id, definition));
        }
        fields
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Field> {
        self.all.iter()
    }

    pub(super) fn active(&self) -> impl Iterator<Item = &Field> {
        self.all.iter().filter(|field| field.active)
    }

    /// The active field that an entry of a body is about.
    pub(super) fn named_by(&self, input: &Input) -> Option<&Field> {
        let place = match input.id {
            Some(id) => self.by_id.get(&id),
            None => self.by_key.get(input.name_key.as_deref()?),
        };
        self.all.get(*place?)
    }
}

impl Field {
    fn new(id: i64, definition: CustomField) -> Self {
        let mut options = HashMap::new();
        let mut options_by_name = HashMap::new();
        for (place, option) in definition.options.iter().enumerate() {
            options.insert(option.id, place);
            if option.active {
                options_by_name.entry(option.name.clone()).or_insert(place);
            }
        }
        Self {
            id,
            definition,
            options,
            options_by_name,
        }
    }

    /// An option of a value that a record has, whether or not it can be chosen still.
    pub(super) fn option(&self, id: i64) -> Option<&CustomFieldOption> {
        self.definition.options.get(*self.options.get(&id)?)
    }

    /// The option of this name that can be chosen.
    pub(super) fn option_named(&self, name: &str) -> Option<&CustomFieldOption> {
        self.definition
            .options
            .get(*self.options_by_name.get(name)?)
    }
}

impl Deref for Field {
    type Target = CustomField;

    fn deref(&self) -> &CustomField {
        &self.definition
    }
}
