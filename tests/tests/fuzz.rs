//! Fuzz targets on stable Rust: over their first inputs, variations of them, and past findings.
//!
//! `cargo xtask fuzz` goes further.

#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "tests"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[allow(dead_code, reason = "what the fuzzer needs besides is not needed here")]
#[path = "../../fuzz/src/lib.rs"]
mod fuzz;

use fuzz::{descriptions, links, lists, names as odd_names};

struct Target {
    name: &'static str,
    run: fn(&[u8]),
    seeds: fn() -> Vec<Vec<u8>>,
    /// How many variations of each input are tried.
    variations: usize,
}

const TARGETS: [Target; 4] = [
    Target {
        name: "links",
        run: links::run,
        seeds: links::seeds,
        variations: 500,
    },
    Target {
        name: "lists",
        run: lists::run,
        seeds: lists::seeds,
        variations: 20,
    },
    Target {
        name: "descriptions",
        run: descriptions::run,
        seeds: descriptions::seeds,
        variations: 40,
    },
    Target {
        name: "names",
        run: odd_names::run,
        seeds: odd_names::seeds,
        variations: 2,
    },
];

fn folder(path: &str) -> PathBuf {
    // cargo runs a test in the folder of its package.
    Path::new("../fuzz").join(path)
}

fn names(path: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder(path)).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect()
}

/// An input cut short, or with one byte changed, by a number that says where.
fn vary(seed: &[u8], number: usize) -> Vec<u8> {
    let mut varied = seed.to_vec();
    let place = number.wrapping_mul(2_654_435_761) % seed.len().max(1);
    if number.is_multiple_of(4) {
        varied.truncate(place);
    } else if let Some(byte) = varied.get_mut(place) {
        *byte = b"\"{}[],:0-.n<>;=%\\ \n\xff"[number % 20];
    }
    varied
}

#[test]
fn first_inputs_and_their_variations() {
    for target in TARGETS {
        let seeds = (target.seeds)();
        assert!(!seeds.is_empty());
        for seed in &seeds {
            (target.run)(seed);
            for number in 0..target.variations {
                (target.run)(&vary(seed, number));
            }
        }
        let inputs = seeds.len() * (target.variations + 1);
        println!("{}: {inputs} inputs", target.name);
    }
}

#[test]
fn what_was_found_once() {
    for target in TARGETS {
        let Ok(found) = fs::read_dir(folder("regressions").join(target.name)) else {
            continue;
        };
        for input in found {
            (target.run)(&fs::read(input.unwrap().path()).unwrap());
        }
    }
}

#[test]
fn each_target_is_run_here() {
    let here: BTreeSet<_> = TARGETS.map(|target| target.name.to_owned()).into();
    assert_eq!(names("targets"), here);
}

#[test]
fn every_list_is_fuzzed_and_its_examples_decode() {
    let lists = lists::all();
    let fuzzed: BTreeSet<_> = lists.iter().map(|list| (list.version, list.id)).collect();
    assert_eq!(fuzzed.len(), lists.len());
    let described: BTreeSet<_> = lists::described().into_iter().collect();
    assert_eq!(
        fuzzed, described,
        "the lists of fuzz/src/lists.rs, and those of the description"
    );
    let seeds = lists::seeds();
    for seed in &seeds {
        let (place, answer) = seed.split_first().unwrap();
        let list = &lists[usize::from(*place)];
        assert!((list.decodes)(answer), "{}", list.id);
    }
    println!("{} lists, {} examples", fuzzed.len(), seeds.len());
}
