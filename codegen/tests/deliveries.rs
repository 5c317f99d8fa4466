//! A description of deliveries becomes events, and is published as webhooks.

use harvest_codegen::emit::{self, Package};
use harvest_codegen::{compile_bundle, load};
use serde_json::{Value, json};

fn document() -> Value {
    serde_yaml_ng::from_str(include_str!("../src/lint/tests/deliveries.yaml")).expect("YAML")
}

fn files() -> emit::Tree {
    let bundle = load::Bundle::from_document(document());
    let version = compile_bundle("library", bundle).unwrap_or_else(|error| panic!("{error}"));
    let package = Package {
        name: "client".to_owned(),
        description: "A client".to_owned(),
        command: "make".to_owned(),
        documentation: "[versions]".to_owned(),
        readme: String::new(),
        dev_dependencies: Vec::new(),
    };
    emit::tree(&package, &[version]).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn deliveries_become_an_enumeration_of_events_and_no_client() {
    let tree = files();
    let paths: Vec<_> = tree.files.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        [
            "Cargo.toml",
            "README.md",
            "sources.sha256",
            "src/lib.rs",
            "src/library.rs",
            "src/library/event.rs",
            "src/library/types.rs",
            "src/library/types/shared.rs",
        ]
    );
    let event = &tree.files["src/library/event.rs"];
    for part in [
        "use super::types::LoanDelivery;",
        "signature_header: \"library-signature\"",
        "event_id_header: \"library-event\"",
        "    /// `book_lent`: A book was lent.\n",
        "    BookLent(LoanDelivery),\n",
        "    Unknown(webhook::UnknownEvent),\n",
        "    Returned(LoanDelivery) = \"returned\",\n    BookLent(LoanDelivery) = \"book_lent\",\n",
    ] {
        assert!(event.contains(part), "{part} is not in\n{event}");
    }
    // Models of what is delivered are those of answers: they keep what is not described.
    let types = &tree.files["src/library/types/shared.rs"];
    assert_eq!(
        types.matches("received: model::Received").count(),
        2,
        "{types}"
    );
    assert!(!types.contains("pub fn new("), "{types}");
}

#[test]
fn the_module_has_a_feature_of_its_own_that_is_off() {
    let tree = files();
    let manifest = &tree.files["Cargo.toml"];
    for line in [
        "library-events = [\"harvest-runtime/webhooks\"]",
        "axum = [\"harvest-runtime/axum\"]",
    ] {
        assert!(manifest.contains(line), "{manifest}");
    }
    let default = manifest.lines().find(|line| line.starts_with("default ="));
    assert!(
        !default.expect("a default").contains("library"),
        "{manifest}"
    );
    let root = &tree.files["src/lib.rs"];
    assert!(
        root.contains("#[cfg(feature = \"library-events\")]"),
        "{root}"
    );
}

#[test]
fn the_published_document_has_webhooks_and_no_paths() {
    let bundle = load::Bundle::from_document(document());
    let published: Value = serde_json::from_str(bundle.to_json()).expect("JSON");
    let modern: Value = serde_json::from_str(&bundle.to_json_3_1()).expect("JSON");
    assert_eq!(published["paths"], json!({}));
    assert_eq!(modern.get("paths"), None);
    for events in [&published["x-webhooks"], &modern["webhooks"]] {
        let names: Vec<_> = events.as_object().expect("events").keys().collect();
        assert_eq!(names, ["returned", "book_lent"]);
        assert_eq!(events["returned"]["post"]["operationId"], "returned");
    }
    // Who receives reads: enumerations are open, and nothing is lost that only deliveries refer to.
    let schemas = &published["components"]["schemas"];
    assert!(schemas["LibraryAction"].get("enum").is_none(), "{schemas}");
    assert_eq!(
        schemas["LibraryAction"]["x-extensible-enum"],
        json!(["book_lent", "returned"])
    );
    assert!(schemas["LoanOrNull"].is_object(), "{schemas}");
}
