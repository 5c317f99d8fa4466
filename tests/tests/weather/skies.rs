//! The table: what goes wrong, and what is to come of it.

use std::time::Duration;

use harvest_sandbox::Fault;

use super::world::ATTEMPTS;

/// How long an attempt may take where something is too slow, and how slow that is.
const IN_TIME: Duration = Duration::from_millis(400);
const TOO_LATE: Duration = Duration::from_millis(1200);

/// One kind of weather.
pub struct Sky {
    pub name: &'static str,
    pub fault: Fault,
    /// Whether it is there for every request, or for one only.
    pub lasts: bool,
    /// Of an attempt, where it is to be short.
    pub time: Option<Duration>,
    /// What comes of operations that may be sent again.
    pub repeatable: Outcome,
    /// What comes of those that may not.
    pub guarded: Outcome,
    /// What comes of lists, where it is not what comes of other operations: read page by page, and ahead.
    pub lists: Option<(Outcome, Outcome)>,
}

/// What comes of a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// `None` is a success.
    pub failure: Option<Failure>,
    pub attempts: u32,
    /// How many of them the service acted on.
    pub acted: usize,
}

/// What an error says.
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

const fn done(attempts: u32, acted: usize) -> Outcome {
    Outcome {
        failure: None,
        attempts,
        acted,
    }
}

const fn fails(failure: Failure, attempts: u32, acted: usize) -> Outcome {
    Outcome {
        failure: Some(failure),
        attempts,
        acted,
    }
}

impl Sky {
    /// Passes after one request.
    fn shower(name: &'static str, fault: Fault, repeatable: Outcome, guarded: Outcome) -> Self {
        Self {
            name,
            fault,
            lasts: false,
            time: None,
            repeatable,
            guarded,
            lists: None,
        }
    }

    /// Does not pass.
    fn winter(name: &'static str, fault: Fault, repeatable: Outcome, guarded: Outcome) -> Self {
        Self {
            lasts: true,
            ..Self::shower(name, fault, repeatable, guarded)
        }
    }

    /// With little time for an attempt.
    fn in_time(self) -> Self {
        Self {
            time: Some(IN_TIME),
            ..self
        }
    }

    fn on_lists(self, by_page: Outcome, ahead: Outcome) -> Self {
        Self {
            lists: Some((by_page, ahead)),
            ..self
        }
    }
}

/// All of them.
pub fn skies() -> Vec<Sky> {
    let mut skies = vec![
        // Slow.
        Sky::winter("a little slow", slow(20), done(1, 1), done(1, 1)),
        shower("too slow to act", late(), done(2, 1), fails(Timeout, 1, 0)).in_time(),
        shower(
            "too slow to answer",
            late().after_acting(),
            done(2, 2),
            fails(Timeout, 1, 1),
        )
        .in_time(),
        Sky::winter(
            "ever too slow",
            late(),
            fails(Timeout, ATTEMPTS, 0),
            fails(Timeout, 1, 0),
        )
        .in_time(),
        // Refused for now: nothing was done, so everything may be sent again.
        shower("429", Fault::status(429), done(2, 1), done(2, 1)),
        shower("429, come back", back(429, 40), done(2, 1), done(2, 1)),
        shower(
            "429, come back at once",
            back(429, 0),
            done(2, 1),
            done(2, 1),
        ),
        ever("ever 429", Fault::status(429), Status(429), ATTEMPTS),
        ever("ever 429, come back", back(429, 40), Status(429), ATTEMPTS),
        shower(
            "503, come back",
            back(503, 40),
            done(2, 1),
            fails(Status(503), 1, 0),
        ),
        // Connections.
        shower(
            "reset before",
            Fault::reset(),
            done(2, 1),
            fails(Connection, 1, 0),
        ),
        shower(
            "reset after",
            Fault::reset().after_acting(),
            done(2, 2),
            fails(Connection, 1, 1),
        ),
        ever("ever reset", Fault::reset(), Connection, 1),
        shower(
            "truncated",
            Fault::truncated_body(),
            done(2, 2),
            fails(Connection, 1, 1),
        ),
        Sky::winter(
            "ever truncated",
            Fault::truncated_body(),
            fails(Connection, ATTEMPTS, 3),
            fails(Connection, 1, 1),
        ),
        // Answers that are none. What succeeded is not asked for again.
        permanent("invalid JSON", Fault::invalid_json(), Decode, 1),
        permanent("a page for people", Fault::html(200), Decode, 0),
        permanent("a 403 for people", Fault::html(403), Status(403), 0),
        shower(
            "a 502 for people",
            Fault::html(502),
            done(2, 1),
            fails(Status(502), 1, 0),
        ),
        Sky::winter(
            "plain text",
            Fault::wrong_content_type(),
            done(1, 1),
            done(1, 1),
        ),
        // Lists that mislead. Pages ahead are asked for by their numbers, so a bad link among them misleads nobody.
        shower(
            "next elsewhere",
            Fault::next_elsewhere(),
            done(1, 1),
            done(1, 1),
        )
        .on_lists(fails(Pagination, 1, 1), done(1, 1)),
        shower("next itself", Fault::next_itself(), done(1, 1), done(1, 1))
            .on_lists(fails(Pagination, 1, 1), done(1, 1)),
        // Lists that move.
        shower(
            "rows inserted",
            Fault::rows_inserted(2),
            done(1, 1),
            done(1, 1),
        ),
        Sky::winter(
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
        skies.push(shower(
            before,
            fault.clone(),
            done(2, 1),
            fails(failure, 1, 0),
        ));
        skies.push(shower(after, acted, done(2, 2), fails(failure, 1, 1)));
        skies.push(ever(lasting, fault, failure, 1));
    }
    skies
}

fn shower(name: &'static str, fault: Fault, repeatable: Outcome, guarded: Outcome) -> Sky {
    Sky::shower(name, fault, repeatable, guarded)
}

/// What never passes: the error after the last attempt, of which there are fewer where the operation is guarded.
fn ever(name: &'static str, fault: Fault, failure: Failure, guarded_attempts: u32) -> Sky {
    Sky::winter(
        name,
        fault,
        fails(failure, ATTEMPTS, 0),
        fails(failure, guarded_attempts, 0),
    )
}

/// What another attempt would not mend.
fn permanent(name: &'static str, fault: Fault, failure: Failure, acted: usize) -> Sky {
    Sky::shower(
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

fn back(status: u16, millis: u64) -> Fault {
    Fault::retry_after(status, Duration::from_millis(millis))
}
