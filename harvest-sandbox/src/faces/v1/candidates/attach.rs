//! Attaching files to candidates themselves, rather than to their applications.

use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::faces::Writing;
use crate::faces::v1::attachments::Input;
use crate::http::refusal::Outcome;
use crate::refusal::Problems;

pub(super) fn attach(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut candidate): (i64, Candidate) = cx.record_in_path(&CANDIDATE, "id")?;
    let body: Input = cx.call.body()?;
    let mut problems = Problems::default();
    let attachment = body.keep(cx, "", &mut problems)?;
    problems.check()?;
    let audience = cx.user.audience(cx, id)?;
    let reply = body.created(&attachment, audience)?;
    candidate.attachments.push(attachment);
    candidate.save_changed(cx, id)?;
    Ok(reply)
}
