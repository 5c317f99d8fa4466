//! Facts of a description that the lowered document cannot hold.

use std::fmt;

use harvest_openapi::extension;
use indexmap::IndexMap;
use openapiv3::{OpenAPI, Operation, PathItem, ReferenceOr, SecurityScheme};
use serde_json::Value;

use super::Error;
use crate::conventions::{Deliveries, Runtime};
use crate::role::Role;

/// All facts of one version.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The API as a whole.
    pub api: Api,
    /// How the service delivers, if the operations are deliveries.
    pub deliveries: Option<Deliveries>,
    /// The resources, in the order of the root.
    pub tags: Vec<Tag>,
    /// The operations, in the order of the root.
    pub operations: Vec<OperationFacts>,
    /// The named schemas.
    pub models: IndexMap<String, Model>,
}

/// The API as a whole.
#[derive(Clone, Debug)]
pub struct Api {
    /// Its name.
    pub title: String,
    /// What it is, for the documentation of the module.
    pub description: String,
    /// Where the live service is.
    pub base_url: String,
    /// How requests are authenticated.
    pub scheme: Scheme,
    /// What the client of this version is set up with.
    pub conventions: Runtime,
}

/// A way of authentication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// HTTP Basic with a key as user name.
    Basic,
    /// A bearer token.
    Bearer,
    /// Bearer tokens of a token service.
    OAuth {
        /// The endpoint that issues them.
        token_url: String,
        /// The page on which a user consents, if there is one.
        authorization_url: Option<String>,
    },
}

/// A resource: a module and a cargo feature.
#[derive(Clone, Debug)]
pub struct Tag {
    /// Its name in `snake_case`.
    pub name: String,
    /// What it is about.
    pub description: String,
}

/// An HTTP method that an operation can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // they are what they say
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    pub(crate) const ALL: [Self; 5] = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];

    pub(crate) fn slot(self, item: &mut PathItem) -> &mut Option<Operation> {
        match self {
            Self::Get => &mut item.get,
            Self::Post => &mut item.post,
            Self::Put => &mut item.put,
            Self::Patch => &mut item.patch,
            Self::Delete => &mut item.delete,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        })
    }
}

/// How a list comes in pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pagination {
    /// Not at all.
    None,
    /// By page number; `Link` names next, prev and last.
    Offset,
    /// `Link` names next.
    NextOnly,
    /// By an opaque cursor; `Link` names next.
    Cursor,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct OperationFacts {
    /// The operation's id.
    pub id: String,
    /// The ids that it had before.
    pub formerly: Vec<String>,
    /// Its method.
    pub method: Method,
    /// Its path template, with the parameter names of the documentation.
    pub path: String,
    /// The resource.
    pub tag: String,
    /// A line about it.
    pub summary: String,
    /// More about it.
    pub description: String,
    /// Its place in the official documentation.
    pub documentation: String,
    /// The permission that a key needs, or the scope that a token needs.
    pub permission: String,
    /// Whether that is a scope of a token.
    pub is_scope: bool,
    /// What the documentation calls that permission, if it is something else.
    pub documented_permission: Option<String>,
    /// How its list is paged.
    pub pagination: Pagination,
    /// Whether it can be repeated safely.
    pub idempotent: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The operation that takes its place.
    pub replaced_by: Option<String>,
    /// The documented success statuses.
    pub statuses: Vec<u16>,
    /// The documented error statuses.
    pub errors: Vec<u16>,
    /// What a success holds.
    pub success: Success,
    /// Its parameters, in the order of the description.
    pub parameters: Vec<Parameter>,
    /// Its request body.
    pub body: Option<Body>,
    /// Where what it creates is to be read, if its answer can come too early.
    pub ready: Option<Ready>,
    /// If it reads what another operation creates: when that is ready.
    pub polled: Option<When>,
}

/// Where a record is to be read that may not be ready when it is created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready {
    /// The operation that reads it.
    pub operation: String,
    /// The parameter of that which takes the id.
    pub parameter: String,
    /// The property of the creation's answer that is the id.
    pub id: String,
    /// When it is ready.
    pub when: When,
    /// It is a job that carries out the rows of the request.
    pub has_rows: bool,
}

/// When a record is ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// Once it is found: until then the answer is 404.
    Found,
    /// Once this property has one of these values.
    Property(String, Vec<String>),
}

/// What the successful answers of an operation hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Success {
    /// Nothing.
    Empty,
    /// The same in each.
    Json,
    /// The same in each that holds something.
    Optional,
    /// Different things by status: the schema's name, or nothing.
    ByStatus(Vec<(u16, Option<String>)>),
}

