//! Columns of a table, and what each of them means.

use std::collections::BTreeSet;
use std::sync::Arc;

use harvest_export::catalog::{Entry, Kind};
use harvest_generated::runtime::custom_field::Definition;

use super::roles::{Create, JOB};
use crate::failure::Failure;
use crate::scan::plain;

/// The end of the name of a property that has an id.
const ID: &str = "_id";

/// Lists of a candidate: what a column is called, the property, and the kind where none is given.
const LISTS: [(&str, &str, Option<&str>); 5] = [
    ("email", "email_addresses", Some("personal")),
    ("phone", "phone_numbers", Some("mobile")),
    ("address", "addresses", Some("home")),
    ("website", "website_addresses", Some("personal")),
    ("social", "social_media_addresses", None),
];

/// The kinds of attachments that are sent along.
const TYPE: &str = "type";

/// What a column means.
#[derive(Debug)]
pub(super) enum Meaning {
    /// A property with one value.
    Property { name: &'static str, kind: Kind },
    /// A list of texts.
    Texts { name: &'static str },
    /// A list of values with their kinds.
    Values {
        name: &'static str,
        kind: Option<String>,
    },
    /// An id of the application.
    OfApplication { name: &'static str },
    /// A record that is named by its id.
    ById { name: &'static str },
    /// A custom field. It may have many options, and several columns.
    Custom(Arc<Definition>),
    /// A file of this kind.
    File { kind: String },
    /// Left out.
    Nothing,
}

/// The columns of a table.
pub(super) struct Columns(pub Vec<Column>);

pub(super) struct Column {
    pub title: String,
    pub meaning: Meaning,
}

/// A custom field, with the name that people see.
pub(super) struct Field {
    pub name: String,
    pub definition: Arc<Definition>,
}

impl Columns {
    /// Finds out what the titles mean. Every title has to mean something.
    pub(super) fn new(
        titles: &csv::StringRecord,
        ignored: &[String],
        create: Create<'_>,
        fields: &[Field],
        attach: &Entry,
    ) -> Result<Self, Failure> {
        let mut columns = Vec::new();
        let mut unknown = Vec::new();
        let mut seen = BTreeSet::new();
        for title in titles {
            let title = title.trim_start_matches('\u{feff}').trim();
            let meaning = if ignored.iter().any(|it| plain(it) == plain(title)) {
                Some(Meaning::Nothing)
            } else {
                meaning(title, create, fields, attach)?
            };
            if !matches!(meaning, Some(Meaning::Nothing)) && !seen.insert(plain_with_kind(title)) {
                return Err(Failure::usage(format!(
                    "the column {title:?} is there twice"
                )));
            }
            match meaning {
                Some(meaning) => columns.push(Column {
                    title: title.to_owned(),
                    meaning,
                }),
                None => unknown.push(format!("{title:?}")),
            }
        }
        if unknown.is_empty() {
            return Ok(Self(columns));
        }
        let names: Vec<_> = fields.iter().map(|it| it.name.as_str()).collect();
        Err(Failure::usage(format!(
            "it is not known what these columns mean: {}; rename them, or leave them out by \
             --ignore. Custom fields of candidates: {}",
            unknown.join(", "),
            if names.is_empty() {
                "none".to_owned()
            } else {
                names.join(", ")
            }
        )))
    }
}

fn plain_with_kind(title: &str) -> String {
    let (name, kind) = title.split_once(':').unwrap_or((title, ""));
    format!("{}:{}", plain(name), plain(kind))
}

fn meaning(
    title: &str,
    create: Create<'_>,
    fields: &[Field],
    attach: &Entry,
) -> Result<Option<Meaning>, Failure> {
    let is = |name: &str| plain(name) == plain(title);
    let properties = || create.entry.body.iter().flat_map(|body| &body.properties);
    let (head, kind) = match title.split_once(':') {
        Some((head, kind)) => (head, Some(kind.trim().to_lowercase())),
        None => (title, None),
    };
    for (short, long, usual) in LISTS {
        let known = properties().find(|it| it.name == long);
        let Some(property) =
            known.filter(|_| [short, long].iter().any(|it| plain(it) == plain(head)))
        else {
            continue;
        };
        let kind = kind.or(usual.map(str::to_owned));
        return Ok(Some(Meaning::Values {
            name: property.name,
            kind,
        }));
    }
    // Where an application can have no job, that is said of the row.
    let within = create.application.within.iter().copied().chain([JOB]);
    let mut ids = within.filter(|name| name.ends_with(ID));
    if let Some(name) = ids.find(|name| is(name)) {
        return Ok(Some(Meaning::OfApplication { name }));
    }
    let by_id = properties().find(|it| {
        is(&format!("{}{ID}", it.name)) && it.kind == Kind::Json && it.within.contains(&"id")
    });
    if let Some(property) = by_id {
        let name = property.name;
        return Ok(Some(Meaning::ById { name }));
    }
    if let Some(property) = properties().find(|it| is(it.name)) {
        match &property.kind {
            kind if kind.is_scalar() => {
                return Ok(Some(Meaning::Property {
                    name: property.name,
                    kind: kind.clone(),
                }));
            }
            Kind::List(items) if **items == Kind::Text => {
                return Ok(Some(Meaning::Texts {
                    name: property.name,
                }));
            }
            _ => {}
        }
    }
    let kinds = attach.in_body(TYPE).and_then(|it| match &it.kind {
        Kind::Choice(all) => Some(all),
        _ => None,
    });
    if let Some(kind) = kinds.into_iter().flatten().find(|kind| is(kind)) {
        return Ok(Some(Meaning::File { kind: kind.clone() }));
    }
    // The key is there once; names can be the same.
    let by_key = fields
        .iter()
        .find(|it| it.definition.name_key.as_deref() == Some(title));
    let mut by_name = fields.iter().filter(|it| is(&it.name));
    let found = match (by_key, by_name.next(), by_name.next()) {
        (Some(field), ..) | (None, Some(field), None) => field,
        (None, None, _) => return Ok(None),
        (None, Some(_), Some(_)) => {
            return Err(Failure::usage(format!(
                "several custom fields are called {title:?}; name the column by the key of one"
            )));
        }
    };
    Ok(Some(Meaning::Custom(Arc::clone(&found.definition))))
}
