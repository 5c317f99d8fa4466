//! The line on standard error that changes while something goes on, where that is a terminal.

use std::io::{self, IsTerminal as _};

/// Goes back to the begin of the line, and takes away what stands there.
const CLEAR: &str = "\r\u{1b}[K";

/// Shows this line in place of what stands there.
pub(crate) fn show(line: &str) {
    if io::stderr().is_terminal() {
        eprint!("{CLEAR}{line}");
    }
}

/// Takes the line away, before one that stays.
pub(crate) fn clear() {
    show("");
}
