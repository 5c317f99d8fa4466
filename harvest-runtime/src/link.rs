//! The `Link` header (RFC 8288): where the other pages of a list are.

use std::fmt;

use http::header::{HeaderMap, LINK};
use reqwest::Url;

/// Where the other pages of a list are, as the answer names them.
///
/// The URLs repeat the query of the request, which may be about a person; `Debug` only says which ones there are.
#[derive(Clone, Default)]
pub struct Links {
    next: Target,
    prev: Option<Url>,
    last: Option<Url>,
}

/// Where `rel="next"` leads. A next page whose URL makes no sense is not the same as no next page: stopping there
/// would pass a part of the list off as the whole.
#[derive(Clone, Default)]
pub(crate) enum Target {
    #[default]
    None,
    Broken,
    Url(Url),
}

impl Links {
    /// Reads all `Link` headers of an answer that came from `base`. What cannot be understood is passed over, unless it
    /// seems to have been the next page. Where a relation is named twice, the first counts.
    ///
    /// For fuzzing; everybody else has [`Response::links`](crate::Response::links).
    #[doc(hidden)]
    pub fn read(headers: &HeaderMap, base: &Url) -> Self {
        let mut links = Self::default();
        let mut lost_next = false;
        for header in headers.get_all(LINK) {
            // Bytes beyond ASCII are legal in a quoted title.
            let header = String::from_utf8_lossy(header.as_bytes());
            let parsed = parse(&header, base);
            lost_next |= parsed.is_unclear || parsed.damaged.iter().any(|text| names_next(text));
            for link in parsed.links {
                let target = base.join(link.target).ok();
                for rel in link.rel.split_ascii_whitespace() {
                    if rel.eq_ignore_ascii_case("next") && matches!(links.next, Target::None) {
                        links.next = target.clone().map_or(Target::Broken, Target::Url);
                    } else if rel.eq_ignore_ascii_case("prev") && links.prev.is_none() {
                        links.prev.clone_from(&target);
                    } else if rel.eq_ignore_ascii_case("last") && links.last.is_none() {
                        links.last.clone_from(&target);
                    }
                }
            }
        }
        if lost_next && matches!(links.next, Target::None) {
            links.next = Target::Broken;
        }
        links
    }

    /// The next page, unless this is the last one.
    pub fn next(&self) -> Option<&Url> {
        match &self.next {
            Target::Url(url) => Some(url),
            Target::None | Target::Broken => None,
        }
    }

    /// The previous page, where the service names it.
    pub fn prev(&self) -> Option<&Url> {
        self.prev.as_ref()
    }

    /// The last page, where the service counts them.
    pub fn last(&self) -> Option<&Url> {
        self.last.as_ref()
    }

    /// Whether there is a next page, even if its URL makes no sense.
    pub(crate) fn names_next(&self) -> bool {
        !matches!(self.next, Target::None)
    }

    pub(crate) fn into_next(self) -> Target {
        self.next
    }
}

/// Prints which links there are, not where they lead.
impl fmt::Debug for Links {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Links")
            .field("next", &self.next().is_some())
            .field("prev", &self.prev.is_some())
            .field("last", &self.last.is_some())
            .finish()
    }
}

struct Link<'a> {
    target: &'a str,
    rel: String,
}

/// What is in one header.
#[derive(Default)]
struct Parsed<'a> {
    /// The links that have a `rel` and speak of the answer itself (no `anchor`, or one that leads to it).
    links: Vec<Link<'a>>,
    /// What is no part of a link, or not as a part of one is written: before its target, between target and parameters,
    /// without an end, or a parameter with more than a name and a value.
    damaged: Vec<&'a str>,
    /// Whether a relation is written as no relation is, or missing, or the header ends within a link: a proxy may have cut it
    /// off. So the relation may be any.
    is_unclear: bool,
}

