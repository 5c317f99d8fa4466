//! Job posts that are made by copying others.

use super::update::publish;
use super::{Board, JOB_POST, JOB_POST_LOCATION, Locations};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::demographics::QUESTION_SET;
use crate::domain::events::Event;
use crate::domain::names;
use crate::domain::patch::{Change, replace};
use crate::domain::records::job_post::{JobPost, Location};
use crate::refusal::{Outcome, Problems, Refusal, Why};
use crate::store::Edit;

/// A post to make. Paths are the names of these.
pub(crate) struct NewPost {
    /// The post to copy. The copy is about the same job.
    pub(crate) template_job_post_id: ClientId,
    pub(crate) job_board_id: i64,
    pub(crate) title: Option<String>,
    /// HTML.
    pub(crate) content: Option<String>,
    /// Whether it is for the organization's own people: if not said, as its board is.
    pub(crate) internal: Option<bool>,
    pub(crate) demographic_question_set_id: Change<i64>,
    /// Whether it is published at once.
    pub(crate) live: bool,
}

/// Copies a post of a job onto a board, and says under which id.
pub(crate) fn create(edit: &mut Edit<'_>, actor: &Actor, new: NewPost) -> Outcome<i64> {
    let template = new
        .template_job_post_id
        .find::<JobPost>(edit, actor, &JOB_POST)?;
    // A post that gathers prospects is on no job that the copy could be about.
    let job_id = template.as_ref().and_then(|(_, post)| post.job_id);
    let (Some((_, mut post)), Some(job_id)) = (template, job_id) else {
        let why = Why::Unknown("A job post");
        return Err(Refusal::field("template_job_post_id", why));
    };
    actor.require_job(edit, job_id)?;
    let mut problems = Problems::default();
    if let Some(title) = &new.title {
        names::check("title", title, &mut problems);
    }
    let board = Board::of(new.job_board_id);
    if board.is_none() {
        problems.unknown("job_board_id", "A job board");
    }
    if let Some(id) = new.demographic_question_set_id.value()
        && !edit.exists(&QUESTION_SET, *id)?
    {
        let at = "demographic_question_set_id";
        problems.unknown(at, "A demographic question set");
    }
    problems.check()?;
    let from = Board::of(post.board_id);
    if let Some(board) = board {
        post.internal = board.internal;
        let suits = from.is_some_and(|from| board.takes_locations_of(from));
        post.location.take_if(|_| !suits);
        post.other_locations.retain(|_| suits);
        post.board_id = board.id;
    }
    replace(&mut post.title, new.title);
    replace(&mut post.content, new.content);
    replace(&mut post.internal, new.internal);
    let questions = new.demographic_question_set_id;
    questions.apply(&mut post.demographic_question_set_id);
    post.active = true;
    let id = post.insert_copy(edit)?;
    if new.live {
        publish(edit, actor, ClientId::new(id), true)?;
    }
    Ok(id)
}

/// Gives a new job the posts of another, offline and under another title if there is one.
pub(crate) fn copy(
    edit: &mut Edit<'_>,
    from_job_id: i64,
    to_job_id: i64,
    title: Option<&str>,
) -> Outcome<()> {
    let condition = "job_id = ?1 AND active ORDER BY id";
    for (_, mut post) in edit.states::<JobPost>(&JOB_POST, condition, [from_job_id])? {
        post.job_id = Some(to_job_id);
        replace(&mut post.title, title.map(str::to_owned));
        post.insert_copy(edit)?;
    }
    Ok(())
}

impl JobPost {
    /// Adds a post that was another until now: it is new, offline, and has locations of its own.
    fn insert_copy(mut self, edit: &mut Edit<'_>) -> Outcome<i64> {
        let now = stamp(edit.now());
        self.live = false;
        self.first_published_at = None;
        self.created_at.clone_from(&now);
        self.updated_at = now;
        let locations: [&mut [Location]; 2] =
            [self.location.as_mut_slice(), &mut self.other_locations];
        for location in locations.into_iter().flatten() {
            location.id = edit.new_id(&JOB_POST_LOCATION)?;
        }
        let id = self.insert(edit)?;
        Event::JobPostCreated(id).record(edit);
        Ok(id)
    }
}

impl Board {
    /// Whether a location of a post on another board can be one of a post on this.
    fn takes_locations_of(&self, other: &Self) -> bool {
        self.locations == other.locations
            && (self.locations != Locations::OwnList || self.id == other.id)
    }
}
