//! The parts that schemas can play for which the runtime has code of its own.
//!
//! A schema names its role in `x-harvest-runtime-type`. That is how hand-written code gets to generated models without
//! the generator knowing any of them by name.

/// A role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// What the description calls it.
    pub name: &'static str,
    /// What the runtime does for a schema in this role.
    pub form: Form,
    /// The shape that a schema in this role has.
    pub shape: Shape,
}

/// What the runtime does for a schema, and the path of what does it, inside the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// It has the type: none is made from the schema.
    Type(&'static str),
    /// It has a trait with all its methods, which the type made from the schema gets.
    Trait(&'static str),
}

/// The shape of the schemas in a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Any JSON.
    Any,
    /// A map whose values are in this role.
    MapOf(&'static str),
    /// An object with these properties or some of them: others would be lost.
    Only(&'static [&'static str]),
    /// An object with these properties, among others.
    With(&'static [&'static str]),
}

/// All roles.
pub const ROLES: [Role; 7] = [
    Role {
        name: "custom-field-value",
        form: Form::Type("custom_field::CustomFieldValue"),
        shape: Shape::Any,
    },
    Role {
        name: "custom-field-values",
        form: Form::Type("custom_field::CustomFieldValues"),
        shape: Shape::MapOf("custom-field-value"),
    },
    Role {
        name: "keyed-custom-field",
        form: Form::Type("custom_field::KeyedCustomField"),
        shape: Shape::Only(&["name", "type", "value"]),
    },
    Role {
        name: "keyed-custom-fields",
        form: Form::Type("custom_field::KeyedCustomFields"),
        shape: Shape::MapOf("keyed-custom-field"),
    },
    Role {
        name: "custom-field-input",
        form: Form::Type("custom_field::CustomFieldInput"),
        shape: Shape::Only(&[
            "id",
            "name_key",
            "value",
            "unit",
            "min_value",
            "max_value",
            "delete_value",
        ]),
    },
    Role {
        name: "custom-field-entry",
        form: Form::Type("custom_field::CustomFieldEntry"),
        shape: Shape::Only(&["custom_field_id", "name_key", "value"]),
    },
    Role {
        name: "custom-field-definition",
        form: Form::Trait("custom_field::FieldDefinition"),
        shape: Shape::With(&["id", "name_key", "field_type", "value_type", "required"]),
    },
];

impl Role {
    /// The role of this name.
    pub fn named(name: &str) -> Option<Self> {
        ROLES.into_iter().find(|role| role.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_have_names_of_their_own() {
        for role in ROLES {
            assert_eq!(Role::named(role.name), Some(role));
            if let Shape::MapOf(values) = role.shape {
                assert!(Role::named(values).is_some(), "{values}");
            }
        }
        assert_eq!(Role::named("custom-field"), None);
    }
}
