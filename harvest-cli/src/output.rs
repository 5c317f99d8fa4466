//! Output: how JSON is written to standard output.

pub(crate) mod jq;
pub(crate) mod json;
pub(crate) mod progress;
pub(crate) mod records;
mod terminal;

pub(crate) use self::terminal::{is_for_person, standard, width};

/// The width of lists of names, in characters.
const WIDTH: usize = 98;

/// Names in lines of a usual width, two columns from the margin.
pub(crate) fn wrapped(names: &[&str]) -> String {
    let mut lines = Vec::new();
    let mut line = String::from(" ");
    for (at, name) in names.iter().enumerate() {
        let comma = if at + 1 < names.len() { "," } else { "" };
        if line.len() + 1 + name.len() + comma.len() > WIDTH {
            lines.push(std::mem::replace(&mut line, String::from(" ")));
        }
        line = format!("{line} {name}{comma}");
    }
    lines.push(line);
    lines.join("\n")
}
