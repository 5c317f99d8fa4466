//! The waiting of blocking calls for what a client does.

use tokio::runtime::{Handle, RuntimeFlavor};

use crate::{Core, Error, Operation};

/// One call of a client, to be waited for.
pub(crate) struct Waiter {
    pub(crate) core: Core,
    /// What a refusal names: `None` for what is no operation of the API.
    pub(crate) operation: Option<&'static Operation>,
}

impl Waiter {
    /// Runs the future on this thread. What it waits for is driven by the background.
    pub(crate) fn wait<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        let stands_still = Handle::try_current()
            .is_ok_and(|runtime| runtime.runtime_flavor() == RuntimeFlavor::CurrentThread);
        if stands_still {
            return Err(self.refused(
                "a blocking call was made from a current-thread async runtime, which would stand \
                 still; await the client that is not blocking, or make the call from a thread of \
                 your own",
            ));
        }
        let Some(runtime) = self.core.shared().background.runtime() else {
            return Err(self.refused(
                "the thread for blocking calls cannot be started; the system is out of threads or \
                 files",
            ));
        };
        let _entered = runtime.enter();
        Ok(pollster::block_on(future))
    }

    fn refused(&self, reason: &'static str) -> Error {
        match self.operation {
            Some(operation) => Error::invalid_request(operation, reason),
            None => Error::invalid_value(reason),
        }
    }
}
