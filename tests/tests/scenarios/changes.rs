//! Differences between two snapshots, a line each.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::snapshot::{Entry, Snapshot};

/// Names of records by id. A record without a name is printed as its id.
pub type Names = BTreeMap<i64, String>;

/// Shown inside of another record, and compared there already.
const SHOWN_ELSEWHERE: [(&str, &str); 2] = [("candidate", "applications"), ("job", "openings")];

/// A line for each record that came or went, and for each property that changed: `candidate Ines: title none → Guide`.
/// Times that became the present are only named, in a line together. Records without a name are counted: `+ 5 stage`.
pub fn changes(before: &Snapshot, after: &Snapshot, names: &Names, now: &str) -> Vec<String> {
    let keys: BTreeSet<_> = before.0.keys().chain(after.0.keys()).collect();
    let mut lines = Vec::new();
    let mut nameless = BTreeMap::new();
    for key in keys {
        let (kind, id) = key;
        let changes = of_entry(kind, before.0.get(key), after.0.get(key), names, now);
        for (sign, what) in changes {
            match names.get(id) {
                Some(name) => lines.push(format!("{sign}{kind} {name}{what}")),
                None => *nameless.entry((sign, *kind, what)).or_insert(0) += 1,
            }
        }
    }
    let count = |((sign, kind, what), count)| format!("{sign}{count} {kind}{what}");
    lines.extend(nameless.into_iter().map(count));
    lines
}

/// What stands before and after the name of what has changed.
fn of_entry(
    kind: &str,
    before: Option<&Entry>,
    after: Option<&Entry>,
    names: &Names,
    now: &str,
) -> Vec<(&'static str, String)> {
    match (before, after) {
        (Some(Entry::Record(before)), Some(Entry::Record(after))) => {
            let changed = fields(kind, before, after, names, now);
            let (mut lines, times): (Vec<_>, Vec<_>) =
                changed.into_iter().partition(|it| it.contains(' '));
            if !times.is_empty() {
                lines.push(times.join(", "));
            }
            lines
                .into_iter()
                .map(|it| ("", format!(": {it}")))
                .collect()
        }
        (None, Some(Entry::Record(_))) => vec![("+ ", String::new())],
        (Some(_), None) => vec![("- ", String::new())],
        (before, after) => {
            let (before, after) = (of_lines(before), of_lines(after));
            let line = |sign, line: &String| ("", format!(" {sign} {}", with_names(line, names)));
            let gone = without(&before, &after).into_iter().map(|it| line('-', it));
            let come = without(&after, &before).into_iter().map(|it| line('+', it));
            gone.chain(come).collect()
        }
    }
}

fn of_lines(entry: Option<&Entry>) -> Vec<String> {
    match entry {
        Some(Entry::Lines(lines)) => lines.clone(),
        _ => Vec::new(),
    }
}

/// Those that are left when each of the others has taken one away.
fn without<'a>(lines: &'a [String], others: &[String]) -> Vec<&'a String> {
    let mut others: Vec<_> = others.iter().collect();
    let taken = |line: &&String| {
        let place = others.iter().position(|other| other == line);
        place.map(|place| others.swap_remove(place)).is_none()
    };
    lines.iter().filter(taken).collect()
}

fn fields(kind: &str, before: &Value, after: &Value, names: &Names, now: &str) -> Vec<String> {
    let (before, after) = (before.as_object().unwrap(), after.as_object().unwrap());
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let mut lines = Vec::new();
    for key in keys {
        let (old, new) = (before.get(key), after.get(key));
        // Said a second time by `keyed_custom_fields`, with more in it.
        let elsewhere = SHOWN_ELSEWHERE.contains(&(kind, key)) || key == "custom_fields";
        if old == new || elsewhere {
            continue;
        }
        if let Some(inside) = inside(old, new) {
            for (place, old, new) in inside {
                let (old, new) = (json!({place.as_str(): old}), json!({place: new}));
                let lines_inside = fields("", &old, &new, names, now);
                lines.extend(lines_inside.iter().map(|line| format!("{key}.{line}")));
            }
            continue;
        }
        if let (Some(Value::Array(old)), Some(Value::Array(new))) = (old, new) {
            lines.push(format!("{key} {}", list_changes(old, new, names)));
            continue;
        }
        let (old, new) = (show(old, names), show(new, names));
        // To the second: not all times have more.
        if new.get(..19) == now.get(..19) || old == new {
            lines.push(key.clone());
        } else {
            lines.push(format!("{key} {old} → {new}"));
        }
    }
    lines
}

