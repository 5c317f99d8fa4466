//! One source: the URLs and paths in it, and the calls of known clients.

#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

use harvest_generated::runtime::Operation;

use super::clients::{self, Client};
use super::path::{self, Step, Written, floor, is_quote};
use super::{Found, Scanner, What, names, plain, verb};

/// The most bytes of a URL before its path.
const MOST_HOST: usize = 120;
/// The most bytes of what is shown of a finding.
const MOST_TEXT: usize = 160;
/// The most bytes that are read of all paths of a file. They can be joined, each over the others behind it.
const MOST_READ: usize = 4 * 1024 * 1024;
/// The most bytes of a line that are looked at to tell what it is.
const MOST_LINE: usize = 4 * 1024;
/// The most bytes before a text that name what it is given to.
const MOST_CALLED: usize = 200;

/// A file that is looked through.
pub(super) struct Source<'a> {
    scanner: &'a Scanner,
    file: &'a str,
    text: &'a str,
    lines: Vec<&'a str>,
    /// Where each line begins.
    begins: Vec<usize>,
    /// The last place whose column was computed: where it is, and the column. Places come in order as a rule.
    told: Cell<(usize, usize)>,
    /// How many bytes of paths were read.
    read: Cell<usize>,
    cut: Cell<Cut>,
}

/// What of a file was not read, by lines from 0.
#[derive(Clone, Copy, Default)]
struct Cut {
    /// How many paths were not read to their end, and where the first of them is.
    paths: usize,
    first: usize,
    /// Where no path is read any more.
    rest: Option<usize>,
}

/// What a file has.
#[derive(Default)]
pub(super) struct OfFile {
    pub found: Vec<Found>,
    /// Paths that count only if the code base has the beginning of URLs somewhere.
    pub relative: Vec<Found>,
    /// Whether it has the beginning of URLs.
    pub has_base: bool,
    /// What was not read of it, for people.
    pub cut: Vec<String>,
}

/// What stands before a path.
enum Before {
    /// The host of the API.
    Host,
    /// The begin of a text, or something that is put in.
    Nothing,
    /// Another host, or other steps.
    Other,
}

impl<'a> Source<'a> {
    pub(super) fn new(scanner: &'a Scanner, file: &'a str, text: &'a str) -> Self {
        let mut begins = vec![0];
        begins.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        Self {
            scanner,
            file,
            text,
            lines: text.split('\n').collect(),
            begins,
            told: Cell::default(),
            read: Cell::default(),
            cut: Cell::default(),
        }
    }

    pub(super) fn find(&self) -> OfFile {
        let mut of_file = OfFile::default();
        let clients = clients::used(self.file, self.text);
        let is_about = self.mentions_service();
        if !is_about && clients.is_empty() {
            return of_file;
        }
        if is_about {
            let bases = self.versioned(&mut of_file.found);
            of_file.has_base = !bases.is_empty();
            let newer = self.scanner.newer.iter();
            let mut newer = newer.map(|it| format!("{}/{it}", self.scanner.host));
            // What is relative to the newer version has moved already.
            if of_file.has_base || !newer.any(|it| self.text.contains(&it)) {
                self.relative(&bases, &mut of_file.relative);
            }
        }
        for (client, at, length) in &clients {
            let shown = floor(self.text, at + length);
            self.add(&mut of_file.found, *at, shown, What::Client(client));
        }
        if let Some((client, ..)) = clients.first() {
            self.calls(client, &mut of_file.found);
        }
        of_file.cut = self.cut.get().reasons();
        if !of_file.found.is_empty() || !of_file.relative.is_empty() {
            let mentioned = Rc::new(self.mentioned());
            let all = of_file.found.iter_mut().chain(&mut of_file.relative);
            all.for_each(|it| it.mentioned = Rc::clone(&mentioned));
        }
        of_file
    }

    fn mentions_service(&self) -> bool {
        let service = self.scanner.service.as_bytes();
        let mut windows = self.text.as_bytes().windows(service.len().max(1));
        windows.any(|window| window.eq_ignore_ascii_case(service))
    }

    fn mentioned(&self) -> BTreeSet<String> {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let words = self.text.split(|c| !is_part(c));
        words.filter(|word| !word.is_empty()).map(plain).collect()
    }

    /// The line of a place, from 0.
    fn line(&self, at: usize) -> usize {
        self.begins.partition_point(|begin| *begin <= at) - 1
    }

    fn add(&self, found: &mut Vec<Found>, at: usize, end: usize, what: What) {
        let line = self.line(at);
        let end = floor(self.text, end.min(at + MOST_TEXT));
        let shown = self.text[at..end].split_whitespace();
        found.push(Found {
            file: self.file.to_owned(),
            line: line + 1,
            column: self.column(line, at),
            text: shown.collect::<Vec<_>>().join(" "),
            what,
            mentioned: Rc::default(),
        });
    }

