//! A path as sources write it: with parts that are put in at run time, and in pieces that are joined.

use harvest_generated::runtime::Operation;

/// The most bytes that a path is read over.
const MOST_BYTES: usize = 600;
/// The most texts that are joined to one path.
const MOST_JOINS: usize = 16;
/// The most bytes of what is put in.
const MOST_PLACEHOLDER: usize = 200;

/// A path, read as far as it is written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub steps: Vec<Step>,
    /// Where it ends in the source.
    pub end: usize,
    /// Whether it ends where the text that it stands in does, or a query begins.
    pub is_whole: bool,
    /// Whether it goes on behind what was read of it.
    pub is_cut: bool,
}

/// A step between two slashes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    Text(String),
    /// Something that is known at run time.
    Any,
}

/// Reads a path that begins at `start`: with a slash, or with its first step.
pub(super) fn read(source: &str, start: usize) -> Written {
    let limit = floor(source, start.saturating_add(MOST_BYTES));
    let text = source.get(start..limit).unwrap_or_default();
    let mut reader = Reader::default();
    let mut at = usize::from(text.starts_with('/'));
    let mut quote = quote_before(source, start);
    let mut end = 0;
    let mut is_whole = false;
    let mut joins = 0;
    let mut is_cut = false;
    while let Some(c) = text[at..].chars().next() {
        if let Some(length) = placeholder(&text[at..], reader.is_at_start()) {
            reader.any = true;
            at += length;
        } else if c == '/' {
            reader.step();
            at += 1;
        } else if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '@') {
            reader.text.push(c);
            at += 1;
        } else if is_quote(c) && quote.is_none_or(|it| it == c) {
            end = at;
            match joined(&text[at + 1..]) {
                Joined::More { .. } if joins == MOST_JOINS => {
                    is_cut = true;
                    break;
                }
                Joined::More { length, has_value } => {
                    joins += 1;
                    reader.any |= has_value;
                    at += 1 + length;
                    quote = quote_before(text, at);
                    continue;
                }
                // What is put behind a whole step is a query as a rule.
                Joined::Last => reader.any = reader.is_at_start(),
                Joined::No => {}
            }
            is_whole = true;
            break;
        } else {
            is_whole = matches!(c, '?' | '#');
            break;
        }
        end = at;
    }
    reader.step();
    let is_at_end = at >= text.len();
    let is_limit = limit < source.len();
    Written {
        steps: reader.steps,
        end: start + end,
        is_whole: is_whole || is_at_end && !is_limit,
        is_cut: is_cut || is_at_end && is_limit,
    }
}

#[derive(Default)]
struct Reader {
    steps: Vec<Step>,
    text: String,
    any: bool,
}

impl Reader {
    fn is_at_start(&self) -> bool {
        self.text.is_empty() && !self.any
    }

    fn step(&mut self) {
        if std::mem::take(&mut self.any) {
            self.text.clear();
            self.steps.push(Step::Any);
        } else if !self.text.is_empty() {
            self.steps.push(Step::Text(std::mem::take(&mut self.text)));
        }
    }
}