/// A request body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// The name of its schema.
    pub schema: String,
    /// Whether it is an object without properties: then there is nothing to ask the caller for.
    pub empty: bool,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // they are what they say
pub enum Location {
    Path,
    Query,
    Header,
}

/// How a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As one value.
    Scalar,
    /// As a list with commas, of at most so many items.
    Commas(Option<usize>),
    /// Once for each item.
    Repeated,
    /// As a range with up to four bounds.
    Range(Bounds),
}

/// What the bounds of a range are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bounds {
    /// Moments.
    Times,
    /// Days.
    Days,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name on the wire (for path parameters, in the template).
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// Whether a request needs it.
    pub required: bool,
    /// How it is written.
    pub style: Style,
    /// The documented bounds, both included.
    pub bounds: Option<(i64, i64)>,
    /// Whether it names the acting user, which the client has a default for.
    pub acting_user: bool,
    /// Whether a list of more items than one request takes can be sent in several.
    pub split: bool,
    /// Whether no other parameter may stand in the query beside it.
    pub alone: bool,
    /// What it means.
    pub description: String,
}

/// A named schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// What it is.
    pub description: String,
    /// Its shape.
    pub kind: ModelKind,
    /// The role in which the runtime has code of its own for it.
    pub role: Option<Role>,
    /// The file that it holds.
    pub file: Option<File>,
    /// Groups of properties of which exactly one is sent.
    pub groups: Vec<Vec<String>>,
}

impl Model {
    /// Whether it says where a file is to be fetched.
    pub fn is_fetched(&self) -> bool {
        self.file
            .as_ref()
            .is_some_and(|file| file.content.is_none())
    }
}

/// A file that a model holds: the properties that play a part in it, by their names on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What the file is called.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// The file itself, where it is sent.
    pub content: Option<String>,
    /// Its content type, where it is sent and the service wants to know.
    pub content_type: Option<String>,
}

/// The shape of a named schema, as far as generated code cares.
#[derive(Clone, Debug, PartialEq)]
pub enum ModelKind {
    /// An object with these properties, by their names on the wire.
    Object(IndexMap<String, Field>),
    /// An object of which exactly one of these properties is sent.
    Selector(IndexMap<String, Field>),
    /// An identifier that is a number.
    Id,
    /// An identifier that is a text.
    TextId,
    /// An enumeration of texts.
    Enum(Vec<String>),
    /// Anything else: a map, a union, an alias.
    Other,
}

/// A property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What it means.
    pub description: String,
    /// Whether it is always there.
    pub required: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Whether it is a list that may be empty, and whose items are a state that an empty list clears. Items with a role
    /// of the runtime are changes to single values: a list of no changes clears nothing.
    pub clears: bool,
}

