//! Records that are sent as they are kept, such as the entries of small fixed lists.

use crate::domain::organization::Seed;
use crate::json::Value;
use crate::refusal::Outcome;
use crate::store::Kind;

/// Adds records with these states to a new organization.
pub(crate) fn seed(
    seed: &mut Seed<'_, '_>,
    kind: &Kind,
    states: impl IntoIterator<Item = Value>,
) -> Outcome<()> {
    for state in states {
        seed.insert(kind, &state)?;
    }
    Ok(())
}
