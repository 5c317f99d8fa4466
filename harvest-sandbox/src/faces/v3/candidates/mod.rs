//! Candidates, as v3 shows and changes them.

mod document;
mod write;

use super::list::{self, Meaning, Means};
use crate::domain::candidates::CANDIDATE;
use crate::domain::custom_fields::users_as_values;
use crate::faces::{Handler, Resource};
use crate::store::{Depth, Embeds, Linked, Presentation};

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
        Embeds {
            table: "tag",
            ids: "SELECT candidate_id FROM candidate_tag WHERE tag_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        Embeds {
            table: "user",
            ids: "SELECT candidate_id FROM user_candidate WHERE user_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        Embeds {
            table: "custom_field",
            ids: "SELECT candidate.id FROM custom_field JOIN candidate
                  WHERE custom_field.id = ?1 AND field_type = 'candidate'",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        Embeds {
            table: "user",
            ids: users_as_values!("candidate", "candidate"),
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
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