impl OperationFacts {
    pub(super) fn of(id: &str, path: &str, method: Method, operation: &Operation) -> Self {
        let text = |key: &str| {
            operation
                .extensions
                .get(key)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let scope = scope(operation);
        let safe = matches!(method, Method::Get | Method::Put | Method::Delete);
        Self {
            id: id.to_owned(),
            formerly: operation
                .extensions
                .get(extension::FORMERLY)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(|id| id.as_str().map(str::to_owned))
                .collect(),
            method,
            path: path.to_owned(),
            tag: operation.tags.first().cloned().unwrap_or_default(),
            summary: operation.summary.clone().unwrap_or_default(),
            description: operation.description.clone().unwrap_or_default(),
            documentation: operation
                .external_docs
                .as_ref()
                .map(|d| d.url.clone())
                .unwrap_or_default(),
            is_scope: scope.is_some(),
            permission: scope
                .or_else(|| text(extension::PERMISSION))
                .unwrap_or_default(),
            documented_permission: text(extension::DOCUMENTED_PERMISSION),
            pagination: match text(extension::PAGINATION).as_deref() {
                Some("offset") => Pagination::Offset,
                Some("next-only") => Pagination::NextOnly,
                Some("cursor") => Pagination::Cursor,
                _ => Pagination::None,
            },
            idempotent: operation
                .extensions
                .get(extension::IDEMPOTENT)
                .and_then(Value::as_bool)
                .unwrap_or(safe),
            deprecated: operation.deprecated,
            replaced_by: text(extension::REPLACED_BY),
            statuses: Vec::new(),
            errors: Vec::new(),
            success: Success::Empty,
            parameters: Vec::new(),
            body: None,
            ready: ready(operation),
            polled: None,
        }
    }
}

/// The scope that an operation wants of a token, if it names one: it is the permission.
fn scope(operation: &Operation) -> Option<String> {
    let mut schemes = operation.security.iter().flatten().flat_map(|s| s.values());
    schemes.find_map(|scopes| scopes.first().cloned())
}

/// The parameter is filled in when all operations are known.
fn ready(operation: &Operation) -> Option<Ready> {
    let value = operation.extensions.get(extension::READY)?;
    let text = |key| Some(value.get(key)?.as_str()?.to_owned());
    Some(Ready {
        operation: text("operation")?,
        parameter: String::new(),
        id: text("id")?,
        when: when(value),
        has_rows: false,
    })
}

fn when(ready: &Value) -> When {
    let values = ready.get("values").and_then(Value::as_array);
    match ready.get("property").and_then(Value::as_str).zip(values) {
        Some((property, values)) => When::Property(
            property.to_owned(),
            values
                .iter()
                .filter_map(|value| value.as_str().map(str::to_owned))
                .collect(),
        ),
        None => When::Found,
    }
}

/// Links operations that create something to those that read it.
///
/// A job is not to be started twice, whatever the method says: one that deletes may be started by DELETE.
pub(super) fn connect(
    operations: &mut [OperationFacts],
    conventions: &Runtime,
) -> Result<(), Error> {
    for at in 0..operations.len() {
        let Some(ready) = &operations[at].ready else {
            continue;
        };
        let reader = operations.iter().position(|o| o.id == ready.operation);
        let parameter = reader.and_then(|reader| {
            let parameters = &operations[reader].parameters;
            parameters.iter().find(|p| p.location == Location::Path)
        });
        let (Some(reader), Some(parameter)) = (reader, parameter) else {
            return Err(Error::Operation {
                operation: operations[at].id.clone(),
                message: format!("`{}` reads no record by its id", ready.operation),
            });
        };
        let parameter = parameter.name.clone();
        let when = ready.when.clone();
        let known = operations[reader].polled.replace(when.clone());
        if known.is_some_and(|known| known != when) {
            return Err(Error::Operation {
                operation: operations[at].id.clone(),
                message: format!(
                    "another operation says otherwise when what `{}` reads is ready",
                    operations[reader].id
                ),
            });
        }
        if let Some(ready) = &mut operations[at].ready {
            ready.parameter = parameter;
            let is_job = matches!(ready.when, When::Property(..));
            ready.has_rows = is_job && conventions.jobs.is_some();
            operations[at].idempotent &= !is_job;
        }
    }
    Ok(())
}

pub(super) fn api(document: &OpenAPI) -> Result<Api, Error> {
    let base_url = document
        .servers
        .first()
        .map(|s| s.url.trim_end_matches('/').to_owned())
        .ok_or_else(|| Error::Whole("no server is named".to_owned()))?;
    let schemes = document
        .components
        .iter()
        .flat_map(|c| c.security_schemes.values())
        .filter_map(ReferenceOr::as_item);
    let schemes: Vec<_> = schemes.filter_map(scheme).collect();
    // Where tokens are issued, they can be passed as well: that scheme says more.
    let says_more = |scheme: &&Scheme| matches!(scheme, Scheme::OAuth { .. });
    let scheme = schemes.iter().find(says_more).or(schemes.first()).cloned();
    let scheme = scheme.ok_or_else(|| {
        Error::Whole(
            "no security scheme of type http (basic or bearer) or oauth2 (with client credentials) \
             is described"
                .to_owned(),
        )
    })?;
    Ok(Api {
        title: document.info.title.clone(),
        description: document.info.description.clone().unwrap_or_default(),
        base_url,
        scheme,
        conventions: runtime(document),
    })
}

/// A mistake in it is the linter's to find.
fn runtime(document: &OpenAPI) -> Runtime {
    let conventions = document.extensions.get(extension::CONVENTIONS);
    let runtime = conventions.and_then(|conventions| conventions.get("runtime"));
    runtime
        .and_then(|runtime| serde_json::from_value(runtime.clone()).ok())
        .unwrap_or_default()
}

fn scheme(described: &SecurityScheme) -> Option<Scheme> {
    match described {
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
            Some(Scheme::Basic)
        }
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => {
            Some(Scheme::Bearer)
        }
        SecurityScheme::OAuth2 { flows, .. } => {
            let issued = flows.client_credentials.as_ref()?;
            let consented = flows.authorization_code.as_ref();
            Some(Scheme::OAuth {
                token_url: issued.token_url.clone(),
                authorization_url: consented.map(|flow| flow.authorization_url.clone()),
            })
        }
        _ => None,
    }
}

pub(super) fn tags(document: &OpenAPI) -> Vec<Tag> {
    document
        .tags
        .iter()
        .map(|tag| Tag {
            name: tag.name.clone(),
            description: tag.description.clone().unwrap_or_default(),
        })
        .collect()
}
