//! Names of records, which others show. A long one would be in the document of each of these.

use crate::refusal::{Problems, Why};

/// The longest name, in characters. The description has 254 for new departments and offices, and says nothing of others.
const LONGEST: usize = 255;

/// A name is there, and not too long.
pub(crate) fn check(field: &str, name: &str, problems: &mut Problems) {
    if name.trim().is_empty() {
        problems.add(field, Why::Blank);
    }
    check_length(field, name, problems);
}

/// The same of what need not be there.
pub(crate) fn check_length(field: &str, name: &str, problems: &mut Problems) {
    if name.chars().nth(LONGEST).is_some() {
        problems.add(field, Why::TooLong(LONGEST));
    }
}
