//! All that is defined for one kind of record.

use super::{CustomFieldEntry, CustomFieldInput, Definition, FieldDefinition, InvalidCustomField};

/// The definitions of the fields of one kind of record, to check all changes of a request at once.
///
/// ```
/// use harvest_runtime::custom_field::{CustomFieldInput, Definition, Definitions};
/// use serde_json::json;
///
/// # let listed = [
/// #     Definition::from_json(&json!({"id": 1, "name_key": "bio", "value_type": "long_text"})),
/// #     Definition::from_json(&json!({"id": 2, "name_key": "start", "value_type": "date"})),
/// # ];
/// // Mostly from the service: its list of custom fields.
/// let definitions: Definitions = listed.iter().collect();
///
/// let changes = [
///     CustomFieldInput::by_key("bio").text("Grew up by the sea."),
///     CustomFieldInput::by_id(2).text("soon"),
/// ];
/// let refused = definitions.check(changes).unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "custom field start: its value is not a day; send a text such as 2026-01-02"
/// );
/// ```
#[derive(Clone, Default, Debug)]
pub struct Definitions(Vec<Definition>);

impl Definitions {
    /// The definition of the field with this immutable key.
    pub fn by_key(&self, key: &str) -> Option<&Definition> {
        self.0
            .iter()
            .find(|definition| definition.name_key.as_deref() == Some(key))
    }

    /// The definition of the field with this id.
    pub fn by_id(&self, id: impl Into<i64>) -> Option<&Definition> {
        let id = id.into();
        self.0.iter().find(|definition| definition.id == Some(id))
    }

    /// The definitions.
    pub fn iter(&self) -> std::slice::Iter<'_, Definition> {
        self.0.iter()
    }

    /// Checks changes, in either form, each against the definition of its field: see [`CustomFieldInput::checked`].
    ///
    /// # Errors
    ///
    /// The first change that the service would refuse or ignore, also if its field is not among these.
    pub fn check<C: Change>(
        &self,
        changes: impl IntoIterator<Item = C>,
    ) -> Result<Vec<C>, InvalidCustomField> {
        let checked = |change: C| {
            let found = match change.field() {
                (Some(id), _) => self.by_id(id),
                (None, Some(key)) => self.by_key(key),
                (None, None) => None,
            };
            match found {
                Some(definition) => change.checked_by(definition),
                None => Err(self.unknown(&change)),
            }
        };
        changes.into_iter().map(checked).collect()
    }

    fn unknown(&self, change: &impl Change) -> InvalidCustomField {
        let kind = match self.0.first().and_then(|d| d.field_type.as_deref()) {
            Some(field_type) => format!(" of the type {field_type}"),
            None => String::new(),
        };
        let field = match change.field() {
            (_, Some(key)) => key.to_owned(),
            (Some(id), None) => id.to_string(),
            (None, None) => "without a name".to_owned(),
        };
        InvalidCustomField::new(
            field,
            format!("no field{kind} is defined with this id or key"),
            "name it by the id or the name_key of its definition",
        )
    }
}

/// A change of one custom field, in one of the forms that requests take: [`CustomFieldInput`], [`CustomFieldEntry`].
pub trait Change: change::Sealed + Sized {}

impl Change for CustomFieldInput {}
impl Change for CustomFieldEntry {}

mod change {
    use super::{CustomFieldEntry, CustomFieldInput, Definition, InvalidCustomField};

    /// What the check of many changes needs of each.
    pub trait Sealed: Sized {
        /// The id and the key by which it names its field.
        fn field(&self) -> (Option<i64>, Option<&str>);

        fn checked_by(self, definition: &Definition) -> Result<Self, InvalidCustomField>;
    }

    impl Sealed for CustomFieldInput {
        fn field(&self) -> (Option<i64>, Option<&str>) {
            (self.id, self.name_key.as_deref())
        }

        fn checked_by(self, definition: &Definition) -> Result<Self, InvalidCustomField> {
            self.checked(definition)
        }
    }

    impl Sealed for CustomFieldEntry {
        fn field(&self) -> (Option<i64>, Option<&str>) {
            (self.custom_field_id, self.name_key.as_deref())
        }

        fn checked_by(self, definition: &Definition) -> Result<Self, InvalidCustomField> {
            self.checked(definition)
        }
    }
}

impl<D: FieldDefinition> FromIterator<D> for Definitions {
    fn from_iter<I: IntoIterator<Item = D>>(definitions: I) -> Self {
        let own = |definition: D| definition.definition().into_owned();
        Self(definitions.into_iter().map(own).collect())
    }
}

impl<'a> IntoIterator for &'a Definitions {
    type Item = &'a Definition;
    type IntoIter = std::slice::Iter<'a, Definition>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
