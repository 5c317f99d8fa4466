//! Bounds on what clients can use: connections, time and memory.

use std::time::Duration;

/// The longest time that a setting or a fault can have: a day.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a list in a body or in the query can be where the description sets no bound of its own.
pub(crate) const LIST_ITEMS: usize = 1_000;

/// Fields that one object of a body can have. No documented object comes near it.
pub(crate) const OBJECT_FIELDS: usize = 1_000;

/// Characters that one text of a body can have where the description sets no bound of its own, unless it is the content of a
/// file.
pub(crate) const TEXT_CHARACTERS: usize = 65_536;

/// Parameters that a query or a form can have.
pub(crate) const QUERY_PARAMETERS: usize = 1_000;

/// Values in a body, counted at every depth: parsed, each takes up to forty times the memory of its text.
pub(crate) const BODY_VALUES: usize = 100_000;

/// Lists and objects inside of each other in a body. Documented bodies have six.
pub(crate) const BODY_DEPTH: usize = 64;

/// Departments, or offices, below each other. As a tree each is an object in a list, and parsers of JSON take some 128 levels
/// of these.
pub(crate) const UNIT_DEPTH: usize = 50;

/// Errors that one answer lists.
pub(crate) const LISTED_ERRORS: usize = 100;

/// The longest name of a field in an error, in bytes. Clients make up names as long as their bodies.
pub(crate) const FIELD_NAME: usize = 256;

/// The longest request line with headers, in bytes.
pub(crate) const HEAD_BYTES: usize = 64 << 10;

/// The longest body that starts a bulk job, in bytes, as it is documented.
pub(crate) const JOB_BYTES: usize = 10 << 20;

/// The most rows of a bulk job. The service documents no bound.
pub(crate) const JOB_ROWS: usize = 10_000;

/// The most records that the rows of a bulk job write, those included that follow from what a row says: a row of some bytes can
/// make a job with a hundred openings. The service documents no bound.
pub(crate) const JOB_RECORDS: usize = 20_000;

/// The most bytes that they write. A row of some bytes can change a record of megabytes.
pub(crate) const JOB_WRITTEN_BYTES: usize = 32 << 20;

/// The most bytes of records that they read, each time they do. A row of some bytes can name a record of megabytes.
pub(crate) const JOB_READ_BYTES: usize = 256 << 20;

/// The longest target of a request, in bytes, as links repeat it: so a `Link` of three URLs stays below the 64 KiB that
/// clients read of one header.
pub(crate) const TARGET_BYTES: usize = 12 << 10;

/// The longest host that a request can name, in bytes: that of a name in DNS with a port. Links begin with it.
pub(crate) const HOST_BYTES: usize = 253 + ":65535".len();

/// The longest record, in bytes: as it is kept, and as it is sent without the signatures of its links.
pub(crate) const RECORD_BYTES: usize = 4 << 20;

/// The longest answer that consists of records, in bytes.
pub(crate) const ANSWER_BYTES: usize = 32 << 20;

/// Answers up to this length, in bytes, don't count as memory in use: all connections together take no more than 32 MiB of
/// them.
pub(crate) const SMALL_ANSWER: usize = 64 << 10;

/// The largest number of connections, the shortest time and the largest number of bytes that can be set as bounds.
const MOST_CONNECTIONS: usize = 1_000_000;
const SHORTEST_TIME: Duration = Duration::from_millis(1);
const MOST_BYTES: u64 = 1 << 40;

/// What clients can use of the sandbox before it refuses: [`Builder::bounds`](crate::Builder::bounds).
///
/// The defaults fit a service that runs beside other programs on a small machine. What reaches a bound is refused with 408
/// (too slow), 413 (too long) or 503 (too many at once), as JSON like every other error; a connection that is idle for too
/// long is closed without a word, as HTTP allows.
///
/// ```
/// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
/// use std::time::Duration;
/// use harvest_sandbox::{Bounds, Sandbox};
///
/// let bounds = Bounds::default().connections(50).body_time(Duration::from_secs(60));
/// let sandbox = Sandbox::builder().bounds(bounds).start().await?;
/// # Ok(())
/// # }
/// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "bounds do nothing until a sandbox is started with them"]
pub struct Bounds {
    pub(crate) connections: usize,
    pub(crate) head_time: Duration,
    pub(crate) body_time: Duration,
    pub(crate) idle_time: Duration,
    pub(crate) body_bytes: usize,
    pub(crate) file_body_bytes: usize,
    pub(crate) total_body_bytes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connections: 512,
            head_time: Duration::from_secs(10),
            body_time: Duration::from_secs(20),
            idle_time: Duration::from_secs(30),
            body_bytes: 1 << 20,
            file_body_bytes: 64 << 20,
            total_body_bytes: 256 << 20,
        }
    }
}

impl Bounds {
    /// Connections at the same time, 512 by default. A further one is answered with 503.
    pub fn connections(mut self, connections: usize) -> Self {
        self.connections = connections;
        self
    }

    /// From the first byte of a request to the end of its headers, 10 seconds by default: 408.
    pub fn head_time(mut self, time: Duration) -> Self {
        self.head_time = time;
        self
    }

    /// From the end of the headers to the end of the body, 20 seconds by default: 408. It includes waiting for memory, if
    /// [all bodies together](Self::total_body_bytes) take too much: 503.
    pub fn body_time(mut self, time: Duration) -> Self {
        self.body_time = time;
        self
    }

    /// Without a request, and without any progress in sending an answer: 30 seconds by default. Then the connection is
    /// closed.
    pub fn idle_time(mut self, time: Duration) -> Self {
        self.idle_time = time;
        self
    }

    /// The longest body in bytes, 1 MiB by default: 413.
    pub fn body_bytes(mut self, bytes: usize) -> Self {
        self.body_bytes = bytes;
        self
    }

    /// The longest body in bytes where the description has the content of a file in it (`format: byte`), as for attachments:
    /// 64 MiB by default.
    pub fn file_body_bytes(mut self, bytes: usize) -> Self {
        self.file_body_bytes = bytes;
        self
    }

    /// All bodies together that are being read or answered, and all longer answers that clients have not taken yet, in
    /// bytes: 256 MiB by default. A body waits for others to end as long as [`body_time`](Self::body_time) lets it; an
    /// answer of more than 64 KiB for which there is no memory is 503 at once.
    pub fn total_body_bytes(mut self, bytes: usize) -> Self {
        self.total_body_bytes = bytes;
        self
    }

    /// Refuses bounds under which no request could be answered, and such as bound nothing.
    pub(crate) fn check(&self) -> Result<(), &'static str> {
        if !(1..=MOST_CONNECTIONS).contains(&self.connections) {
            return Err("there can be 1 to 1,000,000 connections");
        }
        let mut times = [self.head_time, self.body_time, self.idle_time].into_iter();
        if !times.all(|time| (SHORTEST_TIME..=LONGEST_WAIT).contains(&time)) {
            return Err("times can be 1 ms to 24 hours");
        }
        let mut bytes = [self.body_bytes, self.file_body_bytes, self.total_body_bytes].into_iter();
        if !bytes.all(|bytes| bytes > 0 && bytes as u64 <= MOST_BYTES) {
            return Err("bodies can be 1 byte to 1 TiB long");
        }
        Ok(())
    }
}
