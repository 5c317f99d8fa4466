//! The line on standard error that changes while something goes on, where that is a terminal.

use std::io::{self, IsTerminal as _};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use harvest_generated::runtime::{Wait, WaitReason};

use crate::failure::printable;
use crate::output::width;

/// Goes back to the begin of the line, and takes away what stands there.
const CLEAR: &str = "\r\u{1b}[K";
/// The width of a terminal where it is not known.
const USUAL_WIDTH: usize = 80;

/// The line that is there. Where there is none, the cursor may be in a line of the output.
static SHOWN: Mutex<Option<String>> = Mutex::new(None);

/// Shows this line in place of what stands there, as much of it as fits.
pub(crate) fn show(line: &str) {
    if io::stderr().is_terminal() {
        eprint!("{CLEAR}{}", fitted(line));
        exchange(Some(line.to_owned()));
    }
}

/// Takes the line away, before one that stays.
pub(crate) fn clear() {
    if exchange(None).is_some() {
        eprint!("{CLEAR}");
    }
}

/// Says that a call waits. For its turn under the rate limit most calls of a long command do, so that it is a part of the line
/// where there is one; anything else is a line that stays.
pub(crate) fn wait(wait: &Wait) {
    let shown = exchange(None);
    match shown {
        Some(line) if wait.reason() == WaitReason::Allowance => {
            eprint!("{CLEAR}{}", fitted(&waiting(&line, wait.duration())));
            exchange(Some(line));
        }
        Some(_) => eprintln!("{CLEAR}{wait}"),
        None => eprintln!("{wait}"),
    }
}

/// The line while a call waits for its turn.
fn waiting(line: &str, time: Duration) -> String {
    let seconds = time.as_secs_f64().ceil();
    format!("{line}; waits {seconds} s for the rate limit")
}

fn exchange(line: Option<String>) -> Option<String> {
    let mut shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    std::mem::replace(&mut *shown, line)
}

/// As much of a line as fits the terminal.
fn fitted(line: &str) -> String {
    let most = width(USUAL_WIDTH).saturating_sub(1);
    printable(line).chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_a_part_of_the_line() {
        assert_eq!(
            waiting("[1/3] notes: 20 records", Duration::from_millis(15_200)),
            "[1/3] notes: 20 records; waits 16 s for the rate limit"
        );
    }
}
