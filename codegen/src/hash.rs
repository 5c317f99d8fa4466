//! The hash that ties generated files to a description.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// The SHA-256 of the parts, one after the other, in hexadecimal.
pub(crate) fn sha256<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
    }
    HEXLOWER.encode(&hash.finalize())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_known_value() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(super::sha256([""]), empty);
    }
}
