//! Steps that several scenarios have.

use harvest_generated::v1::types::{
    Application, ApplicationAdvance, ApplicationCreateForJob, ApplicationId, ApplicationMove,
    CandidateCreate, CandidateId, CandidateNoteCreate, JobId, JobStage, JobStageId, NoteVisibility,
    UserId, UserSelector,
};
use harvest_generated::v1::{ActingClient, Client};
use harvest_runtime::{Error, Response, Timestamp};

use super::scenario::Scenario;

/// Adds a candidate on a job. The candidate and the application get the first name.
pub async fn apply(
    scenario: &mut Scenario,
    by: &ActingClient,
    new: &CandidateCreate,
) -> (CandidateId, ApplicationId) {
    let created = by.create_candidate(new).send().await.unwrap();
    let candidate = scenario.name(created.id, &new.first_name);
    let application = created.application_ids.as_ref().unwrap()[0];
    (candidate, scenario.name(application, &new.first_name))
}

/// Someone who applies for a job, without more.
pub fn person(first_name: &str, last_name: &str, job: JobId) -> CandidateCreate {
    let application = ApplicationCreateForJob::new(job);
    CandidateCreate::new(first_name, last_name, [application])
}

/// The stages of a job, first to last.
pub async fn stages(client: &Client, job: JobId) -> Vec<JobStage> {
    let list = client.list_job_stages_for_job(job);
    list.send().await.unwrap().into_value().into()
}

/// Advances an application from a stage.
pub async fn advance(
    by: &ActingClient,
    application: ApplicationId,
    from: JobStageId,
) -> Result<Response<Application>, Error> {
    let body = ApplicationAdvance::new(from);
    by.advance_application(application, &body).send().await
}

/// Writes a note that everyone may read.
pub async fn note(
    by: &ActingClient,
    author: UserId,
    candidate: CandidateId,
    text: &str,
) -> Result<(), Error> {
    let note = CandidateNoteCreate::new(author, text, NoteVisibility::Public);
    let note = by.create_candidate_note(candidate, &note).send().await;
    note.map(drop)
}

/// A user, where one of three keys picks one.
pub fn user(id: UserId) -> UserSelector {
    id.into()
}

/// Moves an application from one stage of its job to another.
pub async fn move_to(
    by: &ActingClient,
    application: ApplicationId,
    (from, to): (JobStageId, JobStageId),
) -> Result<Response<Application>, Error> {
    let body = ApplicationMove::new(from, to);
    by.move_application(application, &body).send().await
}

/// A moment.
pub fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}
