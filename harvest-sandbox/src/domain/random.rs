//! Random bytes of the operating system: for keys, secrets and ids.

use crate::refusal::{Outcome, broken};

/// `N` bytes that cannot be guessed.
pub(crate) fn random<const N: usize>() -> Outcome<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| broken(format!("no random numbers: {error}")))?;
    Ok(bytes)
}
