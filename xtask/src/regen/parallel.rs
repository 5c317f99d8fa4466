//! A thread for each of a few pieces of work.

use std::path::PathBuf;
use std::thread;

use super::Error;

/// The stack of a thread, in bytes: as much as the first thread of a program has. Types nest as the description does,
/// and an unoptimized parser needs a kilobyte or more for each level.
const STACK: usize = 8 << 20;

/// Applies `work` to each item at the same time, and returns the results in the order of the items, or the error of the
/// first item that has one.
pub(super) fn map<T: Send, R: Send>(
    items: Vec<T>,
    work: impl Fn(T) -> Result<R, Error> + Sync,
) -> Result<Vec<R>, Error> {
    let work = &work;
    thread::scope(|scope| {
        let spawn = |item| {
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, move || work(item))
                .map_err(|error| Error::Io(PathBuf::from("a thread"), error))
        };
        let threads: Vec<_> = items.into_iter().map(spawn).collect();
        let join = |thread: thread::ScopedJoinHandle<'_, Result<R, Error>>| {
            thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        threads
            .into_iter()
            .map(|thread| thread.and_then(join))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let slowest_first = |n: u64| {
            thread::sleep(std::time::Duration::from_millis(20 - 10 * n));
            Ok(n)
        };
        assert_eq!(map(vec![0, 1, 2], slowest_first).unwrap(), [0, 1, 2]);
    }

    #[test]
    fn the_error_is_that_of_the_first_item_that_has_one() {
        let fail = |n: u64| {
            thread::sleep(std::time::Duration::from_millis(20 - 10 * n));
            Err::<(), _>(Error::Io(
                PathBuf::from(n.to_string()),
                io::ErrorKind::Other.into(),
            ))
        };
        let error = map(vec![0, 1, 2], fail).unwrap_err();
        assert!(matches!(error, Error::Io(path, _) if path.as_os_str() == "0"));
    }
}
