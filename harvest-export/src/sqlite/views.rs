//! Views of the lists within records: a row for each item.

use std::fmt::Write as _;

use super::name::quoted;
use crate::catalog::{Field, Kind};

/// How many lists within lists have a view.
const MOST_LEVELS: usize = 3;

/// A list, with the way to it.
struct Place<'a> {
    /// The name of the view.
    name: String,
    /// Tables and functions that lead to it.
    from: String,
    /// The JSON that holds it.
    source: String,
    /// The path below that.
    path: String,
    level: usize,
    fields: &'a [Field],
}

/// The statements that make the views of a table.
pub(super) fn definitions(stream: &str, fields: &[Field], has_id: bool) -> String {
    let mut out = String::new();
    let id = if has_id { "id" } else { "rowid" };
    for field in fields {
        let place = Place {
            name: format!("{stream}__{}", field.name),
            from: format!("{} AS record", quoted(stream)),
            source: format!("record.{}", quoted(field.name)),
            path: "$".to_owned(),
            level: 1,
            fields: &field.fields,
        };
        define(&place, &field.kind, id, &mut out);
    }
    out
}

fn define(place: &Place<'_>, kind: &Kind, id: &str, out: &mut String) {
    let Place {
        name, source, path, ..
    } = place;
    let is_list = matches!(kind, Kind::List(_));
    if !is_list {
        // The lists of an object within the record.
        for field in place.fields {
            let within = Place {
                name: format!("{name}__{}", field.name),
                from: place.from.clone(),
                source: source.clone(),
                path: format!("{path}.{}", step(field.name)),
                level: place.level,
                fields: &field.fields,
            };
            define(&within, &field.kind, id, out);
        }
        return;
    }
    if place.level > MOST_LEVELS {
        return;
    }
    let item = format!("item{}", place.level);
    let from = format!("{}, json_each({source}, '{path}') AS {item}", place.from);
    let positions = (1..=place.level).map(|level| match level {
        1 => "item1.key AS position".to_owned(),
        _ => format!("item{level}.key AS position{level}"),
    });
    let columns = place.fields.iter().map(|field| {
        let path = step(field.name);
        format!("{item}.value ->> '$.{path}' AS {}", quoted(field.name))
    });
    let columns: Vec<_> = if place.fields.is_empty() {
        vec![format!("{item}.value AS value")]
    } else {
        columns.collect()
    };
    let columns: Vec<_> = positions.chain(columns).collect();
    // Writing to a text does not fail.
    let _ = writeln!(
        out,
        "CREATE VIEW IF NOT EXISTS {} AS SELECT record.{id} AS record_id, {} FROM {from};",
        quoted(name),
        columns.join(", ")
    );
    for field in place.fields {
        let within = Place {
            name: format!("{name}__{}", field.name),
            from: from.clone(),
            source: format!("{item}.value"),
            path: format!("$.{}", step(field.name)),
            level: place.level + 1,
            fields: &field.fields,
        };
        define(&within, &field.kind, id, out);
    }
}

/// A name in a JSON path within a text of SQL. Names come from the description and hold no quotes.
fn step(name: &str) -> String {
    format!("\"{}\"", name.replace(['"', '\''], ""))
}
