//! `allOf` and `oneOf`.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::super::Findings;
use super::super::view::{View, items};
use super::Context;

impl Context<'_> {
    pub(super) fn unions(&self, map: &Map<String, Value>, pointer: &str, out: &mut Findings<'_>) {
        if let Some(all) = map.get("allOf") {
            let [only] = items(Some(all)) else {
                out.add(
                    &format!("{pointer}/allOf"),
                    "union",
                    "allOf of several schemas".to_owned(),
                    "write the properties out; allOf is only for one reference that may be null or \
                     has words of its own",
                );
                return;
            };
            if View::schema_name(only).is_none()
                || map.contains_key("type")
                || map.contains_key("properties")
            {
                out.add(
                    &format!("{pointer}/allOf"),
                    "union",
                    "allOf of something else than one reference".to_owned(),
                    "refer to a component",
                );
            }
        }
        if let Some(one) = map.get("oneOf") {
            if items(Some(one)).is_empty() {
                out.add(
                    &format!("{pointer}/oneOf"),
                    "union",
                    "oneOf of nothing".to_owned(),
                    "list the shapes, or take it out: a schema without a type is of any",
                );
            }
            let mut kinds = BTreeSet::new();
            for member in items(Some(one)) {
                let (resolved, _) = self.view.resolve(member, pointer);
                let kind = match resolved.get("type").and_then(Value::as_str) {
                    Some("object") => {
                        let required: Vec<_> = items(resolved.get("required"))
                            .iter()
                            .map(Value::to_string)
                            .collect();
                        format!("object with {}", required.join(", "))
                    }
                    Some("integer" | "number") => "number".to_owned(),
                    Some(kind) => kind.to_owned(),
                    None => "anything".to_owned(),
                };
                if kind == "anything" || !kinds.insert(kind.clone()) {
                    out.add(
                        &format!("{pointer}/oneOf"),
                        "union",
                        format!(
                            "two members of oneOf look alike in JSON, or one takes all ({kind})"
                        ),
                        "members have to differ in JSON type, or (objects) in required properties",
                    );
                }
            }
        }
    }
}
