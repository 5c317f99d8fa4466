//! Locations of job posts, as v3 shows, adds and removes them.

use serde::Deserialize;

use super::deleted::Deleted;
use super::list::{self, Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::access::ClientId;
use crate::domain::job_posts::{
    self, JOB_POST_LOCATION, KnownPlace, ListedLocation, NewLocation, SEARCHABLE_LOCATION,
    SearchableLocation,
};
use crate::faces::list::List;
use crate::faces::{Handler, Reading, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::refusal::{Refusal, Why};
use crate::store::{Document, Kind, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[
        &shown(&JOB_POST_LOCATION, location),
        &shown(&SEARCHABLE_LOCATION, searchable),
    ],
    operations: &[
        (
            "list_job_post_locations",
            Handler::Read(|cx| of_jobs(cx, &JOB_POST_LOCATION, OF_LOCATIONS)),
        ),
        ("create_job_post_location", Handler::Write(create)),
        ("delete_job_post_location", Handler::Write(delete)),
        (
            "list_job_post_searchable_locations",
            Handler::Read(|cx| of_jobs(cx, &SEARCHABLE_LOCATION, OF_POSTS)),
        ),
    ],
};

const OF_POSTS: &[Meaning] = &[("job_post_ids", Means::Column("job_post_id"))];

const OF_LOCATIONS: &[Meaning] = &[
    ("job_post_ids", Means::Column("job_post_id")),
    ("office_ids", Means::Column("office_id")),
    ("custom_location_ids", Means::Column("custom_location_id")),
    (
        "type",
        Means::Column(
            "CASE WHEN office_id IS NOT NULL THEN 'office'
             WHEN custom_location_id IS NOT NULL THEN 'custom_list' ELSE 'free_text' END",
        ),
    ),
    ("plain_text_location", Means::Column("state ->> 'text'")),
];

/// Those of the posts that v3 lists, which are about jobs.
fn of_jobs(cx: &Reading<'_>, kind: &'static Kind, meanings: &[Meaning]) -> Outcome {
    list::narrowed(cx, List::of(kind).only("job_id IS NOT NULL"), meanings)
}

fn location(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ListedLocation = row.state()?;
    let kind = match (it.office_id, it.custom_location_id) {
        (Some(_), _) => "office",
        (None, Some(_)) => "custom_list",
        (None, None) => "free_text",
    };
    let shown = json!({
        "plain_text_location": it.text,
        "office_id": it.office_id,
        "type": kind,
        "job_post_id": it.job_post_id,
        "custom_location_id": it.custom_location_id,
    });
    dated(view, &JOB_POST_LOCATION, row, shown)
}

fn searchable(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: SearchableLocation = row.state()?;
    let place = KnownPlace::named(&it.location);
    let region = place.and_then(|place| place.region);
    let shown = json!({
        "city": place.and_then(|place| place.city),
        "country_long_name": place.map(|place| place.country[0]),
        "country_short_name": place.map(|place| place.country[1]),
        "county": place.and_then(|place| place.county),
        "job_post_id": it.job_post_id,
        "latitude": place.map(|place| place.latitude),
        "location": it.location,
        "longitude": place.map(|place| place.longitude),
        "postal_code": place.and_then(|place| place.postal_code),
        "region_long_name": region.map(|region| region[0]),
        "region_short_name": region.map(|region| region[1]),
    });
    dated(view, &SEARCHABLE_LOCATION, row, shown)
}

#[derive(Deserialize)]
struct Create {
    job_post_id: ClientId,
    /// `free_text`, `office` or `custom_list`.
    r#type: String,
    value: String,
}

/// The names of v3 for what the domain takes.
const NAMES: &[(&str, &str)] = &[
    ("location", "type"),
    ("location.office_id", "value"),
    ("location.custom_location_id", "value"),
    ("location.text", "value"),
];

fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let id = |what| {
        let id = body.value.trim().parse::<i64>();
        id.map_err(|_| Refusal::field("value", Why::Unknown(what)))
    };
    let place = match body.r#type.as_str() {
        "office" => NewLocation::Office {
            office_id: id("An office")?,
        },
        "custom_list" => NewLocation::Custom {
            custom_location_id: id("A location of this board")?,
        },
        _ => NewLocation::Text(body.value),
    };
    let added = job_posts::add_location(cx, &actor, body.job_post_id, place);
    let id = added.map_err(|it| it.renamed(NAMES))?;
    cx.created(&JOB_POST_LOCATION, id)
}

fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&JOB_POST_LOCATION, "id")?;
    let deleted = Deleted::of(cx, &JOB_POST_LOCATION, id)?;
    let actor = cx.user.clone();
    job_posts::remove_location(cx, &actor, id)?;
    Ok(deleted.answer("Job post location"))
}
