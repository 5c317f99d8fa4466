//! Requests that anonymize candidates.

use crate::domain::activity_feed;
use crate::domain::activity_feed::{About, Activity, Reader};
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::candidates::{CANDIDATE, Candidate, KINDS};
use crate::domain::unique::unique;
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::refusal::Refusal;

/// Erases data of a candidate. What is hidden from the user stays as it is: erasing the jobs of a hidden application would
/// show it, and erasing the rest would say that there is one.
pub(super) fn anonymize(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut candidate): (i64, Candidate) = cx.record_in_path(&CANDIDATE, "id")?;
    let condition = "candidate_id = ?1 ORDER BY id";
    let mut applications = cx.states::<Application>(&APPLICATION, condition, [id])?;
    let hidden = cx.user.hidden_applications(cx, id)?;
    applications.retain(|(application_id, _)| !hidden.contains(application_id));
    let reader = Reader::of(cx, Some(&cx.user), id)?;
    let fields = cx.call.query().last("fields").unwrap_or_default();
    for name in unique(fields.split(',').map(str::trim)) {
        let known = KINDS.iter().find(|(known, _)| *known == name);
        let Some((_, erase)) = known else {
            return Err(Refusal::field(
                "fields",
                "Names something that can't be erased",
            ));
        };
        erase.apply(cx, &reader, id, &mut candidate, &mut applications)?;
    }
    for (application_id, application) in &applications {
        application.save(cx, *application_id)?;
    }
    let entry = Activity {
        created_at: cx.stamp(),
        subject: Some("Candidate Anonymized".to_owned()),
        body: "Data was erased through the API".to_owned(),
        user_id: Some(cx.user.id),
    };
    activity_feed::record(cx, id, &About::candidate(), &entry)?;
    candidate.save_changed(cx, id)?;
    cx.changed(&CANDIDATE, id)
}
