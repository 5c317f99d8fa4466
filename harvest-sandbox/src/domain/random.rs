//! Random bytes of the operating system: for keys, secrets and ids.

use crate::refusal::{Outcome, broken};

/// `N` bytes that cannot be guessed.
pub(crate) fn random<const N: usize>() -> Outcome<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| broken(format!("no random numbers: {error}")))?;
    Ok(bytes)
}

/// A random UUID (RFC 9562, version 4).
pub(crate) fn uuid() -> Outcome<String> {
    let bits = u128::from_be_bytes(random::<16>()?);
    let version = (bits & !(0xf << 76)) | (0x4 << 76);
    let hex = format!("{:032x}", (version & !(0x3 << 62)) | (0x2 << 62));
    let parts = [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ];
    Ok(parts.join("-"))
}
