//! Lines of a file, one after the other and each of bounded length: a file that is proven may come from anywhere.

use std::io::{BufRead, Error, ErrorKind, Read, Result};

/// How long a line is whose values are counted: a shorter one has few.
const COUNTED: usize = 4 * 1024 * 1024;

/// The lines of a file.
pub(crate) struct Lines<R> {
    file: R,
    line: Vec<u8>,
    most: usize,
}

impl<R: BufRead> Lines<R> {
    /// Lines of no more than so many bytes.
    pub(crate) fn new(file: R, most: usize) -> Self {
        Self {
            file,
            line: Vec::new(),
            most,
        }
    }

    /// The next line, with its break, which the last one may lack.
    ///
    /// # Errors
    ///
    /// If the file cannot be read; of the kind [`ErrorKind::FileTooLarge`], if the line is longer.
    pub(crate) fn next(&mut self) -> Result<Option<&[u8]>> {
        self.line.clear();
        let most = self.most.saturating_add(1);
        let room = u64::try_from(most).unwrap_or(u64::MAX);
        let mut part = self.file.by_ref().take(room);
        part.read_until(b'\n', &mut self.line)?;
        if self.line.len() >= most {
            let problem = format!("has a line of more than {} bytes", self.most);
            return Err(Error::new(ErrorKind::FileTooLarge, problem));
        }
        Ok((!self.line.is_empty()).then_some(&self.line))
    }
}

/// About how many values a line of JSON has: what a comma or a bracket comes before.
pub(crate) fn values(line: &[u8]) -> usize {
    let (mut count, mut is_text, mut is_escaped) = (0, false, false);
    for byte in line {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b',' | b'[' | b'{' if !is_text => count += 1,
            _ => {}
        }
    }
    count
}

/// Whether a line has more values than this, which it may have if it is long.
pub(crate) fn has_more_values(line: &[u8], than: usize) -> bool {
    line.len() > COUNTED && values(line) > than
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_up_to_their_most() {
        let mut lines = Lines::new(&b"one\n\nthree"[..], 5);
        for expected in [&b"one\n"[..], b"\n", b"three"] {
            assert_eq!(lines.next().expect("a line"), Some(expected));
        }
        assert_eq!(lines.next().expect("the end"), None);
        for long in ["threes", "three\n", "three and more"] {
            let error = Lines::new(long.as_bytes(), 5).next().expect_err(long);
            assert_eq!(error.kind(), ErrorKind::FileTooLarge);
        }
    }

    #[test]
    fn values_are_counted_outside_of_texts() {
        for (line, count) in [
            ("{}", 1),
            (r#"{"a":1,"b":[1,2,3]}"#, 5),
            (r#"["a,b\",[{","c"]"#, 2),
            (r#"["a\\",[],{}]"#, 5),
        ] {
            assert_eq!(values(line.as_bytes()), count, "{line}");
        }
        let long = format!("[{}1]", "1,".repeat(COUNTED));
        assert!(has_more_values(long.as_bytes(), COUNTED));
        assert!(!has_more_values(long.as_bytes(), 2 * COUNTED));
    }
}
