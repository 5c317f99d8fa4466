//! Cuts a list into its records without reading them, so that one that is no JSON does not hide the others.

use crate::json::{repair, scan};

/// A part of a page.
pub(in crate::pages) struct Piece<'a> {
    /// Its index in the list. `None` for what is in no list.
    pub index: Option<usize>,
    /// Without white space around it.
    pub text: &'a [u8],
}

/// The records of a list, and then what follows it if anything does: nothing, if the list does not end.
pub(in crate::pages) struct Pieces<'a> {
    body: &'a [u8],
    /// What was looked at so far.
    at: usize,
    index: usize,
    state: State,
}

enum State {
    Within,
    Behind,
    /// The body is over, and the list is not.
    Cut,
    Over,
}

impl<'a> Pieces<'a> {
    /// Of a body that begins a list.
    pub fn of(body: &'a [u8]) -> Option<Self> {
        let body = body.strip_prefix(repair::MARK).unwrap_or(body).trim_ascii();
        let body = body.strip_prefix(b"[")?;
        Some(Self {
            body,
            at: 0,
            index: 0,
            state: State::Within,
        })
    }

    /// What was not looked at yet, if there are records in it.
    pub(super) fn rest(&self) -> Option<&'a [u8]> {
        matches!(self.state, State::Within).then(|| self.text(self.at, self.body.len()))
    }

    /// Goes behind the comma or the bracket that ends the record here, and says where it ends.
    fn skip_record(&mut self) -> usize {
        let mut depth = 0_usize;
        while let Some(byte) = self.body.get(self.at) {
            let end = self.at;
            self.at += 1;
            match byte {
                b'"' => self.at = scan::string_end(self.body, end),
                b'[' | b'{' => depth += 1,
                b']' if depth == 0 => {
                    self.state = State::Behind;
                    return end;
                }
                b',' if depth == 0 => return end,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        self.state = State::Cut;
        self.at
    }

    fn text(&self, start: usize, end: usize) -> &'a [u8] {
        self.body.get(start..end).unwrap_or_default().trim_ascii()
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let State::Within = self.state {
            let start = self.at;
            let end = self.skip_record();
            let text = self.text(start, end);
            let is_last = !matches!(self.state, State::Within);
            let index = self.index;
            self.index += 1;
            // A list without records has no comma.
            if !(text.is_empty() && is_last && index == 0) {
                return Some(Piece {
                    index: Some(index),
                    text,
                });
            }
        }
        let rest = self.text(self.at, self.body.len());
        let is_cut = matches!(self.state, State::Cut);
        let is_over = matches!(self.state, State::Over);
        self.state = State::Over;
        (!is_over && (is_cut || !rest.is_empty())).then_some(Piece {
            index: None,
            text: rest,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_found_whatever_is_in_them() {
        for (body, records, rest) in [
            ("[]", vec![], None),
            (" [ ] ", vec![], None),
            ("[1]", vec!["1"], None),
            (
                "\u{feff}[ {\"a\":[1,2]} , \"],[\\\",\" ]",
                vec!["{\"a\":[1,2]}", "\"],[\\\",\""],
                None,
            ),
            (
                r#"[{"a":NaN},{"b":"\x"}]"#,
                vec![r#"{"a":NaN}"#, r#"{"b":"\x"}"#],
                None,
            ),
            ("[1,,2]", vec!["1", "", "2"], None),
            ("[1,]", vec!["1", ""], None),
            ("[1] x", vec!["1"], Some("x")),
            ("[1]2]", vec!["1"], Some("2]")),
            ("[[1],[2]", vec!["[1]", "[2]"], Some("")),
            (
                r#"[{"a":1},{"b":"cut"#,
                vec![r#"{"a":1}"#, r#"{"b":"cut"#],
                Some(""),
            ),
            ("[}1,2]", vec!["}1", "2"], None),
            ("[", vec![], Some("")),
            ("[1,", vec!["1", ""], Some("")),
        ] {
            let (mut found, mut behind) = (Vec::new(), None);
            for piece in Pieces::of(body.as_bytes()).expect(body) {
                let text = str::from_utf8(piece.text).expect("UTF-8");
                match piece.index {
                    Some(index) => {
                        assert_eq!(index, found.len(), "{body}");
                        found.push(text);
                    }
                    None => behind = Some(text),
                }
            }
            assert_eq!((found, behind), (records, rest), "{body}");
        }
        for body in ["", "{}", "null", "<html>"] {
            assert!(Pieces::of(body.as_bytes()).is_none(), "{body}");
        }
    }
}
