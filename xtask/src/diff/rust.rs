//! The Rust column of `diff`: the public API of the generated crate, old and new, as its sources say it.
//!
//! # What counts as breaking
//!
//! A change is breaking if a program that compiles with the old crate may not compile with the new one.
//!
//! | change | breaking |
//! | --- | --- |
//! | module, type, constant, method, field, variant, trait or feature removed | yes |
//! | the same added | no; but a field or variant of a type that others can write or match in full is, and so is an item of a trait without a default |
//! | types of arguments, of the result, of a field or a constant changed, or their bounds | yes, wider ones too: code that names the type may not compile |
//! | arguments of the same types in another order | yes |
//! | a trait is no longer implemented, be it by `impl`, `derive` or a macro of the runtime | yes |
//! | `#[non_exhaustive]` added | yes |
//! | an item needs a feature that it did not need | yes |
//! | a feature no longer switches another on | yes |
//! | a type renamed, with an alias by its former name | no, nor is what goes by the alias |
//! | deprecated | no |
//!
//! What is inside of functions, documentation and the names of arguments does not count. Nor do macros of the runtime:
//! a change of one changes all models at once, and the changelog of the runtime says so.

mod compare;
mod print;
mod read;
mod resolve;
mod signature;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use compare::compare;

/// The public API of a crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surface {
    /// What users can name, by paths such as `v1::types::User` (types), `v1::types::User.id` (fields) and
    /// `v1::types::User: Clone` (traits that are implemented).
    items: BTreeMap<String, Item>,
    /// The features, each with those that it switches on.
    features: BTreeMap<String, BTreeSet<String>>,
}

/// Something public.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Item {
    kind: Kind,
    /// What it is a part of: a type or a module. Gone with it, it is not worth a word of its own.
    owner: Option<String>,
    /// Its name for people, such as `User::id`.
    name: String,
    /// What has to stay, token by token.
    tokens: Vec<String>,
    /// The names of arguments.
    arguments: Vec<String>,
    deprecated: bool,
    /// Features of which it needs one; none if it is always there.
    needs: BTreeSet<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Module,
    /// A struct or an enum, and whether others can write or match all of it.
    Type {
        word: &'static str,
        is_exhaustive: bool,
    },
    /// Another name of something, and what it is the name of, where that is in the crate.
    Alias(Option<String>),
    Field,
    Variant,
    Constant,
    Function,
    Trait,
    /// Whether implementors have to write it.
    TraitItem {
        is_required: bool,
    },
    /// A trait that is implemented, or a macro that implements some.
    Impl,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Module => "module",
            Self::Type { word, .. } => word,
            Self::Alias(_) => "alias",
            Self::Field => "field",
            Self::Variant => "variant",
            Self::Constant => "constant",
            Self::Function => "function",
            Self::Trait => "trait",
            Self::TraitItem { .. } => "item of a trait",
            Self::Impl => "implementation",
        })
    }
}

/// A change of the public API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The module of the version that it is in, such as `v1`; none for features and the crate itself.
    pub version: Option<String>,
    /// The names of what it is about, such as `Client` and `list_users`: one of them is what an operation or a schema is
    /// called in Rust.
    pub about: Vec<String>,
    /// What changed.
    pub what: What,
    /// Whether a program that compiled may no longer do so.
    pub breaking: bool,
}

/// What changed in a public API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Something of this name is new.
    Added(String),
    /// Something of this name is gone.
    Removed(String),
    /// Something else, as a sentence.
    Changed(String),
}

/// Why a crate could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file is no Rust.
    #[error("{0} is no Rust: {1}")]
    Syntax(String, syn::Error),
    /// The manifest is no TOML.
    #[error("Cargo.toml is no TOML: {0}")]
    Manifest(basic_toml::Error),
    /// A module that is declared has no file.
    #[error("the module {0} has no file")]
    Module(String),
}

impl Surface {
    /// Reads the crate whose files, by their paths in it, are these. No files are a crate without anything.
    ///
    /// # Errors
    ///
    /// If a file does not parse, or the file of a module is missing.
    pub fn read(files: &BTreeMap<String, String>) -> Result<Self, Error> {
        read::surface(files)
    }
}
