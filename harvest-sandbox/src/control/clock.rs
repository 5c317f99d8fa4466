//! The clock of a sandbox, as tests set it.

use std::fmt;
use std::time::{Duration, SystemTime};

use chrono::TimeDelta;

use super::{Control, ControlError};
use crate::clock::{Clock, of_system};

/// The clock of a running sandbox: [`Sandbox::clock`](crate::Sandbox::clock).
///
/// It gives the times of what is written (`created_at`, `updated_at`, activities) and says when signed addresses of
/// attachments expire. The rate limit, latencies and faults run on the computer's own time.
///
/// ```
/// # async fn demo() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::{Duration, SystemTime};
///
/// let sandbox = harvest_sandbox::Sandbox::start().await?;
/// let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(1_780_315_200);
/// sandbox.clock().freeze(noon)?;
/// sandbox.clock().advance(Duration::from_secs(3600))?;
/// assert_eq!(sandbox.clock().now(), noon + Duration::from_secs(3600));
/// sandbox.clock().unfreeze()?;
/// # Ok(())
/// # }
/// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
/// ```
pub struct SandboxClock<'a>(&'a Control);

impl Control {
    pub(crate) fn clock(&self) -> SandboxClock<'_> {
        SandboxClock(self)
    }
}

impl SandboxClock<'_> {
    /// What time it is in the sandbox; the computer's time in one that keeps no records.
    pub fn now(&self) -> SystemTime {
        self.clock()
            .map_or_else(|_| SystemTime::now(), |clock| clock.now().into())
    }

    /// Whether it stands still.
    pub fn is_frozen(&self) -> bool {
        self.clock().is_ok_and(Clock::is_frozen)
    }

    /// Stops at a time. A `chrono::DateTime` will do, too.
    ///
    /// # Errors
    ///
    /// If the time is before 1970 or after 9998.
    pub fn freeze(&self, at: impl Into<SystemTime>) -> Result<(), ControlError> {
        let clock = self.clock()?;
        clock.freeze(of_system(at.into()).ok_or(ControlError::Time {})?);
        Ok(())
    }

    /// Goes forward, whether it stands still or not.
    ///
    /// # Errors
    ///
    /// If that leads beyond the year 9998.
    pub fn advance(&self, by: Duration) -> Result<(), ControlError> {
        if self.clock()?.advance(delta(by)?) {
            Ok(())
        } else {
            Err(ControlError::Time {})
        }
    }

    /// Runs from where it stands.
    pub fn unfreeze(&self) -> Result<(), ControlError> {
        self.clock()?.run();
        Ok(())
    }

    fn clock(&self) -> Result<&Clock, ControlError> {
        Ok(&self.0.state()?.store.clock)
    }
}

impl fmt::Debug for SandboxClock<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxClock")
            .field("now", &self.now())
            .field("frozen", &self.is_frozen())
            .finish()
    }
}

fn delta(time: Duration) -> Result<TimeDelta, ControlError> {
    TimeDelta::from_std(time).map_err(|_| ControlError::Time {})
}
