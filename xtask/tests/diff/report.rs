//! The text of the report.

use serde_json::{Value, json};
use xtask::diff::{self, Subject};
use xtask::workspace::Workspace;

use super::{LIST, SCHEMAS, base, set, take};

#[test]
fn the_report_groups_and_marks() {
    let mut new = base();
    take(&mut new, &format!("{LIST}/parameters/1"));
    set(&mut new, &format!("{LIST}/deprecated"), json!(true));
    set(&mut new, &format!("{SCHEMAS}/State/enum/-"), json!("lost"));
    let rust = [
        change(Subject::Client, "the feature `things` removed", true),
        change(
            Subject::Operation("list_things".to_owned()),
            "removed: `ListThings::order`",
            true,
        ),
        change(
            Subject::Schema("Thing".to_owned()),
            "added: `Thing::name`",
            false,
        ),
    ];
    let comparison = diff::compare(&base(), &new);
    assert_eq!(
        diff::report(&comparison, &rust),
        "  API       Rust
the client
            BREAKING  the feature `things` removed
operation list_things
  ok                  is deprecated
  BREAKING            query parameter `order` removed
            BREAKING  removed: `ListThings::order`
schema State
  ok                  the model has a new value `lost`
schema Thing
            ok        added: `Thing::name`
API: 3 changes, 1 breaking; Rust: 3 changes, 2 breaking
"
    );
    assert_eq!(
        diff::report(&diff::compare(&base(), &base()), &[]),
        "nothing changed\n"
    );
}

fn change(subject: Subject, what: &str, breaking: bool) -> diff::Change {
    diff::Change {
        subject,
        what: what.to_owned(),
        breaking,
    }
}

#[test]
fn against_nothing_everything_is_new() {
    let changes = diff::changes(&Value::Null, &base());
    assert!(
        changes
            .iter()
            .all(|c| !c.breaking && c.what.starts_with("added")),
        "{changes:?}"
    );
    let operations = changes
        .iter()
        .filter(|c| matches!(c.subject, Subject::Operation(_)))
        .count();
    assert_eq!((operations, changes.len()), (2, 10));
    let gone = diff::changes(&base(), &Value::Null);
    assert_eq!(gone.iter().filter(|c| c.breaking).count(), 2);
}

/// Publishing says null in another way, in hundreds of places. The old document is always a published one.
#[test]
fn publishing_our_own_description_changes_nothing() {
    let workspace = Workspace::here().unwrap();
    for version in workspace.versions().unwrap() {
        let bundle = harvest_codegen::load::load(&version.root, workspace.root()).unwrap();
        let published: Value = serde_json::from_str(bundle.to_json()).unwrap();
        assert_ne!(bundle.document, published);
        // Words are added: defaults are said in them.
        let back = diff::compare(&published, &bundle.document);
        assert_eq!(back.changes, [], "{}", version.name);
        let forth = diff::compare(&bundle.document, &published);
        assert_eq!(forth.changes, [], "{}", version.name);
    }
}
