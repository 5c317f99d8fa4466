//! The join of the table of operations with the description.

use std::collections::HashMap;

use super::description::{Content, Described, Document, Parameter as Written, Schema};
use super::{Body, Catalog, Entry, Field, Form, Kind, Parameter, Property, Resource, command_name};
use harvest_runtime::Operation;

/// Why a catalog could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogError {
    /// The description is no OpenAPI document.
    #[error(
        "the description of {version} cannot be read; build the program again from one checkout"
    )]
    Document {
        /// The version.
        version: &'static str,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The table has an operation that the description lacks.
    #[error("{operation} is not in the description; build the program again from one checkout")]
    Missing {
        /// The operation.
        operation: &'static Operation,
    },
}

/// The word for what says nothing about a person.
const NO_CLASS: &str = "none";

/// What each value of a custom field has where they come by the keys of the fields.
const OF_CUSTOM_FIELD: [&str; 3] = ["name", "type", "value"];

/// How many references lead from one to the next before it is a circle.
const MOST_REFERENCES: usize = 16;

pub(super) fn read(
    version: &'static str,
    operations: &'static [Operation],
    text: &'static str,
) -> Result<Catalog, CatalogError> {
    let document: Document<'static> =
        serde_json::from_str(text).map_err(|source| CatalogError::Document { version, source })?;
    let described: HashMap<_, _> = document
        .paths
        .values()
        .flat_map(HashMap::values)
        .map(|described| (described.operation_id, described))
        .collect();
    let mut ids: HashMap<_, Vec<_>> = HashMap::new();
    for operation in operations {
        ids.entry(operation.tag).or_default().push(operation.id);
    }
    let mut resources: Vec<_> = document
        .tags
        .iter()
        .map(|tag| Resource {
            name: tag.name,
            description: tag.description.to_string(),
            entries: Vec::new(),
        })
        .collect();
    let reader = Reader(&document);
    for operation in operations {
        let found = described.get(operation.id);
        let described = found.ok_or(CatalogError::Missing { operation })?;
        let command = command_name(operation.tag, operation.id, &ids[operation.tag]);
        let entry = reader.entry(operation, command, described);
        match resources.iter_mut().find(|it| it.name == operation.tag) {
            Some(resource) => resource.entries.push(entry),
            None => resources.push(Resource {
                name: operation.tag,
                description: String::new(),
                entries: vec![entry],
            }),
        }
    }
    resources.retain(|resource| !resource.entries.is_empty());
    let shapes = operations.iter().filter_map(|operation| {
        let described = described.get(operation.id)?;
        let record = reader.answer(operation, described)?.items.as_deref()?;
        Some((operation.id, reader.fields(record, &mut Vec::new())))
    });
    Ok(Catalog {
        version,
        shapes: shapes.collect(),
        resources,
        hash: crate::hash::of(text),
    })
}

struct Reader<'a>(&'a Document<'static>);

