//! Job posts: what is published about jobs.

mod board;
mod create;
mod locations;
mod places;
mod seed;
mod update;

pub(crate) use crate::domain::records::job_post::{JOB_POST, JobPost, Location, Question};
pub(crate) use board::{Board, Locations, list_boards};
pub(crate) use create::{NewPost, copy, create};
pub(crate) use locations::{
    ListedLocation, SEARCHABLE_LOCATION, SearchableLocation, add_location, remove_location,
};
pub(crate) use places::KnownPlace;
pub(crate) use update::{NewLocation, Update, publish, update};

use crate::domain::Resource;
use crate::domain::access::{Owner, Scope, Visibility};
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[
        &JOB_POST,
        &CUSTOM_LOCATION,
        &JOB_BOARD,
        &JOB_POST_LOCATION,
        &SEARCHABLE_LOCATION,
    ],
    seed: seed::seed,
};

pub(crate) static JOB_POST_LOCATION: Kind = Kind {
    table: "job_post_location",
    first_id: seed::FIRST_LOCATION,
    visibility: Visibility::of(&[Owner::Column(Scope::Job, "job_id")]),
};

/// A location in the list of a job board.
pub(crate) static CUSTOM_LOCATION: Kind = Kind {
    table: "job_post_custom_location",
    first_id: 90_215,
    visibility: Visibility::EVERYONE,
};

/// A job board. There are those of [`BOARDS`](board::BOARDS), under their ids.
pub(crate) static JOB_BOARD: Kind = Kind {
    table: "job_board",
    first_id: 111,
    visibility: Visibility::EVERYONE,
};
