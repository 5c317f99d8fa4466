#![no_main]

use harvest_fuzz::{names, seeds};

libfuzzer_sys::fuzz_target!(init: seeds::plant(&names::seeds()), |data: &[u8]| names::run(data));
