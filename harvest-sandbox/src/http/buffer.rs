//! Buffers of long bodies.

/// The capacity of the buffer of a long body. The allocator of glibc gives buffers from 32 MiB on back to the system when they
/// are freed. With each shorter one that it does so with, it learns to keep such as long, and twice as much free memory in each
/// arena, of which there is one for each thread. Space that is not filled takes no memory.
const MAPPED: usize = 33 << 20;

/// Longer bodies get as much.
const LONG: usize = 1 << 20;

/// Makes room for more bytes.
pub(crate) fn reserve(buffer: &mut Vec<u8>, more: usize) {
    let needed = buffer.len().saturating_add(more);
    let is_mapped = cfg!(all(target_os = "linux", target_env = "gnu"));
    if is_mapped && needed > buffer.capacity() && (LONG..=MAPPED).contains(&needed) {
        buffer.reserve_exact(MAPPED - buffer.len());
    } else {
        buffer.reserve(more);
    }
}

/// Adds bytes.
pub(crate) fn extend(buffer: &mut Vec<u8>, bytes: &[u8]) {
    reserve(buffer, bytes.len());
    buffer.extend_from_slice(bytes);
}
