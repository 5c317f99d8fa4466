//! Candidates, as v3 shows and changes them.

mod document;
mod write;

use super::list::{self, Meaning, Means};
use crate::domain::candidates::CANDIDATE;
use crate::faces::embeds::{
    CUSTOM_FIELDS_OF_CANDIDATES, TAGS_OF_CANDIDATES, USERS_AS_VALUES_OF_CANDIDATES,
    USERS_LINKED_TO_CANDIDATES,
};
use crate::faces::{Handler, Resource};
use crate::store::Presentation;

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&PRESENTATION],
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

static PRESENTATION: Presentation = Presentation {
    kind: &CANDIDATE,
    show: document::document,
    embeds: &[
        TAGS_OF_CANDIDATES,
        USERS_LINKED_TO_CANDIDATES,
        CUSTOM_FIELDS_OF_CANDIDATES,
        USERS_AS_VALUES_OF_CANDIDATES,
    ],
    redact: None,
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
