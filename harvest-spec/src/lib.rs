//! The Harvest API as OpenAPI 3.0 documents, one a version, embedded.
//!
//! The documents are what `cargo xtask regen` bundles from the YAML in this folder, and what the client in
//! `harvest-generated` was generated from.
//!
//! ```
//! let v1 = harvest_spec::document("v1").expect("v1 is embedded");
//! assert!(v1.json.starts_with('{'));
//! ```

/// One version of the API, as one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Document {
    /// The version: the folder of `harvest-spec` and the module of `harvest-generated` that go by this name.
    pub version: &'static str,
    /// The OpenAPI 3.0.3 document as JSON.
    pub json: &'static str,
}

/// Every embedded document, oldest version first.
pub const DOCUMENTS: &[Document] = &[
    Document {
        version: "v1",
        json: include_str!("../dist/v1.json"),
    },
    Document {
        version: "v3",
        json: include_str!("../dist/v3.json"),
    },
];

/// What takes the place of each operation, parameter, property and value of one version in another: `migration.yaml` as
/// JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migration {
    /// The version to move from.
    pub from: &'static str,
    /// The version to move to.
    pub to: &'static str,
    /// The table as JSON.
    pub json: &'static str,
}

/// The embedded migration.
pub const MIGRATION: Migration = Migration {
    from: "v1",
    to: "v3",
    json: include_str!("../dist/v1.migration.json"),
};

/// The deliveries of the service: its webhooks. The events are under `x-webhooks`, and there are no paths.
pub const WEBHOOKS: Document = Document {
    version: "webhooks",
    json: include_str!("../dist/webhooks.json"),
};

/// The document of one version, if there is one.
pub fn document(version: &str) -> Option<Document> {
    DOCUMENTS.iter().copied().find(|d| d.version == version)
}

/// The numbers of columns in tables that are made of one version's lists, if there is one: a line for each, with the number,
/// the list and the path of the property.
///
/// A number stays that of its column for good, so that tables can be read together with those of before.
pub fn columns(version: &str) -> Option<&'static str> {
    let found = COLUMNS.iter().find(|(of, _)| *of == version);
    found.map(|(_, text)| *text)
}

const COLUMNS: &[(&str, &str)] = &[
    ("v1", include_str!("../columns/v1.txt")),
    ("v3", include_str!("../columns/v3.txt")),
];
