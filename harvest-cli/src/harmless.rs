//! Characters that do nothing to a terminal.

/// Whether a terminal shows a character and does nothing by it. Marks that turn the direction of what follows are not: by
/// them, a text looks like another.
pub(crate) fn is_harmless(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    matches!(c, '\n' | '\t') || !(c.is_control() || turns)
}