/// The quotation mark that the text around a place begins with, if it is the character before it.
fn quote_before(source: &str, start: usize) -> Option<char> {
    let before = source.get(..start)?.chars().next_back()?;
    is_quote(before).then_some(before)
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`')
}

/// The nearest boundary of a character.
pub(super) fn floor(source: &str, mut at: usize) -> usize {
    at = at.min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The length of what is put in here at run time, if something is. It may begin a step, which some forms have to.
fn placeholder(text: &str, at_start: bool) -> Option<usize> {
    let word = |text: &str| {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        text.find(|c| !is_part(c)).unwrap_or(text.len())
    };
    for opening in ["${", "#{", "%{", "{"] {
        if let Some(rest) = text.strip_prefix(opening) {
            return Some(opening.len() + balanced(rest, '{', '}')?);
        }
    }
    if let Some(rest) = text.strip_prefix("\\(") {
        return Some(2 + balanced(rest, '(', ')')?);
    }
    if let Some(rest) = text.strip_prefix('%') {
        let digits = rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_ascii_digit() || c == '$')
                .len();
        let is_verb = rest[digits..].starts_with(['s', 'd', 'i', 'v', 'u', '@']);
        return is_verb.then_some(digits + 2);
    }
    if let Some(rest) = text.strip_prefix('$') {
        let mut length = word(rest);
        while length > 0 {
            let more = rest[length..].strip_prefix("->").map(|it| 2 + word(it));
            match more.filter(|it| *it > 2) {
                Some(more) => length += more,
                None => return Some(1 + length),
            }
        }
        return None;
    }
    if at_start && let Some(rest) = text.strip_prefix(':') {
        return Some(word(rest)).filter(|it| *it > 0).map(|it| it + 1);
    }
    if at_start && text.starts_with('<') {
        let end = text.find('>')?;
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '-');
        return text[1..end].chars().all(is_name).then_some(end + 1);
    }
    None
}

/// The length up to behind the bracket that closes the one before.
fn balanced(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in text.char_indices().take(MOST_PLACEHOLDER) {
        if c == '\n' {
            return None;
        }
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at + 1);
            }
        }
    }
    None
}

/// What comes behind the quotation mark that ends a text.
enum Joined {
    /// Another text is joined to it, which begins so far away, and perhaps a value between them.
    More {
        length: usize,
        has_value: bool,
    },
    /// Something is joined to it.
    Last,
    No,
}

fn joined(text: &str) -> Joined {
    let rest = text.trim_start();
    let Some(length) = operator(rest) else {
        return Joined::No;
    };
    let begin = text.len() - rest.len() + length;
    let text = &text[..floor(text, begin + MOST_PLACEHOLDER)];
    let mut depth = 0_u32;
    let mut has_begun = false;
    for (at, c) in text[begin..].char_indices() {
        let here = begin + at;
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return Joined::Last,
            ')' | ']' | '}' => depth -= 1,
            _ if depth > 0 => {}
            ',' | ';' => return Joined::Last,
            '\n' if has_begun && operator(text[here..].trim_start()).is_none() => {
                return Joined::Last;
            }
            _ if is_quote(c) => {
                return Joined::More {
                    length: here + 1,
                    has_value: has_begun,
                };
            }
            _ => {}
        }
        // The operator before the next text is no value.
        has_begun |= !c.is_whitespace() && operator(&text[here..]).is_none();
    }
    Joined::Last
}

/// The length of an operator that joins texts.
fn operator(text: &str) -> Option<usize> {
    for operator in ["..", "<>", "||", "+", "&", "~"] {
        if text.starts_with(operator) {
            return Some(operator.len());
        }
    }
    // That of PHP; elsewhere a method is called by it.
    let rest = text.strip_prefix('.')?;
    rest.starts_with(|c: char| c.is_whitespace() || c == '$' || is_quote(c))
        .then_some(1)
}

impl Written {
    /// The operations whose path this is, after so many of its steps. Of several templates the one with the most words
    /// counts: `/users/search` is no user.
    pub(super) fn operations(
        &self,
        all: &'static [Operation],
        prefix: &str,
        skip: usize,
    ) -> Vec<&'static Operation> {
        let steps = self.steps.get(skip..).unwrap_or_default();
        let is_its = |operation: &&Operation| {
            let mut path = operation.path.trim_start_matches('/').split('/');
            path.next() == Some(prefix)
                && path.clone().count() == steps.len()
                && path.zip(steps).all(fits)
        };
        let found: Vec<_> = all.iter().filter(is_its).collect();
        let parameters = |it: &&Operation| it.path.matches('{').count();
        let least = found.iter().map(parameters).min();
        found
            .into_iter()
            .filter(|it| Some(parameters(it)) == least)
            .collect()
    }
}

/// Whether a step is one of a template.
fn fits((template, step): (&str, &Step)) -> bool {
    match step {
        Step::Text(text) if template.starts_with('{') => is_value(text),
        Step::Text(text) => text == template,
        Step::Any => template.starts_with('{'),
    }
}

/// Whether a text in a path is a value: a number, or a word in capitals that stands for one.
fn is_value(text: &str) -> bool {
    let is_number = text.chars().all(|c| c.is_ascii_digit());
    let is_name = text.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    is_number || is_name || text == "id"
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The steps of the first path in a source, `*` for what is known at run time.
    fn steps(source: &str) -> String {
        let start = source.find("/v1").expect("a path");
        let written = read(source, start);
        let steps = written.steps.iter().map(|step| match step {
            Step::Text(text) => text.as_str(),
            Step::Any => "*",
        });
        let end = if written.is_whole { "" } else { "…" };
        steps.collect::<Vec<_>>().join("/") + end
    }

    #[test]
    fn what_is_put_in_at_run_time() {
        for source in [
            "'/v1/things/' + id + \"/parts\"",
            "`/v1/things/${thing.id}/parts`",
            "\"/v1/things/#{thing[:id]}/parts\"",
            "f\"/v1/things/{thing['id']}/parts\"",
            "\"/v1/things/%s/parts\" % id",
            "fmt.Sprintf(\"/v1/things/%d/parts\", id)",
            "\"/v1/things/%1$s/parts\"",
            "\"/v1/things/$this->id/parts\"",
            "\"/v1/things/$id/parts\"",
            "\"/v1/things/\\(thing.id)/parts\"",
            "'/v1/things/:id/parts'",
            "'/v1/things/<int:id>/parts'",
            "'/v1/things/{{id}}/parts'",
            "'/v1/things/' + thing.id + '/parts'",
            "'/v1/things/' + str(thing['id']) + '/parts'",
            "'/v1/things/' . $thing->id() . '/parts'",
            "'/v1/things/'.$id.'/parts'",
            "\"/v1/things/\" <> id <> \"/parts\"",
            "\"/v1/things/\" .. id .. \"/parts\"",
            "\"/v1/things/\"\n  + id\n  + \"/parts\"",
            "'/v1/things/' + id + '/parts?page=' + page",
        ] {
            assert_eq!(steps(source), "v1/things/*/parts", "{source}");
        }
    }

    #[test]
    fn where_a_path_ends() {
        for (source, expected) in [
            (
                "curl https://x/v1/things/5/parts -u k:",
                "v1/things/5/parts…",
            ),
            ("'/v1/things?page=1'", "v1/things"),
            ("'/v1/things/' + id", "v1/things/*"),
            ("get('/v1/things' + query)", "v1/things"),
            ("'/v1/things'.format(id) + '/x'", "v1/things"),
            ("'/v1/things/%2F'", "v1/things…"),
            ("'/v1/things/', other", "v1/things"),
            ("'/v1/' + path", "v1/*"),
            ("'/v1'", "v1"),
            ("'/v1/things/{unclosed", "v1/things…"),
            ("/v1/ü", "v1…"),
        ] {
            assert_eq!(steps(source), expected, "{source}");
        }
    }

    #[test]
    fn any_text_is_read_to_an_end() {
        let long = format!("/v1{}", "/a{".repeat(5_000));
        let written = read(&long, 0);
        assert!(written.end <= MOST_BYTES);
        let joined = |count| format!("'/v1{}'", "/a' + '".repeat(count));
        for (count, is_cut) in [(1, false), (16, false), (17, true), (5_000, true)] {
            let written = read(&joined(count), 1);
            assert_eq!(
                (written.is_cut, written.is_whole),
                (is_cut, !is_cut),
                "{count}"
            );
        }
        for (length, is_cut) in [(500, false), (700, true)] {
            let written = read(&format!("'/v1/{}'", "a".repeat(length)), 1);
            assert_eq!(
                (written.is_cut, written.is_whole),
                (is_cut, !is_cut),
                "{length}"
            );
        }
        for source in [
            "/v1/$",
            "/v1/%",
            "/v1/\\(",
            "/v1/<",
            "/v1/:",
            "/v1/é'",
            "/v1'+é",
            "/v1/'.$é->é.'ü",
        ] {
            read(source, 0);
        }
    }
}
