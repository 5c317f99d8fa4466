//! A request of the log as a line for a shell.

use std::fmt::Write as _;

use crate::http::log::Line;

/// The line, without the key or token: these stand in a variable of the shell.
pub(super) fn line(base: &str, line: &Line) -> String {
    let takes_key = takes_key(&line.details.path);
    let details = &line.details;
    let content = details.content.as_deref();
    let mut url = format!("{base}{}", details.path);
    if let Some(content) = content.filter(|it| !it.query.is_empty()) {
        url.push('?');
        url.push_str(&content.query);
    }
    let mut words = vec!["curl".to_owned()];
    if line.method != "GET" {
        words.extend(["-X".to_owned(), quoted(&line.method)]);
    }
    words.push(if takes_key {
        "-u \"$HARVEST_KEY:\"".to_owned()
    } else {
        "-H \"Authorization: Bearer $HARVEST_TOKEN\"".to_owned()
    });
    if let Some(user_id) = details.user_id.filter(|_| takes_key) {
        words.push(format!("-H 'On-Behalf-Of: {user_id}'"));
    }
    if let Some(content) = content.filter(|it| !it.request.is_empty()) {
        words.push("-H 'Content-Type: application/json'".to_owned());
        words.extend(data(&content.request));
    }
    if url.contains(['[', ']', '{', '}']) {
        // They are no patterns.
        words.push("-g".to_owned());
    }
    words.push(quoted(&url));
    words.join(" ")
}

/// Whether the version of a path takes a key, and the acting user in a header: v2 has a few operations of v1.
pub(super) fn takes_key(path: &str) -> bool {
    path.starts_with("/v1/") || path.starts_with("/v2/")
}

/// The words for a body as it is. By its other options curl sends a file of this computer if the body begins with `@`.
fn data(body: &str) -> [String; 2] {
    ["--data-raw".to_owned(), quoted(body)]
}

/// One word of a shell, whatever is in it. Characters that a terminal would act on when the line is pasted are written as
/// escapes, which POSIX shells know since 2024.
fn quoted(text: &str) -> String {
    if text.chars().all(is_inert) {
        return format!("'{}'", text.replace('\'', r"'\''"));
    }
    let mut word = "$'".to_owned();
    for c in text.chars() {
        match c {
            '\\' | '\'' => word.extend(['\\', c]),
            c if is_inert(c) => word.push(c),
            c => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(word, "\\{byte:03o}");
                }
            }
        }
    }
    word.push('\'');
    word
}

/// Whether a character does nothing but stand there: no control character, and none that turns the direction of others.
fn is_inert(c: char) -> bool {
    let turns = matches!(c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c == '\n' || !(c.is_control() || turns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_names_no_file() {
        for body in ["@/etc/passwd", "@-", "name@/etc/passwd", "<x"] {
            assert_eq!(data(body), ["--data-raw", &format!("'{body}'")]);
        }
    }

    #[test]
    fn nothing_leaves_its_word() {
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("'; rm -r ~ #$(x)`y`"), r"''\''; rm -r ~ #$(x)`y`'");
    }

    #[test]
    fn nothing_that_a_terminal_acts_on_is_in_a_word() {
        assert_eq!(
            quoted("a'\\\u{3}\n\u{1b}[201~é\u{202e}"),
            "$'a\\'\\\\\\003\n\\033[201~é\\342\\200\\256'"
        );
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            let word = quoted(&format!("x{c}'"));
            assert!(!word.chars().any(|c| c.is_control() && c != '\n'));
        }
    }
}
