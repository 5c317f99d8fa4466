//! Names of the description as names in Rust, by the rules of typify and progenitor, which name fields and variants.
//!
//! The linter refuses what would come out twice or not at all, so it has to know beforehand what comes out.

use heck::{ToPascalCase, ToSnakeCase};
use unicode_ident::{is_xid_continue, is_xid_start};

/// The field, the argument or the method that a name becomes.
pub(crate) fn field(text: &str) -> String {
    identifier(text, str::to_snake_case, "x")
}

/// The variant of an enumeration that a value becomes.
pub(crate) fn variant(text: &str) -> String {
    identifier(text, str::to_pascal_case, "X")
}

fn identifier(text: &str, case: impl Fn(&str) -> String, prefix: &str) -> String {
    let name = match text {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => case(&text.replace('\'', "").replace(|c| !is_xid_continue(c), "-")),
    };
    let name = match name.chars().next() {
        None => prefix.to_owned(),
        Some(first) if is_xid_start(first) => name,
        Some(_) => format!("{prefix}{name}"),
    };
    if is_word(&name) {
        name
    } else {
        format!("{name}_")
    }
}

/// Whether a text is an identifier of Rust, and no keyword.
pub(crate) fn is_word(text: &str) -> bool {
    // `gen` is a keyword since the edition of 2024, which `syn` does not go by.
    text != "gen" && text != "_" && syn::parse_str::<syn::Ident>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_generators() {
        for (text, expected) in [
            ("name", "name"),
            ("firstName", "first_name"),
            ("type", "type_"),
            ("gen", "gen_"),
            ("try", "try_"),
            ("type_", "type_"),
            ("self", "self_"),
            ("2nd", "x2nd"),
            ("+1", "plus1"),
            ("-1", "minus1"),
            ("won't", "wont"),
            ("a/b c", "a_b_c"),
            ("@", "x"),
            ("", "x"),
            ("é", "é"),
        ] {
            assert_eq!(field(text), expected, "{text}");
        }
        for (text, expected) in [
            ("self", "Self_"),
            ("err", "Err"),
            ("1st-edition", "X1stEdition"),
            ("+1", "plus1"),
            ("+", "X"),
        ] {
            assert_eq!(variant(text), expected, "{text}");
        }
    }
}
