//! Counts with what is counted, in the singular or the plural.

use std::fmt::Display;

/// `1 record`, `2 records`. The plural of what is counted ends in `s`.
pub(crate) fn counted<N: Copy + Display + PartialEq + From<u8>>(count: N, what: &str) -> String {
    let s = if count == N::from(1) { "" } else { "s" };
    format!("{count} {what}{s}")
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_in_the_singular() {
        let all = [0_usize, 1, 2].map(|count| counted(count, "record"));
        assert_eq!(all, ["0 records", "1 record", "2 records"]);
    }
}
