//! Times, as people read them.

use std::fmt;
use std::time::Duration;

/// The longest time that is printed in seconds.
const YEAR: Duration = Duration::from_secs(366 * 24 * 60 * 60);

/// A time for people: whole seconds where there are many, rounded up, so that no one comes back too early.
pub(crate) struct Seconds(pub(crate) Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs_f64();
        if self.0 > YEAR {
            f.write_str("more than a year")
        } else if seconds >= 10.0 {
            write!(f, "{} s", seconds.ceil())
        } else {
            write!(f, "{} s", (seconds * 10.0).ceil() / 10.0)
        }
    }
}
