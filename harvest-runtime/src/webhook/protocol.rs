//! The protocol of deliveries, as a description defines it.

use std::time::Duration;

/// How one service delivers: a constant of the generated crate, from the description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protocol {
    /// The header that holds the signature, in lower case. Its value is `algorithm`, one space, and the HMAC of the body
    /// in hexadecimal digits.
    pub signature_header: &'static str,
    /// The word before the signature. The HMAC is that of SHA-256, whatever the service calls it.
    pub algorithm: &'static str,
    /// The header that holds the id of the event, in lower case.
    pub event_id_header: &'static str,
    /// The only status that the service takes for a success.
    pub success: u16,
    /// The documented waits after each attempt that failed; there is one attempt more than there are waits.
    pub waits: &'static [Duration],
}

impl Protocol {
    /// The time from the first attempt to the last, as far as it is documented: how long the deliveries that a former
    /// secret signed can still come, and how long a handled event is worth remembering. Allow for some jitter on top.
    pub fn span(&self) -> Duration {
        self.waits.iter().sum()
    }
}
