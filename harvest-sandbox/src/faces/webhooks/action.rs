//! The names of events, and which document is the payload of each.

use super::{Context, application, candidate, job, other};
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::events::Event;
use crate::json::{Value, json};
use crate::refusal::Outcome;
use crate::store::View;

/// What an event is called. Of several names, the first counts that there is a webhook for: a merge is announced as a
/// deletion to organizations that do not ask for merges.
pub(super) fn names(view: &View<'_>, event: &Event) -> Outcome<&'static [&'static str]> {
    Ok(match event {
        Event::ApplicationCreated(id) => {
            let application: Option<Application> = view.find(&APPLICATION, *id)?;
            match application {
                Some(it) if it.prospect => &["new_prospect_application"],
                _ => &["new_candidate_application"],
            }
        }
        Event::ApplicationUpdated(_) => &["application_updated"],
        Event::ApplicationMoved(_) => &["candidate_stage_change"],
        Event::ApplicationRejected(_) => &["reject_candidate"],
        Event::ApplicationUnrejected(_) => &["unreject_candidate"],
        Event::ApplicationHired(_) => &["hire_candidate"],
        Event::ApplicationDeleted(..) => &["delete_application"],
        Event::CandidateUpdated(_) => &["update_candidate"],
        Event::CandidateDeleted { .. } => &["delete_candidate"],
        Event::CandidateMerged { .. } => &["merge_candidate", "delete_candidate"],
        Event::CandidateAnonymized { .. } => &["candidate_anonymized"],
        Event::OfferCreated(_) => &["offer_created"],
        Event::OfferUpdated(_) => &["offer_updated"],
        Event::OfferApproved(_) => &["offer_approved"],
        Event::OfferDeleted(..) => &["offer_deleted"],
        Event::InterviewDeleted(_) => &["interview_deleted"],
        Event::ScorecardDeleted(..) => &["scorecard_deleted"],
        Event::JobCreated(_) => &["job_created"],
        Event::JobUpdated(_) => &["job_updated"],
        Event::JobApproved { .. } => &["job_approved"],
        Event::JobPostCreated(_) => &["job_post_created"],
        Event::JobPostUpdated(_) => &["job_post_updated"],
        Event::WebhookSaved(_) | Event::DeliveryQueued => &[],
    })
}

/// The payload of an event by this name. None if its record is gone: another event of the transaction says so.
pub(super) fn payload(cx: &Context<'_>, event: &Event, action: &str) -> Outcome<Option<Value>> {
    Ok(match event {
        Event::ApplicationCreated(id)
        | Event::ApplicationUpdated(id)
        | Event::ApplicationMoved(id)
        | Event::ApplicationRejected(id)
        | Event::ApplicationUnrejected(id) => {
            within("application", application::document(cx, *id, action)?)
        }
        Event::ApplicationHired(id) => within("application", application::hire(cx, *id)?),
        Event::ApplicationDeleted(id, it) => {
            within("application", Some(application::deleted(*id, it)))
        }
        Event::CandidateUpdated(id) => within("candidate", candidate::updated(cx, *id)?),
        Event::CandidateDeleted {
            id,
            candidate,
            application_ids,
        } => {
            let gone = ("deleted_application_ids", json!(application_ids));
            within("person", Some(candidate::person(*id, candidate, gone)))
        }
        Event::CandidateMerged {
            id,
            candidate,
            into,
        } => {
            let gone = match action {
                "merge_candidate" => ("new_candidate_id", json!(into)),
                // The applications were not deleted: the other candidate has them.
                _ => ("deleted_application_ids", json!([])),
            };
            within("person", Some(candidate::person(*id, candidate, gone)))
        }
        Event::CandidateAnonymized { id, fields } => Some(candidate::anonymized(*id, fields)),
        Event::OfferCreated(id) | Event::OfferUpdated(id) | Event::OfferApproved(id) => {
            other::offer(cx, *id)?
        }
        Event::OfferDeleted(id, it) => within("offer", Some(other::deleted_offer(cx, *id, it)?)),
        Event::InterviewDeleted(id) => within("interview", Some(json!({"id": id}))),
        Event::ScorecardDeleted(id, it) => {
            within("scorecard", Some(other::scorecard(cx, *id, it)?))
        }
        Event::JobCreated(id) | Event::JobUpdated(id) => {
            within("job", job::with_openings(cx, *id)?)
        }
        Event::JobApproved { id, approval_type } => {
            let job = job::with_openings(cx, *id)?;
            job.map(|job| {
                json!({
                    "approval_flow": {"approval_flow_type": approval_type},
                    "job": job,
                })
            })
        }
        Event::JobPostCreated(id) | Event::JobPostUpdated(id) => other::job_post(cx, *id)?,
        Event::WebhookSaved(_) | Event::DeliveryQueued => None,
    })
}

fn within(name: &str, document: Option<Value>) -> Option<Value> {
    document.map(|document| json!({ name: document }))
}
