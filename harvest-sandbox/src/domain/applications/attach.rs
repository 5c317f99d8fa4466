//! Attaching files to applications, and taking them away.

use super::{Subject, discard_files, offer_letter};
use crate::domain::access::{Actor, Audience, ClientId};
use crate::domain::attachments::{ATTACHMENT, Attachment, ListedAttachment, NewAttachment};
use crate::domain::events::Event;
use crate::refusal::{Outcome, Problems, Refusal, Rule, broken};
use crate::store::{Edit, View};

/// Attaches a file, and says of which candidate the application is. Problems are at `type` and the names of the file.
pub(crate) fn attach(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    file: NewAttachment,
) -> Outcome<(i64, Attachment)> {
    add(edit, actor, id, file, &[])
}

/// The same, where a new résumé takes the place of the one that the application has. Says under which id it is listed.
pub(crate) fn attach_instead(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    file: NewAttachment,
) -> Outcome<i64> {
    let application_id = Subject::of(edit, actor, id)?.id;
    add(edit, actor, id, file, &["resume"])?;
    let sql = "SELECT max(id) FROM attachment WHERE application_id = ?1";
    let listed: Option<i64> = edit.value::<Option<i64>>(sql, [application_id])?.flatten();
    listed.ok_or_else(|| broken("a file that was attached is not listed"))
}

/// Attaches a file in the place of those of its type, if it is one of these.
fn add(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    file: NewAttachment,
    single: &[&str],
) -> Outcome<(i64, Attachment)> {
    let mut subject = Subject::of(edit, actor, id)?;
    let mut problems = Problems::default();
    check_test(edit, &subject, &file, &mut problems)?;
    let attachment = file.keep(edit, "", &mut problems)?;
    let known = (subject.id, &subject.application);
    offer_letter::check(edit, known, &attachment, &mut problems)?;
    problems.check()?;
    offer_letter::attached(edit, subject.id, &attachment)?;
    let what = if attachment.is_for(Audience::Others) {
        format!("has another attachment: {}", attachment.filename)
    } else {
        "has another attachment".to_owned()
    };
    let candidate_id = subject.application.candidate_id;
    let id = subject.id;
    let files = &mut subject.application.attachments;
    if single.contains(&attachment.r#type.as_str()) {
        let (replaced, kept) = files
            .drain(..)
            .partition(|it| it.r#type == attachment.r#type);
        *files = kept;
        discard_files(edit, subject.id, candidate_id, &replaced)?;
    }
    files.push(attachment.clone());
    subject.keep(edit, "Attachment Added", &what)?;
    Event::ApplicationUpdated(id).record(edit);
    Ok((candidate_id, attachment))
}

/// Takes away a file of an application by the id under which it is listed.
pub(crate) fn detach(edit: &mut Edit<'_>, actor: &Actor, id: ClientId) -> Outcome<()> {
    let found = id.find::<ListedAttachment>(edit, actor, &ATTACHMENT)?;
    let (id, listed) = found.ok_or(Refusal::NotFound)?;
    let application_id = ClientId::new(listed.application_id);
    let mut subject = Subject::of(edit, actor, application_id)?;
    // The one of several that are the same is known by its id, which has to be the one that is gone.
    edit.delete(&ATTACHMENT, id)?;
    let files = &mut subject.application.attachments;
    let same = |it: &Attachment| {
        let gone = &listed.attachment;
        it.source == gone.source && it.filename == gone.filename && it.created_at == gone.created_at
    };
    if let Some(place) = files.iter().position(same) {
        let file = files.remove(place);
        discard_files(edit, subject.id, listed.candidate_id, &[file])?;
    }
    let id = subject.id;
    subject.keep(edit, "Attachment Removed", "has an attachment less")?;
    Event::ApplicationUpdated(id).record(edit);
    Ok(())
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
