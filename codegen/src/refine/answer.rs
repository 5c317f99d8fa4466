//! The answer of an operation, as the code that sends a request needs it.

use proc_macro2::TokenStream;
use syn::Type;

/// What comes back.
pub(super) struct Answer {
    /// The type of a success.
    pub success: TokenStream,
    /// The function that reads it.
    pub decode: TokenStream,
    /// The type of the records, if it is a list in pages.
    pub record: Option<Type>,
}
