//! Rules for names: they have to become identifiers of Rust, and not be taken.

use heck::ToSnakeCase;

use crate::names::is_word;

/// What Rust puts into every file, and what generated code calls by one word: a type of that name would hide it.
const TYPES: [&str; 48] = [
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Client",
    "Copy",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Empty",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "Other",
    "PartialEq",
    "PartialOrd",
    "PhantomData",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Modules and features that every generated client has, and crates that its code names.
const MODULES: [&str; 24] = [
    "alloc",
    "blocking",
    "client",
    "core",
    "default",
    "full",
    "guide",
    "harvest_runtime",
    "indexmap",
    "jiff",
    "native_tls",
    "operations",
    "proc_macro",
    "runtime",
    "rusqlite",
    "rustls",
    "rustls_ring",
    "serde",
    "serde_json",
    "shared",
    "shared_limiter",
    "sqlx",
    "std",
    "types",
];

/// Files that cannot be written on Windows, whatever comes after the dot.
const DEVICES: [&str; 6] = ["aux", "com", "con", "lpt", "nul", "prn"];

/// Whether a text can be the name of a function, a module and a feature as it is.
pub(super) fn is_name(text: &str) -> bool {
    is_ascii(text) && text == text.to_snake_case() && is_word(text)
}

/// Whether a text begins with an ASCII letter, and goes on with letters, digits, underscores or hyphens.
pub(super) fn is_ascii(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// Whether a type cannot have the name, because generated code needs it for something else.
pub(super) fn is_taken_type(name: &str) -> bool {
    TYPES.contains(&name)
}

/// Whether a resource cannot have the name, because a module, a feature, a crate or a device has it.
pub(super) fn is_taken_module(name: &str) -> bool {
    let device = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_version = name
        .strip_prefix('v')
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    MODULES.contains(&name) || DEVICES.contains(&device) || is_version
}
