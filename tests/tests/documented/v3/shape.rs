//! A type, in a form that facts and schemas have in common.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::described::Described;

/// The bounds that are compared. `maxProperties` and the like occur in none of the facts.
const BOUNDS: [&str; 6] = [
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
];

/// The types of JSON, without null. What takes all of them has no type.
const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

/// Deeper than any fact: a description that refers to itself would have no end.
const MAX_DEPTH: usize = 24;

/// What is known about a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// Empty if it can be anything.
    pub types: BTreeSet<String>,
    pub nullable: bool,
    pub format: Option<String>,
    pub bounds: BTreeMap<&'static str, Value>,
    pub default: Option<Value>,
    /// In order of their text; null is left to `nullable`.
    pub values: Option<BTreeSet<String>>,
    pub deprecated: bool,
    pub items: Option<Box<Shape>>,
    /// The forms of an object, if it has properties: several if it is one of several.
    pub objects: Vec<Object>,
}

/// An object with properties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    pub properties: BTreeMap<String, Shape>,
    pub required: BTreeSet<String>,
    /// Other properties are refused.
    pub closed: bool,
    /// Groups of properties of which exactly one is there.
    pub one_of: BTreeSet<BTreeSet<String>>,
    /// What the values of a map are, whatever their names.
    pub values: Option<Box<Shape>>,
}

impl Shape {
    /// A fact: `type`, `properties` by name or as a list of what has a `name`, `any_of`, `one_of`, `variants`.
    pub fn documented(fact: &Value) -> Self {
        let forms = ["any_of", "one_of"].iter().find_map(|key| fact.get(key));
        if let Some(forms) = forms.and_then(Value::as_array) {
            return Self::any_of(forms.iter().map(Self::documented));
        }
        if let Some(variants) = fact.get("variants").and_then(Value::as_array) {
            let variants = variants.iter().filter_map(Value::as_str);
            let mut shape = Self::any_of(variants.map(variant));
            shape.nullable |= fact["nullable"] == true;
            return shape;
        }
        let types = texts(&fact["type"]);
        let object = Object {
            properties: named(&fact["properties"]),
            required: fact
                .get("required_properties")
                .or(fact.get("required"))
                .map(texts)
                .unwrap_or_default(),
            closed: fact["closed"] == true,
            one_of: fact
                .get("exactly_one_of")
                .map(|group| [texts(group)].into())
                .unwrap_or_default(),
            values: boxed(fact.get("map_value").map(Self::documented)),
        };
        let is_object = object != Object::default();
        Self {
            nullable: fact["nullable"] == true || types.contains("null"),
            types: without_null(types),
            format: fact["format"].as_str().map(str::to_owned),
            bounds: bounds(fact),
            default: fact.get("default").cloned(),
            values: fact["enum"].as_array().map(|values| listed(values)),
            deprecated: fact["deprecated"] == true,
            items: boxed(fact.get("items").map(Self::documented)),
            objects: is_object.then_some(object).into_iter().collect(),
        }
    }

    /// An object of which the attributes are documented.
    pub fn of_attributes(attributes: &Value) -> Self {
        Self {
            types: ["object".to_owned()].into(),
            objects: vec![Object {
                properties: named(attributes),
                ..Object::default()
            }],
            ..Self::default()
        }
    }

    /// A schema of the description.
    pub fn described(described: &Described, schema: &Value) -> Self {
        Self::at_depth(described, schema, 0)
    }

    fn at_depth(described: &Described, schema: &Value, depth: usize) -> Self {
        if depth > MAX_DEPTH {
            return Self::default();
        }
        let schema = described.resolve(schema);
        let inside = |schema: &Value| Self::at_depth(described, schema, depth + 1);
        if let Some(forms) = schema["oneOf"].as_array() {
            return Self::any_of(forms.iter().map(inside));
        }
        // Beside `allOf` stand a description and whether it may be null, and nothing else: the linter sees to that.
        let mut shape = match schema["allOf"].as_array().map(Vec::as_slice) {
            Some([only]) => inside(only),
            _ => Self::own(schema, inside),
        };
        shape.nullable |= schema["nullable"] == true;
        shape.deprecated |= schema["deprecated"] == true;
        shape.default = shape.default.or_else(|| default(schema));
        // What takes anything takes null.
        shape.nullable |= shape.types.is_empty();
        shape
    }

