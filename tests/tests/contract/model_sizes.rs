//! The memory that a model takes, from which `ClientBuilder::max_response_bytes` says how much an answer may take.

use harvest_generated::{v1, v3};

/// The most bytes of a model, by which objects are counted.
const BYTES_OF_MODEL: usize = 2048;

/// Of all models these are the largest.
#[test]
fn no_model_takes_more_than_is_documented() {
    for (name, size) in [
        ("v1::Application", size_of::<v1::types::Application>()),
        ("v1::Candidate", size_of::<v1::types::Candidate>()),
        ("v1::Job", size_of::<v1::types::Job>()),
        ("v1::Offer", size_of::<v1::types::Offer>()),
        ("v1::Scorecard", size_of::<v1::types::Scorecard>()),
        ("v3::Application", size_of::<v3::types::Application>()),
        ("v3::Candidate", size_of::<v3::types::Candidate>()),
        (
            "v3::CandidateCreated",
            size_of::<v3::types::CandidateCreated>(),
        ),
    ] {
        assert!(size <= BYTES_OF_MODEL, "{name}: {size} bytes");
    }
}
