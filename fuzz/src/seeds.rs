//! Inputs to begin with.

use std::fs;
use std::path::PathBuf;

/// Names the folder that a target puts its first inputs into.
const FOLDER: &str = "HARVEST_FUZZ_SEEDS";

/// Puts inputs into the folder that the environment names, before the fuzzer reads it.
///
/// # Panics
///
/// If that cannot be done: without them the fuzzer would look in the dark.
pub fn plant(seeds: &[Vec<u8>]) {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    fs::create_dir_all(&folder).expect("the folder of seeds can be made");
    for (number, seed) in seeds.iter().enumerate() {
        fs::write(folder.join(format!("seed-{number:03}")), seed).expect("a seed can be written");
    }
}
