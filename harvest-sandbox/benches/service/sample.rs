//! Samples of times.

use std::time::{Duration, Instant};

use crate::Outcome;
use crate::connection::Connection;
use crate::face::Face;
use crate::process::Program;

/// Connections that ask at once for single records.
pub(crate) const CONNECTIONS: usize = 8;
/// How long they do, each time.
const ASKING: Duration = Duration::from_secs(1);
/// How often.
const TIMES: usize = 15;
/// How often each page is asked for.
const PAGES: u32 = 1_000;
/// How often in a row, before the other versions have their turn.
const TURN: u32 = 20;

/// How many requests for one user each of these answers in a second: the medians of short turns, so that each has the machine
/// as busy as the others have it.
pub(crate) fn rates<const N: usize>(asked: [(&str, &Face); N]) -> Outcome<[f64; N]> {
    let mut rates = asked.map(|_| Vec::new());
    for _ in 0..TIMES {
        for ((address, face), rates) in asked.iter().zip(&mut rates) {
            rates.push(per_second(address, face)?);
        }
    }
    Ok(rates.map(median))
}

fn per_second(address: &str, face: &Face) -> Outcome<f64> {
    let connections = (0..CONNECTIONS).map(|_| Connection::open(address, &face.authorization));
    let connections = connections.collect::<Outcome<Vec<_>>>()?;
    let began = Instant::now();
    let answered: Vec<u32> = std::thread::scope(|scope| {
        let asking: Vec<_> = connections
            .into_iter()
            .map(|mut connection| {
                scope.spawn(move || {
                    let mut answered = 0;
                    while began.elapsed() < ASKING && connection.get(&face.small).is_ok() {
                        answered += 1;
                    }
                    answered
                })
            })
            .collect();
        asking
            .into_iter()
            .map(|thread| thread.join().unwrap_or_default())
            .collect()
    });
    Ok(f64::from(answered.iter().sum::<u32>()) / began.elapsed().as_secs_f64())
}

/// How long a page took, each time that it was asked for.
pub(crate) struct Sample {
    /// Shortest first, in milliseconds.
    times: Vec<f64>,
    /// How long processors worked for it, in milliseconds each time; none where the system does not say.
    pub(crate) worked: Option<f64>,
}

impl Sample {
    pub(crate) fn median(&self) -> f64 {
        self.at(0.5)
    }

    pub(crate) fn percentile_99(&self) -> f64 {
        self.at(0.99)
    }

    fn at(&self, share: f64) -> f64 {
        // There are some hundred of them.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss
        )]
        let place = ((self.times.len() - 1) as f64 * share) as usize;
        self.times[place]
    }
}

/// A page, whom it is asked for, and by which version.
pub(crate) struct Asked<'a> {
    pub(crate) program: &'a Program,
    pub(crate) face: &'a Face,
    pub(crate) path: &'a str,
}

/// Asks for pages of several versions or builds in turns, so that each has the machine as busy as the others have it.
pub(crate) fn samples(pages: &[Asked<'_>]) -> Outcome<Vec<Sample>> {
    let mut connections = Vec::new();
    for Asked {
        program,
        face,
        path,
    } in pages
    {
        let mut connection = Connection::open(&program.address, &face.authorization)?;
        // The first few times warm up.
        for _ in 0..5 {
            connection.get(path)?;
        }
        let sample = Sample {
            times: Vec::new(),
            worked: Some(0.0),
        };
        connections.push((connection, program, path, sample));
    }
    for _ in 0..PAGES / TURN {
        for (connection, program, path, sample) in &mut connections {
            let before = program.worked();
            for _ in 0..TURN {
                let began = Instant::now();
                connection.get(path)?;
                sample.times.push(began.elapsed().as_secs_f64() * 1000.0);
            }
            let worked = program
                .worked()
                .zip(before)
                .map(|(after, before)| after - before);
            let each = worked.map(|seconds| seconds * 1000.0 / f64::from(PAGES));
            sample.worked = sample.worked.zip(each).map(|(sum, more)| sum + more);
        }
    }
    let samples = connections.into_iter().map(|(_, _, _, mut sample)| {
        sample.times.sort_unstable_by(f64::total_cmp);
        sample
    });
    Ok(samples.collect())
}

/// The one in the middle.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_unstable_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}
