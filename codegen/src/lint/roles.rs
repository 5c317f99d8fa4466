//! Rules about schemas that the runtime has code of its own for.

use harvest_openapi::extension;
use serde_json::{Map, Value};

use super::Findings;
use super::view::{View, entries, items, text};
use crate::role::{ROLES, Role, Shape};

/// Checks the role of a schema, if it has one.
pub(super) fn check(
    view: &View<'_>,
    schema: &Map<String, Value>,
    component: bool,
    pointer: &str,
    out: &mut Findings<'_>,
) {
    let Some(name) = schema.get(extension::RUNTIME_TYPE) else {
        return;
    };
    let Some(role) = name.as_str().and_then(Role::named) else {
        let known: Vec<_> = ROLES.iter().map(|role| role.name).collect();
        out.add(
            &format!("{pointer}/{}", extension::RUNTIME_TYPE),
            "runtime-type",
            format!("the runtime has nothing for {name}"),
            format!("name one of {}", known.join(", ")),
        );
        return;
    };
    if !component {
        out.add(
            pointer,
            "runtime-type",
            format!("an inline schema is in the role {}", role.name),
            "make it a component: the role is that of a type",
        );
    }
    let described = |name: &str| schema.get("properties").and_then(|p| p.get(name)).is_some();
    match role.shape {
        Shape::Any => {
            if ["type", "oneOf", "allOf", "enum"]
                .iter()
                .any(|keyword| schema.contains_key(*keyword))
            {
                out.add(
                    pointer,
                    "runtime-type",
                    format!("a {} that is not of any shape", role.name),
                    "take the type out, and say in the description what there is",
                );
            }
        }
        Shape::MapOf(values) => {
            if role_of_values(view, schema) != Some(values) {
                out.add(
                    pointer,
                    "runtime-type",
                    format!("{} that are no map of {values}", role.name),
                    format!("refer in additionalProperties to a schema in the role {values}"),
                );
            }
        }
        Shape::Only(known) => {
            for (property, _) in entries(schema.get("properties")) {
                if !known.contains(&property.as_str()) {
                    out.add(
                        &format!("{pointer}/properties/{property}"),
                        "runtime-type",
                        format!(
                            "the runtime's {} has no {property}: it would be lost",
                            role.name
                        ),
                        "add it to the type in harvest-runtime and to codegen/src/role.rs, or take \
                         the role off",
                    );
                }
            }
            if text(schema, "type") != "object" {
                out.add(
                    pointer,
                    "runtime-type",
                    format!("a {} that is no object", role.name),
                    format!("describe it with properties out of {}", known.join(", ")),
                );
            }
        }
        Shape::With(needed) => {
            let missing: Vec<_> = needed.iter().copied().filter(|n| !described(n)).collect();
            if !missing.is_empty() {
                out.add(
                    pointer,
                    "runtime-type",
                    format!("a {} without {}", role.name, missing.join(", ")),
                    "describe these properties, which the runtime looks at",
                );
            }
        }
    }
}

/// The role of what a map holds, which may also be null.
fn role_of_values<'a>(view: &View<'a>, schema: &'a Map<String, Value>) -> Option<&'a str> {
    let values = schema.get("additionalProperties")?;
    let values = match items(values.get("allOf")) {
        [only] => only,
        _ => values,
    };
    let (values, _) = view.resolve(values, "");
    values.get(extension::RUNTIME_TYPE)?.as_str()
}
