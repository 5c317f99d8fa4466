//! Rules about models that hold a file: which properties play which part.

use harvest_openapi::extension;
use serde_json::{Map, Value};

use super::Findings;
use super::view::{View, entries, items};

const PARTS: [&str; 4] = ["name", "url", "content", "content_type"];

/// `direction` is whether the model is sent, and whether it is answered.
pub(super) fn check(
    view: &View<'_>,
    map: &Map<String, Value>,
    component: bool,
    direction: (bool, bool),
    pointer: &str,
    out: &mut Findings<'_>,
) {
    let Some(parts) = map.get(extension::FILE) else {
        return;
    };
    let pointer = format!("{pointer}/{}", extension::FILE);
    let is_sent = parts.get("content").is_some();
    let complete = parts.get("name").is_some()
        && parts.get("url").is_some()
        && (is_sent || parts.get("content_type").is_none())
        && entries(Some(parts))
            .all(|(part, name)| PARTS.contains(&part.as_str()) && name.is_string());
    if !complete || !component {
        out.add(
            &pointer,
            "file",
            format!("{} does not say what it has to", extension::FILE),
            "on a component, name the properties that are the `name` and the `url` of the file; \
             and, where a file is sent, its `content` and, if the service wants it, its \
             `content_type`",
        );
        return;
    }
    if direction != (is_sent, !is_sent) {
        out.add(
            &pointer,
            "file",
            "the file goes the wrong way".to_owned(),
            "a model with `content` is sent and not answered; one without is answered and not sent",
        );
    }
    for (part, name) in entries(Some(parts)) {
        let name = name.as_str().unwrap_or_default();
        let property = map.get("properties").and_then(|all| all.get(name));
        let (target, _) = view.resolve(property.unwrap_or(&Value::Null), "");
        let required = items(map.get("required"))
            .iter()
            .any(|r| r.as_str() == Some(name));
        let is_text = target.get("type").and_then(Value::as_str) == Some("string");
        let is_listed = target.get("enum").is_some()
            && property.is_some_and(|p| View::schema_name(p).is_some());
        let may_be_null = target.get("nullable") == Some(&Value::Bool(true));
        let fits = is_text
            && is_listed == (part == "content_type")
            // Of what is sent, the name always is, and the others are one or the other. What is answered can be missing.
            && if is_sent { required == (part == "name") && !may_be_null } else { !required };
        if !fits {
            out.add(
                &format!("{pointer}/{part}"),
                "file",
                format!("`{name}` cannot be the {part} of the file"),
                "the parts are texts, the content type an enumeration; where a file is sent, the \
                 name is required and the others are not; where one is answered, none is",
            );
        }
    }
}
