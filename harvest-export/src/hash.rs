//! Hashes as text.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Bytes in lower-case hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The SHA-256 of bytes in lower-case hexadecimal.
pub(crate) fn of(bytes: impl AsRef<[u8]>) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The hash of the content of a file, with its algorithm.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ContentHash {
    /// Of what an export writes. It takes a fraction of the time of SHA-256.
    Blake3(String),
    /// Of attachments, whose names it is, and of what earlier versions wrote.
    Sha256(String),
}

impl ContentHash {
    /// Of what an export writes.
    #[cfg(any(feature = "parquet", test))]
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut hasher = Hasher::new();
        hasher.update(bytes);
        hasher.finish()
    }

    /// Begins to hash by the same algorithm.
    pub(crate) fn hasher(&self) -> Hasher {
        match self {
            Self::Blake3(_) => Hasher::new(),
            Self::Sha256(_) => Hasher::Sha256(Sha256::new()),
        }
    }

    /// Whether it is that of these bytes.
    #[cfg(any(feature = "object-store", test))]
    pub(crate) fn is_of(&self, bytes: &[u8]) -> bool {
        let mut hasher = self.hasher();
        hasher.update(bytes);
        hasher.finish() == *self
    }

    /// Whether it is that of a file.
    pub(crate) fn is_of_file(&self, path: &Path) -> io::Result<bool> {
        let mut hasher = self.hasher();
        read(path, |part| hasher.update(part))?;
        Ok(hasher.finish() == *self)
    }
}

/// Bytes that are hashed as they come.
pub(crate) enum Hasher {
    Blake3(Box<blake3::Hasher>),
    Sha256(Sha256),
}

impl Hasher {
    /// Of what an export writes.
    fn new() -> Self {
        Self::Blake3(Box::default())
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Blake3(hash) => {
                hash.update(bytes);
            }
            Self::Sha256(hash) => hash.update(bytes),
        }
    }

    pub(crate) fn finish(self) -> ContentHash {
        match self {
            Self::Blake3(hash) => ContentHash::Blake3(hexadecimal(hash.finalize().as_bytes())),
            Self::Sha256(hash) => ContentHash::Sha256(hexadecimal(&hash.finalize())),
        }
    }
}

/// A file that an export writes, with the hash of what was written.
pub(crate) struct Hashed<F> {
    file: F,
    hasher: Hasher,
    bytes: u64,
}

impl<F> Hashed<F> {
    pub(crate) fn new(file: F) -> Self {
        Self {
            file,
            hasher: Hasher::new(),
            bytes: 0,
        }
    }

    /// The hash of what was written, and its length.
    pub(crate) fn finish(self) -> (ContentHash, u64) {
        (self.hasher.finish(), self.bytes)
    }
}

impl<F: Write> Write for Hashed<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The SHA-256 of a file in lower-case hexadecimal, and its length.
pub(crate) fn of_file(path: &Path) -> io::Result<(String, u64)> {
    let mut hash = Sha256::new();
    let bytes = read(path, |part| hash.update(part))?;
    Ok((hexadecimal(&hash.finalize()), bytes))
}

/// Reads a file in parts. Its length.
fn read(path: &Path, mut each: impl FnMut(&[u8])) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let mut bytes = 0;
    let mut part = vec![0; 64 * 1024];
    loop {
        match file.read(&mut part)? {
            0 => return Ok(bytes),
            length => {
                each(part.get(..length).unwrap_or_default());
                bytes += length as u64;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_names_its_algorithm_and_is_compared_by_it() {
        let path = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(&path, "wren").expect("written");
        let mut file = Hashed::new(Vec::new());
        file.write_all(b"wr").expect("written");
        file.write_all(b"en").expect("written");
        let (written, length) = file.finish();
        assert_eq!((&written, length), (&ContentHash::of(b"wren"), 4));
        for (hash, name) in [
            (written, "blake3"),
            (ContentHash::Sha256(of("wren")), "sha256"),
        ] {
            let text = serde_json::to_string(&hash).expect("JSON");
            assert!(text.starts_with(&format!("{{\"{name}\":\"")), "{text}");
            let read: ContentHash = serde_json::from_str(&text).expect("a hash");
            assert_eq!(read, hash);
            assert!(hash.is_of(b"wren") && !hash.is_of(b"wrens"));
            assert!(hash.is_of_file(path.path()).expect("a file"));
        }
    }
}
