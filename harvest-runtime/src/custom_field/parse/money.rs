//! Numbers, amounts of money, and ranges of both.

use crate::custom_field::Amount;

/// `52000`, `52000.50 EUR`, `eur 52000`: the number, and the currency if there is one.
pub(super) fn amount(text: &str) -> Option<(Amount<'static>, Option<String>)> {
    let mut words = Words(text.trim());
    let end = words.end()?;
    words.is_done().then_some(end)
}

/// Both ends, and their currency if there is one.
pub(super) fn range(text: &str) -> Option<(Amount<'static>, Amount<'static>, Option<String>)> {
    let mut words = Words(text.trim());
    let (min, one) = words.end()?;
    words.between()?;
    let (max, other) = words.end()?;
    let unit = match (one, other) {
        (Some(one), Some(other)) if one != other => return None,
        (one, other) => one.or(other),
    };
    words.is_done().then_some((min, max, unit))
}

/// What is left of a text, without white space before it.
struct Words<'a>(&'a str);

impl<'a> Words<'a> {
    fn is_done(&self) -> bool {
        self.0.is_empty()
    }

    /// A number, with a currency before or after it.
    fn end(&mut self) -> Option<(Amount<'static>, Option<String>)> {
        let before = self.currency();
        let number = self.number()?;
        let after = if before.is_none() {
            self.currency()
        } else {
            None
        };
        Some((Amount::of_digits(number), before.or(after)))
    }

    /// Digits with at most one sign before and one point between them.
    fn number(&mut self) -> Option<&'a str> {
        let text = self.0;
        let digits = |from: usize| {
            let rest = text.get(from..).unwrap_or_default();
            from + rest.bytes().take_while(u8::is_ascii_digit).count()
        };
        let begin = usize::from(text.starts_with('-'));
        let mut end = digits(begin);
        if end == begin {
            return None;
        }
        if text[end..].starts_with('.') && digits(end + 1) > end + 1 {
            end = digits(end + 1);
        }
        self.skip(end);
        Some(&text[..end])
    }

    /// Three letters.
    fn currency(&mut self) -> Option<String> {
        let is_letter = |byte: &u8| byte.is_ascii_alphabetic();
        let letters = self.0.bytes().take_while(is_letter).count();
        let code = self.0.get(..letters).filter(|code| code.len() == 3)?;
        self.skip(letters);
        Some(code.to_ascii_uppercase())
    }

    /// A dash of any kind, two dots or the word `to`.
    fn between(&mut self) -> Option<()> {
        const MARKS: [&str; 9] = ["-", "–", "—", "−", "...", "..", "…", "to", "TO"];
        let mark = MARKS.iter().find(|mark| self.0.starts_with(**mark))?;
        self.skip(mark.len());
        Some(())
    }

    fn skip(&mut self, bytes: usize) {
        self.0 = self.0.get(bytes..).unwrap_or_default().trim_start();
    }
}
