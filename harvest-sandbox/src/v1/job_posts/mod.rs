//! Job posts: what is published about jobs.

mod board;
mod document;
mod read;
mod seed;
mod state;
mod update;

pub(super) use board::Board;
pub(super) use update::copy;

use super::plain;
use crate::access::{Owner, Scope, Visibility};
use crate::handler::{Handler, Resource};
use crate::store::{Depth, Embeds, Kind, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&JOB_POST, &CUSTOM_LOCATION],
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
    seed: seed::seed,
};

pub(super) static JOB_POST: Kind = Kind {
    table: "job_post",
    first_id: 4_020_733_019,
    visibility: Visibility::of(&[Owner::Column(Scope::Job, "job_id")]),
};

static JOB_POST_PRESENTATION: Presentation = Presentation {
    kind: &JOB_POST,
    show: document::document,
    embeds: &[
        Embeds {
            table: "office",
            ids: "SELECT id FROM job_post WHERE office_id = ?1",
            depth: Depth::Deep,
        },
        Embeds {
            table: "job_post_custom_location",
            ids: "SELECT id FROM job_post WHERE custom_location_id = ?1",
            depth: Depth::Deep,
        },
    ],
    redact: None,
};

/// A location in the list of a job board.
static CUSTOM_LOCATION: Kind = Kind {
    table: "job_post_custom_location",
    first_id: 90_215,
    visibility: Visibility::EVERYONE,
};

static CUSTOM_LOCATION_PRESENTATION: Presentation = plain::presentation(&CUSTOM_LOCATION);
