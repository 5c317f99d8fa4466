//! Reports of `regen` and `regen --check`: short, however much changed.

use std::fmt::Write as _;

use super::{Change, Plan};

/// How many changed files are named.
const NAMED: usize = 10;

/// How many lines of a diff are shown.
const DIFF_LINES: usize = 200;

/// The report of what was written, without the time that it took.
pub fn written(plan: &Plan, changes: &[Change]) -> String {
    let mut out = summary(plan);
    for change in changes.iter().take(NAMED) {
        let verb = match change {
            Change::Missing(_) => "wrote (new)",
            Change::Differs(_) => "wrote",
            Change::Stale(_) => "removed",
        };
        let _ = writeln!(out, "{verb} {}", change.path());
    }
    if changes.len() > NAMED {
        let rest = changes.len() - NAMED;
        let _ = writeln!(out, "and {rest} more: `git status` names them");
    }
    let removed = changes.iter().filter(|c| matches!(c, Change::Stale(_)));
    let removed = removed.count();
    let written = changes.len() - removed;
    let _ = write!(
        out,
        "{written} written, {removed} removed, {} unchanged",
        plan.files.len() - written
    );
    out
}

/// The report of a check that found nothing.
pub fn clean(plan: &Plan) -> String {
    format!(
        "{}{} files are as they would be generated",
        summary(plan),
        plan.files.len()
    )
}

/// A line for each file that differs, with what to do about it.
pub fn stale(changes: &[Change]) -> String {
    let mut out = String::new();
    for change in changes {
        let what = match change {
            Change::Missing(_) => "missing: run `cargo xtask regen` and commit it",
            Change::Differs(_) => {
                "differs from what would be generated: run `cargo xtask regen` and commit it; an \
                 edit by hand belongs into harvest-spec or codegen"
            }
            Change::Stale(_) => "stale, nothing generates it: `cargo xtask regen` removes it",
        };
        let _ = writeln!(out, "{}: {what}", change.path());
    }
    out
}

/// The first lines of a diff.
pub fn shortened(diff: &str) -> String {
    let count = diff.lines().count();
    if count <= DIFF_LINES {
        return diff.to_owned();
    }
    let mut out: String = diff.split_inclusive('\n').take(DIFF_LINES).collect();
    let _ = writeln!(
        out,
        "and {} more lines: after `cargo xtask regen`, `git diff` shows them",
        count - DIFF_LINES
    );
    out
}

fn summary(plan: &Plan) -> String {
    let lines = plan.summary.iter();
    lines.fold(String::new(), |text, line| text + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(count: usize) -> Plan {
        let files = (0..count).map(|n| (format!("f{n}"), String::new()));
        Plan {
            files: files.collect(),
            summary: vec!["v1: 2 operations".to_owned()],
        }
    }

    #[test]
    fn few_changes_are_named_and_many_are_counted() {
        let changes = [
            Change::Missing("a".to_owned()),
            Change::Stale("b".to_owned()),
        ];
        assert_eq!(
            written(&plan(5), &changes),
            "v1: 2 operations\nwrote (new) a\nremoved b\n1 written, 1 removed, 4 unchanged"
        );
        let changes: Vec<_> = (0..64).map(|n| Change::Differs(format!("f{n}"))).collect();
        let text = written(&plan(70), &changes);
        assert_eq!(text.lines().count(), NAMED + 3, "{text}");
        assert!(
            text.ends_with(
                "and 54 more: `git status` names them\n64 written, 0 removed, 6 unchanged"
            ),
            "{text}"
        );
    }

    #[test]
    fn long_diffs_are_cut() {
        assert_eq!(shortened("a\nb\n"), "a\nb\n");
        let text = shortened(&"+x\n".repeat(1_000));
        assert_eq!(text.lines().count(), DIFF_LINES + 1);
        assert!(text.contains("and 800 more lines"), "{text}");
    }
}
