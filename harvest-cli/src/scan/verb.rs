//! The HTTP method of a call, as the words around a path have it.

use harvest_generated::runtime::Method;

/// How many lines before and after a path are looked at.
const LINES_BEFORE: usize = 2;
const LINES_AFTER: usize = 6;
/// The most bytes of a line that are looked at, on each side.
const MOST_BYTES: usize = 400;

/// The method among these that the words around a path name: the nearest word in its line, then those of the lines before it,
/// then of those after it, as far as the next path.
pub(super) fn find(
    lines: &[&str],
    line: usize,
    columns: (usize, usize),
    methods: &[Method],
    is_next: &dyn Fn(&str) -> bool,
) -> Option<Method> {
    let here = lines.get(line)?;
    let (before, after) = (
        here.get(..columns.0).unwrap_or_default(),
        here.get(columns.1..).unwrap_or_default(),
    );
    let wanted = |method: &Method| methods.contains(method);
    let nearest = last(before).into_iter().rev().find(wanted);
    let nearest = nearest.or_else(|| first(after).into_iter().find(wanted));
    nearest
        .or_else(|| {
            let before = lines[..line].iter().rev().take(LINES_BEFORE);
            let mut before = before.take_while(|it| !is_next(it));
            before.find_map(|it| last(it).into_iter().rev().find(wanted))
        })
        .or_else(|| {
            let after = lines[line + 1..].iter().take(LINES_AFTER);
            let mut after = after.take_while(|it| !is_next(it));
            after.find_map(|it| first(it).into_iter().find(wanted))
        })
}

/// The methods that the end of a text names.
fn last(text: &str) -> Vec<Method> {
    let mut begin = text.len().saturating_sub(MOST_BYTES);
    while !text.is_char_boundary(begin) {
        begin += 1;
    }
    methods(&text[begin..])
}

/// The methods that the begin of a text names.
fn first(text: &str) -> Vec<Method> {
    methods(&text[..super::path::floor(text, MOST_BYTES)])
}

/// The methods that a text names, in its order: `get(`, `"POST"`, `HttpMethod.Put`, `getJson(`. Other words that begin with
/// one, such as names of properties, are not taken.
fn methods(text: &str) -> Vec<Method> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(begin) = rest.find(is_part) {
        let word = &rest[begin..];
        let end = word.find(|c| !is_part(c)).unwrap_or(word.len());
        let (word, behind) = word.split_at(end);
        rest = behind;
        let words = super::names::words(word);
        let is_called = behind.trim_start().starts_with(['(', '<']);
        let named = match words.as_slice() {
            [one] => of(one),
            [first, one] if matches!(first.as_str(), "method" | "http" | "do" | "send") => of(one),
            [one, ..] if is_called => of(one),
            _ => None,
        };
        found.extend(named);
    }
    found
}

fn of(word: &str) -> Option<Method> {
    Some(match word {
        "get" => Method::Get,
        "post" => Method::Post,
        "put" => Method::Put,
        "patch" => Method::Patch,
        "delete" => Method::Delete,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Method; 5] = [
        Method::Get,
        Method::Post,
        Method::Put,
        Method::Patch,
        Method::Delete,
    ];

    fn found(source: &str) -> Option<Method> {
        let lines: Vec<_> = source.lines().collect();
        let line = lines.iter().position(|it| it.contains("PATH"))?;
        let begin = lines[line].find("PATH")?;
        find(&lines, line, (begin, begin + 4), &ALL, &|it| {
            it.contains("PATH")
        })
    }

    #[test]
    fn the_nearest_word_counts() {
        for (source, method) in [
            ("requests.get('PATH')", Method::Get),
            ("curl -X DELETE PATH", Method::Delete),
            ("fetch('PATH', { method: 'PATCH' })", Method::Patch),
            (
                "fetch('PATH', {\n  headers,\n  method: 'PUT',\n})",
                Method::Put,
            ),
            ("axios.post(\n  'PATH',", Method::Post),
            (
                "http.NewRequest(http.MethodPost, \"PATH\", body)",
                Method::Post,
            ),
            ("url = 'PATH'\nr = session.delete(url)", Method::Delete),
            (
                "new HttpRequestMessage(HttpMethod.Put, \"PATH\")",
                Method::Put,
            ),
            ("Net::HTTP::Patch.new(URI('PATH'))", Method::Patch),
            ("@GET(\"PATH\")", Method::Get),
            ("getJson('PATH')", Method::Get),
            ("get_from_api('PATH')", Method::Get),
            ("get('other'); post('PATH')", Method::Post),
            ("const target = post_id; client.put('PATH')", Method::Put),
        ] {
            assert_eq!(found(source), Some(method), "{source}");
        }
        for source in [
            "url = 'PATH'",
            "widget = 'PATH'",
            "'PATH'\n'PATH'\npost(a)",
            "post_id, 'PATH'",
        ] {
            assert_eq!(found(source), None, "{source}");
        }
    }
}
