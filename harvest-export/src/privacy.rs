//! Personal data that an export leaves out, or has under pseudonyms.
//!
//! The description marks each property with the class of personal data in it; what is left out is decided by class. The ids
//! and times of records stay: without them nothing could be proven.

use std::collections::BTreeSet;
use std::path::Path;

use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::Sha256;

use crate::catalog::{Field, Kind};
use crate::error::ExportError;
use crate::hash::{self, hexadecimal};
use crate::ledger;
use crate::object::Object;
use crate::state::State;

/// The classes of personal data.
pub const CLASSES: [&str; 6] = [
    "identity",
    "contact",
    "free_text",
    "demographic",
    "compensation",
    "document",
];
/// The class that is left out unless it is asked for, together with the lists that have answers of it: a record of such an
/// answer says that there is one.
const SENSITIVE: &str = "demographic";
/// The classes whose texts get pseudonyms.
const REPLACED: [&str; 2] = ["identity", "contact"];
/// The classes that name people in words of their own, which no pseudonym reaches.
const UNREPLACEABLE: [&str; 2] = ["free_text", DOCUMENT];
const DOCUMENT: &str = "document";
/// The least bytes of a key of pseudonyms.
const LEAST_KEY: usize = 16;
/// How much of a hash a pseudonym is, in hexadecimal digits.
const PSEUDONYM: usize = 24;

/// What is left out of an export, and what has pseudonyms in it.
#[derive(Clone)]
pub struct Privacy {
    without: BTreeSet<String>,
    key: Option<Vec<u8>>,
    /// Whether properties that the description does not know stay: their class is unknown, too.
    keeps_unknown: bool,
}

/// The same as the ledger has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Policy {
    pub without: BTreeSet<String>,
    /// Identifies the key without revealing it.
    pub pseudonyms: Option<String>,
    pub keeps_unknown: bool,
}

impl Default for Privacy {
    fn default() -> Self {
        Self {
            without: BTreeSet::from([SENSITIVE.to_owned()]),
            key: None,
            keeps_unknown: true,
        }
    }
}

impl Privacy {
    /// Leaves these classes out, besides those that are left out unless `with` names them: demographic answers, and with
    /// pseudonyms free texts and documents. With a key, the texts of identity and contact become pseudonyms: the same text
    /// and key give the same one. Where a class is named or a key given, properties that the description does not know are
    /// left out, too.
    ///
    /// # Errors
    ///
    /// If there is no such class, or the key has less than 16 bytes.
    pub fn new(
        without: &[String],
        with: &[String],
        key: Option<Vec<u8>>,
    ) -> Result<Self, ExportError> {
        let mut all = without.iter().chain(with);
        if let Some(name) = all.find(|name| !CLASSES.contains(&name.as_str())) {
            return Err(ExportError::UnknownClass {
                name: name.clone(),
                known: CLASSES.join(", "),
            });
        }
        if key.as_ref().is_some_and(|key| key.len() < LEAST_KEY) {
            return Err(ExportError::ShortKey { least: LEAST_KEY });
        }
        let usual = key.iter().flat_map(|_| UNREPLACEABLE).chain([SENSITIVE]);
        let usual = usual.map(str::to_owned).filter(|it| !with.contains(it));
        Ok(Self {
            keeps_unknown: without.is_empty() && key.is_none(),
            without: usual.chain(without.iter().cloned()).collect(),
            key,
        })
    }

    /// What is left out of the export in a folder. The key is not in it.
    ///
    /// # Errors
    ///
    /// If the ledger of the folder cannot be read.
    pub fn again(folder: &Path, key: Option<Vec<u8>>) -> Result<Self, ExportError> {
        let state = State::of(ledger::events(folder)?);
        let policy = state.origin.map(|it| it.policy).unwrap_or_default();
        Ok(Self {
            without: policy.without,
            key,
            keeps_unknown: policy.keeps_unknown,
        })
    }

    /// Without files and the links to them.
    pub(crate) fn without_documents() -> Self {
        Self {
            without: BTreeSet::from([DOCUMENT.to_owned()]),
            key: None,
            keeps_unknown: true,
        }
    }

    pub(crate) fn policy(&self) -> Policy {
        let fingerprint = |key: &Vec<u8>| {
            let mut hash = hash::of([b"fingerprint\0", key.as_slice()].concat());
            hash.truncate(16);
            hash
        };
        Policy {
            without: self.without.clone(),
            pseudonyms: self.key.as_ref().map(fingerprint),
            keeps_unknown: self.keeps_unknown,
        }
    }

    /// Whether records of this shape are left out as wholes.
    pub fn leaves_out(&self, fields: &[Field]) -> bool {
        self.without.contains(SENSITIVE) && fields.iter().any(|it| it.has_class(SENSITIVE))
    }

