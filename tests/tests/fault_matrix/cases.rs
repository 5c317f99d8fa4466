//! The table of faults, with the result that each is expected to have.

use std::time::Duration;

use harvest_sandbox::Fault;

use super::fixture::ATTEMPTS;

/// How long an attempt may take where something is too slow, and how slow that is.
const IN_TIME: Duration = Duration::from_millis(400);
const TOO_LATE: Duration = Duration::from_millis(1200);

/// A fault, and the results of calls under it.
pub struct FaultCase {
    pub name: &'static str,
    pub fault: Fault,
    /// Whether it is there for every request, or for one only.
    pub is_lasting: bool,
    /// Of an attempt, where it is to be short.
    pub time: Option<Duration>,
    /// The result of operations that may be sent again.
    pub repeatable: Expected,
    /// The result of those that may not.
    pub guarded: Expected,
    /// The result of lists, where it differs from that of other operations: read page by page, and ahead.
    pub lists: Option<(Expected, Expected)>,
}

/// The expected result of a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// `None` is a success.
    pub failure: Option<Failure>,
    pub attempts: u32,
    /// How many of them the service acted on.
    pub acted: usize,
}

/// The kind of an error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Failure {
    /// The service refused or failed, with this status.
    Status(u16),
    Timeout,
    /// The connection broke.
    Connection,
    Decode,
    Pagination,
}

use Failure::{Connection, Decode, Pagination, Status, Timeout};

const fn done(attempts: u32, acted: usize) -> Expected {
    Expected {
        failure: None,
        attempts,
        acted,
    }
}

const fn fails(failure: Failure, attempts: u32, acted: usize) -> Expected {
    Expected {
        failure: Some(failure),
        attempts,
        acted,
    }
}

impl FaultCase {
    /// A fault of one request.
    fn once(name: &'static str, fault: Fault, repeatable: Expected, guarded: Expected) -> Self {
        Self {
            name,
            fault,
            is_lasting: false,
            time: None,
            repeatable,
            guarded,
            lists: None,
        }
    }

    /// A fault of every request.
    fn lasting(name: &'static str, fault: Fault, repeatable: Expected, guarded: Expected) -> Self {
        Self {
            is_lasting: true,
            ..Self::once(name, fault, repeatable, guarded)
        }
    }

    /// With little time for an attempt.
    fn in_time(self) -> Self {
        Self {
            time: Some(IN_TIME),
            ..self
        }
    }

    fn on_lists(self, by_page: Expected, ahead: Expected) -> Self {
        Self {
            lists: Some((by_page, ahead)),
            ..self
        }
    }
}

