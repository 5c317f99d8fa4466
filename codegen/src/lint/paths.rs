//! Rules about paths: each is a path of a URL, differs from the others, and holds operations and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::view::{self, View, entries};
use super::{Findings, names};
use crate::load::escape;

pub(super) fn check(view: &View<'_>, out: &mut Findings<'_>) {
    let mut templates: BTreeMap<String, &str> = BTreeMap::new();
    for (path, item) in entries(view.document.get("paths")) {
        let at = format!("/paths/{}", escape(path));
        if let Some((problem, fix)) = problem(path) {
            out.add(&at, "path", format!("the path `{path}` {problem}"), fix);
        }
        if let Some(other) = templates.insert(template(path), path) {
            out.add(
                &at,
                "path",
                format!("the path {path} is the same as {other}, but for the names of parameters"),
                "describe both under one path, and say by x-harvest-documented-name what the \
                 documentation calls them",
            );
        }
        self::item(path, item, &at, out);
    }
}

/// What a path holds besides operations would be lost.
fn item(path: &str, item: &Value, at: &str, out: &mut Findings<'_>) {
    if item.as_object().is_none_or(serde_json::Map::is_empty) {
        out.add(
            at,
            "path-item",
            format!("the path {path} has no operation"),
            "describe one, by its method, or remove the path",
        );
    }
    for (key, _) in entries(Some(item)) {
        if !view::METHODS.contains(&key.as_str()) {
            out.add(
                &format!("{at}/{}", escape(key)),
                "path-item",
                format!("the path {path} has `{key}`"),
                "describe nothing but operations there: each has its own parameters, and words of \
                 its own",
            );
        }
    }
}

/// What is wrong with a path, and how to write it.
fn problem(path: &str) -> Option<(&'static str, &'static str)> {
    let Some(rest) = path.strip_prefix('/') else {
        return Some((
            "does not begin with a slash, so everything in it would be lost",
            "begin it with `/`",
        ));
    };
    if rest.is_empty() {
        return None;
    }
    if rest.ends_with('/') {
        return Some((
            "ends with a slash",
            "take the slash off: services answer it with a redirect, or not at all",
        ));
    }
    let mut known = BTreeSet::new();
    for segment in rest.split('/') {
        if matches!(segment, "" | "." | "..") {
            return Some((
                "has a segment that is empty or made of dots, which is taken out before it is sent",
                "write the path as it is sent",
            ));
        }
        let mut rest = segment;
        while let Some(at) = rest.find(['{', '}']) {
            let name = rest[at..]
                .strip_prefix('{')
                .and_then(|inner| inner.split_once('}'));
            let Some((name, after)) = name.filter(|(name, _)| !name.contains('{')) else {
                return Some((
                    "has a brace without its other half",
                    "write each parameter as `{name}`, inside of one segment",
                ));
            };
            if !names::is_ascii(name) || !known.insert(name) {
                return Some((
                    "has a parameter twice, or one whose name is not of ASCII letters and digits",
                    "give each parameter a name of its own, such as `{job_id}`",
                ));
            }
            if !is_literal(&rest[..at]) {
                return Some(UNSAFE);
            }
            rest = after;
        }
        if !is_literal(rest) {
            return Some(UNSAFE);
        }
    }
    None
}

const UNSAFE: (&str, &str) = (
    "has a character that a URL does not hold, or that begins a query or a fragment",
    "use ASCII letters, digits and - . _ ~ ! $ & ' ( ) * + , ; = : @; describe what comes after a \
     `?` as query parameters",
);

fn is_literal(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@".contains(c))
}

/// A path template without the names in its braces.
fn template(path: &str) -> String {
    let mut out = path.to_owned();
    for name in placeholders(path) {
        out = out.replace(&format!("{{{name}}}"), "{}");
    }
    out
}

/// The names in braces of a path template.
pub(super) fn placeholders(path: &str) -> BTreeSet<String> {
    path.split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}
