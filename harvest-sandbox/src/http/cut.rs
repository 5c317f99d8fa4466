//! Texts of clients, cut to a length that can be kept.

/// The most that a log keeps of a path, a query, a method or a reason, in bytes.
pub(crate) const LINE: usize = 2 << 10;

/// What a text that was cut ends with.
const MORE: &str = "…";

/// The text, or else the beginning of it and an ellipsis, together no longer than so many bytes.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let room = most.saturating_sub(MORE.len());
    let end = (0..=room).rev().find(|end| text.is_char_boundary(*end));
    format!("{}{MORE}", &text[..end.unwrap_or_default()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(cut("short", LINE), "short");
        assert_eq!(cut("exactly", 7), "exactly");
        assert_eq!(cut("longer", 5), "lo…");
        for most in 3..40 {
            let text = cut(&"aé€😀".repeat(10), most);
            assert!(text.len() <= most && text.ends_with(MORE), "{most}: {text}");
        }
    }
}
