//! Definitions of custom fields.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{InvalidCustomField, ValueType};

/// What a custom field takes: what the service's definition of it says, as far as values are concerned.
///
/// It is made from the model that the service's list of custom fields is made of ([`FieldDefinition`]), or from JSON.
///
/// ```
/// use harvest_runtime::custom_field::{CustomFieldInput, Definition};
/// use serde_json::json;
///
/// let definition = Definition::from_json(&json!({
///     "id": 123456,
///     "name_key": "team_colour",
///     "field_type": "job",
///     "value_type": "single_select",
///     "custom_field_options": [{"id": 11, "name": "Green"}, {"id": 12, "name": "Blue"}],
/// }));
/// // The name of an option becomes its id, which is understood everywhere.
/// let input = CustomFieldInput::for_field(&definition).option_named("Blue").checked(&definition)?;
/// assert_eq!(serde_json::to_value(&input)?, json!({"name_key": "team_colour", "value": 12}));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Definition {
    /// The field's id.
    pub id: Option<i64>,
    /// The field's immutable key.
    pub name_key: Option<String>,
    /// What kind of record the field belongs to, as the service names it: `candidate`, `job`.
    pub field_type: Option<String>,
    /// What the field holds.
    pub value_type: ValueType,
    /// Whether a record cannot be without a value.
    pub required: bool,
    /// False for a field that was deleted.
    pub active: bool,
    /// The choices of a select field. `None` where they are not known: then they are not checked.
    #[serde(
        rename = "custom_field_options",
        skip_serializing_if = "Option::is_none"
    )]
    pub options: Option<Vec<FieldOption>>,
}

/// One choice of a select field.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FieldOption {
    /// The option's id.
    pub id: i64,
    /// What users see, and what records show as the value.
    pub name: Option<String>,
    /// False for an option that can no longer be chosen.
    pub active: bool,
}

/// Something that defines a custom field: [`Definition`] itself, and the model of the service's own definitions.
///
/// A method that takes one converts a model each time. Take [`definition`](Self::definition) once where many values
/// are read or checked, since a field can have thousands of options.
pub trait FieldDefinition: Serialize {
    /// The definition.
    fn definition(&self) -> Cow<'_, Definition> {
        let json = serde_json::to_value(self).unwrap_or_default();
        Cow::Owned(Definition::from_json(&json))
    }
}

impl FieldDefinition for Definition {
    fn definition(&self) -> Cow<'_, Definition> {
        Cow::Borrowed(self)
    }
}

impl<T: FieldDefinition> FieldDefinition for &T {
    fn definition(&self) -> Cow<'_, Definition> {
        (**self).definition()
    }
}

impl Definition {
    /// A definition as the service writes it. What is missing, or of an unexpected type, is not known and not checked.
    pub fn from_json(json: &Value) -> Self {
        let options = json.get("custom_field_options").and_then(Value::as_array);
        Self {
            id: id(json),
            name_key: text(json, "name_key"),
            field_type: text(json, "field_type"),
            value_type: json
                .get("value_type")
                .and_then(|value| ValueType::deserialize(value).ok())
                .unwrap_or_default(),
            required: json.get("required") == Some(&Value::Bool(true)),
            active: json.get("active") != Some(&Value::Bool(false)),
            options: options
                .map(|options| options.iter().filter_map(FieldOption::from_json).collect()),
        }
    }

    /// The same with these options, where the service lists them apart from the definition.
    ///
    /// # Errors
    ///
    /// If an option cannot be written as JSON; the models of options can.
    pub fn with_options<O: Serialize>(
        mut self,
        options: impl IntoIterator<Item = O>,
    ) -> Result<Self, serde_json::Error> {
        let mut known = Vec::new();
        for option in options {
            // One at a time: as JSON, each takes many times what is kept of it.
            known.extend(FieldOption::from_json(&serde_json::to_value(option)?));
        }
        self.options = Some(known);
        Ok(self)
    }

