//! Reasons why an answer cannot be decoded, in words that repeat nothing of it.

/// What is said where nothing is known that can be said.
pub(super) const UNKNOWN: &str = "it is not as documented";

/// Whether a key is the name of a property, as the API writes them, rather than data (the keys of a map can be names
/// or addresses).
pub(super) fn is_property(key: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    (1..=64).contains(&key.len()) && key.bytes().all(plain)
}

/// What serde says is wrong, without the value that it mostly repeats (``invalid type: string "Jane", expected i64``).
/// Only texts of a known form get through, and of these only the parts that come from the model.
pub(super) fn printable(message: &str) -> String {
    let quoted = |message: &str| {
        let name = message.split('`').nth(1)?;
        is_property(name).then(|| name.to_owned())
    };
    if message.starts_with("missing field `") {
        return quoted(message).map_or_else(
            || "a property is missing".to_owned(),
            |name| format!("the property {name} is missing"),
        );
    }
    if message.starts_with("duplicate field `") {
        return "a property is there twice".to_owned();
    }
    let found = ["invalid type: ", "invalid value: ", "invalid length "]
        .into_iter()
        .find_map(|prefix| message.strip_prefix(prefix));
    if let Some(found) = found {
        let kind = match found.split([' ', ',']).next().unwrap_or_default() {
            "null" | "unit" => "null",
            "boolean" => "a boolean",
            "integer" => "an integer",
            "floating" => "a number",
            "string" | "character" => "a string",
            "sequence" => "an array",
            "map" => "an object",
            _ => "something else",
        };
        // What is expected stands last, and comes from the model; the value before it may contain the same words.
        let expected = found
            .rsplit_once(", expected ")
            .map(|(_, expected)| expected.split(" at line ").next().unwrap_or_default())
            .filter(|expected| expected.len() <= 80 && !expected.contains('"'));
        return match expected {
            Some(expected) => format!("found {kind}, expected {expected}"),
            None => format!("found {kind}"),
        };
    }
    if message.starts_with("data did not match any variant") {
        return "it matches none of the documented forms".to_owned();
    }
    UNKNOWN.to_owned()
}
