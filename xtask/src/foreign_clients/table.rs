//! The table of `docs/foreign-clients.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{CANDIDATES, Outcome};

/// Places that are named of all that a client alters or leaves out.
const NAMED: usize = 3;

/// What was read and written, in one line.
pub(super) fn summary(outcome: &Outcome<'_>) -> String {
    if let Some(problem) = &outcome.install {
        return format!("not run: {problem}");
    }
    let whole = outcome.lists.iter().filter(|it| it.is_whole()).count();
    let (read, held) = records(outcome);
    let mut text = format!(
        "{whole} of {} lists, {read} of {held} records, {} requests",
        outcome.lists.len(),
        outcome.requests
    );
    for (path, shown) in &outcome.written {
        let says = if *shown { "shows" } else { "does not show" };
        let _ = write!(text, ", {path} {says} what was written");
    }
    text
}

fn records(outcome: &Outcome<'_>) -> (usize, usize) {
    let sum = |of: fn(&super::Compared) -> usize| outcome.lists.iter().map(of).sum();
    (sum(|it| it.read), sum(|it| it.held))
}

/// The whole file, with what stands above the rows and below them.
pub(super) fn of(outcomes: &[Outcome<'_>], above: &str, below: &str) -> String {
    let mut text = above.replace("CANDIDATES", CANDIDATES);
    for outcome in outcomes {
        let client = outcome.client;
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} |",
            client.name,
            client.version,
            client.led,
            cells(outcome)
        );
    }
    text + "\n" + below
}

fn cells(outcome: &Outcome<'_>) -> String {
    if let Some(problem) = &outcome.install {
        return format!("not installed: {problem} | | | | |");
    }
    let whole = outcome.lists.iter().filter(|it| it.is_whole()).count();
    let (read, held) = records(outcome);
    let written = outcome.written.iter();
    let shown: Vec<_> = written.filter(|(_, shown)| *shown).collect();
    let writes = if outcome.written.is_empty() {
        "cannot write".to_owned()
    } else {
        format!("{} of {}", shown.len(), outcome.written.len())
    };
    let (values, kept) = outcome.lists.iter().fold((0, 0), |(values, kept), list| {
        (values + list.values, kept + list.kept)
    });
    format!(
        "{whole} of {} | {read} of {held} | {kept} of {values} | {writes} | {}",
        outcome.lists.len(),
        differences(outcome)
    )
}

/// What differs, and why.
fn differences(outcome: &Outcome<'_>) -> String {
    let mut parts = vec![outcome.client.remark.clone()];
    for list in outcome.lists.iter().filter(|it| !it.is_whole()) {
        parts.push(list.to_string());
    }
    for (name, account) in &outcome.failures {
        let account = outcome.client.known.get(name).unwrap_or(account);
        parts.push(format!("`{name}` fails: {account}"));
    }
    let nulls: usize = outcome.lists.iter().map(|it| it.nulls).sum();
    if nulls > 0 {
        parts.push(format!("leaves {nulls} nulls out"));
    }
    let dropped = outcome.lists.iter().map(|it| (&it.path, &it.dropped));
    parts.extend(places("leaves out", dropped));
    let altered = outcome.lists.iter().map(|it| (&it.path, &it.altered));
    parts.extend(places("alters", altered));
    if !outcome.elsewhere.is_empty() {
        parts.push(format!("asks {}, too", outcome.elsewhere.join(" and ")));
    }
    parts.join("; ").replace('|', "\\|")
}

/// The most frequent places, and how many there are beside them.
fn places<'a>(
    verb: &str,
    lists: impl Iterator<Item = (&'a String, &'a BTreeMap<String, usize>)>,
) -> Option<String> {
    let mut all: Vec<_> = lists
        .flat_map(|(path, places)| {
            places
                .iter()
                .map(move |(place, count)| (*count, path, place))
        })
        .collect();
    all.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let count: usize = all.iter().map(|(count, ..)| count).sum();
    let named: Vec<_> = all
        .iter()
        .take(NAMED)
        .map(|(_, path, place)| format!("`{place}` of {path}"))
        .collect();
    let rest = all.len().saturating_sub(named.len());
    let rest = if rest > 0 {
        format!(" and {rest} other places")
    } else {
        String::new()
    };
    (count > 0).then(|| format!("{verb} {count} values: {}{rest}", named.join(", ")))
}
