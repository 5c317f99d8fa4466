//! Exceptions of the tests on writes, with reasons. An exception that is not needed fails.

/// Places for an id where a request with a record that the user sees is answered like one with an unknown id. Whether a
/// hidden id is distinguished from an unknown one can't be tested there.
pub const WITHOUT_EFFECT: &[(&str, &str, &str)] = &[];

/// Writes that answer with a record in another form than the operation that reads it. That they tell nothing hidden is
/// tested all the same.
pub const OTHER_FORM: &[(&str, &str)] = &[
    (
        "create_office",
        "documented with other keys for the external ids of children",
    ),
    (
        "update_department",
        "documented with other keys for the external ids of parents",
    ),
    (
        "update_job",
        "the only answer that shows the custom fields of a job's openings",
    ),
    (
        "update_office",
        "documented with other keys for the external ids of children",
    ),
];