    /// What is to be done with records of this shape. None: they stay as they came.
    pub(crate) fn redaction<'a>(&'a self, fields: &'a [Field]) -> Option<Redaction<'a>> {
        let is_touched = |class: &str| fields.iter().any(|it| it.has_class(class));
        let replaces = self.key.is_some() && REPLACED.into_iter().any(is_touched);
        let removes = self.without.iter().any(|class| is_touched(class));
        (replaces || removes || !self.keeps_unknown).then_some(Redaction {
            privacy: self,
            fields,
        })
    }
}

/// What is done with the records of a stream.
pub(crate) struct Redaction<'a> {
    privacy: &'a Privacy,
    fields: &'a [Field],
}

impl Redaction<'_> {
    /// The record without what is left out. What stays is as it came.
    pub(crate) fn apply(&self, json: &str) -> String {
        let mut out = String::with_capacity(json.len());
        self.nested(json, self.fields, true, &mut out);
        out
    }

    fn nested(&self, json: &str, fields: &[Field], is_record: bool, out: &mut String) {
        match json.as_bytes().first() {
            Some(b'{') => self.object(json, fields, is_record, out),
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
                list(out, items.into_iter(), |item, out| {
                    self.nested(item.get(), fields, false, out);
                });
            }
            // Where an object is described, a plain value is none of its properties, whose classes are known.
            _ if self.is_kept(fields) => out.push_str(json),
            _ => out.push_str("null"),
        }
    }

    /// Whether a value stays that is not described: its class is unknown.
    fn is_kept(&self, described: &[Field]) -> bool {
        self.privacy.keeps_unknown || described.is_empty()
    }

    fn object(&self, json: &str, fields: &[Field], is_record: bool, out: &mut String) {
        let object: Object<'_> = serde_json::from_str(json).unwrap_or_default();
        out.push('{');
        let mut is_first = true;
        for (name, value) in &object.0 {
            let field = fields.iter().find(|field| field.name == name);
            // By which a record is found again.
            let is_key = is_record && matches!(&**name, "id" | "created_at" | "updated_at");
            let class = field.and_then(|it| it.class).filter(|_| !is_key);
            let is_left_out = match field {
                _ if is_key => false,
                Some(_) => class.is_some_and(|class| self.privacy.without.contains(class)),
                None => !self.is_kept(fields),
            };
            if is_left_out {
                continue;
            }
            if !is_first {
                out.push(',');
            }
            is_first = false;
            text(out, name);
            out.push(':');
            match (field, &self.privacy.key) {
                (Some(_), Some(key)) if class.is_some_and(|it| REPLACED.contains(&it)) => {
                    pseudonym(value.get(), key, out);
                }
                (Some(field), _) if !self.is_kept(fields) && !is_of(&field.kind, value.get()) => {
                    out.push_str("null");
                }
                (Some(field), _) => self.nested(value.get(), &field.fields, false, out),
                (None, _) => out.push_str(value.get()),
            }
        }
        out.push('}');
    }
}

/// Whether a value is of a kind. What is of another one has an unknown class.
fn is_of(kind: &Kind, json: &str) -> bool {
    let first = json.as_bytes().first().copied().unwrap_or_default();
    if json == "null" {
        return true;
    }
    match kind {
        Kind::Text | Kind::Choice(_) | Kind::Time | Kind::Date => first == b'"',
        Kind::Integer | Kind::Number => first == b'-' || first.is_ascii_digit(),
        Kind::Boolean => matches!(first, b't' | b'f'),
        Kind::List(of) => {
            let items: Option<Vec<&RawValue>> = serde_json::from_str(json).ok();
            items.is_some_and(|items| items.iter().all(|item| is_of(of, item.get())))
        }
        Kind::Json | Kind::TimeRange | Kind::DateRange => true,
    }
}

fn list<T>(out: &mut String, items: impl Iterator<Item = T>, write: impl Fn(T, &mut String)) {
    out.push('[');
    for (at, item) in items.enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(']');
}

/// A JSON text of a text.
fn text(out: &mut String, value: &str) {
    out.push_str(&serde_json::Value::from(value).to_string());
}

/// A pseudonym for each text and number; what has others in it but no list is null.
fn pseudonym(json: &str, key: &[u8], out: &mut String) {
    match json.as_bytes().first() {
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
            list(out, items.into_iter(), |item, out| {
                pseudonym(item.get(), key, out);
            });
        }
        Some(b'"' | b'-' | b'0'..=b'9') => {
            let plain: String = serde_json::from_str(json).unwrap_or_else(|_| json.to_owned());
            let mac = Hmac::<Sha256>::new_from_slice(key);
            let hash = mac.map(|mac| mac.chain_update(plain).finalize().into_bytes());
            let mut hash = hash.map(|it| hexadecimal(&it)).unwrap_or_default();
            hash.truncate(PSEUDONYM);
            text(out, &format!("p-{hash}"));
        }
        _ => out.push_str("null"),
    }
}

#[cfg(test)]
mod tests;
