//! Texts of the description as Markdown that says no more than the text: what rustdoc and other readers may make of it
//! is a paragraph, a list, a heading, a table, emphasis or code, and never a link, a tag or a snippet that is compiled.

use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};

/// How often a text is looked at again after something was escaped in it: what followed may read differently then.
const ROUNDS: usize = 4;

/// A description as rustdoc reads it. URLs become links to themselves, code blocks say that they are no Rust, and
/// whatever else would be a link, a tag or a footnote is escaped. A text for which that does not work out is shown as it
/// is, in a block.
pub(crate) fn prose(text: &str) -> String {
    let text = plain(text);
    let mut out = text.clone();
    for _ in 0..ROUNDS {
        match neutral(&out) {
            Some(next) if next == out => break,
            Some(next) => out = next,
            None => return block(&text),
        }
    }
    if is_text(&out) { out } else { block(&text) }
}

/// A text in one line, as code. Nothing in it is escaped or means anything.
pub(crate) fn code(text: &str) -> String {
    let text = line(text);
    let ticks = "`".repeat(longest_run(&text, '`') + 1);
    if text.starts_with('`') || text.ends_with('`') {
        format!("{ticks} {text} {ticks}")
    } else {
        format!("{ticks}{text}{ticks}")
    }
}

/// A text in one line: every run of white space is a space.
pub(crate) fn line(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in one line, as a cell of a table.
pub(crate) fn cell(text: &str) -> String {
    prose(&line(text)).replace('|', "\\|").replace('\n', " ")
}

/// A text without what no reader sees, and what makes readers see it in another order.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| !is_hidden(*c))
        .collect::<String>()
        .trim_end()
        .to_owned()
}

/// Whether a character has no form of its own: a control character, or one that changes the direction of a text, which
/// the compiler refuses in comments.
pub(crate) fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{feff}')
}

/// A text as a block that shows it as it is.
fn block(text: &str) -> String {
    let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
    format!("{fence}text\n{}\n{fence}", text.trim_matches('\n'))
}

fn longest_run(text: &str, of: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == of { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// What rustdoc understands besides `CommonMark`.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

/// A change of a text.
struct Edit {
    at: Range<usize>,
    text: String,
}

/// The text with everything escaped that is more than text; nothing if there is no way to escape it.
fn neutral(text: &str) -> Option<String> {
    let mut edits: Vec<Edit> = Vec::new();
    // What stays as it is: code, and links to what they show.
    let mut kept: Vec<Range<usize>> = Vec::new();
    let mut depth = 0_usize;
    let mut urls = Urls::default();
    let mut events = Parser::new_ext(text, options()).into_offset_iter();
    while let Some((event, range)) = events.next() {
        if !matches!(event, Event::Text(_)) {
            urls.end(text, &mut edits);
        }
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let mut content = String::new();
                for (event, _) in events.by_ref() {
                    match event {
                        Event::Text(part) => content.push_str(&part),
                        Event::End(TagEnd::CodeBlock) => break,
                        _ => {}
                    }
                }
                kept.push(range.clone());
                if !is_text_block(&kind) || !is_closed(&text[range.clone()], &kind) {
                    edits.push(code_block(text, range, &kind, &content, depth)?);
                }
            }
            Event::Start(Tag::Link {
                link_type: LinkType::Autolink,
                dest_url,
                ..
            }) if is_url(&dest_url) => {
                kept.push(range);
                // The text of the link is no URL of its own.
                events
                    .by_ref()
                    .find(|(event, _)| matches!(event, Event::End(TagEnd::Link)));
            }
            Event::Start(Tag::List(_) | Tag::Item | Tag::BlockQuote(_)) => depth += 1,
            Event::End(TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_)) => depth -= 1,
            Event::Code(_) => kept.push(range),
            Event::Text(_) => urls.text(range),
            _ => {}
        }
    }
    urls.end(text, &mut edits);
    escape(text, &kept, &mut edits);
    Some(apply(text, edits))
}

fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

fn is_text_block(kind: &CodeBlockKind<'_>) -> bool {
    matches!(kind, CodeBlockKind::Fenced(info) if &**info == "text")
}

/// Whether a block ends with a fence. Without one it goes on to the end of the text, and over whatever comes after it.
fn is_closed(source: &str, kind: &CodeBlockKind<'_>) -> bool {
    let fence = |line: &str| {
        let line = line.trim_start_matches([' ', '\t', '>']);
        let first = line.chars().next().filter(|c| matches!(c, '`' | '~'));
        first.map(|c| {
            (
                c,
                line.chars().take_while(|other| *other == c).count(),
                line.len(),
            )
        })
    };
    let mut lines = source.trim_end().lines();
    match (
        kind,
        lines.next().and_then(fence),
        lines.next_back().and_then(fence),
    ) {
        (CodeBlockKind::Indented, ..) => true,
        (_, Some((open, least, _)), Some((close, run, length))) => {
            open == close && run >= least && run == length
        }
        _ => false,
    }
}

