//! The table of `docs/clients.md`.

use std::fmt::Write as _;

use super::trial::{Outcome, Step};

/// What stands above the tables.
pub(super) const HEAD: &str = "\
# Clients by other generators

`harvest-spec/dist` has the description as one document a version, once in OpenAPI 3.0 and once in \
                               3.1, in forms that
other generators take: see `harvest-spec/README.md`. `cargo xtask clients` generates a client of \
                               each document with each of
these, at these versions, compiles it, and lets a small program of that language list all users of \
                               a sandbox, page by page.
`cargo xtask clients --write` writes this file. The programs are in \
                               `harvest-spec/<version>/clients`, and are a start for
one of your own.
";

/// The table of one document.
pub(super) fn of(document: &str, outcomes: &[Outcome]) -> String {
    let mut text = format!(
        "\n## {document}\n\n| generator | version | generates | compiles | lists users | remark |\n\
         | --- | --- | --- | --- | --- | --- |\n"
    );
    for outcome in outcomes {
        let generator = outcome.generator;
        let cell = |step| if outcome.passes(step) { "yes" } else { "no" };
        let failure = outcome.failure.iter().map(|(_, account)| plain(account));
        let remarks = Some(generator.remark.to_owned()).filter(|remark| !remark.is_empty());
        let remarks: Vec<_> = remarks.into_iter().chain(failure).collect();
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} |",
            generator.name,
            generator.version,
            cell(Step::Generate),
            cell(Step::Compile),
            cell(Step::List),
            remarks.join("; ")
        );
    }
    text
}

/// What a program said, as text of a cell.
fn plain(account: &str) -> String {
    let markup = ['|', '`', '<', '>', '[', ']', '*', '_', '\\'];
    let plain = |c: char| {
        if markup.contains(&c) || c.is_control() {
            ' '
        } else {
            c
        }
    };
    account.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::super::generators::GENERATORS;
    use super::*;

    #[test]
    fn a_failure_is_shown_where_it_happened() {
        let outcomes = [
            (None, "yes | yes | yes"),
            (Some(Step::List), "yes | yes | no"),
            (Some(Step::Compile), "yes | no | no"),
            (Some(Step::Generate), "no | no | no"),
            (Some(Step::Install), "no | no | no"),
        ];
        for (step, cells) in outcomes {
            let outcome = Outcome {
                generator: &GENERATORS[0],
                failure: step.map(|step| (step, "a | `b`".to_owned())),
            };
            let text = of("v1.json", &[outcome]);
            assert!(text.contains(&format!("| {cells} |")), "{text}");
            assert_eq!(text.contains("a    b"), step.is_some(), "{text}");
        }
    }
}