    /// The definition itself, if it is of this kind of record: `candidate`, `job`.
    ///
    /// # Errors
    ///
    /// If it is of another kind.
    pub fn on(&self, field_type: &str) -> Result<&Self, InvalidCustomField> {
        match self.field_type.as_deref() {
            Some(other) if other != field_type => Err(InvalidCustomField::new(
                self.to_string(),
                format!("it is a field of the type {other}, not {field_type}"),
                format!("look the definition up among those of the type {field_type}"),
            )),
            _ => Ok(self),
        }
    }

    /// The id of the option with exactly this name.
    ///
    /// # Errors
    ///
    /// If there is no such option, or it can no longer be chosen.
    pub fn option_id(&self, name: &str) -> Result<i64, InvalidCustomField> {
        let found = self.options.iter().flatten();
        let mut found = found.filter(|option| option.name.as_deref() == Some(name));
        match (found.clone().find(|option| option.active), found.next()) {
            (Some(option), _) => Ok(option.id),
            (None, Some(option)) => Err(self.retired(option.id)),
            (None, None) => Err(InvalidCustomField::new(
                self.to_string(),
                "no option has this name",
                self.choices(),
            )),
        }
    }

    /// The ids of the options with exactly these names.
    ///
    /// # Errors
    ///
    /// See [`option_id`](Self::option_id).
    pub fn option_ids<'n>(
        &self,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Result<Vec<i64>, InvalidCustomField> {
        names.into_iter().map(|name| self.option_id(name)).collect()
    }

    pub(super) fn retired(&self, option: i64) -> InvalidCustomField {
        InvalidCustomField::new(
            self.to_string(),
            format!("its option {option} can no longer be chosen"),
            self.choices(),
        )
    }

    /// What to do where an option does not exist: a few of those that do, which are the organization's own words.
    pub(super) fn choices(&self) -> String {
        const SHOWN: usize = 5;
        let all: Vec<_> = self.options.iter().flatten().filter(|o| o.active).collect();
        if all.is_empty() {
            return "add options to the field first".to_owned();
        }
        let mut shown: Vec<_> = all
            .iter()
            .take(SHOWN)
            .map(|option| match &option.name {
                Some(name) => format!("{} ({})", option.id, brief(name)),
                None => option.id.to_string(),
            })
            .collect();
        if all.len() > SHOWN {
            shown.push(format!("{} more", all.len() - SHOWN));
        }
        format!("choose among {}", shown.join(", "))
    }
}

/// The beginning of a text that the organization chose, for an error that may be one of many.
fn brief(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

impl FieldOption {
    fn from_json(json: &Value) -> Option<Self> {
        Some(Self {
            id: id(json)?,
            name: text(json, "name"),
            active: json.get("active") != Some(&Value::Bool(false)),
        })
    }
}

fn id(json: &Value) -> Option<i64> {
    json.get("id")?.as_i64()
}

fn text(json: &Value, name: &str) -> Option<String> {
    json.get(name)?.as_str().map(str::to_owned)
}

/// How errors name the field: by its key, or else by its id.
impl std::fmt::Display for Definition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.name_key, self.id) {
            (Some(key), _) => f.write_str(&brief(key)),
            (None, Some(id)) => write!(f, "{id}"),
            (None, None) => f.write_str("without a name"),
        }
    }
}

crate::redacted_debug! {
    Definition { id }
    FieldOption { id }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table has an error for each row, and the service's texts have no length of their own.
    #[test]
    fn texts_of_the_organization_are_cut_in_errors() {
        let name = "ä".repeat(1_000_000);
        let definition = Definition::from_json(&serde_json::json!({
            "id": 1, "name_key": name, "value_type": "single_select",
            "custom_field_options": [{"id": 1, "name": name}],
        }));
        assert!(brief(&name).chars().count() == 81 && brief("Green") == "Green");
        assert!(definition.to_string().len() < 200);
        let choices = definition.choices();
        assert!(choices.starts_with("choose among 1 (ä") && choices.len() < 200);
    }
}