/// What was taken out of a list, and what was put in: `- Ice + Rivers`.
fn list_changes(old: &[Value], new: &[Value], names: &Names) -> String {
    let [old, new] = [old, new].map(|list| {
        let shown = list.iter().map(|it| show(Some(it), names));
        shown.collect::<Vec<_>>()
    });
    let gone = without(&old, &new).into_iter().map(|it| format!("- {it}"));
    let come = without(&new, &old).into_iter().map(|it| format!("+ {it}"));
    let changes: Vec<_> = gone.chain(come).collect();
    changes.join(" ")
}

/// The parts of a thing that is still the same thing.
fn inside(old: Option<&Value>, new: Option<&Value>) -> Option<Vec<(String, Value, Value)>> {
    let parts = match (old?, new?) {
        (Value::Object(old), Value::Object(new)) if is_same(old, new) => {
            let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
            let part = |of: &Map<String, Value>, key| of.get(key).cloned().unwrap_or_default();
            let parts = keys.into_iter();
            parts
                .map(|it| (it.clone(), part(old, it), part(new, it)))
                .collect()
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            let pairs = old.iter().zip(new);
            let same = |(old, new): (&Value, &Value)| match (old, new) {
                (Value::Object(old), Value::Object(new)) => {
                    old.contains_key("id") && is_same(old, new)
                }
                _ => false,
            };
            if !pairs.clone().all(same) {
                return None;
            }
            let part = |(place, (old, new)): (usize, (&Value, &Value))| {
                (place.to_string(), old.clone(), new.clone())
            };
            pairs.enumerate().map(part).collect()
        }
        _ => return None,
    };
    Some(parts)
}

/// Not another one with the same properties. What a custom field is set to is another value.
fn is_same(old: &Map<String, Value>, new: &Map<String, Value>) -> bool {
    old.get("id") == new.get("id") && !old.contains_key("value")
}

/// A value in few words.
fn show(value: Option<&Value>, names: &Names) -> String {
    match value {
        None | Some(Value::Null) => "none".to_owned(),
        Some(Value::Number(number)) => number
            .as_i64()
            .map_or_else(|| number.to_string(), |id| called(id, names)),
        Some(Value::String(text)) => match text.parse().ok().and_then(|id: i64| names.get(&id)) {
            Some(name) => format!("the id of {name}"),
            None => text.clone(),
        },
        Some(Value::Bool(flag)) => flag.to_string(),
        Some(Value::Array(items)) => {
            let items: Vec<_> = items.iter().map(|it| show(Some(it), names)).collect();
            format!("[{}]", items.join(", "))
        }
        Some(Value::Object(object)) => show_object(object, names),
    }
}

/// What an object would be called; if by nothing, all that is in it.
fn show_object(object: &Map<String, Value>, names: &Names) -> String {
    let known = object.get("id").and_then(Value::as_i64);
    if let Some(name) = known.and_then(|id| names.get(&id)) {
        return name.clone();
    }
    for key in [
        "name",
        "filename",
        "company_name",
        "school_name",
        "value",
        "date_time",
    ] {
        if let Some(value) = object.get(key).filter(|it| !it.is_null()) {
            // A custom field has a name, too, but it is the value that changes.
            let value = match object.get("value") {
                Some(of_field) if key == "name" => of_field,
                _ => value,
            };
            return show(Some(value), names);
        }
    }
    let inside: Vec<_> = object
        .iter()
        .filter(|(key, value)| !value.is_null() && *key != "custom_fields")
        .map(|(key, value)| format!("{key} {}", show(Some(value), names)))
        .filter(|text| !text.ends_with(" []"))
        .collect();
    format!("{{{}}}", inside.join(", "))
}

fn called(id: i64, names: &Names) -> String {
    names.get(&id).cloned().unwrap_or_else(|| id.to_string())
}

/// A line in which numbers are ids.
fn with_names(line: &str, names: &Names) -> String {
    line.split(' ')
        .map(|word| {
            let bare = word.trim_end_matches([':', ',']);
            match bare.parse().ok().and_then(|id: i64| names.get(&id)) {
                Some(name) => word.replace(bare, name),
                None => word.to_owned(),
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}
