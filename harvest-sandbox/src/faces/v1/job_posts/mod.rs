//! Job posts, as v1 shows and changes them.

mod board;
mod document;
mod read;
mod update;

use crate::domain::job_posts::{CUSTOM_LOCATION, JOB_POST};
use crate::faces::v1::plain;
use crate::faces::{Handler, Resource};
use crate::store::{Depth, Embeds, Linked, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&JOB_POST_PRESENTATION, &CUSTOM_LOCATION_PRESENTATION],
    operations: &[
        ("list_job_posts", Handler::Read(read::list)),
        ("get_job_post", Handler::Read(read::get)),
        ("list_job_posts_for_job", Handler::Read(read::list_of_job)),
        ("get_job_post_for_job", Handler::Read(read::one_of_job)),
        (
            "list_job_post_custom_locations",
            Handler::Read(read::custom_locations),
        ),
        ("update_job_post", Handler::Write(update::update)),
        (
            "update_job_post_status",
            Handler::Write(update::update_status),
        ),
    ],
};

static JOB_POST_PRESENTATION: Presentation = Presentation {
    kind: &JOB_POST,
    show: document::document,
    embeds: &[
        Embeds {
            table: "office",
            ids: "SELECT id FROM job_post WHERE office_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Deep,
        },
        Embeds {
            table: "job_post_custom_location",
            ids: "SELECT id FROM job_post WHERE custom_location_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Deep,
        },
    ],
    redact: None,
};

static CUSTOM_LOCATION_PRESENTATION: Presentation = plain::presentation(&CUSTOM_LOCATION);
