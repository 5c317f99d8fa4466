//! Schemas: what checks a value goes, what shapes it stays.

use harvest_openapi::extension;
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, NumberFormat, ObjectType, OpenAPI, ParameterData,
    ParameterSchemaOrContent, ReferenceOr, Schema, SchemaKind, StringFormat, StringType, Type,
    VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use super::facts::{Field, File, Model, ModelKind};
use crate::format::DATE_OR_DATE_TIME;
use crate::role::Role;

/// The named schemas as generated code cares about them.
pub(super) fn models(document: &OpenAPI) -> IndexMap<String, Model> {
    let schemas = document.components.iter().flat_map(|c| &c.schemas);
    schemas
        .filter_map(|(name, schema)| Some((name.clone(), model(document, schema.as_item()?))))
        .collect()
}

fn model(document: &OpenAPI, schema: &Schema) -> Model {
    let groups = groups(schema);
    let kind = match &schema.schema_kind {
        _ if schema.schema_data.extensions.get(extension::ID) == Some(&Value::Bool(true)) => {
            match &schema.schema_kind {
                SchemaKind::Type(Type::String(_)) => ModelKind::TextId,
                _ => ModelKind::Id,
            }
        }
        SchemaKind::Type(Type::String(text)) if !text.enumeration.is_empty() => {
            ModelKind::Enum(text.enumeration.iter().flatten().cloned().collect())
        }
        SchemaKind::Type(Type::Object(object)) if !is_map(object) => {
            let fields = object.properties.iter().map(|(name, property)| {
                let required = object.required.contains(name);
                (name.clone(), field(document, property, required))
            });
            let mut fields: IndexMap<_, _> = fields.collect();
            match &groups[..] {
                [all] if all.len() == fields.len() => {
                    fields.sort_by_key(|name, _| all.iter().position(|other| other == name));
                    ModelKind::Selector(fields)
                }
                _ => ModelKind::Object(fields),
            }
        }
        _ => ModelKind::Other,
    };
    Model {
        description: schema.schema_data.description.clone().unwrap_or_default(),
        kind,
        role: schema
            .schema_data
            .extensions
            .get(extension::RUNTIME_TYPE)
            .and_then(Value::as_str)
            .and_then(Role::named),
        file: file(schema),
        groups,
    }
}

/// Whether an object has properties whose names are not known. One that is closed has none.
pub(super) fn is_map(object: &ObjectType) -> bool {
    !matches!(
        object.additional_properties,
        None | Some(AdditionalProperties::Any(false))
    )
}

/// The groups of properties of which exactly one is sent.
fn groups(schema: &Schema) -> Vec<Vec<String>> {
    let groups = schema.schema_data.extensions.get(extension::EXCLUSIVE);
    let groups = groups.and_then(Value::as_array).into_iter().flatten();
    let required = groups.filter(|group| group.get("required") == Some(&Value::Bool(true)));
    required
        .map(|group| {
            let names = group.get("of").and_then(Value::as_array);
            let names = names.into_iter().flatten().filter_map(Value::as_str);
            names.map(str::to_owned).collect()
        })
        .collect()
}

fn file(schema: &Schema) -> Option<File> {
    let parts = schema.schema_data.extensions.get(extension::FILE)?;
    let part = |name| Some(parts.get(name)?.as_str()?.to_owned());
    Some(File {
        name: part("name")?,
        url: part("url")?,
        content: part("content"),
        content_type: part("content_type"),
    })
}

fn field(document: &OpenAPI, property: &ReferenceOr<Box<Schema>>, required: bool) -> Field {
    let (own, target) = match property {
        ReferenceOr::Item(schema) => (Some(&**schema), wrapped(schema)),
        ReferenceOr::Reference { reference } => (None, Some(reference.as_str())),
    };
    let target = target.and_then(|reference| component(document, reference));
    let data = own.map(|schema| &schema.schema_data);
    // A reference without a description of its own has that of its target.
    let description = [data, target.map(|schema| &schema.schema_data)]
        .into_iter()
        .flatten()
        .find_map(|data| data.description.clone())
        .unwrap_or_default();
    Field {
        description,
        required,
        nullable: match (data, target) {
            (Some(data), _) => data.nullable,
            (None, target) => target.is_some_and(|schema| schema.schema_data.nullable),
        },
        deprecated: data.is_some_and(|data| data.deprecated),
        clears: own.is_some_and(|schema| clears(document, schema)),
    }
}

/// See [`Field::clears`].
fn clears(document: &OpenAPI, schema: &Schema) -> bool {
    let SchemaKind::Type(Type::Array(array)) = &schema.schema_kind else {
        return false;
    };
    let item = match &array.items {
        Some(ReferenceOr::Reference { reference }) => component(document, reference),
        _ => None,
    };
    let has_role = item.is_some_and(|item| {
        item.schema_data
            .extensions
            .contains_key(extension::RUNTIME_TYPE)
    });
    array.min_items.unwrap_or(0) == 0 && !has_role
}

/// The reference in `allOf: [$ref]`.
fn wrapped(schema: &Schema) -> Option<&str> {
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => match &all_of[..] {
            [ReferenceOr::Reference { reference }] => Some(reference),
            _ => None,
        },
        _ => None,
    }
}