fn parse<'a>(header: &'a str, base: &Url) -> Parsed<'a> {
    let mut parsed = Parsed {
        is_unclear: !header.trim().is_empty() && !header.contains('<'),
        ..Parsed::default()
    };
    let mut rest = header;
    while let Some((before, after)) = rest.split_once('<') {
        parsed.damaged.push(before);
        let Some((target, after)) = after.split_once('>') else {
            rest = after;
            parsed.is_unclear = true;
            break;
        };
        // No URL has these; the end of another link was lost.
        if target.contains(['<', '"']) {
            parsed.damaged.push(target);
        }
        let end_of_target = after.find([';', ',']).unwrap_or(after.len());
        parsed.damaged.extend(after.get(..end_of_target));
        let (params, after) = params(after, &mut parsed);
        rest = after;
        let param = |name: &str| {
            params
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
        };
        let Some((_, rel)) = param("rel").filter(|(_, rel)| !rel.trim().is_empty()) else {
            parsed.is_unclear = true;
            continue;
        };
        if param("anchor").is_none_or(|(_, anchor)| leads_to(anchor, base)) {
            parsed.is_unclear |= !rel.split_ascii_whitespace().all(is_relation);
            parsed.links.push(Link {
                target: target.trim(),
                rel: rel.clone(),
            });
        }
    }
    parsed.damaged.push(rest);
    parsed
}

/// Whether an anchor is the answer itself, with whatever query.
fn leads_to(anchor: &str, base: &Url) -> bool {
    let anchor = base.join(anchor);
    anchor.is_ok_and(|it| it.origin() == base.origin() && it.path() == base.path())
}

/// Whether a text has the relation `next`, in whatever way it is written.
fn names_next(text: &str) -> bool {
    let mut words = text.split(|char: char| !char.is_ascii_alphanumeric());
    words.any(|word| word.eq_ignore_ascii_case("rel"))
        && words.any(|word| word.eq_ignore_ascii_case("next"))
}

/// Whether a word is a relation: a name, or the URI of somebody's own.
fn is_relation(word: &str) -> bool {
    let is_of_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-' | '_');
    word.chars().all(is_of_name) || word.contains(':')
}

/// Whether a text is the name of a parameter. `rel*` would have another language than `rel`, which no relation has.
fn is_name(text: &str) -> bool {
    let is_of_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '*');
    text.chars().all(is_of_name) && !text.eq_ignore_ascii_case("rel*")
}

/// Reads `; name=value; name="quoted, value"` up to the comma that ends the link, and returns what follows it. Parameters
/// that are written in another way are damaged.
fn params<'a>(text: &'a str, parsed: &mut Parsed<'a>) -> (Vec<(&'a str, String)>, &'a str) {
    let mut params = Vec::new();
    let mut rest = text;
    loop {
        // What stands before the next `;` is nothing, or garbage.
        let Some(at) = rest.find([';', ',']) else {
            return (params, "");
        };
        let (separator, after) = rest[at..].split_at(1);
        if separator == "," {
            return (params, after);
        }
        let param = after;
        let end = after.find(['=', ';', ',']).unwrap_or(after.len());
        let (name, after) = after.split_at(end);
        let Some(value) = after.strip_prefix('=') else {
            params.push((name.trim(), String::new()));
            parsed
                .damaged
                .extend((!is_name(name.trim())).then_some(name));
            rest = after;
            continue;
        };
        let value = value.trim_start();
        let (value, after) = if let Some(quoted) = value.strip_prefix('"') {
            let (value, after) = unquote(quoted);
            // Without an end, what follows may have been another parameter, or another link.
            parsed.is_unclear |= after.is_none();
            (value, after.unwrap_or_default())
        } else {
            let (value, after) = value.split_at(value.find([';', ',']).unwrap_or(value.len()));
            (value.trim().to_owned(), after)
        };
        let end = after.find([';', ',']).unwrap_or(after.len());
        let (more, after) = after.split_at(end);
        if !is_name(name.trim()) || !more.trim().is_empty() {
            parsed
                .damaged
                .extend(param.get(..param.len() - after.len()));
        }
        params.push((name.trim(), value));
        rest = after;
    }
}

