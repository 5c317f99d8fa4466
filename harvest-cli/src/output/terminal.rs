//! Standard output, where it is a terminal: what others wrote is text, and moves no cursor.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use crate::harmless::is_harmless;

/// What takes the place of a character that a terminal acts on.
const REPLACEMENT: char = '\u{fffd}';

/// Standard output. If it is a terminal, characters that one acts on are replaced.
pub(crate) fn standard() -> BufWriter<Harmless<StdoutLock<'static>>> {
    BufWriter::new(Harmless {
        out: io::stdout().lock(),
        is_on: is_for_person(),
        rest: Vec::new(),
    })
}

/// Whether a person reads standard output as it comes.
pub(crate) fn is_for_person() -> bool {
    io::stdout().is_terminal()
}

/// How many columns the terminal has, or so many where that is not known.
pub(crate) fn width(otherwise: usize) -> usize {
    terminal_size::terminal_size().map_or(otherwise, |(width, _)| width.0.into())
}

/// A writer of text that replaces what is not harmless, and what is no text.
pub(crate) struct Harmless<W: Write> {
    out: W,
    is_on: bool,
    /// The begin of a character whose end has not come.
    rest: Vec<u8>,
}

impl<W: Write> Write for Harmless<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.is_on {
            return self.out.write(bytes);
        }
        self.rest.extend_from_slice(bytes);
        let begun = begun(&self.rest);
        let next = self.rest.split_off(self.rest.len() - begun);
        let whole = std::mem::replace(&mut self.rest, next);
        self.out.write_all(shown(&whole).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let rest = std::mem::take(&mut self.rest);
        self.out.write_all(shown(&rest).as_bytes())?;
        self.out.flush()
    }
}

fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.chars()
        .map(|c| if is_harmless(c) { c } else { REPLACEMENT })
        .collect()
}

/// How many bytes at the end begin a character that may go on.
fn begun(bytes: &[u8]) -> usize {
    let last = bytes.utf8_chunks().last();
    let open = last.map_or(&[][..], |chunk| chunk.invalid());
    match std::str::from_utf8(open) {
        Err(error) if error.error_len().is_none() => open.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(pieces: &[&[u8]], is_on: bool) -> Vec<u8> {
        let mut all = Vec::new();
        let mut out = Harmless {
            out: &mut all,
            is_on,
            rest: Vec::new(),
        };
        for piece in pieces {
            out.write_all(piece).expect("written");
        }
        out.flush().expect("written");
        drop(out);
        all
    }

    #[test]
    fn nothing_that_a_terminal_acts_on_however_it_is_cut() {
        let text = "a\u{1b}]0;x\u{7}\u{9b}2J\u{7f}\u{202e}cba\u{2066}\r\t\
                    日本語 é 👩\u{200d}🔬\n";
        let bytes = [text.as_bytes(), b"\x9b\xe6\x97", b"\xff"].concat();
        let expected = "a\u{fffd}]0;x\u{fffd}\u{fffd}2J\u{fffd}\u{fffd}cba\u{fffd}\u{fffd}\t\
                        日本語 é \
                        👩\u{200d}🔬\n\u{fffd}\u{fffd}\u{fffd}";
        for cut in 0..=bytes.len() {
            let (one, other) = bytes.split_at(cut);
            let all = written(&[one, other], true);
            assert_eq!(String::from_utf8_lossy(&all), expected, "{cut}");
        }
        let single: Vec<_> = bytes.chunks(1).collect();
        assert_eq!(String::from_utf8_lossy(&written(&single, true)), expected);
        assert_eq!(written(&single, false), bytes, "programs get all of it");
    }
}