    /// The column of a place in its line, in characters from 1. A line can be the whole file, so it is not counted from its
    /// begin each time.
    fn column(&self, line: usize, at: usize) -> usize {
        let begin = self.begins[line];
        let (from, column) = match self.told.get() {
            (told, column) if (begin..=at).contains(&told) && column > 0 => (told, column),
            _ => (begin, 1),
        };
        let column = column + self.text[from..at].chars().count();
        self.told.set((at, column));
        column
    }

    /// The path that begins at a place. `None` if so much was read of the file that no more is.
    fn path(&self, at: usize) -> Option<Written> {
        let mut cut = self.cut.get();
        if self.read.get() >= MOST_READ {
            let line = self.line(at);
            cut.rest = Some(cut.rest.map_or(line, |rest| rest.min(line)));
            self.cut.set(cut);
            return None;
        }
        let written = path::read(self.text, at);
        self.read.set(self.read.get() + (written.end - at) + 1);
        Some(written)
    }

    /// Notes a path that goes on behind what was read of it.
    fn note(&self, written: &Written, at: usize) {
        if written.is_cut {
            let mut cut = self.cut.get();
            if cut.paths == 0 {
                cut.first = self.line(at);
            }
            cut.paths += 1;
            self.cut.set(cut);
        }
    }

    fn is_comment(&self, at: usize) -> bool {
        let line = self.lines[self.line(at)];
        let line = line[..floor(line, MOST_LINE)].trim_start();
        let begins = ["//", "# ", "* ", "/*", "-- ", "<!--"];
        begins.iter().any(|begin| line.starts_with(begin))
    }

