//! A prospect becomes a candidate, who is rejected, revived, merged and at last forgotten.

mod end;
mod person;
mod prospect;
mod rejection;

use harvest_generated::v1::ActingClient;
use harvest_generated::v1::types::*;
use tokio::sync::OnceCell;

use super::story::Story;
use super::used::Used;
use super::verbs::stages;

#[tokio::test]
async fn a_rejected_candidate_is_revived() {
    let used = told().await;
    used.print("revival");
    assert_eq!((used.changes, used.refusals), (32, 20));
    assert_eq!(used.changing(), CHANGING);
}

/// The operations that change something here.
const CHANGING: &[&str] = &[
    "add_tag_to_candidate",
    "advance_application",
    "anonymize_candidate",
    "convert_prospect",
    "create_application",
    "create_application_attachment",
    "create_candidate",
    "create_candidate_attachment",
    "create_candidate_email",
    "create_candidate_note",
    "create_candidate_tag",
    "create_education",
    "create_employment",
    "create_prospect",
    "delete_application",
    "delete_candidate",
    "delete_candidate_tag",
    "delete_education",
    "delete_employment",
    "hire_application",
    "merge_candidates",
    "move_application",
    "reject_application",
    "remove_tag_from_candidate",
    "transfer_application",
    "unreject_application",
    "update_application",
    "update_candidate",
    "update_rejection",
];

/// Told once, whoever asks first.
pub async fn told() -> &'static Used {
    static TOLD: OnceCell<Used> = OnceCell::const_new();
    TOLD.get_or_init(tell).await
}

async fn tell() -> Used {
    let mut story = Story::begin().await;
    let ines = Ines::is_found(&mut story).await;
    ines.is_described(&mut story).await;
    ines.joins_a_pool(&mut story).await;
    let application = ines.is_converted(&mut story).await;
    ines.sends_files(&mut story, application).await;
    ines.has_a_past(&mut story).await;
    ines.is_tagged(&mut story).await;
    ines.is_rejected(&mut story, application).await;
    ines.is_revived(&mut story, application).await;
    ines.changes_jobs(&mut story, application).await;
    ines.is_merged(&mut story, application).await;
    ines.is_anonymized(&mut story).await;
    ines.is_deleted(&mut story, application).await;
    story.end().await
}

struct Ines {
    id: CandidateId,
    /// That of the prospect.
    application: ApplicationId,
    admin: ActingClient,
    /// Two jobs that are open.
    job: JobId,
    other_job: JobId,
}

impl Ines {
    async fn update(&self, update: &CandidateUpdate) {
        let update = self.admin.update_candidate(self.id, update);
        update.send().await.unwrap();
    }

    async fn update_application(&self, id: ApplicationId, update: &ApplicationUpdate) {
        let update = self.admin.update_application(id, update);
        update.send().await.unwrap();
    }
}

fn email(address: &str) -> EmailAddressInput {
    EmailAddressInput::new(address, EmailAddressType::Personal)
}

async fn stages_of(story: &Story, job: JobId) -> Vec<JobStageId> {
    let stages = stages(&story.client, job).await;
    stages.iter().map(|stage| stage.id).collect()
}
