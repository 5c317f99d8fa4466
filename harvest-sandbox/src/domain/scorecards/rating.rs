//! Ratings of attributes of a job.

use super::NO_RATING;
use super::listed::SCORECARD_RATING;
use crate::domain::candidate_attributes::{
    ATTRIBUTE_TYPE, AttributeType, JOB_ATTRIBUTE, JobAttribute,
};
use crate::domain::records::scorecard::{Rating, Scorecard};
use crate::refusal::{Outcome, Refusal, Why};
use crate::store::{Edit, View};

impl Rating {
    /// A new one that says nothing, of an attribute of a job; refused at this path if the job has none with this id.
    pub(super) fn of(edit: &Edit<'_>, job_id: i64, id: i64, at: &str) -> Outcome<Self> {
        Self::blank(edit, job_id, id, at)?.again(edit)
    }

    /// The same, under another id.
    pub(super) fn again(&self, edit: &Edit<'_>) -> Outcome<Self> {
        Ok(Self {
            id: edit.new_id(&SCORECARD_RATING)?,
            ..self.clone()
        })
    }

    /// The same, which has no id yet.
    pub(super) fn blank(view: &View<'_>, job_id: i64, id: i64, at: &str) -> Outcome<Self> {
        let attribute: Option<JobAttribute> = view.find(&JOB_ATTRIBUTE, id)?;
        let Some(attribute) = attribute.filter(|it| it.job_id == job_id) else {
            let why = Why::NotOf("attribute", "the job");
            return Err(Refusal::field(at, why));
        };
        let type_id = attribute.candidate_attribute_type_id;
        let of: AttributeType = view.get(&ATTRIBUTE_TYPE, type_id)?;
        Ok(Self {
            id: 0,
            job_candidate_attribute_id: id,
            name: attribute.name,
            r#type: of.name,
            note: None,
            rating: NO_RATING.to_owned(),
        })
    }
}

impl Scorecard {
    /// The rating of an attribute, if there is one.
    pub(super) fn rated(&self, attribute_id: i64) -> Option<&Rating> {
        let mut ratings = self.attributes.iter();
        ratings.find(|it| it.job_candidate_attribute_id == attribute_id)
    }
}
