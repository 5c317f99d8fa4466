//! A limit on how many values an answer has, so that its size limits the memory that it takes once it is decoded.
//!
//! A record of two bytes (`{}`) becomes a model of about a kilobyte, and `null,` in a list what is kept of it. So objects
//! and lists are counted, and commas for all values, before anything is decoded. Those in texts count as well: there are
//! never so many. The limits follow from the size limit, in proportions that no real answer comes near: a page of 500
//! candidates with everything has some 100,000 objects and lists.

use super::Unread;

/// How many bytes of the size limit stand for one object or list.
const BYTES_PER_CONTAINER: u64 = 256;
/// How many bytes of the size limit stand for one value.
const BYTES_PER_VALUE: u64 = 16;
/// What is allowed however small the size limit is.
const FEW_CONTAINERS: u64 = 16 * 1024;

/// Whether a body of JSON has no more values than fit the size limit.
///
/// # Errors
///
/// [`Unread::TooManyValues`].
pub(super) fn check(body: &[u8], limit: u64) -> Result<(), Unread> {
    let containers = (limit / BYTES_PER_CONTAINER).max(FEW_CONTAINERS);
    let values = containers.saturating_mul(BYTES_PER_CONTAINER / BYTES_PER_VALUE);
    // What is smaller cannot have so many: most answers are not looked at.
    let length = body.len() as u64;
    let too_many = length > containers
        && count(body, |byte| matches!(byte, b'{' | b'[')) > containers
        || length > values && count(body, |byte| byte == b',') > values;
    if too_many {
        Err(Unread::TooManyValues { limit: containers })
    } else {
        Ok(())
    }
}

/// In pieces whose count fits a byte, which the compiler makes into instructions for many bytes at once.
fn count(body: &[u8], is_counted: impl Fn(u8) -> bool) -> u64 {
    let pieces = body.chunks(255);
    let counts = pieces.map(|piece| {
        piece
            .iter()
            .map(|byte| u8::from(is_counted(*byte)))
            .sum::<u8>()
    });
    counts.map(u64::from).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1024 * 1024;

    fn is_refused(item: &str, items: usize, limit: u64) -> bool {
        check(format!("[{}]", item.repeat(items)).as_bytes(), limit).is_err()
    }

    #[test]
    fn as_many_as_the_size_limit_stands_for() {
        // One more for the list itself.
        assert!(!is_refused("{},", 64 * 4096 - 1, 64 * MIB));
        assert!(is_refused("{},", 64 * 4096, 64 * MIB));
        assert!(is_refused("[],", 64 * 4096, 64 * MIB));
        assert!(!is_refused("{},", 64 * 4096, 65 * MIB));
        assert!(!is_refused("0,", 64 * 65_536, 64 * MIB));
        assert!(is_refused("0,", 64 * 65_536 + 1, 64 * MIB));
    }

    #[test]
    fn a_small_limit_leaves_some() {
        assert!(!is_refused("{},", 16_000, 1));
        assert!(is_refused("{},", 17_000, 1));
        assert!(!is_refused("[],", 17_000, u64::MAX));
    }
}
