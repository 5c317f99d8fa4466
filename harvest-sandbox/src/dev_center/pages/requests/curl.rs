//! A request of the log as a line for a shell.

use crate::log::Line;

/// The line, without the key or token: these stand in a variable of the shell.
pub(super) fn line(base: &str, line: &Line) -> String {
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
    words.push(if details.path.starts_with("/v1/") {
        "-u \"$HARVEST_KEY:\"".to_owned()
    } else {
        "-H \"Authorization: Bearer $HARVEST_TOKEN\"".to_owned()
    });
    if let Some(user_id) = details.user_id.filter(|_| details.path.starts_with("/v1/")) {
        words.push(format!("-H 'On-Behalf-Of: {user_id}'"));
    }
    if let Some(content) = content.filter(|it| !it.request.is_empty()) {
        words.push("-H 'Content-Type: application/json'".to_owned());
        words.extend(data(&content.request));
    }
    words.push(quoted(&url));
    words.join(" ")
}

/// The words for a body as it is. By its other options curl sends a file of this computer if the body begins with `@`.
fn data(body: &str) -> [String; 2] {
    ["--data-raw".to_owned(), quoted(body)]
}

/// One word of a POSIX shell, whatever is in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
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
}
