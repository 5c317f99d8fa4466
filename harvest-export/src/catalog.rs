//! Catalog of a version's operations: the table of the client joined with the description.
//!
//! Everything that a program can know of an operation without knowing it by name is here: its parameters, the properties
//! of its body, the records of its answer.

mod description;
mod names;
mod reading;

use std::collections::HashMap;

use harvest_runtime::{Method, Operation, Pagination};

pub use self::names::{command_name, kebab};
pub use self::reading::CatalogError;

/// The operations of one version of an API.
#[derive(Debug)]
pub struct Catalog {
    /// The version: `v3`.
    pub version: &'static str,
    /// The resources, in the order of the description.
    pub resources: Vec<Resource>,
    /// SHA-256 of the description, in hexadecimal.
    pub hash: String,
    /// The shapes of the records of all lists.
    pub shapes: Shapes,
}

/// The shapes of records: their properties, by the id of the operation that lists them.
pub type Shapes = HashMap<&'static str, Vec<Field>>;

/// A property of a record, with all that is within it.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name in JSON.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The class of personal data in it, as `x-harvest-personal` names it. None: what is within it decides.
    pub class: Option<&'static str>,
    /// The properties of the object, or of the objects of the list, if they are known.
    pub fields: Vec<Field>,
    /// What an object in it is; that of the items, if it is a list.
    pub form: Form,
}

/// The form of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// It has the properties that are described.
    Object,
    /// Values of custom fields, with name and type, by the keys of the fields.
    CustomFields,
    /// It is one of several, a map by keys, or not known.
    #[default]
    Other,
}

impl Field {
    /// Whether it, or something within it, is of a class.
    pub fn has_class(&self, class: &str) -> bool {
        self.class == Some(class) || self.fields.iter().any(|it| it.has_class(class))
    }
}

/// A resource, and the operations that belong to it.
#[derive(Debug)]
pub struct Resource {
    /// The tag of the description: `candidate_tags`.
    pub name: &'static str,
    /// One sentence about it, in Markdown.
    pub description: String,
    /// Its operations, in the order of the table.
    pub entries: Vec<Entry>,
}

/// An operation, as the table and the description have it.
#[derive(Debug)]
pub struct Entry {
    /// The row of the table.
    pub operation: &'static Operation,
    /// The name of its command, unique in its resource: `list`, `bulk-create`.
    pub command: String,
    /// The summary, without a full stop.
    pub summary: String,
    /// The description, in Markdown.
    pub description: String,
    /// The parameters, in the order of the description. Headers are left out: the client sets them.
    pub parameters: Vec<Parameter>,
    /// The body of the request, if it takes one.
    pub body: Option<Body>,
    /// The properties of the answer: of a record if it is a list of them.
    pub answer: Vec<Property>,
    /// Whether the answer is an array.
    pub is_array: bool,
}

/// A parameter of the path or the query.
#[derive(Debug)]
pub struct Parameter {
    /// The name on the wire.
    pub name: &'static str,
    /// Whether it is a part of the path.
    pub in_path: bool,
    /// Whether the request is refused without it.
    pub required: bool,
    /// Whether it has to be the only one.
    pub alone: bool,
    /// Whether the client splits a long list of it into several requests.
    pub split: bool,
    /// The most items of a list in one request.
    pub most: Option<usize>,
    /// The largest number that it takes.
    pub largest: Option<i64>,
    /// The description, in Markdown.
    pub description: String,
    /// What it takes.
    pub kind: Kind,
}

/// The body of a request.
#[derive(Debug)]
pub struct Body {
    /// Whether the request is refused without it.
    pub required: bool,
    /// The properties, if it is an object.
    pub properties: Vec<Property>,
}

/// A property of a body or an answer.
#[derive(Debug)]
pub struct Property {
    /// The name in JSON.
    pub name: &'static str,
    /// Whether it has to be there.
    pub required: bool,
    /// The description, in Markdown.
    pub description: String,
    /// What it holds.
    pub kind: Kind,
    /// The names of the properties of the object in it, or of the objects of the list; of all forms, if it has several.
    pub within: Vec<&'static str>,
}

/// What a parameter or a property holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A text, usually one of these.
    Choice(Vec<String>),
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A moment (RFC 3339).
    Time,
    /// A day: `2026-11-29`.
    Date,
    /// A range of moments, bounded on one side or both.
    TimeRange,
    /// A range of days.
    DateRange,
    /// A list.
    List(Box<Kind>),
    /// An object, or what can have several shapes.
    Json,
}

impl Kind {
    /// Whether it is one plain value.
    pub fn is_scalar(&self) -> bool {
        !matches!(
            self,
            Self::List(_) | Self::Json | Self::TimeRange | Self::DateRange
        )
    }
}

impl Catalog {
    /// Joins the table of a version with its description, an OpenAPI 3.0 document as JSON.
    ///
    /// # Errors
    ///
    /// If the document cannot be read, or lacks an operation of the table.
    pub fn read(
        version: &'static str,
        operations: &'static [Operation],
        description: &'static str,
    ) -> Result<Self, CatalogError> {
        reading::read(version, operations, description)
    }

    /// All operations.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.resources.iter().flat_map(|resource| &resource.entries)
    }
}

/// The operation that a request to this path is, if it is one of these: with the values of its parameters in the path.
pub fn find(
    operations: &'static [Operation],
    method: Method,
    path: &str,
) -> Option<&'static Operation> {
    let fits = |operation: &&Operation| operation.method == method && is_at(operation.path, path);
    // `/users/search` is no user: the template with the fewest parameters counts.
    operations
        .iter()
        .filter(fits)
        .min_by_key(|operation| operation.path.matches('{').count())
}

impl Entry {
    /// Whether it answers with a list that can have several pages.
    pub fn is_list(&self) -> bool {
        self.operation.pagination != Pagination::None
    }

    /// Whether it changes nothing.
    pub fn is_read(&self) -> bool {
        matches!(
            self.operation.method,
            Method::Get | Method::Head | Method::Options
        )
    }

    /// A parameter by its name.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|it| it.name == name)
    }

    /// A property of the body by its name.
    pub fn in_body(&self, name: &str) -> Option<&Property> {
        let mut properties = self.body.iter().flat_map(|body| &body.properties);
        properties.find(|it| it.name == name)
    }

    /// A property of the answer, or of its records, by its name.
    pub fn in_answer(&self, name: &str) -> Option<&Property> {
        self.answer.iter().find(|it| it.name == name)
    }
}

/// Whether a path has the form of a template.
fn is_at(template: &str, path: &str) -> bool {
    let mut steps = path.trim_end_matches('/').split('/');
    let fits = template.split('/').all(|step| {
        steps
            .next()
            .is_some_and(|given| given == step || (step.starts_with('{') && !given.is_empty()))
    });
    fits && steps.next().is_none()
}
