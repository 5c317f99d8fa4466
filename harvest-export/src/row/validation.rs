//! Validation of JSON that is not decoded.

#![expect(
    clippy::inline_always,
    reason = "a call for each token takes a quarter of the time of all of it"
)]

use std::ops::Range;

use wide::u8x16;

/// How many arrays and objects may contain one another, as `serde_json` has it.
const MOST_DEPTH: u32 = 127;

/// A place in a text of JSON, before which everything is valid. Its functions say `None` where something is not, or where a
/// value is too deep.
pub(super) struct Cursor<'a> {
    text: &'a [u8],
    at: usize,
    has_escapes: bool,
}

/// What an object is known by, as places in the text.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) id: Option<Range<usize>>,
    pub(super) updated_at: Option<Range<usize>>,
    /// One of its own names has an escape, and may be any name.
    pub(super) has_escaped_names: bool,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            has_escapes: false,
        }
    }

    /// The index of the next byte.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The next byte that is no white space, which is passed.
    #[inline(always)]
    pub(super) fn token(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// The next byte that is no white space.
    #[inline(always)]
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match *self.text.get(self.at)? {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                byte => return Some(byte),
            }
        }
    }

    /// Whether an escape was passed that may be half a character, since this was asked for the last time.
    pub(super) fn passed_escapes(&mut self) -> bool {
        std::mem::take(&mut self.has_escapes)
    }

    /// Passes an object.
    pub(super) fn object(&mut self) -> Option<Outline> {
        let mut outline = Outline::default();
        if self.token()? != b'{' {
            return None;
        }
        if self.peek()? == b'}' {
            self.at += 1;
            return Some(outline);
        }
        loop {
            let name = self.name()?;
            self.peek()?;
            let begin = self.at;
            self.value_within(1)?;
            match self.text.get(name)? {
                b"id" => outline.id = Some(begin..self.at),
                b"updated_at" => outline.updated_at = Some(begin..self.at),
                other => outline.has_escaped_names |= other.contains(&b'\\'),
            }
            match self.token()? {
                b',' => {}
                b'}' => break,
                _ => return None,
            }
        }
        Some(outline)
    }

    /// Passes a value.
    pub(super) fn value(&mut self) -> Option<()> {
        self.value_within(0)
    }

    /// Passes a value which so many arrays and objects contain.
    fn value_within(&mut self, outside: u32) -> Option<()> {
        // A bit for each array and object that is open, the innermost the lowest: 1 for an object.
        let (mut open, mut depth) = (0_u128, outside);
        loop {
            match self.token()? {
                b'"' => {
                    self.string()?;
                }
                b'{' if self.peek()? == b'}' && depth < MOST_DEPTH => self.at += 1,
                b'[' if self.peek()? == b']' && depth < MOST_DEPTH => self.at += 1,
                opening @ (b'{' | b'[') if depth < MOST_DEPTH => {
                    depth += 1;
                    open <<= 1;
                    if opening == b'{' {
                        open |= 1;
                        self.name()?;
                    }
                    continue;
                }
                b'-' => {
                    let digit = self.byte()?;
                    self.number(digit)?;
                }
                digit @ b'0'..=b'9' => self.number(digit)?,
                b't' => self.rest(b"rue")?,
                b'f' => self.rest(b"alse")?,
                b'n' => self.rest(b"ull")?,
                _ => return None,
            }
            loop {
                if depth == outside {
                    return Some(());
                }
                match (self.token()?, open & 1) {
                    (b',', 0) => break,
                    (b',', _) => {
                        self.name()?;
                        break;
                    }
                    (b']', 0) | (b'}', 1) => {
                        depth -= 1;
                        open >>= 1;
                    }
                    _ => return None,
                }
            }
        }
    }

    /// Passes the name of a property, with its colon. The place of what is between the quotes.
    #[inline(always)]
    fn name(&mut self) -> Option<Range<usize>> {
        if self.token()? != b'"' {
            return None;
        }
        let name = self.string()?;
        (self.token()? == b':').then_some(name)
    }

    /// Passes a string whose opening quote was passed. The place of what is between the quotes.
    #[inline(always)]
    fn string(&mut self) -> Option<Range<usize>> {
        let begin = self.at;
        loop {
            while let Some(next) = self.text.get(self.at..).and_then(<[u8]>::first_chunk) {
                let plain = plain(*next);
                self.at += plain;
                if plain < AT_ONCE {
                    break;
                }
            }
            match self.byte()? {
                b'"' => return Some(begin..self.at - 1),
                b'\\' => self.escape()?,
                0..0x20 => return None,
                _ => {}
            }
        }
    }

    /// Passes an escape whose backslash was passed.
    fn escape(&mut self) -> Option<()> {
        match self.byte()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
            b'u' => {
                self.has_escapes = true;
                for _ in 0..4 {
                    self.byte().filter(u8::is_ascii_hexdigit)?;
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// Passes a number whose first digit was passed.
    fn number(&mut self, first: u8) -> Option<()> {
        match first {
            b'0' => {}
            b'1'..=b'9' => self.digits(),
            _ => return None,
        }
        if self.text.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.some_digits()?;
        }
        if let Some(b'e' | b'E') = self.text.get(self.at) {
            self.at += 1;
            if let Some(b'+' | b'-') = self.text.get(self.at) {
                self.at += 1;
            }
            self.some_digits()?;
        }
        // A zero is the whole of an integer.
        let is_over = self.text.get(self.at).is_none_or(|it| !it.is_ascii_digit());
        is_over.then_some(())
    }

    fn some_digits(&mut self) -> Option<()> {
        self.byte().filter(u8::is_ascii_digit)?;
        self.digits();
        Some(())
    }

    #[inline(always)]
    fn digits(&mut self) {
        while self.text.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
    }

    /// Passes these bytes.
    fn rest(&mut self, bytes: &[u8]) -> Option<()> {
        let rest = self.text.get(self.at..)?.starts_with(bytes);
        self.at += bytes.len();
        rest.then_some(())
    }

    #[inline(always)]
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.text.get(self.at)?;
        self.at += 1;
        Some(byte)
    }
}

