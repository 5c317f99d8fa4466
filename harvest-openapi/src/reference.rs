//! References: `{"$ref": "#/components/schemas/Name"}`.

use crate::Json;

/// The key of a reference.
pub const REF: &str = "$ref";

/// The most references in a row that are followed. More are taken for a circle.
pub const MAX_HOPS: usize = 32;

/// The beginning of a reference to a schema, before its name.
pub const SCHEMAS: &str = "#/components/schemas/";

/// The end of a chain of references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Followed<'a, J> {
    /// The value there.
    pub value: &'a J,
    /// The JSON pointer of the value; nothing if there was no reference to follow.
    pub pointer: Option<&'a str>,
    /// Why the chain ends with a reference, if it does.
    pub error: Option<Error<'a>>,
}

/// A reference that cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error<'a> {
    /// Its value is no text.
    #[error("a `$ref` is not a text")]
    NotText,
    /// It refers to another document.
    #[error("`{0}` points outside the document; bundle it first")]
    Outside(&'a str),
    /// There is nothing at its pointer.
    #[error("`{0}` points at nothing")]
    Dangling(&'a str),
    /// There are more than [`MAX_HOPS`] in a row.
    #[error("references run in a circle")]
    Circle,
}

/// Follows the references from a value of the document `root`, as far as they lead.
pub fn follow<'a, J: Json>(root: &'a J, value: &'a J) -> Followed<'a, J> {
    let mut followed = Followed {
        value,
        pointer: None,
        error: None,
    };
    for _ in 0..=MAX_HOPS {
        let Some(reference) = followed.value.member(REF) else {
            return followed;
        };
        match target(root, reference) {
            Ok((pointer, value)) => {
                followed.pointer = Some(pointer);
                followed.value = value;
            }
            Err(error) => {
                followed.error = Some(error);
                return followed;
            }
        }
    }
    followed.error = Some(Error::Circle);
    followed
}

fn target<'a, J: Json>(root: &'a J, reference: &'a J) -> Result<(&'a str, &'a J), Error<'a>> {
    let reference = reference.text().ok_or(Error::NotText)?;
    let pointer = reference
        .strip_prefix('#')
        .ok_or(Error::Outside(reference))?;
    let value = root.at(pointer).ok_or(Error::Dangling(reference))?;
    Ok((pointer, value))
}

/// The name of the schema that a value refers to, if it is a reference to one.
pub fn schema_name<J: Json>(value: &J) -> Option<&str> {
    value.member(REF)?.text()?.strip_prefix(SCHEMAS)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_chain_is_followed_to_its_end() {
        let root = json!({
            "components": {"schemas": {
                "A": {"$ref": "#/components/schemas/B"},
                "B": {"type": "string"},
            }},
            "start": {"$ref": "#/components/schemas/A"},
        });
        let followed = follow(&root, &root["start"]);
        assert_eq!(followed.value, &root["components"]["schemas"]["B"]);
        assert_eq!(followed.pointer, Some("/components/schemas/B"));
        assert_eq!(followed.error, None);
        let none = follow(&root, followed.value);
        assert_eq!((none.value, none.pointer), (followed.value, None));
    }

    #[test]
    fn an_error_says_why_a_chain_ends_early() {
        let root = json!({
            "C": {"$ref": "#/C"},
            "away": {"$ref": "other.yaml#/A"},
            "nowhere": {"$ref": "#/D"},
            "number": {"$ref": 7},
            "late": {"$ref": "#/nowhere"},
        });
        for (name, error) in [
            ("C", Error::Circle),
            ("away", Error::Outside("other.yaml#/A")),
            ("nowhere", Error::Dangling("#/D")),
            ("number", Error::NotText),
        ] {
            assert_eq!(follow(&root, &root[name]).error, Some(error), "{name}");
        }
        let late = follow(&root, &root["late"]);
        assert_eq!(late.value, &root["nowhere"]);
        assert_eq!(late.error, Some(Error::Dangling("#/D")));
    }

    #[test]
    fn as_many_references_are_followed_as_it_says() {
        let chain = |hops: usize| {
            let links = (0..hops).map(|n| (n.to_string(), json!({"$ref": format!("#/{}", n + 1)})));
            let mut root: serde_json::Map<_, _> = links.collect();
            root.insert(hops.to_string(), json!("end"));
            serde_json::Value::Object(root)
        };
        let longest = chain(MAX_HOPS);
        assert_eq!(follow(&longest, &longest["0"]).value, "end");
        let longer = chain(MAX_HOPS + 1);
        assert_eq!(follow(&longer, &longer["0"]).error, Some(Error::Circle));
    }

    #[test]
    fn a_schema_has_the_name_by_which_it_is_referred_to() {
        assert_eq!(
            schema_name(&json!({"$ref": "#/components/schemas/A"})),
            Some("A")
        );
        assert_eq!(
            schema_name(&json!({"$ref": "#/components/parameters/A"})),
            None
        );
        assert_eq!(schema_name(&json!({"type": "string"})), None);
    }
}