/// Reads up to the closing quotation mark, and returns what follows it, unless there is none; a backslash makes the next
/// character plain.
fn unquote(text: &str) -> (String, Option<&str>) {
    let mut value = String::new();
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '"' => return (value, Some(chars.as_str())),
            '\\' => value.extend(chars.next()),
            _ => value.push(char),
        }
    }
    (value, None)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn read(headers: &[&str]) -> Links {
        let mut map = HeaderMap::new();
        for header in headers {
            map.append(LINK, HeaderValue::from_bytes(header.as_bytes()).unwrap());
        }
        Links::read(
            &map,
            &Url::parse("https://h.example/v1/users?page=1").unwrap(),
        )
    }

    #[test]
    fn next() {
        for (header, next) in [
            ("", None),
            (
                r#"<https://h.example/n>; rel="next""#,
                Some("https://h.example/n"),
            ),
            (
                r"<https://h.example/n>; rel=next",
                Some("https://h.example/n"),
            ),
            (
                r#"<https://h.example/n>;rel="next",<https://h.example/l>;rel="last""#,
                Some("https://h.example/n"),
            ),
            (
                r#"<https://h.example/p>;rel="prev",<https://h.example/n>;rel="next""#,
                Some("https://h.example/n"),
            ),
            (
                r#"<https://h.example/n> ; REL = "NEXT""#,
                Some("https://h.example/n"),
            ),
            (
                r#"<https://h.example/n>; rel="last next""#,
                Some("https://h.example/n"),
            ),
            (
                r#"<https://h.example/n>; title="a, <b>; rel=\"x\""; rel="next""#,
                Some("https://h.example/n"),
            ),
            (
                r#"<https://h.example/n?a=1,2;3>; rel="next""#,
                Some("https://h.example/n?a=1,2;3"),
            ),
            (
                r#"<https://h.example/n?page=2&page=2>; rel="next""#,
                Some("https://h.example/n?page=2&page=2"),
            ),
            (
                r#"<https://h.example/n>; nofollow; rel="next""#,
                Some("https://h.example/n"),
            ),
            (
                r#"<https://h.example/1>; rel="next", <https://h.example/2>; rel="next""#,
                Some("https://h.example/1"),
            ),
            // The first `rel` of a link counts.
            (r#"<https://h.example/n>; rel="prev"; rel="next""#, None),
            (
                r#"<https://h.example/n>; rel="next"; anchor="/other""#,
                None,
            ),
            (
                r#"<https://h.example/n>; rel="next"; anchor="""#,
                Some("https://h.example/n"),
            ),
            (
                r#"<?page=2>; rel="next""#,
                Some("https://h.example/v1/users?page=2"),
            ),
            (
                r##"<https://h.example/n>; rel="next"; anchor="#""##,
                Some("https://h.example/n"),
            ),
            (
                r#"<https://h.example/n>; rel="next"; anchor="/v1/users""#,
                Some("https://h.example/n"),
            ),
            (
                r#"</v1/jobs>; rel="next""#,
                Some("https://h.example/v1/jobs"),
            ),
            (
                r#"<//other.example/x>; rel="next""#,
                Some("https://other.example/x"),
            ),
            // Garbage is passed over.
            (
                r#"garbage, <https://h.example/n>; rel="next""#,
                Some("https://h.example/n"),
            ),
            (r#"<https://h.example/n>; ;; ,rel="next""#, None),
            (r#"<https://h.example/n>; rel="nextest""#, None),
            (r"<https://h.example/n>", None),
            (r"<https://h.example/n", None),
            (
                r#"<https://h.example/n>; rel="next"#,
                Some("https://h.example/n"),
            ),
            (
                r#"<https://h.example/n>; rel="next\"#,
                Some("https://h.example/n"),
            ),
            (r"<>;;;===,<<>>\\\", None),
            (
                "<é>; title=\"é\"; rel=next",
                Some("https://h.example/v1/%C3%A9"),
            ),
        ] {
            assert_eq!(read(&[header]).next().map(Url::as_str), next, "{header}");
        }
    }

    #[test]
    fn all_relations_over_several_headers() {
        let links = read(&[
            r#"<https://h.example/3>; rel="next""#,
            r#"<https://h.example/1>; rel="prev first", <https://h.example/9>; rel="last""#,
        ]);
        assert_eq!(links.next().map(Url::path), Some("/3"));
        assert_eq!(links.prev().map(Url::path), Some("/1"));
        assert_eq!(links.last().map(Url::path), Some("/9"));
        assert_eq!(
            format!("{links:?}"),
            "Links { next: true, prev: true, last: true }"
        );
    }

    #[test]
    fn a_next_page_that_makes_no_sense_is_not_the_end() {
        assert!(matches!(
            read(&[r#"<https://[>; rel="next""#]).into_next(),
            Target::Broken
        ));
        for none in [
            r#"<https://h.example/l>; rel="last""#,
            // No sign that there was a next page.
            r#"<https://h.example/n>; rel="nextest""#,
            r#"<https://h.example/next>; rel="last""#,
            r#"next <https://h.example/l>; rel="last""#,
            r#"<https://h.example/l>; rel="last"; title="the next page""#,
            r#"<https://h.example/l>; rel="https://h.example/rels/next,2""#,
            r#"<https://h.example/l>; rel="next-archive last""#,
        ] {
            assert!(matches!(read(&[none]).into_next(), Target::None), "{none}");
        }
    }

    #[test]
    fn a_damaged_link_to_the_next_page_is_not_the_end() {
        for damaged in [
            r#"<https://h.example/n; rel="next""#,
            r#"https://h.example/n; rel="next""#,
            r#"https://h.example/n>; rel="next""#,
            r#"<https://h.example/n> rel="next""#,
            r#"<https://h.example/n>,; rel="next""#,
            r#"<https://h.example/n>; rel"next""#,
            r#"; rel="next""#,
            "REL = last Next",
            // Quotes of another kind, or in the wrong place, and what is around a relation.
            "<https://h.example/n>; rel='next'",
            "<https://h.example/n>; rel=“next”",
            r#"<https://h.example/n>; rel="'next'""#,
            "<https://h.example/n>; rel==“next”",
            r#"<https://h.example/n>; rel=="next""#,
            r#"<https://h.example/n>; rel=""next"""#,
            r#"<https://h.example/n>; "rel"="next""#,
            r#"<https://h.example/n>; title="x; rel="next""#,
            r#"<https://h.example/n>; rel="next,prev""#,
            r#"<https://h.example/n>; rel="prev,next""#,
            "<https://h.example/n>; rel*=UTF-8''next",
            "<https://h.example/n>; rel=%6eext",
            // A quotation mark without its other one hides what follows.
            r#"<https://h.example/n>; title="a; rel=next"#,
            r#"<https://h.example/n>; title="a\"; rel=next"#,
            r#"</l>; rel=last; title="a, <https://h.example/n>; rel=next"#,
            r#"<https://h.example/n>; anchor="/x; rel=next"#,
            r#"<https://h.example/l>; rel="last", <https://h.example/n; rel="next""#,
            r#"<https://h.example/n; rel="next", <https://h.example/l>; rel="last""#,
            // Cut off, wherever, or encoded.
            r#"<https://h.example/n>; rel="nex"#,
            r#"<https://h.example/n>; rel=""#,
            r#"<https://h.example/n>; rel="""#,
            "<https://h.example/n>; rel=",
            "<https://h.example/n>; rel",
            "<https://h.example/n>; re",
            "<https://h.example/n>;",
            "<https://h.example/n>",
            "<https://h.example/n",
            "<",
            r#"<https://h.example/l>; rel="last", <https://h.example/n>; rel="ne"#,
            r#"<https://h.example/l>; rel="last", <https://h.exa"#,
            "%3Chttps://h.example/n%3E; rel=%22next%22",
            "<https://h.example/n>; r%65l=next",
            "garbage",
        ] {
            let links = read(&[damaged]);
            assert!(links.names_next(), "{damaged}");
            assert!(links.next().is_none(), "{damaged}");
        }
        // One of them is enough.
        let links = read(&["; rel=next", "<https://h.example/n>; rel=next"]);
        assert_eq!(links.next().map(Url::path), Some("/n"));
    }

    #[test]
    fn any_bytes_are_survived() {
        let alphabet = b"<>;,=\"\\ a\xff";
        let base = Url::parse("https://h.example/v1/users").unwrap();
        // Every header of five characters out of these.
        for mut number in 0..alphabet.len().pow(5) {
            let mut header = Vec::new();
            for _ in 0..5 {
                header.push(alphabet[number % alphabet.len()]);
                number /= alphabet.len();
            }
            let _ = parse(&String::from_utf8_lossy(&header), &base).links.len();
        }
    }
}