    /// What a schema says without referring to another.
    fn own(schema: &Value, inside: impl Fn(&Value) -> Self) -> Self {
        let properties = schema["properties"].as_object().into_iter().flatten();
        let additional = &schema["additionalProperties"];
        let groups = schema["x-harvest-exclusive"].as_array();
        let object = Object {
            properties: properties
                .map(|(name, property)| (name.clone(), inside(property)))
                .collect(),
            required: texts(&schema["required"]),
            closed: additional == &Value::Bool(false),
            one_of: groups
                .into_iter()
                .flatten()
                .filter(|group| group["required"] == true)
                .map(|group| texts(&group["of"]))
                .collect(),
            values: boxed(additional.is_object().then(|| inside(additional))),
        };
        let is_object = object != Object::default();
        let types = texts(&schema["type"]);
        Self {
            nullable: false,
            types: without_null(types),
            format: schema["format"].as_str().map(str::to_owned),
            bounds: bounds(schema),
            default: default(schema),
            values: schema
                .get("enum")
                .or(schema.get("x-extensible-enum"))
                .and_then(Value::as_array)
                .map(|values| listed(values)),
            deprecated: false,
            items: boxed(schema.get("items").map(inside)),
            objects: is_object.then_some(object).into_iter().collect(),
        }
    }

    /// One of several. What only some of them say, such as a format, is left out.
    fn any_of(forms: impl Iterator<Item = Self>) -> Self {
        let mut any = Self::default();
        let mut anything = false;
        for form in forms {
            anything |= form.types.is_empty() && !form.nullable;
            any.nullable |= form.nullable;
            any.types.extend(form.types);
            for object in form.objects {
                if !any.objects.contains(&object) {
                    any.objects.push(object);
                }
            }
            any.items = match (any.items, form.items) {
                (Some(one), Some(other)) => boxed(Some(Self::any_of([*one, *other].into_iter()))),
                (one, other) => one.or(other),
            };
        }
        if anything || TYPES.iter().all(|one| any.types.contains(*one)) {
            return Self {
                nullable: true,
                ..Self::default()
            };
        }
        any
    }

    /// The attributes of the object that another one has in this place.
    pub fn refer(&mut self, name: &str, to: &Self) {
        for object in &mut self.objects {
            if let Some(shape) = object.properties.get_mut(name) {
                shape.objects.clone_from(&to.objects);
            }
        }
    }
}

fn boxed(shape: Option<Shape>) -> Option<Box<Shape>> {
    shape.map(Box::new)
}

/// `string|null`, `array of integer`
fn variant(text: &str) -> Shape {
    let mut shape = Shape::default();
    for part in text.split('|') {
        match part.split_once(" of ") {
            Some((outer, inner)) => {
                shape.types.insert(outer.to_owned());
                shape.items = boxed(Some(variant(inner)));
            }
            None if part == "null" => shape.nullable = true,
            None => drop(shape.types.insert(part.to_owned())),
        }
    }
    shape
}

/// A text or a list of texts.
fn texts(value: &Value) -> BTreeSet<String> {
    let one = value.as_str().into_iter();
    let several = value.as_array().into_iter().flatten();
    one.chain(several.filter_map(Value::as_str))
        .map(str::to_owned)
        .collect()
}

/// A union takes all types or some of them, and the facts call it `union` or `any`.
fn without_null(types: BTreeSet<String>) -> BTreeSet<String> {
    let mut types = types;
    types.retain(|one| !["null", "any"].contains(&one.as_str()));
    types
}

fn named(properties: &Value) -> BTreeMap<String, Shape> {
    match properties {
        Value::Object(properties) => properties
            .iter()
            .map(|(name, fact)| (name.clone(), Shape::documented(fact)))
            .collect(),
        Value::Array(properties) => properties
            .iter()
            .map(|fact| {
                let name = fact["name"].as_str().expect("a property has a name");
                (name.to_owned(), Shape::documented(fact))
            })
            .collect(),
        _ => BTreeMap::new(),
    }
}

fn bounds(of: &Value) -> BTreeMap<&'static str, Value> {
    let bounds = BOUNDS.into_iter();
    bounds
        .filter_map(|key| Some((key, of.get(key)?.clone())))
        .collect()
}

/// The default of a schema, wherever the published document says it.
fn default(schema: &Value) -> Option<Value> {
    let default = schema.get("default").or(schema.get("x-harvest-default"));
    default.cloned()
}

fn listed(values: &[Value]) -> BTreeSet<String> {
    let values = values.iter().filter(|value| !value.is_null());
    values
        .map(|value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        })
        .collect()
}
