#![no_main]

use harvest_fuzz::{links, seeds};

libfuzzer_sys::fuzz_target!(init: seeds::plant(&links::seeds()), |data: &[u8]| links::run(data));