/// Follows references to schemas.
pub(super) fn resolve<'a>(
    document: &'a OpenAPI,
    schema: &'a ReferenceOr<Schema>,
) -> Option<&'a Schema> {
    match schema {
        ReferenceOr::Item(schema) => Some(schema),
        ReferenceOr::Reference { reference } => component(document, reference),
    }
}

fn component<'a>(document: &'a OpenAPI, reference: &str) -> Option<&'a Schema> {
    let name = reference.strip_prefix("#/components/schemas/")?;
    document.components.as_ref()?.schemas.get(name)?.as_item()
}

/// The schema of a parameter, if it has one.
pub(super) fn of_parameter<'a>(
    document: &'a OpenAPI,
    data: &'a ParameterData,
) -> Option<&'a Schema> {
    match &data.format {
        ParameterSchemaOrContent::Schema(schema) => resolve(document, schema),
        ParameterSchemaOrContent::Content(_) => None,
    }
}

/// A place that holds a schema, boxed or not.
pub(super) trait SchemaSlot {
    fn item(&mut self) -> Option<&mut Schema>;
    fn refer(&mut self, reference: String);
}

impl SchemaSlot for ReferenceOr<Schema> {
    fn item(&mut self) -> Option<&mut Schema> {
        match self {
            Self::Item(schema) => Some(schema),
            Self::Reference { .. } => None,
        }
    }

    fn refer(&mut self, reference: String) {
        *self = Self::Reference { reference };
    }
}

impl SchemaSlot for ReferenceOr<Box<Schema>> {
    fn item(&mut self) -> Option<&mut Schema> {
        match self {
            Self::Item(schema) => Some(schema),
            Self::Reference { .. } => None,
        }
    }

    fn refer(&mut self, reference: String) {
        *self = Self::Reference { reference };
    }
}

/// Lowers the schema in a place, and all schemas inside it.
pub(super) fn lower(slot: &mut impl SchemaSlot) {
    let Some(schema) = slot.item() else {
        return;
    };
    let data = &mut schema.schema_data;
    // A title is a text, and would name a type.
    data.title = None;
    data.default = None;
    data.example = None;
    data.external_docs = None;
    data.deprecated = false;
    data.extensions.clear();
    match &mut schema.schema_kind {
        SchemaKind::Type(kind) => lower_type(kind),
        SchemaKind::OneOf { one_of } => one_of.iter_mut().for_each(lower),
        SchemaKind::Any(_)
        | SchemaKind::AllOf { .. }
        | SchemaKind::AnyOf { .. }
        | SchemaKind::Not { .. } => {}
    }
}

/// Lowers a place whose emptiness (missing or null) is in the facts of the property: there, `allOf` around one
/// reference is that reference.
fn lower_property(slot: &mut impl SchemaSlot) {
    if let Some(schema) = slot.item() {
        schema.schema_data.nullable = false;
        if let Some(reference) = wrapped(schema) {
            let reference = reference.to_owned();
            slot.refer(reference);
            return;
        }
    }
    lower(slot);
}

/// Lowers the place of a list's items. Lists of models leave nulls out anyway, so that `allOf` around one
/// reference is that reference.
fn lower_items(slot: &mut impl SchemaSlot) {
    let model = slot.item().filter(|schema| schema.schema_data.nullable);
    match model.and_then(|schema| wrapped(schema).map(str::to_owned)) {
        Some(reference) => slot.refer(reference),
        None => lower(slot),
    }
}

fn lower_type(kind: &mut Type) {
    match kind {
        Type::String(text) => {
            use VariantOrUnknownOrEmpty::{Empty, Item, Unknown};
            let format = match &text.format {
                Item(StringFormat::Date) => Item(StringFormat::Date),
                Item(StringFormat::DateTime) => Item(StringFormat::DateTime),
                // The type for times takes days, too.
                Unknown(format) if format == DATE_OR_DATE_TIME => Item(StringFormat::DateTime),
                Item(_) | Unknown(_) | Empty => Empty,
            };
            *text = StringType {
                format,
                enumeration: std::mem::take(&mut text.enumeration),
                ..StringType::default()
            };
        }
        Type::Number(number) => {
            *number = openapiv3::NumberType {
                format: VariantOrUnknownOrEmpty::Item(NumberFormat::Double),
                ..openapiv3::NumberType::default()
            };
        }
        Type::Integer(integer) => {
            *integer = openapiv3::IntegerType {
                format: integer.format.clone(),
                ..openapiv3::IntegerType::default()
            };
        }
        Type::Boolean(boolean) => boolean.enumeration.clear(),
        Type::Array(array) => {
            array.min_items = None;
            array.max_items = None;
            array.unique_items = false;
            if let Some(items) = &mut array.items {
                lower_items(items);
            }
        }
        Type::Object(object) => {
            object.min_properties = None;
            object.max_properties = None;
            // What a closed object does not have, its model does not have either.
            if !is_map(object) {
                object.additional_properties = None;
            }
            for property in object.properties.values_mut() {
                lower_property(property);
            }
            if let Some(AdditionalProperties::Schema(schema)) = &mut object.additional_properties {
                lower(&mut **schema);
            }
        }
    }
}
