//! Requests that edit, publish or copy job posts.

use serde::Deserialize;

use crate::domain::job_posts::{Board, CUSTOM_LOCATION, JOB_POST, JobPost, Location, Locations};
use crate::domain::names;
use crate::domain::offices::OFFICE;
use crate::domain::patch::replace;
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::{Value, json};
use crate::refusal::{Problems, Refusal};
use crate::store::View;

#[derive(Deserialize)]
struct Update {
    title: Option<String>,
    location: Option<Place>,
    content: Option<String>,
}

/// A location as a body names it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Place {
    Text(String),
    Office { office_id: i64 },
    Custom { custom_location_id: i64 },
}

#[derive(Deserialize)]
struct UpdateStatus {
    /// `live` or `offline`.
    status: String,
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut post) = editable(cx)?;
    let body: Update = cx.call.body()?;
    let mut problems = Problems::default();
    if let Some(title) = &body.title {
        names::check("title", title, &mut problems);
    }
    replace(&mut post.title, body.title);
    replace(&mut post.content, body.content);
    if let Some(place) = body.location {
        place.check(cx, post.board_id, &mut problems)?;
        post.location = place.location(post.location.id);
    }
    problems.check()?;
    save(cx, id, post)
}

pub(super) fn update_status(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut post) = editable(cx)?;
    let body: UpdateStatus = cx.call.body()?;
    post.live = body.status == "live";
    if post.live && !post.active {
        return Err(Refusal::field("status", "A deleted job post can't go live"));
    }
    if post.live && post.first_published_at.is_none() {
        post.first_published_at = Some(cx.stamp());
    }
    save(cx, id, post)
}

/// The post, if the user may edit it: its job, or as a site admin one without a job.
fn editable(cx: &Writing<'_, '_>) -> Outcome<(i64, JobPost)> {
    let (id, post): (i64, JobPost) = cx.record_in_path(&JOB_POST, "id")?;
    match post.job_id {
        Some(job_id) => cx.user.require_job(cx, job_id)?,
        None => cx.user.require_site_admin()?,
    }
    Ok((id, post))
}

fn save(cx: &mut Writing<'_, '_>, id: i64, mut post: JobPost) -> Outcome {
    post.updated_at = cx.stamp();
    cx.save(&JOB_POST, id, &post)?;
    Ok(Reply::value(&json!({"success": true})))
}

impl Place {
    /// It is there, and of the sort that the board takes.
    fn check(&self, view: &View<'_>, board_id: i64, problems: &mut Problems) -> Outcome<()> {
        let allowed = Board::of(board_id).map(|board| board.locations);
        if allowed != Some(self.sort()) {
            let message = match allowed {
                Some(Locations::Offices) => "The job board wants an office_id",
                Some(Locations::OwnList) => "The job board wants a custom_location_id",
                Some(Locations::FreeText) | None => "The job board wants a text",
            };
            problems.add("location", message);
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

    fn location(self, id: i64) -> Location {
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