    /// Paths with the version. Returns the versions that URLs begin with.
    fn versioned(&self, found: &mut Vec<Found>) -> BTreeSet<&'static str> {
        let mut bases = BTreeSet::new();
        for prefix in &self.scanner.prefixes {
            for (at, begin) in self.text.match_indices(&format!("/{prefix}")) {
                let behind = self.text[at + begin.len()..].chars().next();
                if behind.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.')) {
                    continue;
                }
                let before = self.before(at);
                if matches!(before, Before::Other) || self.is_comment(at) {
                    continue;
                }
                let Some(written) = self.path(at) else {
                    return bases;
                };
                self.note(&written, at);
                let what = self.call(&written, prefix, 1, at, true);
                let is_ours = matches!(before, Before::Host);
                let what = what.or_else(|| {
                    let behind = written.steps.get(1..).unwrap_or_default();
                    let is_made = behind.is_empty() || behind.contains(&Step::Any);
                    match (is_made, is_ours) {
                        (true, true) => Some(What::Base),
                        (true, false) if behind.is_empty() && written.is_whole => Some(What::Base),
                        (false, true) => Some(What::Unknown),
                        _ => None,
                    }
                });
                if let Some(what) = what {
                    if what == What::Base {
                        bases.insert(*prefix);
                    }
                    self.add(found, at, written.end, what);
                }
            }
        }
        bases
    }

    fn before(&self, at: usize) -> Before {
        let mut begin = at.saturating_sub(MOST_HOST);
        while !self.text.is_char_boundary(begin) {
            begin += 1;
        }
        let before = &self.text[begin..at];
        let is_part =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '/' | '_' | '-' | '@');
        let url = before.rfind(|c| !is_part(c)).map_or(before, |at| {
            let length = before[at..].chars().next().map_or(1, char::len_utf8);
            &before[at + length..]
        });
        if url.ends_with(&self.scanner.host) {
            return Before::Host;
        }
        let host = url.split("://").nth(1);
        let is_local = |host: &str| {
            let name = host.split(':').next().unwrap_or_default();
            matches!(name, "localhost" | "127.0.0.1" | "0.0.0.0")
        };
        let is_put_in = url == "s" && before.ends_with("%s");
        if url.is_empty() || is_put_in || host.is_some_and(is_local) {
            Before::Nothing
        } else {
            Before::Other
        }
    }

    /// The call that a path is, if it is that of an operation.
    fn call(
        &self,
        written: &Written,
        prefix: &str,
        skip: usize,
        at: usize,
        is_sure: bool,
    ) -> Option<What> {
        let operations = written.operations(self.scanner.operations, prefix, skip);
        if operations.is_empty() {
            return None;
        }
        let line = self.line(at);
        let begin = at - self.begins[line];
        let end = written.end.saturating_sub(self.begins[line]);
        let methods: Vec<_> = operations.iter().map(|it| it.method).collect();
        let is_next = |line: &str| self.has_path(line);
        let columns = (begin, end.min(self.lines[line].len()));
        let method = verb::find(&self.lines, line, columns, &methods, &is_next);
        let of_method = |operation: &&Operation| Some(operation.method) == method;
        let narrowed: Vec<_> = operations.iter().copied().filter(of_method).collect();
        let operations = if narrowed.is_empty() {
            operations
        } else {
            narrowed
        };
        Some(What::Call {
            certain: is_sure && operations.len() == 1,
            operations,
            client: None,
        })
    }

    /// Whether a line has a path of its own, so that its words are about that.
    fn has_path(&self, line: &str) -> bool {
        let line = &line[..floor(line, MOST_LINE)];
        let mut prefixes = self.scanner.prefixes.iter();
        prefixes.any(|prefix| line.contains(&format!("/{prefix}/")))
    }

    /// Whether paths of the API can begin with this step, behind the version.
    fn is_resource(&self, step: Option<&Step>) -> bool {
        let Some(Step::Text(step)) = step else {
            return false;
        };
        let mut all = self.scanner.operations.iter();
        all.any(|it| it.path.trim_start_matches('/').split('/').nth(1) == Some(step))
    }

    /// Paths without the version, in texts of their own: `"/candidates/" + id`, `"{base}/jobs"`, `get("users")`.
    fn relative(&self, bases: &BTreeSet<&'static str>, found: &mut Vec<Found>) {
        let is_sure = !bases.is_empty();
        let prefixes = if is_sure {
            bases
        } else {
            &self.scanner.prefixes
        };
        for (quote, c) in self.text.char_indices().filter(|(_, c)| is_quote(*c)) {
            let at = quote + c.len_utf8();
            let rest = &self.text[at..];
            let has_slash = rest.starts_with('/') && !rest.starts_with("//");
            let is_put_in = rest.starts_with(['$', '#', '{', '%', '<']);
            if !has_slash && !is_put_in && !rest.starts_with(|c: char| c.is_ascii_lowercase()) {
                continue;
            }
            let Some(written) = self.path(at) else {
                return;
            };
            let skip = usize::from(is_put_in && written.steps.first() == Some(&Step::Any));
            let steps = written.steps.get(skip..).unwrap_or_default();
            let is_named = has_slash || skip > 0 || steps.len() > 1;
            if written.is_cut && is_sure && self.is_resource(steps.first()) {
                self.note(&written, at);
            }
            if !written.is_whole || steps.is_empty() || is_put_in && skip == 0 {
                continue;
            }
            if !is_named && !self.is_called(quote) || self.is_comment(at) {
                continue;
            }
            let mut calls = prefixes
                .iter()
                .filter_map(|prefix| self.call(&written, prefix, skip, at, is_sure));
            if let Some(what) = calls.next() {
                self.add(found, at, written.end, what);
            }
        }
    }

    /// Whether the text that begins here is what a request is made with: `get("`.
    fn is_called(&self, quote: usize) -> bool {
        let mut begin = quote.saturating_sub(MOST_CALLED);
        while !self.text.is_char_boundary(begin) {
            begin += 1;
        }
        let before = self.text[begin..quote].trim_end_matches(['f', 'r', ' ', '@', '$']);
        let Some(before) = before.strip_suffix('(') else {
            return false;
        };
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let name = before.rsplit(|c| !is_part(c)).next().unwrap_or_default();
        let first = names::words(name).into_iter().next().unwrap_or_default();
        let verbs = [
            "get", "post", "put", "patch", "delete", "request", "fetch", "paginate",
        ];
        verbs.contains(&first.as_str())
    }

    /// Calls of methods that a client has.
    fn calls(&self, client: &'static Client, found: &mut Vec<Found>) {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        // The name before, and where it ended.
        let mut last: (&str, usize) = ("", 0);
        let mut at = 0;
        while let Some(begin) = self.text[at..].find(is_part).map(|it| it + at) {
            let end = self.text[begin..].find(|c| !is_part(c));
            let end = end.map_or(self.text.len(), |it| it + begin);
            let name = &self.text[begin..end];
            let between = &self.text[last.1..begin];
            let is_member = matches!(between.trim(), "." | "->" | "::" | "?." | "&.");
            let behind = &self.text[end..];
            let is_called = behind.starts_with('(') || behind.starts_with("::<");
            let resource = is_member.then_some(last.0);
            let is_after_dot = is_member || between.ends_with(['.', '>']);
            if is_after_dot && (is_called || client.calls_bare()) && !self.is_comment(begin) {
                self.named(client, name, resource, begin, found);
            }
            last = (name, end);
            at = end;
        }
    }

    fn named(
        &self,
        client: &'static Client,
        name: &str,
        resource: Option<&str>,
        at: usize,
        found: &mut Vec<Found>,
    ) {
        let Some(named) = self.scanner.names.find(name, resource) else {
            return;
        };
        let what = What::Call {
            certain: named.is_sure && named.operations.len() == 1,
            operations: named.operations,
            client: Some(client),
        };
        self.add(found, at, at + name.len(), what);
    }
}

impl Cut {
    fn reasons(self) -> Vec<String> {
        let mut reasons = Vec::new();
        if self.paths > 0 {
            reasons.push(format!(
                "{} paths, the first one in line {}, go on behind what is read of one: it is \
                 joined of many texts, or long",
                self.paths,
                self.first + 1
            ));
        }
        if let Some(line) = self.rest {
            reasons.push(format!(
                "it has too many paths that are joined of texts: from line {} on, not all of them \
                 were read",
                line + 1
            ));
        }
        reasons
    }
}
