//! Editing and publishing job posts.

use super::{Board, CUSTOM_LOCATION, JOB_POST, JOB_POST_LOCATION, Locations};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::events::Event;
use crate::domain::names;
use crate::domain::offices::OFFICE;
use crate::domain::patch::replace;
use crate::domain::records::job_post::{JobPost, Location};
use crate::json::Value;
use crate::refusal::{LocationForm, Outcome, Problems, Refusal, Rule};
use crate::store::{Edit, View};

/// What is to change. Paths are the names of these.
#[derive(Debug, Default)]
pub(crate) struct Update {
    pub(crate) title: Option<String>,
    /// HTML.
    pub(crate) content: Option<String>,
    pub(crate) location: Option<NewLocation>,
    /// Whether it is for the organization's own people.
    pub(crate) internal: Option<bool>,
}

/// A location, in one of the forms that job boards take.
#[derive(Debug)]
pub(crate) enum NewLocation {
    Text(String),
    Office { office_id: i64 },
    Custom { custom_location_id: i64 },
}

/// Edits a post.
pub(crate) fn update(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    command: Update,
) -> Outcome<i64> {
    let (id, mut post) = editable(edit, actor, id)?;
    let mut problems = Problems::default();
    if let Some(title) = &command.title {
        names::check("title", title, &mut problems);
    }
    replace(&mut post.title, command.title);
    replace(&mut post.content, command.content);
    replace(&mut post.internal, command.internal);
    if let Some(place) = command.location {
        place.check(edit, post.board_id, &mut problems)?;
        let id = match &post.location {
            Some(location) => location.id,
            None => edit.new_id(&JOB_POST_LOCATION)?,
        };
        post.location = Some(place.location(id));
    }
    problems.check()?;
    save(edit, id, post)
}

/// Publishes a post, or takes it offline. Problems are at `status`.
pub(crate) fn publish(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    live: bool,
) -> Outcome<i64> {
    let (id, mut post) = editable(edit, actor, id)?;
    post.live = live;
    if post.live && !post.active {
        return Err(Refusal::field("status", Rule::DeletedPost));
    }
    if post.live && post.first_published_at.is_none() {
        post.first_published_at = Some(stamp(edit.now()));
    }
    save(edit, id, post)
}

/// The post, if the user may edit it: its job, or as a site admin one without a job.
pub(super) fn editable(view: &View<'_>, actor: &Actor, id: ClientId) -> Outcome<(i64, JobPost)> {
    let found = id.find::<JobPost>(view, actor, &JOB_POST)?;
    let (id, post) = found.ok_or(Refusal::NotFound)?;
    match post.job_id {
        Some(job_id) => actor.require_job(view, job_id)?,
        None => actor.require_site_admin()?,
    }
    Ok((id, post))
}

pub(super) fn save(edit: &mut Edit<'_>, id: i64, mut post: JobPost) -> Outcome<i64> {
    post.updated_at = stamp(edit.now());
    edit.save(&JOB_POST, id, &post)?;
    post.keep_locations(edit, id)?;
    Event::JobPostUpdated(id).record(edit);
    Ok(id)
}

impl NewLocation {
    /// It is there, and of the sort that the board takes.
    pub(super) fn check(
        &self,
        view: &View<'_>,
        board_id: i64,
        problems: &mut Problems,
    ) -> Outcome<()> {
        let allowed = Board::of(board_id).map(|board| board.locations);
        if allowed != Some(self.sort()) {
            let form = match allowed {
                Some(Locations::Offices) => LocationForm::Office,
                Some(Locations::OwnList) => LocationForm::OwnList,
                Some(Locations::FreeText) | None => LocationForm::Text,
            };
            problems.add("location", Rule::LocationForm(form));
            return Ok(());
        }
        match self {
            Self::Text(_) => {}
            Self::Office { office_id } => {
                if !view.exists(&OFFICE, *office_id)? {
                    problems.unknown("location.office_id", "An office");
                }
            }
            Self::Custom { custom_location_id } => {
                let custom: Option<Value> = view.find(&CUSTOM_LOCATION, *custom_location_id)?;
                if custom.is_none_or(|custom| custom["greenhouse_job_board_id"] != board_id) {
                    problems.unknown("location.custom_location_id", "A location of this board");
                }
            }
        }
        Ok(())
    }

    fn sort(&self) -> Locations {
        match self {
            Self::Text(_) => Locations::FreeText,
            Self::Office { .. } => Locations::Offices,
            Self::Custom { .. } => Locations::OwnList,
        }
    }

    pub(super) fn location(self, id: i64) -> Location {
        let mut location = Location {
            id,
            ..Location::default()
        };
        match self {
            Self::Text(text) => location.text = Some(text),
            Self::Office { office_id } => location.office_id = Some(office_id),
            Self::Custom { custom_location_id } => {
                location.custom_location_id = Some(custom_location_id);
            }
        }
        location
    }
}