/// How many bytes of a string are looked at at once.
const AT_ONCE: usize = 16;

/// How many of these bytes come before one that a string cannot have as it is: a quote, a backslash, a control character.
#[inline(always)]
fn plain(bytes: [u8; AT_ONCE]) -> usize {
    let bytes = u8x16::new(bytes);
    let is = |byte: u8| bytes.cmp_eq(u8x16::splat(byte));
    let is_control = bytes.min(u8x16::splat(0x1f)).cmp_eq(bytes);
    let special = is(b'"') | is(b'\\') | is_control;
    // A bit for each byte, the first the lowest, and one behind them.
    (special.move_mask() | 1 << AT_ONCE).trailing_zeros() as usize
}

#[cfg(test)]
mod tests {
    use serde::de::IgnoredAny;

    use super::*;

    fn is_valid(text: &str) -> bool {
        let mut cursor = Cursor::new(text);
        cursor.value().is_some() && cursor.peek().is_none()
    }

    fn is_object(text: &str) -> bool {
        let mut cursor = Cursor::new(text);
        cursor.object().is_some() && cursor.peek().is_none()
    }

    #[test]
    fn what_another_reader_takes_is_valid_and_nothing_else() {
        let texts = [
            r#"{"id":1,"a":[true,false,null,{}],"updated_at":"2026-01-02T03:04:05Z"}"#,
            r#" { "a" : [ ] , "b" : { "c" : -0.5e+10 , "d" : 1E5 } , "e" : 10 } "#,
            r#"["\"\\\/\b\f\n\r\t\u00e9","Élodie Ünlü, 東京 🙂",["",0,-1,0.0,1e-7]]"#,
            r#""a string of some length, whose end is \"far\" from its begin""#,
        ];
        let edits = "\u{0}\u{1f} \n\t\"\\/{}[]:,-+.eEu0178aftn\u{7f}é".chars();
        let mut valid = 0;
        for text in texts {
            assert!(is_valid(text), "{text}");
            for (at, removed) in text.char_indices() {
                let (before, behind) = text.split_at(at);
                let rest = &behind[removed.len_utf8()..];
                let edited = edits.clone().flat_map(|it| {
                    [
                        format!("{before}{it}{behind}"),
                        format!("{before}{it}{rest}"),
                    ]
                });
                for edited in edited.chain([before.to_owned(), format!("{before}{rest}")]) {
                    let expected = serde_json::from_str::<IgnoredAny>(&edited).is_ok();
                    assert_eq!(is_valid(&edited), expected, "{edited}");
                    let begins = edited.trim_start().starts_with('{');
                    assert_eq!(is_object(&edited), expected && begins, "{edited}");
                    valid += u32::from(expected);
                }
            }
        }
        assert!(valid > 1_000, "{valid}");
    }

    #[test]
    fn strings_end_where_their_quote_is() {
        for length in 0..40 {
            let text = "x".repeat(length);
            for (behind, is_string) in [("\"", true), ("", false), ("\u{1f}\"", false)] {
                for long in ["", "y", "é, and more than eight bytes"] {
                    let json = format!("\"{text}{behind}{long}");
                    let passed = Cursor::new(&json).value();
                    assert_eq!(passed.is_some(), is_string, "{json}");
                }
            }
        }
    }

    #[test]
    fn values_are_as_deep_as_others_take_them() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
            let containers = open.matches(['[', '{']).count();
            for depth in [1, 125, 126, 127, 128, 129, 100_000] {
                if depth % containers > 0 {
                    continue;
                }
                let times = depth / containers;
                let text = format!("{}0{}", open.repeat(times), close.repeat(times));
                assert_eq!(is_valid(&text), depth <= 127, "{open} {depth}");
                let text = format!("{{\"a\":{text}}}");
                assert_eq!(is_object(&text), depth < 127, "{open} {depth}");
            }
        }
        for depth in [126, 127] {
            for empty in ["[]", "{}"] {
                let text = format!("{}{empty}{}", "[".repeat(depth), "]".repeat(depth));
                assert_eq!(is_valid(&text), depth < 127, "{empty} {depth}");
            }
        }
    }

    #[test]
    fn what_an_object_is_known_by() {
        let outline = |text: &str| {
            let outline = Cursor::new(text).object().expect("an object");
            let at = |place: Option<Range<usize>>| place.map(|place| text[place].to_owned());
            (at(outline.id), at(outline.updated_at))
        };
        let some = |text: &str| Some(text.to_owned());
        let known = outline(r#"{"a":{"id":2},"id" : 1 ,"updated_at":"now"}"#);
        assert_eq!(known, (some("1"), some("\"now\"")));
        assert_eq!(outline(r#"{"id":1,"id":[2]}"#), (some("[2]"), None));
        assert_eq!(outline("{}"), (None, None));
    }
}
