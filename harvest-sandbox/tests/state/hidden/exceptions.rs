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

/// Writes that change what is hidden from the user who makes them, since they concern a record as a whole:
/// `docs/sandbox.md` says so. No answer shows that they did.
pub const WHOLE: &[(&str, &str)] = &[
    (
        "change_user_permission_level",
        "who becomes a basic user has no part in any job",
    ),
    (
        "delete_application",
        "interviews and scorecards of a job that it has left go with it",
    ),
    (
        "delete_candidate",
        "a person who is deleted is deleted everywhere",
    ),
    (
        "merge_candidates",
        "all applications of the duplicate are those of the other from then on",
    ),
];

/// Whether a write is one of [`WHOLE`].
pub fn is_whole(operation: &str) -> bool {
    WHOLE.iter().any(|(id, _)| *id == operation)
}
