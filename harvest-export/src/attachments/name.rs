//! Names of files that are safe on every platform: they were chosen by the sender of the file.

/// The most bytes of a name.
pub(super) const LONGEST: usize = 120;
/// The most letters of an ending.
const LONGEST_ENDING: usize = 8;
/// Names that are devices on Windows, whatever their ending.
const DEVICES: [&str; 6] = ["aux", "con", "nul", "prn", "com", "lpt"];

/// A name without steps, control characters, directions of writing and what shells and platforms act on.
pub(super) fn safe(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_kept = |c: char| {
        !c.is_control() && !is_invisible(c) && !matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*')
    };
    let kept: String = last
        .chars()
        .map(|c| if is_kept(c) { c } else { '_' })
        .collect();
    let trimmed = kept.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let trimmed = trimmed.trim_start_matches('-');
    let (stem, ending) = match trimmed.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem, Some(ending)),
        _ => (trimmed, None),
    };
    let mut stem = stem.to_owned();
    let lower = stem.to_lowercase();
    let device = lower.trim_end_matches(|c: char| c.is_ascii_digit());
    if stem.is_empty() || DEVICES.contains(&device) {
        stem.insert(0, '_');
    }
    let ending = ending.map(|it| format!(".{it}")).unwrap_or_default();
    let room = LONGEST.saturating_sub(ending.len()).max(1);
    while stem.len() > room {
        stem.pop();
    }
    let mut name = stem + &ending;
    while name.len() > LONGEST {
        name.pop();
    }
    name
}

/// The ending of a name, if it is a plain one.
pub(super) fn ending(name: &str) -> Option<String> {
    let (_, ending) = name.rsplit_once('.')?;
    let is_plain = (1..=LONGEST_ENDING).contains(&ending.len())
        && ending.chars().all(|c| c.is_ascii_alphanumeric());
    is_plain.then(|| ending.to_ascii_lowercase())
}

/// Characters that are not seen and change how others are.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe() {
        for (name, expected) in [
            ("CV of Zoë.pdf", "CV of Zoë.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\a.doc", "a.doc"),
            ("..", "_"),
            ("", "_"),
            ("-rf.txt", "rf.txt"),
            ("a\nb\u{202e}fdp.exe", "a_b_fdp.exe"),
            ("CON.txt", "_CON.txt"),
            ("com1", "_com1"),
            (".hidden", "hidden"),
            ("a?.pdf.", "a_.pdf"),
        ] {
            assert_eq!(safe(name), expected, "{name:?}");
        }
        for long in [
            "ü".repeat(500),
            format!("{}.pdf", "ü".repeat(500)),
            format!("a.{}", "ü".repeat(500)),
        ] {
            let name = safe(&long);
            assert!(name.len() <= LONGEST && !name.is_empty(), "{name}");
        }
        assert!(safe(&format!("{}.pdf", "x".repeat(500))).ends_with("x.pdf"));
    }

    #[test]
    fn endings_are_plain() {
        assert_eq!(ending("a.PDF").as_deref(), Some("pdf"));
        for name in ["a", "a.", "a.p/f", "a.verylongone", "a.ü"] {
            assert_eq!(ending(name), None, "{name}");
        }
    }
}
