//! Which names can become names in Rust.

use heck::ToSnakeCase;

/// Whether a text can be the name of a function, a module and a feature as it is.
pub(super) fn is_name(text: &str) -> bool {
    is_ascii(text) && text == text.to_snake_case() && is_word(text)
}

/// Whether a text begins with an ASCII letter, and goes on with letters, digits, lines above or below.
pub(super) fn is_ascii(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// Whether a text is an identifier of Rust, and no keyword.
fn is_word(text: &str) -> bool {
    // `gen` is a keyword since the edition of 2024, which `syn` does not go by.
    text != "gen" && syn::parse_str::<syn::Ident>(text).is_ok()
}
