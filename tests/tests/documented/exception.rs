//! A comparison that is known not to hold, and why.

use crate::report::{Check, Finding};

/// One comparison, or several of a kind, in which the description leaves the documentation on purpose.
pub struct Exception {
    pub check: Check,
    /// An operation or an object. `*` stands for any text, here and in `item`.
    pub subject: &'static str,
    pub item: &'static str,
    /// How it does not hold. If it fails in another way, too, that is no exception.
    pub problem: &'static str,
    pub reason: &'static str,
}

impl Exception {
    /// Whether it is about this finding.
    pub fn covers(&self, finding: &Finding) -> bool {
        self.check == finding.check
            && matches(self.subject, &finding.subject)
            && matches(self.item, &finding.item)
            && self.problem == finding.problem
    }
}

/// Whether a text is of a pattern in which `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(text) = text.strip_prefix(start) else {
        return false;
    };
    (0..=text.len())
        .filter(|at| text.is_char_boundary(*at))
        .any(|at| matches(rest, &text[at..]))
}

#[test]
fn patterns_of_exceptions() {
    for (pattern, text, expected) in [
        ("GET /v3/jobs", "GET /v3/jobs", true),
        ("GET /v3/jobs", "GET /v3/jobs/bulk", false),
        ("DELETE *", "DELETE /v3/jobs/{id}", true),
        ("*.user_id", "interviewers[].user_id", true),
        ("*.user_id", "user_id", false),
        ("* /v3/*/bulk", "PATCH /v3/offices/bulk", true),
        ("* /v3/*/bulk", "PATCH /v3/offices/bulk/x", false),
        ("", "", true),
        ("", "id", false),
    ] {
        assert_eq!(matches(pattern, text), expected, "{pattern} of {text}");
    }
}
