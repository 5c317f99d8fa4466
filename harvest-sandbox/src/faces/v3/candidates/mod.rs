//! Candidates, as v3 shows and changes them.

mod document;
mod write;

use super::list::{self, Meaning, Means};
use super::presentation::shown;
use crate::domain::candidates::CANDIDATE;
use crate::faces::{Handler, Resource};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&CANDIDATE, document::document)],
    operations: &[
        (
            "list_candidates",
            Handler::Read(|cx| list::list(cx, &CANDIDATE, MEANINGS)),
        ),
        ("create_candidate", Handler::Write(write::create)),
        ("update_candidate", Handler::Write(write::update)),
        ("delete_candidate", Handler::Write(write::delete)),
        ("merge_candidates", Handler::Write(write::merge)),
        ("anonymize_candidate", Handler::Write(write::anonymize)),
    ],
};

pub(super) const MEANINGS: &[Meaning] = &[
    (
        "last_activity_at",
        Means::Column("state ->> 'last_activity'"),
    ),
    // True leaves out no candidate: private ones that the user may see are listed with the others.
    ("private", Means::Where("? OR NOT is_private")),
    (
        "email",
        Means::Where("id IN (SELECT candidate_id FROM candidate_email WHERE address = ?)"),
    ),
    (
        "tag",
        Means::Where(
            "id IN (SELECT candidate_id FROM candidate_tag JOIN tag ON tag.id = tag_id
             WHERE tag.name = ?)",
        ),
    ),
    (
        "custom_field_option_id",
        Means::Where(
            "EXISTS (SELECT 1 FROM json_tree(candidate.state, '$.custom_fields') AS kept
             JOIN custom_field_option AS choice ON choice.id = kept.value WHERE choice.id = ?)",
        ),
    ),
];
