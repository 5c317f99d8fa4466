//! Where the description leaves the documentation on purpose.

use crate::report::{Check, Finding};

/// One comparison that is known not to hold.
pub struct Exception {
    pub check: Check,
    pub subject: &'static str,
    pub item: &'static str,
    /// For who reads the list.
    #[expect(dead_code, reason = "read by people")]
    pub reason: &'static str,
}

impl Exception {
    /// Whether it is about this finding.
    pub fn covers(&self, finding: &Finding) -> bool {
        self.check == finding.check && self.subject == finding.subject && self.item == finding.item
    }
}

/// All of them. An exception that is no longer needed fails the test.
pub const EXCEPTIONS: &[Exception] = &[];