/// All of them.
pub fn cases() -> Vec<FaultCase> {
    let mut table = vec![
        // Slow.
        FaultCase::lasting("a little slow", slow(20), done(1, 1), done(1, 1)),
        once("too slow to act", late(), done(2, 1), fails(Timeout, 1, 0)).in_time(),
        once(
            "too slow to answer",
            late().after_acting(),
            done(2, 2),
            fails(Timeout, 1, 1),
        )
        .in_time(),
        FaultCase::lasting(
            "ever too slow",
            late(),
            fails(Timeout, ATTEMPTS, 0),
            fails(Timeout, 1, 0),
        )
        .in_time(),
        // Refused for now: nothing was done, so everything may be sent again.
        once("429", Fault::status(429), done(2, 1), done(2, 1)),
        once(
            "429, come back",
            retry_after(429, 40),
            done(2, 1),
            done(2, 1),
        ),
        once(
            "429, come back at once",
            retry_after(429, 0),
            done(2, 1),
            done(2, 1),
        ),
        always_fails("ever 429", Fault::status(429), Status(429), ATTEMPTS),
        always_fails(
            "ever 429, come back",
            retry_after(429, 40),
            Status(429),
            ATTEMPTS,
        ),
        once(
            "503, come back",
            retry_after(503, 40),
            done(2, 1),
            fails(Status(503), 1, 0),
        ),
        // Connections.
        once(
            "reset before",
            Fault::reset(),
            done(2, 1),
            fails(Connection, 1, 0),
        ),
        once(
            "reset after",
            Fault::reset().after_acting(),
            done(2, 2),
            fails(Connection, 1, 1),
        ),
        always_fails("ever reset", Fault::reset(), Connection, 1),
        once(
            "truncated",
            Fault::truncated_body(),
            done(2, 2),
            fails(Connection, 1, 1),
        ),
        FaultCase::lasting(
            "ever truncated",
            Fault::truncated_body(),
            fails(Connection, ATTEMPTS, 3),
            fails(Connection, 1, 1),
        ),
        // Answers that are none. What succeeded is not asked for again.
        permanent("invalid JSON", Fault::invalid_json(), Decode, 1),
        permanent("a page for people", Fault::html(200), Decode, 0),
        permanent("a 403 for people", Fault::html(403), Status(403), 0),
        once(
            "a 502 for people",
            Fault::html(502),
            done(2, 1),
            fails(Status(502), 1, 0),
        ),
        FaultCase::lasting(
            "plain text",
            Fault::wrong_content_type(),
            done(1, 1),
            done(1, 1),
        ),
        // Lists that mislead. Pages ahead are asked for by their numbers, so a bad link among them has no effect.
        once(
            "next elsewhere",
            Fault::next_elsewhere(),
            done(1, 1),
            done(1, 1),
        )
        .on_lists(fails(Pagination, 1, 1), done(1, 1)),
        once("next itself", Fault::next_itself(), done(1, 1), done(1, 1))
            .on_lists(fails(Pagination, 1, 1), done(1, 1)),
        // Lists that move.
        once(
            "rows inserted",
            Fault::rows_inserted(2),
            done(1, 1),
            done(1, 1),
        ),
        FaultCase::lasting(
            "ever more rows",
            Fault::rows_inserted(1),
            done(1, 1),
            done(1, 1),
        ),
    ];
    for (status, before, after, lasting) in [
        (408, "408", "408 after acting", "ever 408"),
        (500, "500", "500 after acting", "ever 500"),
        (502, "502", "502 after acting", "ever 502"),
        (503, "503", "503 after acting", "ever 503"),
        (504, "504", "504 after acting", "ever 504"),
    ] {
        let (fault, failure) = (Fault::status(status), Status(status));
        let acted = fault.clone().after_acting();
        table.push(once(
            before,
            fault.clone(),
            done(2, 1),
            fails(failure, 1, 0),
        ));
        table.push(once(after, acted, done(2, 2), fails(failure, 1, 1)));
        table.push(always_fails(lasting, fault, failure, 1));
    }
    table
}

fn once(name: &'static str, fault: Fault, repeatable: Expected, guarded: Expected) -> FaultCase {
    FaultCase::once(name, fault, repeatable, guarded)
}

/// A failure of every request: the error after the last attempt, of which there are fewer where the operation is guarded.
fn always_fails(
    name: &'static str,
    fault: Fault,
    failure: Failure,
    guarded_attempts: u32,
) -> FaultCase {
    FaultCase::lasting(
        name,
        fault,
        fails(failure, ATTEMPTS, 0),
        fails(failure, guarded_attempts, 0),
    )
}

/// A failure that another attempt does not repair.
fn permanent(name: &'static str, fault: Fault, failure: Failure, acted: usize) -> FaultCase {
    FaultCase::once(
        name,
        fault,
        fails(failure, 1, acted),
        fails(failure, 1, acted),
    )
}

fn slow(millis: u64) -> Fault {
    Fault::latency(Duration::from_millis(millis))
}

fn late() -> Fault {
    Fault::latency(TOO_LATE)
}

fn retry_after(status: u16, millis: u64) -> Fault {
    Fault::retry_after(status, Duration::from_millis(millis))
}
