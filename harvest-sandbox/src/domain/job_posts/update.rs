//! Editing, publishing and copying job posts.

use super::state::JobPost;
use super::{JOB_POST, seed};
use crate::clock::stamp;
use crate::domain::patch::replace;
use crate::refusal::Outcome;
use crate::store::Edit;

/// Gives a new job the posts of another, offline and under another title if there is one.
pub(crate) fn copy(
    edit: &mut Edit<'_>,
    from_job_id: i64,
    to_job_id: i64,
    title: Option<&str>,
) -> Outcome<()> {
    let now = stamp(edit.now());
    let condition = "job_id = ?1 AND active ORDER BY id";
    for (_, mut post) in edit.states::<JobPost>(&JOB_POST, condition, [from_job_id])? {
        post.job_id = Some(to_job_id);
        replace(&mut post.title, title.map(str::to_owned));
        post.live = false;
        post.first_published_at = None;
        post.created_at.clone_from(&now);
        post.updated_at.clone_from(&now);
        post.location.id = edit.next_number("job_post_location", seed::FIRST_LOCATION)?;
        edit.insert(&JOB_POST, &post)?;
    }
    Ok(())
}
