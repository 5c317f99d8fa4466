//! Whole lists, as the client reads them and as a bare loop does, and as pages come in gzip.

use std::error::Error;
use std::time::Duration;

use super::{Scale, Shown, complete};
use crate::process::{Cpu, Measured, Server};
use crate::report::{Claim, Row, number};
use crate::service::{Manner, Version};

/// The CPU of some runs to that of others, all rounds together: the kernel counts in ticks of 4 ms, which are too coarse for
/// one round.
pub(super) fn ratio(
    ours: &[Measured],
    theirs: &[Measured],
    part: fn(Cpu) -> Duration,
) -> Option<f64> {
    let sum = |runs: &[Measured]| {
        let parts = runs.iter().map(|run| run.cpu.map(part));
        parts.sum::<Option<Duration>>()
    };
    Some(sum(ours)?.as_secs_f64() / sum(theirs)?.as_secs_f64())
}

/// The most CPU of `items()` in all, beside that of the bare loop.
fn most_cpu(version: Version) -> f64 {
    match version {
        Version::V1 => 1.15,
        Version::V3 => 0.85,
    }
}

/// The same in user mode, which is a goal for v1 and a promise for v3.
const MOST_USER_CPU: f64 = 1.0;

pub(super) fn beside_a_bare_loop(scale: &Scale) -> Result<Shown, Box<dyn Error>> {
    let (mut shown, ours) = whole_list(scale, Version::V1, "1")?;
    let server = Server::start(&Manner {
        records: scale.many_records,
        ..scale.manner(Version::V1)
    })?;
    let many = (0..scale.rounds.div_ceil(3))
        .map(|_| scale.items(&server, 1))
        .collect::<Result<Vec<_>, _>>()?;
    server.stop()?;
    let name = format!("1  items(), {} candidates", scale.many_records);
    let (ours, of_many) = (Row::new(String::new(), ours), Row::new(name, many.clone()));
    shown.claims.push(complete(
        "1  items(), the long list",
        scale.many_records,
        &many,
    ));
    if let (Some(peak), Some(of_many)) = (ours.mebibytes(), of_many.mebibytes()) {
        let claims = &mut shown.claims;
        claims.push(scale.timed(Claim::at_most("1  peak memory of items(), MiB", peak, 25.0)));
        let what = "1  peak memory of the long list to that";
        claims.push(scale.timed(Claim::at_most(what, of_many / peak, 1.1)));
    }
    shown.rows.push(of_many);
    Ok(shown)
}

pub(super) fn flat_records_beside_a_bare_loop(scale: &Scale) -> Result<Shown, Box<dyn Error>> {
    Ok(whole_list(scale, Version::V3, "7")?.0)
}

/// Reads the list with the client and with the bare loop, one after the other.
fn whole_list(
    scale: &Scale,
    version: Version,
    number: &str,
) -> Result<(Shown, Vec<Measured>), Box<dyn Error>> {
    let server = Server::start(&scale.manner(version))?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..scale.rounds {
        theirs.push(scale.bare(&server)?);
        ours.push(scale.items(&server, 1)?);
    }
    server.stop()?;
    let of = format!("{} candidates of {}", scale.records, version.name());
    let rows = vec![
        Row::new(format!("{number}  bare loop, {of}"), theirs.clone()),
        Row::new(format!("{number}  items(), {of}"), ours.clone()),
    ];
    let mut claims = vec![
        complete(&format!("{number}  bare loop"), scale.records, &theirs),
        complete(&format!("{number}  items()"), scale.records, &ours),
    ];
    let compare = |what: &str, part: fn(Cpu) -> Duration, most: f64| {
        let what = format!("{number}  {what} of items() to that of the bare loop");
        let ratio = ratio(&ours, &theirs, part);
        ratio.map(|ratio| scale.timed(Claim::at_most(what, ratio, most)))
    };
    claims.extend(compare("CPU", |cpu| cpu.all, most_cpu(version)));
    let user = compare("user CPU", |cpu| cpu.user, MOST_USER_CPU);
    claims.extend(match version {
        Version::V1 => user.map(Claim::unjudged),
        Version::V3 => user,
    });
    Ok((Shown { rows, claims }, ours))
}

/// The same list from a service that compresses its pages, beside one that does not.
pub(super) fn compressed(scale: &Scale) -> Result<Shown, Box<dyn Error>> {
    let plain_server = Server::start(&scale.manner(Version::V1))?;
    let gzip_server = Server::start(&Manner {
        gzip: true,
        ..scale.manner(Version::V1)
    })?;
    let (mut plain, mut gzip) = (Vec::new(), Vec::new());
    for _ in 0..scale.rounds {
        plain.push(scale.items(&plain_server, 1)?);
        gzip.push(scale.items(&gzip_server, 1)?);
    }
    let (of_plain, of_gzip) = (plain_server.stop()?.bytes, gzip_server.stop()?.bytes);
    let ratio = ratio(&gzip, &plain, |cpu| cpu.all);
    let mut claims = vec![
        complete("5  items(), pages in gzip", scale.records, &gzip),
        Claim::at_most(
            "5  bytes of pages in gzip to those of plain pages",
            number(of_gzip / 1024) / number(of_plain / 1024),
            0.5,
        ),
    ];
    if let Some(ratio) = ratio {
        let what = "5  CPU of items() with gzip to that without";
        claims.push(scale.timed(Claim::at_most(what, ratio, 2.0)));
    }
    Ok(Shown {
        rows: vec![
            Row::new("5  items(), plain pages".to_owned(), plain),
            Row::new("5  items(), pages in gzip".to_owned(), gzip),
        ],
        claims,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programs::Found;

    #[test]
    fn cpu_is_compared_over_all_rounds() {
        let measured = |milliseconds: u64| Measured {
            wall: Duration::ZERO,
            cpu: Some(Cpu {
                user: Duration::from_millis(milliseconds / 2),
                all: Duration::from_millis(milliseconds),
            }),
            found: Found {
                records: 0,
                in_order: true,
                peak_kib: None,
            },
        };
        // One round says 0, the other 3: a tick fell to one side or the other.
        let (ours, theirs) = ([0, 12].map(measured), [8, 4].map(measured));
        assert_eq!(ratio(&ours, &theirs, |cpu| cpu.all), Some(1.0));
        assert_eq!(ratio(&ours, &theirs, |cpu| cpu.user), Some(1.0));
        let unknown = Measured {
            cpu: None,
            ..ours[0]
        };
        assert_eq!(ratio(&[ours[1], unknown], &theirs, |cpu| cpu.all), None);
    }
}
