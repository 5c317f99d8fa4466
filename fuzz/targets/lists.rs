#![no_main]

use harvest_fuzz::{lists, seeds};

libfuzzer_sys::fuzz_target!(init: seeds::plant(&lists::seeds()), |data: &[u8]| lists::run(data));
