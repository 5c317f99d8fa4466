#![no_main]

use harvest_fuzz::{descriptions, seeds};

libfuzzer_sys::fuzz_target!(init: seeds::plant(&descriptions::seeds()),
    |data: &[u8]| descriptions::run(data));
