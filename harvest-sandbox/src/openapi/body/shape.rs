//! The parts of a value as schemas describe them, seen together.

use std::collections::HashMap;

use crate::json::Value;

/// Where the components that a schema uses are kept, beside it.
pub(super) const DEFINITIONS: &str = "#/$defs/";

/// The name in `{"$ref": "#/$defs/name"}`.
pub(super) fn definition_name(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(DEFINITIONS)
}

/// The schema of a body, with the components that it refers to.
#[derive(Clone, Copy)]
pub(super) struct Shapes<'s> {
    root: &'s Value,
}

/// What one or several schemas say about the parts of a value.
#[derive(Default)]
pub(super) struct Shape<'s> {
    /// Whether it can be the shape of an object at all.
    is_object: bool,
    /// Whether properties are listed.
    pub(super) lists: bool,
    /// Whether any property may be there.
    pub(super) open: bool,
    pub(super) properties: HashMap<&'s str, Vec<&'s Value>>,
    /// The schemas of properties that are not listed.
    pub(super) others: Vec<&'s Value>,
    pub(super) items: Vec<&'s Value>,
}

/// The types that a value may have, as far as it matters whether it is a text or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Types {
    pub(super) text: bool,
    pub(super) integer: bool,
    pub(super) number: bool,
}

impl<'s> Shapes<'s> {
    pub(super) fn of(root: &'s Value) -> Self {
        Self { root }
    }

    /// The shape of the body as a whole.
    pub(super) fn whole(self) -> Shape<'s> {
        self.merged(&[self.root])
    }

    pub(super) fn merged(self, schemas: &[&'s Value]) -> Shape<'s> {
        let mut merged = Shape::default();
        for schema in schemas {
            merged.add(self.shape(schema));
        }
        merged
    }

    // Ends, since `schema.rs` refuses schemas that refer to themselves without going into a part.
    fn shape(self, schema: &'s Value) -> Shape<'s> {
        if let Some(name) = definition_name(schema) {
            return self.root["$defs"]
                .get(name)
                .map(|schema| self.shape(schema))
                .unwrap_or_default();
        }
        let mut shape = Shape {
            is_object: match schema.get("type") {
                None => true,
                Some(Value::Array(types)) => types.iter().any(|kind| kind == "object"),
                Some(kind) => kind == "object",
            },
            items: schema.get("items").into_iter().collect(),
            ..Shape::default()
        };
        if let Some(Value::Object(properties)) = schema.get("properties") {
            shape.lists = true;
            for (name, schema) in properties {
                shape.properties.insert(name, vec![schema]);
            }
        }
        match schema.get("additionalProperties") {
            None => {}
            Some(Value::Bool(open)) => {
                shape.lists = true;
                shape.open = *open;
            }
            Some(schema) => {
                shape.lists = true;
                shape.others.push(schema);
            }
        }
        for member in members(schema, "allOf") {
            let member = self.shape(member);
            let is_object = shape.is_object && member.is_object;
            shape.add(member);
            shape.is_object = is_object;
        }
        for key in ["oneOf", "anyOf"] {
            for variant in members(schema, key) {
                let mut variant = self.shape(variant);
                // An alternative that takes any object takes any property.
                variant.open |= variant.is_object && !variant.lists;
                shape.add(variant);
            }
        }
        shape
    }

    /// The types that a value may have to which all of these schemas may apply.
    pub(super) fn types(self, schemas: &[&'s Value]) -> Types {
        let each = schemas.iter().map(|schema| self.types_of(schema));
        each.fold(Types::NONE, Types::or)
    }

    // Ends, as `shape` does.
    fn types_of(self, schema: &'s Value) -> Types {
        if let Some(name) = definition_name(schema) {
            let definition = self.root["$defs"].get(name);
            return definition.map_or(Types::ALL, |schema| self.types_of(schema));
        }
        let mut types = match schema.get("type") {
            None => Types::ALL,
            Some(Value::Array(several)) => {
                let each = several.iter().map(Types::named);
                each.fold(Types::NONE, Types::or)
            }
            Some(one) => Types::named(one),
        };
        for member in members(schema, "allOf") {
            types = types.and(self.types_of(member));
        }
        for key in ["oneOf", "anyOf"] {
            let each = members(schema, key).map(|variant| self.types_of(variant));
            if let Some(any) = each.reduce(Types::or) {
                types = types.and(any);
            }
        }
        types
    }
}

impl Types {
    const NONE: Self = Self {
        text: false,
        integer: false,
        number: false,
    };
    const ALL: Self = Self {
        text: true,
        integer: true,
        number: true,
    };

    fn named(name: &Value) -> Self {
        Self {
            text: name == "string",
            integer: name == "integer" || name == "number",
            number: name == "number",
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            text: self.text || other.text,
            integer: self.integer || other.integer,
            number: self.number || other.number,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            text: self.text && other.text,
            integer: self.integer && other.integer,
            number: self.number && other.number,
        }
    }
}

impl<'s> Shape<'s> {
    /// Whether a property of this name is one that is not documented.
    pub(super) fn is_unknown(&self) -> bool {
        self.others.is_empty() && self.lists && !self.open
    }

    fn add(&mut self, other: Shape<'s>) {
        self.is_object |= other.is_object;
        self.lists |= other.lists;
        self.open |= other.open;
        for (name, schemas) in other.properties {
            self.properties.entry(name).or_default().extend(schemas);
        }
        self.others.extend(other.others);
        self.items.extend(other.items);
    }
}

fn members<'s>(schema: &'s Value, key: &str) -> impl Iterator<Item = &'s Value> {
    schema
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}
