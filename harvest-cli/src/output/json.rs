//! JSON as it came, or indented for a person.

use std::io::Write;

use jaq_json::{read, write};

use crate::failure::Failure;

/// Writes a JSON text, indented if a person reads it. Digits and the order of properties stay; what is no JSON is written
/// as it came.
pub(crate) fn write(json: &[u8], for_person: bool, mut out: impl Write) -> Result<(), Failure> {
    match read::parse_single(json) {
        Ok(value) if for_person => {
            let style = write::Pp {
                indent: Some("  ".to_owned()),
                sep_space: true,
                ..write::Pp::default()
            };
            write::write(&mut out, &style, 0, &value)?;
        }
        _ => out.write_all(json.trim_ascii_end())?,
    }
    out.write_all(b"\n")?;
    Ok(())
}
