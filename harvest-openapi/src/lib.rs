//! A reader of `OpenAPI` documents: references, operations and parameters of a document in JSON, and the names of the
//! [extensions](extension) that descriptions use.
//!
//! It reads what is there and checks nothing: a linter wants to see what is wrong, and a program that takes a document
//! on trust wants an error. So references are followed by a function that says why it stopped ([`reference::follow`]),
//! and by one that returns what it got to ([`Document::resolve`]).
//!
//! ```
//! use harvest_openapi::Document;
//!
//! let root = serde_json::json!({
//!     "paths": {"/books": {"get": {"operationId": "list_books", "parameters": [
//!         {"$ref": "#/components/parameters/Page"},
//!     ]}}},
//!     "components": {"parameters": {"Page": {"name": "page", "in": "query"}}},
//! });
//! let document = Document::new(&root);
//! let operation = document.operations().next().unwrap();
//! assert_eq!((operation.method, operation.path), ("get", "/books"));
//! assert_eq!(document.parameters(operation.value).next().unwrap()["name"], "page");
//! ```

mod document;
pub mod extension;
mod json;
pub mod reference;

pub use document::{Document, EVENTS, METHODS, Operation};
pub use json::Json;
