//! Locations of job posts, as records of their own.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::places::KnownPlace;
use super::update::{NewLocation, editable, save};
use super::{CUSTOM_LOCATION, JOB_POST, JOB_POST_LOCATION};
use crate::domain::access::{self, Actor, ClientId, Scope, Visibility};
use crate::domain::offices::{OFFICE, Office};
use crate::domain::parts::{self, Owner};
use crate::domain::records::job_post::{JobPost, Location};
use crate::json::Value;
use crate::refusal::{Outcome, Problems, Rule, Why};
use crate::store::{Edit, Kind, View};

/// How many locations a post can have. The service documents no bound.
const MOST_LOCATIONS: usize = 100;

/// The place that a location was resolved to.
pub(crate) static SEARCHABLE_LOCATION: Kind = Kind {
    table: "job_post_searchable_location",
    first_id: 4_060_600_031,
    visibility: OF_JOB,
};

const OF_JOB: Visibility = Visibility::of(&[access::Owner::Column(Scope::Job, "job_id")]);

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ListedLocation {
    pub(crate) job_post_id: i64,
    pub(crate) job_id: Option<i64>,
    pub(crate) office_id: Option<i64>,
    pub(crate) custom_location_id: Option<i64>,
    pub(crate) text: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SearchableLocation {
    pub(crate) job_post_id: i64,
    pub(crate) job_id: Option<i64>,
    /// The whole place in words: the name of one that is known.
    pub(crate) location: String,
}

/// Adds a location to a post, and says under which id. Paths are `job_post_id` and those of a location in
/// [`Update`](super::Update).
pub(crate) fn add_location(
    edit: &mut Edit<'_>,
    actor: &Actor,
    post_id: ClientId,
    place: NewLocation,
) -> Outcome<i64> {
    post_id.named(edit, actor, &JOB_POST, "job_post_id", "A job post")?;
    let (id, mut post) = editable(edit, actor, post_id)?;
    let mut problems = Problems::default();
    if post.locations().count() >= MOST_LOCATIONS {
        problems.add("job_post_id", Rule::TooManyLocations(MOST_LOCATIONS));
    }
    if matches!(&place, NewLocation::Text(text) if text.trim().is_empty()) {
        problems.add("location.text", Why::Blank);
    }
    place.check(edit, post.board_id, &mut problems)?;
    problems.check()?;
    let location = place.location(edit.new_id(&JOB_POST_LOCATION)?);
    let location_id = location.id;
    if post.location.is_none() {
        post.location = Some(location);
    } else {
        post.other_locations.push(location);
    }
    save(edit, id, post)?;
    Ok(location_id)
}

/// Takes a location off a post. The next one takes the place of the first.
pub(crate) fn remove_location(edit: &mut Edit<'_>, actor: &Actor, id: i64) -> Outcome<()> {
    let listed: ListedLocation = edit.get(&JOB_POST_LOCATION, id)?;
    let post_id = ClientId::new(listed.job_post_id);
    let (post_id, mut post) = editable(edit, actor, post_id)?;
    let is_other = |one: &Location| one.id != id;
    post.other_locations.retain(is_other);
    post.location = post.location.filter(is_other);
    if post.location.is_none() && !post.other_locations.is_empty() {
        post.location = Some(post.other_locations.remove(0));
    }
    save(edit, post_id, post).map(|_| ())
}

impl JobPost {
    pub(crate) fn locations(&self) -> impl Iterator<Item = &Location> {
        self.location.iter().chain(&self.other_locations)
    }

    /// Adds a post.
    pub(super) fn insert(&self, edit: &mut Edit<'_>) -> Outcome<i64> {
        let id = edit.insert(&JOB_POST, self)?;
        self.keep_locations(edit, id)?;
        Ok(id)
    }

    /// Keeps what is listed apart from the post, after a change.
    pub(crate) fn keep_locations(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        let owner = Owner {
            column: "job_post_id",
            id,
        };
        let mut found = BTreeSet::new();
        for location in self.locations() {
            let name = location.name(edit)?.unwrap_or_default();
            found.extend(KnownPlace::named(&name).map(|place| place.location));
        }
        let found = found.into_iter().map(|location| SearchableLocation {
            job_post_id: id,
            job_id: self.job_id,
            location: location.to_owned(),
        });
        let found: Vec<_> = found.collect();
        let listed = self.locations().map(|one| {
            let listed = ListedLocation {
                job_post_id: id,
                job_id: self.job_id,
                office_id: one.office_id,
                custom_location_id: one.custom_location_id,
                text: one.text.clone(),
            };
            (one.id, listed)
        });
        let listed: Vec<_> = listed.collect();
        parts::keep(edit, &JOB_POST_LOCATION, owner, listed)?;
        parts::keep_numbered(edit, &SEARCHABLE_LOCATION, owner, &["location"], &found)
    }
}

impl Location {
    /// Where it is in words. Of an office, its place.
    fn name(&self, view: &View<'_>) -> Outcome<Option<String>> {
        if let Some(id) = self.office_id {
            let office: Option<Office> = view.find(&OFFICE, id)?;
            return Ok(office.and_then(|office| office.location));
        }
        if let Some(id) = self.custom_location_id {
            let custom: Option<Value> = view.find(&CUSTOM_LOCATION, id)?;
            let name = custom.as_ref().and_then(|custom| custom["value"].as_str());
            return Ok(name.map(str::to_owned));
        }
        Ok(self.text.clone())
    }
}
