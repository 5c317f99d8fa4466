//! Attaching files to applications.

use super::{Subject, letter};
use crate::domain::access::{Actor, Audience, ClientId};
use crate::domain::attachments::{Attachment, NewAttachment};
use crate::domain::events::Event;
use crate::refusal::{Outcome, Problems, Rule};
use crate::store::{Edit, View};

/// Attaches a file, and says of which candidate the application is. Problems are at `type` and the names of the file.
pub(crate) fn attach(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    file: NewAttachment,
) -> Outcome<(i64, Attachment)> {
    let mut subject = Subject::of(edit, actor, id)?;
    let mut problems = Problems::default();
    check_test(edit, &subject, &file, &mut problems)?;
    let attachment = file.keep(edit, "", &mut problems)?;
    let known = (subject.id, &subject.application);
    letter::check(edit, known, &attachment, &mut problems)?;
    problems.check()?;
    letter::attached(edit, subject.id, &attachment)?;
    let what = if attachment.is_for(Audience::Others) {
        format!("has another attachment: {}", attachment.filename)
    } else {
        "has another attachment".to_owned()
    };
    subject.application.attachments.push(attachment.clone());
    let candidate_id = subject.application.candidate_id;
    let id = subject.id;
    subject.keep(edit, "Attachment Added", &what)?;
    Event::ApplicationUpdated(id).record(edit);
    Ok((candidate_id, attachment))
}

/// A take-home test belongs to a job that has one.
fn check_test(
    view: &View<'_>,
    subject: &Subject,
    file: &NewAttachment,
    problems: &mut Problems,
) -> Outcome<()> {
    // Of the interviews of a stage, a test is the one that takes no appointment.
    if file.is_of_type(&["take_home_test"]) {
        let test =
            "SELECT 1 FROM job_stage, json_each(job_stage.state, '$.interviews') AS interview
                    WHERE job_id = ?1 AND NOT (interview.value ->> 'schedulable')";
        let job_id = subject.application.job_id();
        if view.value::<i64>(test, [job_id])?.is_none() {
            problems.add("type", Rule::NoTakeHomeTest);
        }
    }
    Ok(())
}
