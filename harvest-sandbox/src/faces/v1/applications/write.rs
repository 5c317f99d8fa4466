//! Adding an application to a candidate, attaching files to it and deleting it.

use axum::http::StatusCode;

use super::create::Create;
use crate::domain;
use crate::domain::access::Audience;
use crate::domain::activity_feed::About;
use crate::domain::applications::{APPLICATION, add, remove};
use crate::domain::applications::{Subject, record};
use crate::domain::candidates::CANDIDATE;
use crate::faces::Writing;
use crate::faces::v1::attachments;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::Problems;
use crate::store::View;

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let candidate_id = cx.row_in_path(&CANDIDATE, "id")?.id;
    let body: Create = cx.call.body()?;
    let user = cx.user.clone();
    let mut problems = Problems::default();
    let application = body.check(cx, &user, "", &mut problems)?;
    problems.check()?;
    let job_ids = application.job_ids.clone();
    let id = add(cx, candidate_id, application)?;
    record(
        cx,
        &user,
        candidate_id,
        &About::application(id).naming(&job_ids),
        "Application Added",
        "has another application",
    )?;
    cx.created(&APPLICATION, id)
}

pub(super) fn attach(cx: &mut Writing<'_, '_>) -> Outcome {
    let mut subject = Subject::of(cx, &cx.user, cx.call.id("id")?)?;
    let body: attachments::Input = cx.call.body()?;
    let mut problems = Problems::default();
    check_test(cx, &subject, &body, &mut problems)?;
    let attachment = body.keep(cx, "", &mut problems)?;
    let known = (subject.id, &subject.application);
    domain::applications::check(cx, known, &attachment, &mut problems)?;
    problems.check()?;
    domain::applications::attached(cx, subject.id, &attachment)?;
    let audience = cx.user.audience(cx, subject.application.candidate_id)?;
    let reply = body.created(&attachment, audience)?;
    let what = if attachment.is_for(Audience::Others) {
        format!("has another attachment: {}", attachment.filename)
    } else {
        "has another attachment".to_owned()
    };
    subject.application.attachments.push(attachment);
    subject.keep(cx, "Attachment Added", &what)?;
    Ok(reply)
}

/// A take-home test belongs to a job that has one.
fn check_test(
    view: &View<'_>,
    subject: &Subject,
    body: &attachments::Input,
    problems: &mut Problems,
) -> Outcome<()> {
    // Of the interviews of a stage, a test is the one that takes no appointment.
    if body.is_of_type(&["take_home_test"]) {
        let test =
            "SELECT 1 FROM job_stage, json_each(job_stage.state, '$.interviews') AS interview
                    WHERE job_id = ?1 AND NOT (interview.value ->> 'schedulable')";
        let job_id = subject.application.job_id();
        if view.value::<i64>(test, [job_id])?.is_none() {
            problems.add("type", "Needs a take-home test, and this job has none");
        }
    }
    Ok(())
}

pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let subject = Subject::of(cx, &cx.user, cx.call.id("id")?)?;
    subject.require_job()?;
    remove(cx, subject.id)?;
    record(
        cx,
        subject.actor(),
        subject.application.candidate_id,
        &About::jobs(&subject.application.job_ids),
        "Application Deleted",
        "has one application less",
    )?;
    let message = format!("Application {} has been deleted.", subject.id);
    Ok(Reply::message(StatusCode::OK, &message))
}
