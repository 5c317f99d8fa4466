//! A prospect becomes a candidate, who is rejected, revived, merged and at last forgotten.

mod end;
mod person;
mod prospect;
mod rejection;

use harvest_generated::v1::ActingClient;
use harvest_generated::v1::types::*;
use tokio::sync::OnceCell;

use super::scenario::Scenario;
use super::steps::stages;
use super::usage::Usage;

#[tokio::test]
async fn a_rejected_candidate_is_revived() {
    let used = usage().await;
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

/// Operations of the scenario, which runs once for all tests.
pub async fn usage() -> &'static Usage {
    static USAGE: OnceCell<Usage> = OnceCell::const_new();
    USAGE.get_or_init(run).await
}

async fn run() -> Usage {
    let mut scenario = Scenario::begin().await;
    let ines = Ines::is_found(&mut scenario).await;
    ines.is_described(&mut scenario).await;
    ines.joins_a_pool(&mut scenario).await;
    let application = ines.is_converted(&mut scenario).await;
    ines.sends_files(&mut scenario, application).await;
    ines.has_a_past(&mut scenario).await;
    ines.is_tagged(&mut scenario).await;
    ines.is_rejected(&mut scenario, application).await;
    ines.is_revived(&mut scenario, application).await;
    ines.changes_jobs(&mut scenario, application).await;
    ines.is_merged(&mut scenario, application).await;
    ines.is_anonymized(&mut scenario).await;
    ines.is_deleted(&mut scenario, application).await;
    scenario.end().await
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

async fn stages_of(scenario: &Scenario, job: JobId) -> Vec<JobStageId> {
    let stages = stages(&scenario.client, job).await;
    stages.iter().map(|stage| stage.id).collect()
}
