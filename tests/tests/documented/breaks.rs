//! Descriptions that are broken in one place, to see that a check notices.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::described::Described;
use crate::report::{Check, Report};

/// What to break: the check that should notice, a JSON pointer, a key there, and its new value, or nothing to remove it.
pub type Break = (Check, &'static str, &'static str, Option<&'static str>);

/// That each kind of comparison notices a description that is broken in one place.
///
/// # Panics
///
/// If one does not, or if a kind of comparison is never broken.
pub fn each_is_noticed(breaks: &[Break], version: &str, compare: impl Fn(&Described) -> Report) {
    let report = |document| compare(&Described::new(document));
    let whole = report(Described::published(version));
    let broken: BTreeSet<_> = breaks.iter().map(|of| of.0).collect();
    assert_eq!(
        broken,
        whole.checks(),
        "add a row to {version}/breaks.rs for each check"
    );
    for of in breaks {
        let check = of.0;
        let mut document = Described::published(version);
        apply(&mut document, of);
        let noticed = report(document).count(check) > whole.count(check);
        assert!(noticed, "{check:?} notices nothing");
    }
}

/// Breaks a document.
fn apply(document: &mut Value, (_, pointer, key, value): &Break) {
    let node = document.pointer_mut(pointer).and_then(Value::as_object_mut);
    let node = node.unwrap_or_else(|| panic!("there is nothing at {pointer} to break"));
    if let Some(value) = value {
        node.insert((*key).to_owned(), serde_json::from_str(value).unwrap());
    } else {
        assert!(
            node.remove(*key).is_some(),
            "there is no {key} at {pointer}"
        );
    }
}
