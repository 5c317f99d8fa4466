//! Requests that attach files to candidates themselves, rather than to their applications.

use crate::domain::candidates;
use crate::faces::Writing;
use crate::faces::v1::attachments::Input;
use crate::http::refusal::Outcome;

pub(super) fn attach(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Input = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let (id, attachment) = candidates::attach(cx, &actor, id, body.read_whole()?)?;
    let audience = actor.audience(cx, id)?;
    body.created(&attachment, audience)
}
