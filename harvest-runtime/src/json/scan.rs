//! The outline of a JSON text: where its strings end and how deep it goes. Nothing of it is decoded, and it need not be
//! valid.

/// How many arrays and objects can contain one another, as `serde_json` has it.
pub(crate) const MOST_DEPTH: usize = 127;
/// How many contain a byte on average, of a long text: those of the documentation are not eight deep anywhere.
const MOST_MEAN_DEPTH: usize = 8;
/// What counts as a long text, by the sum of the depths of its bytes.
const MOST_READ: usize = 16 << 20;

/// The index behind the string whose opening quote is at this index. The end of the text, if the string has none.
pub(crate) fn string_end(text: &[u8], quote: usize) -> usize {
    let mut at = quote + 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

/// Whether more than [`MOST_DEPTH`] arrays and objects contain one another.
pub(crate) fn is_too_deep(text: &[u8]) -> bool {
    // Most texts do not open so many, which is quicker to see.
    let opened = text.iter().filter(|byte| matches!(byte, b'[' | b'{'));
    opened.count() > MOST_DEPTH && Depths::of(text).most > MOST_DEPTH
}

/// Whether too much of a text is deep to read it once for each array and object around it.
pub(crate) fn is_read_too_often(text: &[u8]) -> bool {
    let most = text.len().saturating_mul(MOST_MEAN_DEPTH).max(MOST_READ);
    // That it is no more is quicker to see.
    text.len().saturating_mul(MOST_DEPTH) > most && Depths::of(text).sum > most
}

/// How many arrays and objects contain the bytes of a text.
struct Depths {
    /// Those at the deepest place.
    most: usize,
    /// Those of all bytes together.
    sum: usize,
}

impl Depths {
    fn of(text: &[u8]) -> Self {
        let (mut most, mut sum) = (0, 0_usize);
        let (mut depth, mut at) = (0_usize, 0);
        while let Some(byte) = text.get(at) {
            let begin = at;
            at += 1;
            match byte {
                b'"' => at = string_end(text, begin),
                b'[' | b'{' => {
                    depth += 1;
                    most = most.max(depth);
                }
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            sum = sum.saturating_add(depth.saturating_mul(at - begin));
        }
        Self { most, sum }
    }
}
