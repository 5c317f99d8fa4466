//! The key of a sandbox without records.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

/// 128 random bits in hexadecimal.
///
/// They come from the hash seed that the standard library takes from the operating system. That is fresh for each start,
/// which is what a key is for here: it keeps a client from working by accident. It guards nothing but examples, so no
/// cryptographic source is pulled in for it.
pub(crate) fn hex() -> String {
    let seed = RandomState::new();
    let bits = |n: u8| {
        let mut hasher = seed.build_hasher();
        hasher.write_u8(n);
        hasher.finish()
    };
    format!("{:016x}{:016x}", bits(0), bits(1))
}

#[cfg(test)]
mod tests {
    #[test]
    fn differs_each_time() {
        let (a, b) = (super::hex(), super::hex());
        assert_ne!(a, b);
        assert_eq!(a.len(), 32);
        assert!(a.bytes().all(|c| c.is_ascii_hexdigit()));
    }
}
