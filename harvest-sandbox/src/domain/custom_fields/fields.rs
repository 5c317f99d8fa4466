//! The fields of a type of record, found by what requests and records call them.

use std::collections::HashMap;
use std::ops::Deref;
use std::rc::Rc;

use super::CUSTOM_FIELD;
use crate::domain::records::custom_field::{CustomField, CustomFieldOption};
use crate::refusal::Outcome;
use crate::store::View;

/// The fields of a type of record, in order.
pub(crate) struct Fields {
    pub(crate) all: Vec<Field>,
    /// The places of those that are active.
    pub(crate) by_id: HashMap<i64, usize>,
    pub(crate) by_key: HashMap<String, usize>,
}

/// A field with its options at hand.
pub(crate) struct Field {
    pub(crate) id: i64,
    pub(crate) definition: CustomField,
    /// By which values are shown beside the immutable one: it is made from the name.
    pub(crate) key: String,
    /// The places of its options, whether or not they can be chosen still.
    pub(crate) options: HashMap<i64, usize>,
    /// The places of those that can.
    pub(crate) options_by_name: HashMap<String, usize>,
}

/// What can have custom fields.
pub(crate) const TYPES: &[&str] = &[
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
    pub(crate) fn of_type(view: &View<'_>, field_type: &str) -> Outcome<Rc<Self>> {
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

    pub(crate) fn all(&self) -> impl Iterator<Item = &Field> {
        self.all.iter()
    }

    pub(crate) fn active(&self) -> impl Iterator<Item = &Field> {
        self.all.iter().filter(|field| field.active)
    }

    /// The active field with this id, or without one, with this key.
    pub(crate) fn named_by(&self, id: Option<i64>, key: Option<&str>) -> Option<&Field> {
        let place = match id {
            Some(id) => self.by_id.get(&id),
            None => self.by_key.get(key?),
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
            key: key_of(&definition.name),
            definition,
            options,
            options_by_name,
        }
    }

    /// An option of a value that a record has, whether or not it can be chosen still.
    pub(crate) fn option(&self, id: i64) -> Option<&CustomFieldOption> {
        self.definition.options.get(*self.options.get(&id)?)
    }

    /// The option of this name that can be chosen.
    pub(crate) fn option_named(&self, name: &str) -> Option<&CustomFieldOption> {
        self.definition
            .options
            .get(*self.options_by_name.get(name)?)
    }
}

/// `Notice period` becomes `notice_period`.
pub(super) fn key_of(name: &str) -> String {
    name.trim()
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join("_")
}

impl Deref for Field {
    type Target = CustomField;

    fn deref(&self) -> &CustomField {
        &self.definition
    }
}
