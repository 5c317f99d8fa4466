//! The thread behind blocking calls.

use std::io;
use std::sync::{OnceLock, mpsc};
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// The thread that drives the connections and timers of a client. The first call starts it.
#[derive(Default)]
pub(crate) struct Background(OnceLock<Option<Running>>);

struct Running {
    runtime: Handle,
    /// The thread ends when this is dropped.
    _stop: oneshot::Sender<()>,
}

impl Background {
    pub(crate) fn runtime(&self) -> Option<&Handle> {
        let running = self.0.get_or_init(|| start().ok());
        running.as_ref().map(|running| &running.runtime)
    }
}

/// The runtime is made and dropped on its own thread: an async context may do neither.
fn start() -> io::Result<Running> {
    let (stop, stopped) = oneshot::channel::<()>();
    let (started, starting) = mpsc::sync_channel(1);
    thread::Builder::new()
        .name("harvest-blocking".to_owned())
        .spawn(
            move || match Builder::new_current_thread().enable_all().build() {
                Ok(runtime) => {
                    // The receiver is gone only if the thread that asked is.
                    let _ = started.send(Ok(runtime.handle().clone()));
                    let _ = runtime.block_on(stopped);
                }
                Err(error) => {
                    let _ = started.send(Err(error));
                }
            },
        )?;
    let runtime = starting.recv().map_err(io::Error::other)??;
    Ok(Running {
        runtime,
        _stop: stop,
    })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn the_thread_is_one_and_ends_with_its_owner() {
        let background = Background::default();
        let runtime = background.runtime().unwrap().clone();
        let ask = || pollster::block_on(runtime.spawn(async { thread::current().id() }));
        let first = ask().unwrap();
        assert_ne!(first, thread::current().id());
        background.runtime().unwrap();
        assert_eq!(ask().unwrap(), first);

        drop(background);
        let begun = Instant::now();
        while ask().is_ok() {
            assert!(begun.elapsed() < Duration::from_secs(10), "it goes on");
            thread::yield_now();
        }
    }
}
