//! More records than a sandbox began with.

use serde::{Deserialize, Serialize};

use super::{Control, ControlError};
use crate::domain::candidates;
use crate::domain::organization::supply;

/// The most records that are made at once.
const MOST: usize = 1_000_000;

/// Records to be invented, beyond those that the organization began with. As JSON: `{"candidates": 500}`.
///
/// ```
/// # async fn demo() -> Result<(), Box<dyn std::error::Error>> {
/// use harvest_sandbox::{Records, Sandbox};
///
/// let sandbox = Sandbox::start().await?;
/// sandbox.seed(Records::candidates(500))?;
/// # Ok(())
/// # }
/// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[must_use = "records are made by `Sandbox::seed`"]
pub struct Records {
    /// Candidates, each with an application or two.
    candidates: usize,
}

impl Records {
    /// So many candidates, up to 1,000,000. They come after all others, as if they had applied last.
    pub fn candidates(candidates: usize) -> Self {
        Self { candidates }
    }
}

impl Control {
    pub(crate) fn seed(&self, records: Records) -> Result<(), ControlError> {
        let state = self.state()?;
        if records.candidates > MOST {
            return Err(ControlError::TooMany { limit: MOST });
        }
        state
            .store
            .write(|edit| supply(edit, records.candidates, candidates::invent))?;
        Ok(())
    }
}
