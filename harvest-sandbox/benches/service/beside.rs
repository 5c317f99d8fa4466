//! Another build of the program, side by side with this one: machines differ, and so does one from hour to hour.
//!
//! It may be older than v3, so that it is measured by v1 alone.

use std::path::Path;
use std::time::Instant;

use crate::Outcome;
use crate::connection::Connection;
use crate::face::{Face, filtered_page_of_v1, last_page_of_v1, page_of_v1};
use crate::figures::Figures;
use crate::made::Made;
use crate::process::Program;
use crate::sample::{Asked, median, rates, samples};

/// How much longer v1 may take than there, and how much more a new organization may take than there.
const V1: f64 = 1.05;
const NEW: f64 = 2.5;

/// How often each is started.
const STARTS: usize = 7;

/// What it takes the other one to make its candidates, in a folder that is gone then.
pub(crate) fn make(other: &Path, folder: &Path, candidates: usize) -> Outcome<Made> {
    let there = folder.with_extension("beside");
    let made = Made::of(Some(other), &there, candidates)?;
    println!("there, before: {made}");
    std::fs::remove_dir_all(there)?;
    Ok(made)
}

/// Measures both. This build has made its candidates already, and the other one has once `before`.
pub(crate) fn measure(
    other: &Path,
    (folder, made): (&Path, &Made),
    before: &Made,
    candidates: usize,
    figures: &mut Figures,
) -> Outcome<()> {
    let v1 = Face::v1();
    let mut starts = [vec![], vec![]];
    for _ in 0..STARTS {
        for (program, starts) in [None, Some(other)].into_iter().zip(&mut starts) {
            let began = Instant::now();
            let program = Program::of(program, &[])?;
            Connection::open(&program.address, &v1.authorization)?.get(&v1.small)?;
            starts.push(began.elapsed().as_secs_f64());
        }
    }
    let [ours, theirs] = starts.map(median);
    println!("start to first answer: {ours:.3} s here, {theirs:.3} s there");
    let [ours, theirs] = [Program::of(None, &[])?, Program::of(Some(other), &[])?];
    let [ours, theirs] = rates([(&ours.address, &v1), (&theirs.address, &v1)])?;
    println!("answers a second with one user: {ours:.0} here, {theirs:.0} there");
    let what = "GET /v1/users/{id}, time as times that there";
    figures.promise(what, theirs / ours, V1, "");

    let there = folder.with_extension("beside");
    let their_made = Made::of(Some(other), &there, candidates)?;
    println!("there, after: {their_made}");
    let what = format!("{candidates} candidates, seconds as times those there");
    let seconds = f64::midpoint(before.seconds, their_made.seconds);
    figures.promise(what, made.seconds / seconds, NEW, "");
    if let (Some(ours), Some(before), Some(after)) = (made.worked, before.worked, their_made.worked)
    {
        let what = format!("{candidates} candidates, of a processor as times there");
        figures.promise(what, ours / f64::midpoint(before, after), NEW, "");
    }
    let what = format!("{candidates} candidates, bytes as times those there");
    figures.promise(what, made.megabytes / their_made.megabytes, NEW, "");

    let ours = Program::of(None, &["--data", &folder.display().to_string()])?;
    let theirs = Program::of(Some(other), &["--data", &there.display().to_string()])?;
    let numbered = |page| [page_of_v1(page), page_of_v1(page)];
    let filtered = |program| filtered_page_of_v1(program, &v1, candidates);
    for (name, [here, there]) in [
        ("first page", numbered(1)),
        ("last page", numbered(last_page_of_v1(candidates))),
        ("page with a filter", [filtered(&ours)?, filtered(&theirs)?]),
    ] {
        let asked = |program, path| Asked {
            program,
            face: &v1,
            path,
        };
        let both = samples(&[asked(&ours, &here), asked(&theirs, &there)])?;
        let [here, there] = &both[..] else {
            continue;
        };
        if let (Some(here), Some(there)) = (here.worked, there.worked) {
            println!("{name} of v1: {here:.2} ms of a processor here, {there:.2} ms there");
        }
        for (what, here, there) in [
            ("median", here.median(), there.median()),
            (
                "99th percentile",
                here.percentile_99(),
                there.percentile_99(),
            ),
        ] {
            println!("{name} of v1, {what}: {here:.2} ms here, {there:.2} ms there");
            let what = format!("{name} of v1, {what} as times that there");
            figures.promise(what, here / there, V1, "");
        }
    }
    Ok(())
}
