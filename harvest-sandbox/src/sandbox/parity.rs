//! The table of what is emulated, operation by operation.

use std::fmt::Write;

use crate::faces::Unhandled;
use crate::faces::webhooks::{CAUSES, Cause};
use crate::openapi::document::Document;
use crate::refusal::StartError;
use crate::sandbox::versions::{embedded, face};

/// Says of each operation of a version whether it changes or reads records, is answered from its example or not at all, and how it
/// differs from the service as far as that is known: as a table in Markdown. `docs/parity.md` is made from it. The version
/// `webhooks` is the table of events, and what they are sent for.
///
/// ```
/// let table = harvest_sandbox::parity("v1").unwrap();
/// assert!(table.contains("| `list_users` | GET /v1/users | records |"));
/// ```
pub fn parity(version: &str) -> Result<String, StartError> {
    if version == harvest_spec::WEBHOOKS.version {
        return Ok(events());
    }
    let document = Document::parse(embedded(version)?)?;
    let face = face(version);
    let resources = face.map_or(&[] as &[_], |face| face.resources);
    let differences = face.map_or(&[] as &[_], |face| face.differences);
    let emulated = |id: &str| {
        let mut operations = resources.iter().flat_map(|resource| resource.operations);
        operations.any(|(operation, _)| *operation == id)
    };
    let mut table =
        "| Operation | Request | Answered from | Differs from the service |\n|---|---|---|---|\n"
            .to_owned();
    for operation in &document.operations {
        let from = if emulated(&operation.id) {
            "records"
        } else if face.is_some_and(|face| face.unhandled == Unhandled::Refused) {
            "nothing yet (501)"
        } else {
            "its example"
        };
        let differs: Vec<&str> = differences
            .iter()
            .filter(|(id, _)| *id == operation.id)
            .map(|(_, difference)| *difference)
            .collect();
        // Writing to a text can't fail.
        let _ = writeln!(
            table,
            "| `{}` | {} {} | {from} | {} |",
            operation.id,
            operation.method,
            operation.path,
            differs.join(" ")
        );
    }
    Ok(table)
}

/// The events of webhooks.
fn events() -> String {
    let mut table = "| Event | Sent | When, or why not |\n|---|---|---|\n".to_owned();
    for (event, cause) in CAUSES {
        let (is_sent, words) = match cause {
            Cause::Change(words) => ("yes", words),
            Cause::Nothing(words) => ("no", words),
        };
        // Writing to a text can't fail.
        let _ = writeln!(table, "| `{event}` | {is_sent} | {words} |");
    }
    table
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn differences_are_of_described_operations_and_have_one_line_each() {
        let mut versions = 0;
        for described in harvest_spec::DOCUMENTS {
            let Some(face) = face(described.version) else {
                continue;
            };
            let document = Document::parse(described.json).unwrap();
            let ids = document.operations.iter().map(|it| it.id.as_str());
            let ids: HashSet<&str> = ids.collect();
            let mut seen = HashSet::new();
            for (id, words) in face.differences {
                assert!(ids.contains(id), "{}: {id}", face.name);
                assert!(seen.insert(*id), "{}: {id} has two", face.name);
                // They are cells of a table.
                assert!(
                    !words.contains(['|', '\n']) && !words.contains("  "),
                    "{}: {id}: {words}",
                    face.name
                );
            }
            versions += 1;
        }
        assert_eq!(versions, 2);
    }
}
