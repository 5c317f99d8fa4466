//! The error of this stage.

use super::location::SourceLocation;

/// Why a description could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {what}")]
pub struct Error {
    /// Where.
    pub place: SourceLocation,
    pub(super) what: LoadErrorKind,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum LoadErrorKind {
    #[error("cannot read the file: {0}")]
    Read(#[source] std::io::Error),
    #[error(
        "the file is empty: describe what belongs there, or remove the file and what refers to it"
    )]
    Empty,
    #[error("the description is not in the folder {0}, from which places are named")]
    Outside(String),
    #[error("not YAML that JSON can hold: {0}")]
    Parse(String),
    #[error("`{0}` refers to {1}, which does not exist")]
    Dangling(String, String),
    #[error(
        "`{0}` is no reference that a description may hold: refer to a whole file, or to a key of \
         a file named after a kind of component (schemas.yaml#/Name)"
    )]
    Form(String),
    #[error("the component {0} is defined here and in {1}; give one of them another name")]
    Twice(String, String),
    #[error("`$ref` has siblings ({0}), which OpenAPI 3.0 ignores; wrap it in `allOf`")]
    Siblings(String),
    #[error("the files refer to each other in a circle: {0}")]
    Circle(String),
}
