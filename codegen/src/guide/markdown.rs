//! A page of the guide, as far as this stage needs it: its title, its links to chapters, its snippets.

use std::collections::BTreeSet;
use std::path::Path;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::{Error, ErrorKind, Page, Piece};

/// Reads a page of a guide that has these `chapters`.
pub(super) fn page(file: &Path, text: &str, chapters: &BTreeSet<String>) -> Result<Page, Error> {
    let mut title = None;
    let mut pieces = Vec::new();
    let mut done = 0;
    let mut events = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
    while let Some((event, range)) = events.next() {
        let fail = |kind| Error {
            file: file.to_owned(),
            place: Some(place(text, range.start)),
            kind,
        };
        match event {
            Event::Start(Tag::Heading {
                level: HeadingLevel::H1,
                ..
            }) if title.is_none() => {
                title = Some(heading(events.by_ref().map(|(event, _)| event)));
            }
            _ if title.is_none() => return Err(fail(ErrorKind::NoTitle)),
            Event::Start(Tag::CodeBlock(kind)) if !is_checked(&kind) => {
                return Err(fail(ErrorKind::Snippet));
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => {
                let Some((name, fragment)) = chapter(&dest_url) else {
                    continue;
                };
                if !chapters.contains(name) {
                    return Err(fail(ErrorKind::Dangling(dest_url.into_string())));
                }
                // Where the target stands in the text: the last thing of the link, but for a title.
                let target = text[range.clone()].rfind(&format!("]({dest_url}"));
                let (LinkType::Inline, Some(place)) = (link_type, target) else {
                    return Err(fail(ErrorKind::Indirect(dest_url.into_string())));
                };
                let start = range.start + place + 2;
                pieces.push(Piece::Text(text[done..start].to_owned()));
                pieces.push(Piece::Link {
                    chapter: name.to_owned(),
                    fragment: fragment.to_owned(),
                });
                done = start + dest_url.len();
            }
            _ => {}
        }
    }
    pieces.push(Piece::Text(text[done..].trim_end().to_owned()));
    match title {
        Some(title) => Ok(Page { title, pieces }),
        None => Err(Error::of(file.to_owned(), ErrorKind::NoTitle)),
    }
}

/// The line and the column of a place in a text, both counted from 1, the column in characters.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let line = before.rsplit('\n').next().unwrap_or_default();
    (1 + before.matches('\n').count(), 1 + line.chars().count())
}

/// The text of a heading that has begun, to its end.
fn heading<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    events
        .take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))))
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.into_string()),
            _ => None,
        })
        .collect()
}

/// The name and the fragment of a link that is meant for a chapter.
fn chapter(target: &str) -> Option<(&str, &str)> {
    let (file, fragment) = target.split_at(target.find('#').unwrap_or(target.len()));
    let name = file.strip_suffix(".md")?;
    (!name.contains("://")).then_some((name, fragment))
}

/// Whether a snippet is Rust that rustdoc compiles, or is no Rust and says so.
fn is_checked(kind: &CodeBlockKind<'_>) -> bool {
    let CodeBlockKind::Fenced(info) = kind else {
        // rustdoc takes it for Rust, and its author most likely did not.
        return false;
    };
    match &**info {
        "rust" | "rust,no_run" => true,
        // Rust, too, which is not compiled, or is so by accident.
        other => !other.is_empty() && !other.starts_with("rust") && !other.contains("ignore"),
    }
}