impl Reader<'_> {
    fn entry(
        &self,
        operation: &'static Operation,
        command: String,
        described: &Described<'static>,
    ) -> Entry {
        let parameters = described.parameters.iter().map(|it| self.written(it));
        let parameters = parameters.filter(|it| it.place == "path" || it.place == "query");
        let answer = self.answer(operation, described);
        let record = answer.map(|schema| match &schema.items {
            Some(item) => self.resolve(item),
            None => schema,
        });
        let mut parameters: Vec<_> = parameters.map(|it| self.parameter(it)).collect();
        name_as_in(operation.path, &mut parameters);
        Entry {
            operation,
            command,
            summary: described.summary.trim_end_matches('.').to_owned(),
            description: described.description.to_string(),
            parameters,
            body: described.request_body.as_ref().map(|body| Body {
                required: body.required,
                properties: body
                    .schema()
                    .map_or_else(Vec::new, |it| self.properties(it)),
            }),
            answer: record.map_or_else(Vec::new, |it| self.properties(it)),
            is_array: answer.is_some_and(|schema| schema.items.is_some()),
        }
    }

    /// The schema of the answer.
    fn answer<'a>(
        &'a self,
        operation: &Operation,
        described: &'a Described<'static>,
    ) -> Option<&'a Schema<'static>> {
        let answers = operation.statuses.iter();
        answers
            .filter_map(|status| described.responses.get(status.to_string().as_str()))
            .find_map(Content::schema)
            .map(|schema| self.resolve(schema))
    }

    fn written<'a>(&'a self, parameter: &'a Written<'static>) -> &'a Written<'static> {
        let name = parameter.reference.and_then(last);
        let found = name.and_then(|name| self.0.components.parameters.get(name));
        found.unwrap_or(parameter)
    }

    fn parameter(&self, written: &Written<'static>) -> Parameter {
        let schema = self.resolve(&written.schema);
        Parameter {
            name: written.name,
            in_path: written.place == "path",
            required: written.required,
            alone: written.alone,
            split: written.split,
            most: schema.max_items,
            largest: schema.maximum.as_ref().and_then(serde_json::Number::as_i64),
            description: written.description.to_string(),
            kind: self.kind(schema),
        }
    }

    fn properties(&self, schema: &Schema<'static>) -> Vec<Property> {
        let mut properties = Vec::new();
        self.collect(schema, MOST_REFERENCES, &mut properties);
        properties
    }

    /// Properties of a schema and of all that it consists of.
    fn collect(&self, schema: &Schema<'static>, left: usize, properties: &mut Vec<Property>) {
        let Some(left) = left.checked_sub(1) else {
            return;
        };
        let schema = self.resolve(schema);
        for part in &schema.all_of {
            self.collect(part, left, properties);
        }
        for (name, property) in schema.properties.iter() {
            let description = if property.description.is_empty() {
                &self.resolve(property).description
            } else {
                &property.description
            };
            properties.push(Property {
                name,
                required: schema.required.contains(name),
                description: description.to_string(),
                kind: self.kind(property),
                within: self.within(property, MOST_REFERENCES),
            });
        }
    }

    /// The names of the properties of an object, in whatever form it comes, or of the objects of a list.
    fn within(&self, schema: &Schema<'static>, left: usize) -> Vec<&'static str> {
        let Some(left) = left.checked_sub(1) else {
            return Vec::new();
        };
        let schema = self.resolve(schema);
        let parts = schema.all_of.iter().chain(&schema.one_of);
        let parts = parts.chain(&schema.any_of).chain(schema.items.as_deref());
        let parts = parts.flat_map(|part| self.within(part, left));
        let own = schema.properties.iter().map(|(name, _)| *name);
        let mut names: Vec<_> = own.chain(parts).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Properties of a record with all that is within them. `outer` has the schemas around: one that has itself in it ends
    /// there.
    fn fields<'a>(
        &'a self,
        schema: &'a Schema<'static>,
        outer: &mut Vec<&'a Schema<'static>>,
    ) -> Vec<Field> {
        let schema = self.resolve(schema);
        let is_around = outer.iter().any(|it| std::ptr::eq(*it, schema));
        if is_around || outer.len() == MOST_REFERENCES {
            return Vec::new();
        }
        outer.push(schema);
        let mut fields: Vec<Field> = Vec::new();
        let parts = schema
            .all_of
            .iter()
            .chain(&schema.one_of)
            .chain(&schema.any_of);
        for field in parts.flat_map(|part| self.fields(part, outer)) {
            if fields.iter().all(|it| it.name != field.name) {
                fields.push(field);
            }
        }
        if let Some(items) = &schema.items {
            fields.extend(self.fields(items, outer));
        }
        for (name, property) in schema.properties.iter() {
            let class = property.personal.or(self.resolve(property).personal);
            fields.push(Field {
                name,
                kind: self.kind(property),
                class: class.filter(|it| *it != NO_CLASS),
                fields: self.fields(property, outer),
                form: self.form(property, MOST_REFERENCES),
            });
        }
        outer.pop();
        fields
    }

    fn form(&self, schema: &Schema<'static>, left: usize) -> Form {
        let Some(left) = left.checked_sub(1) else {
            return Form::Other;
        };
        let schema = self.resolve(schema);
        if let Some(items) = &schema.items {
            return self.form(items, left);
        }
        if let Some(value) = &schema.values_by_key.0 {
            let mut properties = Vec::new();
            self.collect(value, left, &mut properties);
            let has = |name: &str| properties.iter().any(|it| it.name == name);
            let is_custom = OF_CUSTOM_FIELD.into_iter().all(has);
            return if is_custom {
                Form::CustomFields
            } else {
                Form::Other
            };
        }
        let mut parts = schema.all_of.iter();
        let is_one = schema.one_of.is_empty() && schema.any_of.is_empty();
        let is_object = !(schema.properties.is_empty() && schema.all_of.is_empty());
        if is_one && is_object && parts.all(|part| self.form(part, left) == Form::Object) {
            Form::Object
        } else {
            Form::Other
        }
    }

    /// What references and wrappings of one schema lead to.
    fn resolve<'a>(&'a self, mut schema: &'a Schema<'static>) -> &'a Schema<'static> {
        for _ in 0..MOST_REFERENCES {
            schema = match (schema.reference.and_then(last), schema.all_of.as_slice()) {
                (Some(name), _) => match self.0.components.schemas.get(name) {
                    Some(named) => named,
                    None => return schema,
                },
                (None, [one]) if schema.properties.is_empty() => one,
                _ => return schema,
            };
        }
        schema
    }

    fn kind(&self, schema: &Schema<'static>) -> Kind {
        let schema = self.resolve(schema);
        match (schema.json_type, schema.format) {
            (Some("string"), Some("date-time")) => Kind::Time,
            (Some("string"), Some("date")) => Kind::Date,
            (Some("string"), _) => {
                let all = schema.values.iter().chain(&schema.open_values);
                let values: Vec<_> = all.filter_map(|it| Some(it.as_str()?.to_owned())).collect();
                if values.is_empty() {
                    Kind::Text
                } else {
                    Kind::Choice(values)
                }
            }
            (Some("integer"), _) => Kind::Integer,
            (Some("number"), _) => Kind::Number,
            (Some("boolean"), _) => Kind::Boolean,
            (Some("array"), _) => match &schema.items {
                Some(items) => Kind::List(Box::new(self.kind(items))),
                None => Kind::Json,
            },
            _ => self.range(schema).unwrap_or(Kind::Json),
        }
    }

    /// An object of bounds.
    fn range(&self, schema: &Schema<'static>) -> Option<Kind> {
        const BOUNDS: [&str; 4] = ["gte", "gt", "lte", "lt"];
        let (_, first) = schema.properties.first()?;
        let is_range = schema
            .properties
            .iter()
            .all(|(name, _)| BOUNDS.contains(name));
        match self.kind(first) {
            Kind::Time if is_range => Some(Kind::TimeRange),
            Kind::Date if is_range => Some(Kind::DateRange),
            _ => None,
        }
    }
}

/// Gives parameters the names that the path of the operation has for them. That of a description can have another one, where it
/// has to be that of other operations at the same path.
fn name_as_in(path: &'static str, parameters: &mut [Parameter]) {
    let steps = path.split('/');
    let names = steps.filter_map(|step| step.strip_prefix('{')?.strip_suffix('}'));
    let given: Vec<_> = parameters.iter().map(|it| it.name).collect();
    let mut free = names.filter(|name| !given.contains(name));
    let is_in_path =
        |it: &&mut Parameter| it.in_path && !path.contains(&format!("{{{}}}", it.name));
    for parameter in parameters.iter_mut().filter(is_in_path) {
        if let Some(name) = free.next() {
            parameter.name = name;
        }
    }
}

/// The name at the end of a reference.
fn last(reference: &'static str) -> Option<&'static str> {
    reference.rsplit('/').next()
}
