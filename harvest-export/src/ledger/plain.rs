//! Names and numbers that a ledger of this program can hold.

use super::Event;
use crate::attachments;
use crate::columnar;
use crate::folder;

/// More runs, windows or pages no export has: sums of them have room.
const MOST: u32 = u32::MAX / 2;
/// The longest name of a stream, a table or a property. It is repeated for each part of a window, and in each problem.
const LONGEST_NAME: usize = 200;
/// More records or bytes no page has.
const MOST_ROWS: u64 = u64::MAX / (1 << 32);

impl Event {
    /// Whether it can be what this program writes. A ledger may come from elsewhere: its names become paths, and are
    /// printed, and its numbers are added up.
    pub(super) fn is_plain(&self) -> bool {
        let is_number = |number: u32| (1..=MOST).contains(&number);
        match self {
            Self::Export(origin) => {
                let texts = [&origin.version, &origin.host];
                texts
                    .into_iter()
                    .chain(&origin.policy.without)
                    .all(|it| is_line(it))
                    && origin.policy.pseudonyms.as_deref().is_none_or(is_line)
            }
            Self::Run {
                run,
                until,
                streams,
                not_covered,
                left_out,
                ..
            } => {
                let names = streams.iter().chain(left_out);
                is_number(*run)
                    && is_line(until)
                    && names.into_iter().all(|it| is_name(it))
                    && not_covered.iter().all(|it| is_line(it))
            }
            Self::Window {
                stream,
                window,
                run,
                ..
            } => is_name(stream) && is_number(*window) && is_number(*run),
            Self::Split {
                stream,
                window,
                parts,
            } => {
                let mut numbers = parts.iter().map(|part| part.window);
                is_name(stream) && is_number(*window) && numbers.all(is_number)
            }
            Self::Page(receipt) => {
                is_name(&receipt.stream)
                    && is_number(receipt.window)
                    && is_number(receipt.page)
                    && receipt.rows <= MOST_ROWS
                    && receipt.bytes <= MOST_ROWS
                    && receipt.file == folder::page(&receipt.stream, receipt.window, receipt.page)
            }
            Self::Restart { stream, window } | Self::Close { stream, window, .. } => {
                is_name(stream) && is_number(*window)
            }
            Self::Refused {
                stream,
                run,
                reason,
            } => is_name(stream) && is_number(*run) && is_line(reason),
            Self::Deleted { stream, run, .. } => is_name(stream) && is_number(*run),
            Self::Attachments { run, places } => {
                let mut places = places.iter();
                is_number(*run)
                    && places.all(|place| {
                        let mut names = place.path.iter().chain([&place.url]).chain(&place.name);
                        is_name(&place.stream) && names.all(|it| is_name(it))
                    })
            }
            Self::File(receipt) => {
                is_name(&receipt.stream)
                    && is_name(&receipt.key)
                    && receipt.bytes <= MOST_ROWS
                    && attachments::is_path(&receipt.file, &receipt.sha256)
            }
            Self::Missing(missing) => {
                is_name(&missing.stream) && is_name(&missing.key) && is_line(&missing.reason)
            }
            Self::Mirrored { run } => is_number(*run),
            Self::Columnar { form, .. } => is_line(form),
            Self::Table(receipt) => {
                let mut drift = receipt.drift.iter();
                is_name(&receipt.stream)
                    && is_name(&receipt.table)
                    && is_number(receipt.run)
                    && receipt.rows <= MOST_ROWS
                    && receipt.deleted <= receipt.rows
                    && receipt.bytes <= MOST_ROWS
                    && receipt.file == columnar::file(&receipt.table, receipt.run)
                    && drift.all(|it| is_line(&it.path) && it.records <= MOST_ROWS)
            }
            Self::Commit(receipt) => {
                is_name(&receipt.table)
                    && is_number(receipt.run)
                    && receipt.version <= MOST
                    && receipt.bytes <= MOST_ROWS
                    && receipt.file == columnar::commit(&receipt.table, receipt.version)
            }
            Self::Views { bytes, .. } => *bytes <= MOST_ROWS,
        }
    }
}

/// Whether it is a name of a stream: `job_posts`.
fn is_name(text: &str) -> bool {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    (1..=LONGEST_NAME).contains(&text.len()) && text.bytes().all(is_of_name)
}

/// Whether it is one line that a terminal does nothing by.
fn is_line(text: &str) -> bool {
    !text.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use crate::hash::ContentHash;
    use crate::ledger::{Ledger, Receipt, events};
    use crate::window::Span;

    use super::*;

    #[test]
    fn what_this_program_does_not_write_is_refused() {
        let text = |text: &str| text.to_owned();
        let span = || Span {
            from: None,
            to: text("2026-01-01T00:00:00.000Z"),
        };
        let run = Event::of_run;
        let page = |stream: &str, file: &str, page, rows| {
            Event::Page(Receipt {
                stream: text(stream),
                window: 1,
                page,
                file: text(file),
                rows,
                bytes: 1,
                hash: ContentHash::Blake3(String::new()),
                min_id: None,
                max_id: None,
                request_id: None,
                next: None,
            })
        };
        let window = |stream: &str, window| Event::Window {
            stream: text(stream),
            window,
            run: 1,
            span: span(),
        };
        let refused = |stream: &str, reason: &str| Event::Refused {
            stream: text(stream),
            run: 1,
            reason: text(reason),
        };
        let opens = |event: &Event| {
            let folder = tempfile::tempdir().expect("a folder");
            let (mut ledger, _) = Ledger::open(folder.path()).expect("a ledger");
            ledger.append(event).expect("a line");
            drop(ledger);
            events(folder.path()).is_ok() && Ledger::open(folder.path()).is_ok()
        };
        let good = "users/000001-00001.ndjson";
        for event in [
            run(1, "2026-01-01T00:00:00.000Z", "users"),
            page("users", good, 1, 5),
            window("job_posts", 1),
            refused("users", "takes GET: List Users"),
        ] {
            assert!(opens(&event), "{event:?}");
        }
        let mut bad = vec![
            run(0, "", "users"),
            run(u32::MAX, "", "users"),
            run(1, "x\nwhole, as of ever", "users"),
            window("users", 0),
            window("users", u32::MAX),
            page("users", good, 0, 5),
            page("users", good, u32::MAX, 5),
            page("users", good, 1, u64::MAX),
            refused("users", "x\u{1b}[2J"),
        ];
        let long = "a".repeat(1_000);
        for name in [
            "", &long, "../etc", "/etc", "a/b", "a\nb", "\u{9b}2J", ".", "..",
        ] {
            bad.push(run(1, "", name));
            bad.push(window(name, 1));
            bad.push(refused(name, ""));
            bad.push(page(name, &folder::page(name, 1, 1), 1, 5));
        }
        for file in [
            "/dev/zero",
            "../users/000001-00001.ndjson",
            "users/../x.ndjson",
            "users/1-1.ndjson",
            "users/000001-00002.ndjson",
            "ledger.ndjson",
        ] {
            bad.push(page("users", file, 1, 5));
        }
        for event in &bad {
            assert!(!opens(event), "{event:?}");
        }
    }
}
