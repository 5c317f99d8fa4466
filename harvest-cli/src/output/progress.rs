//! The line on standard error that changes while something goes on, where that is a terminal.

use std::io::{self, IsTerminal as _};
use std::sync::atomic::{AtomicBool, Ordering};

/// Goes back to the begin of the line, and takes away what stands there.
const CLEAR: &str = "\r\u{1b}[K";

/// Whether the line is there. Where it is not, the cursor may be in a line of the output.
static IS_SHOWN: AtomicBool = AtomicBool::new(false);

/// Shows this line in place of what stands there.
pub(crate) fn show(line: &str) {
    if io::stderr().is_terminal() {
        IS_SHOWN.store(true, Ordering::Relaxed);
        eprint!("{CLEAR}{line}");
    }
}

/// Takes the line away, before one that stays.
pub(crate) fn clear() {
    if IS_SHOWN.swap(false, Ordering::Relaxed) {
        eprint!("{CLEAR}");
    }
}
