//! Lease of a store: who writes to it. It is an object that is only written under conditions, so that of two exports that
//! begin at once one is refused; one that was not heard of for a while is taken over.
//!
//! Clocks matter little: the holder trusts its lease for a part of the time that others leave it alone, measured without a
//! calendar, and asks before it goes on behind that.

use std::time::{Duration, Instant};

use bytes::Bytes;
use harvest_runtime::chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use object_store::{PutMode, UpdateVersion};
use serde::{Deserialize, Serialize};

use super::connector::REQUEST;
use super::{Found, Put, Store};
use crate::error::ExportError;

/// Its object. A folder has a file of this name for the same reason.
pub(super) const NAME: &str = "lock";
/// The most bytes of it.
const MOST_BYTES: u64 = 4_096;
/// How long others leave a holder alone that does not renew it.
const LASTS: TimeDelta = TimeDelta::minutes(15);
/// How old a lease is that is renewed before something is written. With the time of a request that was begun, and of its
/// repetitions and pauses, it is shorter than `LASTS`.
const FRESH: Duration = Duration::from_secs(60);
/// How often taking it is tried while others do the same.
const MOST_TRIES: u32 = 3;

/// What the object holds.
#[derive(Serialize, Deserialize)]
struct Held {
    /// None: no process writes.
    writer: Option<String>,
    /// Each content is another one, and so is its tag.
    renewal: u64,
    at: String,
}

/// The right to write to a store.
pub(super) struct Lease {
    writer: String,
    version: UpdateVersion,
    renewal: u64,
    renewed: Instant,
}

impl Lease {
    /// Takes the lease for a writer, who may have it already.
    pub(super) async fn take(
        store: &Store,
        writer: &str,
        is_forced: bool,
    ) -> Result<Self, ExportError> {
        store.pauses.end_by(None);
        for _ in 0..MOST_TRIES {
            let found = store.get(NAME, MOST_BYTES).await?;
            let (mode, renewal) = match &found {
                None => (PutMode::Create, 0),
                Some(found) => {
                    let held = read(found);
                    let other = held.writer.filter(|it| it != writer);
                    let until = found.modified.checked_add_signed(LASTS);
                    let lasts = until.is_none_or(|until| Utc::now() < until);
                    if other.is_some() && lasts && !is_forced {
                        return Err(leased(store, until));
                    }
                    (PutMode::Update(found.version.clone()), held.renewal)
                }
            };
            let renewal = renewal.wrapping_add(1);
            let content = content(Some(writer), renewal);
            if let Put::Done(version) = store.put(NAME, content, mode).await? {
                let mut lease = Self {
                    writer: writer.to_owned(),
                    version,
                    renewal,
                    renewed: Instant::now(),
                };
                lease.check(store).await?;
                return Ok(lease);
            }
        }
        Err(leased(store, None))
    }

    /// Makes sure that the store heeds conditions: one that does not would let two exports write over each other.
    async fn check(&mut self, store: &Store) -> Result<(), ExportError> {
        let before = self.version.clone();
        self.renew(store).await?;
        for mode in [PutMode::Create, PutMode::Update(before)] {
            let content = content(Some(&self.writer), self.renewal);
            if let Put::Done(_) = store.put(NAME, content, mode).await? {
                return Err(store.problem(
                    "",
                    "the store writes without heeding a condition (If-Match, If-None-Match), so \
                     that two exports could write over each other; export to a folder, and copy it",
                ));
            }
        }
        Ok(())
    }

    /// Makes sure that it is still held. It is asked before anything is written.
    pub(super) async fn hold(&mut self, store: &Store) -> Result<(), ExportError> {
        if self.renewed.elapsed() < FRESH {
            return Ok(());
        }
        self.renew(store).await
    }

    async fn renew(&mut self, store: &Store) -> Result<(), ExportError> {
        let begun = Instant::now();
        let writer = self.writer.clone();
        self.write(store, Some(&writer)).await?;
        self.renewed = begun;
        // What is sent after a pause has to arrive while it lasts.
        let lasts = LASTS.to_std().unwrap_or_default();
        let trusted = lasts.saturating_sub(REQUEST);
        store.pauses.end_by(begun.checked_add(trusted));
        Ok(())
    }

    /// Lets others write.
    pub(super) async fn release(mut self, store: &Store) -> Result<(), ExportError> {
        let released = self.write(store, None).await;
        store.pauses.end_by(None);
        released
    }

    async fn write(&mut self, store: &Store, writer: Option<&str>) -> Result<(), ExportError> {
        let renewal = self.renewal.wrapping_add(1);
        let content = content(writer, renewal);
        for _ in 0..MOST_TRIES {
            let mode = PutMode::Update(self.version.clone());
            if let Put::Done(version) = store.put(NAME, content.clone(), mode).await? {
                (self.version, self.renewal) = (version, renewal);
                return Ok(());
            }
            // An answer may have been lost on the way, and the request repeated.
            match store.get(NAME, MOST_BYTES).await? {
                Some(found) if read(&found).writer.as_ref() == Some(&self.writer) => {
                    self.version = found.version;
                }
                Some(found) if found.bytes == content => return Ok(()),
                _ => break,
            }
        }
        Err(leased(store, None))
    }
}

fn content(writer: Option<&str>, renewal: u64) -> Bytes {
    let held = Held {
        writer: writer.map(str::to_owned),
        renewal,
        at: Utc::now().to_rfc3339_opts(SecondsFormat::Nanos, true),
    };
    // Texts and numbers are always JSON.
    Bytes::from(serde_json::to_vec(&held).unwrap_or_default())
}

/// What cannot be read was written by another program, which has it until it lapses.
fn read(found: &Found) -> Held {
    serde_json::from_slice(&found.bytes).unwrap_or_else(|_| Held {
        writer: Some(String::new()),
        renewal: 0,
        at: String::new(),
    })
}

fn leased(store: &Store, until: Option<DateTime<Utc>>) -> ExportError {
    ExportError::Leased {
        place: store.address.of(""),
        until: until.map_or_else(
            || "its end".to_owned(),
            |it| it.to_rfc3339_opts(SecondsFormat::Secs, true),
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use object_store::memory::InMemory;

    use super::*;

    #[tokio::test]
    async fn no_pause_outlasts_a_lease() {
        let objects = Arc::new(InMemory::new());
        let store = Store::of(objects, "s3://people/greenhouse").expect("a store");
        assert_eq!(store.pauses.end(), None);
        let begun = Instant::now();
        let taken = Lease::take(&store, "noor", false).await;
        let lease = taken.unwrap_or_else(|error| panic!("{error}"));
        let lasts = LASTS.to_std().expect("a duration");
        let end = store.pauses.end().expect("a lease has an end");
        assert!(end - begun > FRESH && end - begun + REQUEST <= lasts + Duration::from_secs(10));
        lease.release(&store).await.expect("it ends");
        assert_eq!(store.pauses.end(), None);
    }
}