/// The change that makes a code block one that is shown and not compiled.
fn code_block(
    text: &str,
    range: Range<usize>,
    kind: &CodeBlockKind<'_>,
    content: &str,
    depth: usize,
) -> Option<Edit> {
    if depth == 0 {
        // With the indentation before it.
        let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let end = range.end;
        let after = if text[..end].ends_with('\n') {
            "\n"
        } else {
            ""
        };
        return Some(Edit {
            at: start..end,
            text: format!("{}{after}", block(content)),
        });
    }
    // In a list, a block of its own would need the indentation of the list.
    let source = &text[range.clone()];
    if matches!(kind, CodeBlockKind::Indented) || !is_closed(source, kind) {
        return None;
    }
    let fence = source.len() - source.trim_start_matches(['`', '~']).len();
    let end = source.find('\n').unwrap_or(source.len());
    Some(Edit {
        at: range.start + fence..range.start + end,
        text: "text".to_owned(),
    })
}

/// Text that comes in several pieces, and the URLs in it.
#[derive(Default)]
struct Urls {
    run: Option<Range<usize>>,
}

impl Urls {
    fn text(&mut self, range: Range<usize>) {
        match &mut self.run {
            Some(run) if run.end == range.start => run.end = range.end,
            _ => self.run = Some(range),
        }
    }

    /// Makes links of the URLs in the text that has ended.
    fn end(&mut self, text: &str, edits: &mut Vec<Edit>) {
        let Some(run) = self.run.take() else {
            return;
        };
        for at in urls(&text[run.clone()]) {
            let at = run.start + at.start..run.start + at.end;
            edits.push(Edit {
                text: format!("<{}>", &text[at.clone()]),
                at,
            });
        }
    }
}

/// The URLs in a text, without the punctuation after them. As rustdoc sees them, which is in the middle of a word, too.
fn urls(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("http").map(|at| from + at) {
        let rest = &text[at..];
        let ends = |c: char| c.is_whitespace() || c.is_control() || "<>[](){}\"'`\\|*".contains(c);
        let end = rest.find(ends).unwrap_or(rest.len());
        let end = rest[..end]
            .trim_end_matches(['.', ',', ':', ';', '!', '?', '_', '~'])
            .len();
        let scheme = rest.find("://").map_or(usize::MAX, |at| at + 3);
        if is_url(rest) && end > scheme {
            found.push(at..at + end);
            from = at + end;
        } else {
            from = at + "http".len();
        }
    }
    found
}

/// Puts a backslash before what begins a link or a tag, outside of what is kept.
fn escape(text: &str, kept: &[Range<usize>], edits: &mut Vec<Edit>) {
    let taken: Vec<Range<usize>> = edits
        .iter()
        .map(|edit| edit.at.clone())
        .chain(kept.iter().cloned())
        .collect();
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        let free = !taken.iter().any(|range| range.contains(&at));
        if free && matches!(c, '[' | ']' | '<' | '>') && !is_escaped {
            edits.push(Edit {
                at: at..at,
                text: "\\".to_owned(),
            });
        }
        is_escaped = c == '\\' && !is_escaped;
    }
}

fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.at.start);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        out.push_str(&text[done..edit.at.start]);
        out.push_str(&edit.text);
        done = edit.at.end;
    }
    out.push_str(&text[done..]);
    out
}

/// Whether a reader finds nothing but text in it, and whatever comes after it stands on its own.
pub(crate) fn is_text(markdown: &str) -> bool {
    const LAST: &str = "The end.";
    let whole = format!("{markdown}\n\n{LAST}");
    let mut is_text = true;
    let mut referred = false;
    let mut callback = |_: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        referred = true;
        None
    };
    let mut shown = String::new();
    // In a link to itself, or in code, a URL is no link of its own.
    let mut is_kept = false;
    let mut last = Vec::new();
    for event in Parser::new_with_broken_link_callback(&whole, options(), Some(&mut callback)) {
        is_text &= match &event {
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => {
                is_kept = true;
                *link_type == LinkType::Autolink && is_url(dest_url)
            }
            Event::Start(Tag::CodeBlock(kind)) => is_text_block(kind),
            Event::Start(
                Tag::Image { .. }
                | Tag::HtmlBlock
                | Tag::FootnoteDefinition(_)
                | Tag::MetadataBlock(_),
            )
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_) => false,
            _ => true,
        };
        match &event {
            Event::Text(text) if !is_kept => shown.push_str(text),
            Event::Start(Tag::CodeBlock(_)) => is_kept = true,
            Event::End(TagEnd::Link | TagEnd::CodeBlock) => is_kept = false,
            _ => shown.push(' '),
        }
        last.push(event);
    }
    let stands_alone = matches!(
        &last[last.len().saturating_sub(3)..],
        [Event::Start(Tag::Paragraph), Event::Text(text),
            Event::End(TagEnd::Paragraph)] if &**text == LAST
    );
    is_text && !referred && stands_alone && urls(&shown).is_empty()
}

#[cfg(test)]
mod tests;
