//! Events: what a command did to a record, for those outside of the organization who wait for it.
//!
//! A command records the most specific event for what it does, and one for each record: a rejection is no update of the
//! application as well. What goes along with a record that is deleted has no event of its own, as the service documents it.

use crate::domain::applications::{APPLICATION, Application};
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::domain::job_posts::JOB_POST;
use crate::domain::jobs::JOB;
use crate::domain::offers::{OFFER, Offer};
use crate::domain::scorecards::Scorecard;
use crate::store::Edit;

/// Something that happened to a record, by its id. Where the record is gone, the event holds what it was.
#[derive(Debug)]
pub(crate) enum Event {
    /// Of a candidate or a prospect.
    ApplicationCreated(i64),
    ApplicationUpdated(i64),
    /// The application entered another stage.
    ApplicationMoved(i64),
    ApplicationRejected(i64),
    ApplicationUnrejected(i64),
    ApplicationHired(i64),
    ApplicationDeleted(i64, Box<Application>),
    CandidateUpdated(i64),
    CandidateDeleted {
        id: i64,
        candidate: Box<Candidate>,
        application_ids: Vec<i64>,
    },
    CandidateMerged {
        id: i64,
        candidate: Box<Candidate>,
        /// The candidate who stays.
        into: i64,
    },
    CandidateAnonymized {
        id: i64,
        /// The kinds of data that were erased.
        fields: Vec<String>,
    },
    OfferCreated(i64),
    OfferUpdated(i64),
    OfferApproved(i64),
    OfferDeleted(i64, Box<Offer>),
    InterviewDeleted(i64),
    ScorecardDeleted(i64, Box<Scorecard>),
    JobCreated(i64),
    JobUpdated(i64),
    JobApproved {
        id: i64,
        /// `open_job` or `offer_job`.
        approval_type: String,
    },
    JobPostCreated(i64),
    JobPostUpdated(i64),
    /// A webhook was made or switched on, so that it is to be tried.
    WebhookSaved(i64),
    /// A delivery was queued already, which waits for its time.
    DeliveryQueued,
}

impl Event {
    /// Adds it to the transaction that it is a part of.
    pub(crate) fn record(self, edit: &mut Edit<'_>) {
        edit.record_event(self);
    }

    /// The record that was made, by its kind and id.
    pub(crate) fn made(&self) -> Option<(&'static str, i64)> {
        match self {
            Self::ApplicationCreated(id) => Some((APPLICATION.table, *id)),
            Self::OfferCreated(id) => Some((OFFER.table, *id)),
            Self::JobCreated(id) => Some((JOB.table, *id)),
            Self::JobPostCreated(id) => Some((JOB_POST.table, *id)),
            _ => None,
        }
    }

    /// The record that was changed in no particular way, by its kind and id. Of a record that was made in the same
    /// transaction, or changed twice, one event is enough.
    pub(crate) fn changed(&self) -> Option<(&'static str, i64)> {
        match self {
            Self::ApplicationUpdated(id) => Some((APPLICATION.table, *id)),
            Self::CandidateUpdated(id) => Some((CANDIDATE.table, *id)),
            Self::OfferUpdated(id) => Some((OFFER.table, *id)),
            Self::JobUpdated(id) => Some((JOB.table, *id)),
            Self::JobPostUpdated(id) => Some((JOB_POST.table, *id)),
            _ => None,
        }
    }
}
