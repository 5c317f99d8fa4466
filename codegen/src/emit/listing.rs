//! The operations as a table for people.

use std::fmt::Write as _;

use super::{Files, Header};
use crate::Version;
use crate::lower::Pagination;
use crate::markdown;

pub(super) fn write(files: &mut Files, version: &Version, header: &Header<'_>) {
    let operations = &version.refined.operations;
    let mut out = header.line("<!--", " -->");
    let _ = write!(
        out,
        "\n# {}, {}: {} operations\n\nThe same facts are in code as `{}::operations::OPERATIONS`. \
         \"Acting user\" says whether a request has to name one.\n",
        markdown::prose(&markdown::line(&version.refined.api.title)),
        version.name,
        operations.len(),
        version.name
    );
    for tag in &version.refined.tags {
        let of_tag: Vec<_> = operations
            .iter()
            .filter(|o| o.facts.tag == tag.name)
            .collect();
        if of_tag.is_empty() {
            continue;
        }
        let _ = write!(
            out,
            "\n## {}\n\n{}\n\n| operation | request | permission | paged | repeatable | acting \
             user |\n| --- | --- | --- | --- | --- | --- |\n",
            tag.name,
            markdown::prose(&tag.description)
        );
        for operation in of_tag {
            let facts = &operation.facts;
            let acting = match facts
                .parameters
                .iter()
                .find(|p| p.acting_user)
                .map(|p| p.required)
            {
                Some(true) => "required",
                Some(false) => "optional",
                None => "no",
            };
            let paged = match facts.pagination {
                Pagination::None => "no",
                Pagination::Offset => "offset",
                Pagination::NextOnly => "next-only",
                Pagination::Cursor => "cursor",
            };
            let deprecated = facts
                .replaced_by
                .as_ref()
                .map(|other| format!(" (deprecated: use `{other}`)"))
                .unwrap_or_default();
            let _ = writeln!(
                out,
                "| [`{}`]({}){deprecated} | {} | {} | {paged} | {} | {acting} |",
                facts.id,
                facts.documentation,
                markdown::code(&format!("{} {}", facts.method, facts.path)),
                markdown::cell(&facts.permission),
                if facts.idempotent { "yes" } else { "no" },
            );
        }
    }
    files.insert(format!("operations-{}.md", version.name), out);
}
