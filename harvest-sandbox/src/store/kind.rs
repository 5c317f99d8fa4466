//! A kind of record, as its resource declares it.

use std::fmt;

use indexmap::IndexMap;
use serde::de::{DeserializeOwned, DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

use super::placeholder::has_placeholders;
use super::visibility::Visibility;
use crate::json::Value;
use crate::refusal::{Outcome, broken};

/// A kind of record: what it is, whichever face shows it.
///
/// Its table is made by a file in `migrations/` and has at least `id INTEGER PRIMARY KEY` and `state TEXT NOT NULL`, and a
/// column for each face that [stores](super::Presentations) how it shows the records. For versions that show when a record
/// was made and changed, it has `created_at` and `updated_at`, too: generated from the state, or else columns of the table,
/// which the store sets.
pub(crate) struct Kind {
    /// The table, which is also the kind's name in [`Embeds`](super::Embeds).
    pub(crate) table: &'static str,
    /// The id of the first record. Kinds begin far apart, so that an id of one is not found among another by accident.
    pub(crate) first_id: i64,
    /// Who may see its records.
    pub(crate) visibility: Visibility,
}

/// When a record was made, and when it was changed last, as times are kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct Times {
    pub(crate) created_at: Option<String>,
    pub(crate) updated_at: Option<String>,
}

/// A record, as it is kept.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) id: i64,
    /// JSON.
    state: String,
    /// If they were read along with it.
    pub(super) times: Option<Times>,
}

impl Row {
    pub(crate) fn new(id: i64, state: String) -> Self {
        let times = None;
        Self { id, state, times }
    }

    /// With its times, which were read along with the state.
    pub(super) fn dated(self, times: Times) -> Self {
        let times = Some(times);
        Self { times, ..self }
    }

    pub(super) fn into_text(self) -> String {
        self.state
    }

    /// How long it is.
    pub(super) fn bytes(&self) -> usize {
        self.state.len()
    }

    /// What is known about the record.
    pub(crate) fn state<T: DeserializeOwned>(&self) -> Outcome<T> {
        // The words of serde_json repeat the offending value, which may be someone's name.
        serde_json::from_str(&self.state)
            .map_err(|error| broken(format!("record {}: column {}", self.id, error.column())))
    }
}

/// The JSON of a record, as it is sent. Others can put it into theirs without parsing it.
///
/// It is no [`RawValue`], which reads the text again to be sure that it is JSON: a page of a list is more than a megabyte.
#[derive(Clone, Debug)]
pub(crate) struct Document(String);

impl Serialize for Document {
    /// As a part of another, where its text goes as it is.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.0).map_err(S::Error::custom)?;
        raw.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(from)?;
        Ok(Self(Box::<str>::from(raw).into_string()))
    }
}

impl Document {
    /// From something with its fields in the order in which the service sends them.
    pub(crate) fn of(value: &impl Serialize) -> Outcome<Self> {
        serde_json::to_string(value)
            .map(Self)
            .map_err(|error| broken(format!("a document: {error}")))
    }

    /// From text that is known to be JSON.
    pub(super) fn from_text(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }

    /// The document without what is hidden from its reader. It is read and written again only if there is any.
    pub(crate) fn without<T>(
        self,
        hidden: &[T],
        remove: impl FnOnce(&mut Value, &[T]),
    ) -> Outcome<Self> {
        if hidden.is_empty() {
            return Ok(self);
        }
        let mut shown: Value = self.read()?;
        remove(&mut shown, hidden);
        Self::of(&shown)
    }

    /// As a type of the reader's own, for the few that have to change it. None with links to files: a
    /// [`Placeholder`](crate::store::Placeholder) would not survive it.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Outcome<T> {
        if has_placeholders(self.text()) {
            return Err(broken("a document with links to files is read"));
        }
        self.parse()
    }

    fn parse<'a, T: Deserialize<'a>>(&'a self) -> Outcome<T> {
        serde_json::from_str(self.text())
            .map_err(|error| broken(format!("a document: column {}", error.column())))
    }

    /// The same with these properties alone, in the order in which they are.
    pub(crate) fn with_only(&self, names: &[String]) -> Outcome<Self> {
        let mut from = serde_json::Deserializer::from_str(self.text());
        let text = Members { names }.deserialize(&mut from);
        text.map(Self)
            .map_err(|error| broken(format!("a document: column {}", error.column())))
    }

    /// The same with the properties of another behind its own. Both are objects, and neither is empty.
    pub(crate) fn joined(&self, other: &Self) -> Outcome<Self> {
        let parts = (self.0.strip_suffix('}'), other.0.strip_prefix('{'));
        let (Some(own), Some(others)) = parts else {
            return Err(broken("a document that is joined is no object"));
        };
        Ok(Self(format!("{own},{others}")))
    }

    /// The same with another `id`.
    pub(crate) fn with_id(&self, id: i64) -> Outcome<Self> {
        // Raw values are left as they are, with the placeholders in them.
        let mut fields: IndexMap<String, Box<RawValue>> = self.parse()?;
        let id = to_raw_value(&id).map_err(|error| broken(format!("an id: {error}")))?;
        fields.insert("id".to_owned(), id);
        Self::of(&fields)
    }
}

/// The members of an object that have these names, as an object in the order in which they are. Their values are neither
/// read nor written again: each record of a page is one.
struct Members<'a> {
    names: &'a [String],
}

impl<'de> DeserializeSeed<'de> for Members<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<String, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Members<'_> {
    type Value = String;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<String, A::Error> {
        let mut text = String::from("{");
        while let Some(name) = members.next_key_seed(Name(self.names))? {
            let Some(name) = name else {
                members.next_value::<IgnoredAny>()?;
                continue;
            };
            if text.len() > 1 {
                text.push(',');
            }
            text.push_str(&serde_json::to_string(name).map_err(serde::de::Error::custom)?);
            text.push(':');
            text.push_str(members.next_value::<&RawValue>()?.get());
        }
        text.push('}');
        Ok(text)
    }
}

/// The name of a member, if it is one of these.
struct Name<'a>(&'a [String]);

impl<'de, 'a> DeserializeSeed<'de> for Name<'a> {
    type Value = Option<&'a str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'a> Visitor<'_> for Name<'a> {
    type Value = Option<&'a str>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        let mut names = self.0.iter().map(String::as_str);
        Ok(names.find(|known| *known == name))
    }
}

#[cfg(test)]
mod tests {
    use super::Document;

    #[test]
    fn properties_that_are_asked_for_keep_their_text_and_order() {
        let text = r#"{"id":7,"a\"b":[1,{"id":2.50}],"name":"Ö \u00e4","other":{"x":[]}}"#;
        let document = Document::from_text(text.to_owned());
        let with_only = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|&it| it.to_owned()).collect();
            document.with_only(&names).unwrap().into_text()
        };
        assert_eq!(with_only(&["name", "id"]), r#"{"id":7,"name":"Ö \u00e4"}"#);
        assert_eq!(with_only(&["a\"b"]), r#"{"a\"b":[1,{"id":2.50}]}"#);
        assert_eq!(with_only(&["none"]), "{}");
        assert_eq!(with_only(&["id", "a\"b", "name", "other"]), text);
    }
}
