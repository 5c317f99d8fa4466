//! A hire, from requisition to accepted offer.

mod applicant;
mod custom_field;
mod offer;
mod requisition;

use tokio::sync::OnceCell;

use super::scenario::Scenario;
use super::usage::Usage;

#[tokio::test]
async fn a_hire_from_requisition_to_accepted_offer() {
    let used = usage().await;
    used.print("hire");
    assert_eq!((used.changes, used.refusals), (40, 19));
    assert_eq!(used.changing(), CHANGING);
}

/// The operations that change something here.
const CHANGING: &[&str] = &[
    "add_hiring_team_members",
    "add_tag_to_candidate",
    "advance_application",
    "create_application_attachment",
    "create_candidate",
    "create_candidate_email",
    "create_candidate_note",
    "create_custom_field",
    "create_custom_field_options",
    "create_job",
    "create_job_openings",
    "create_scheduled_interview",
    "delete_custom_field",
    "delete_custom_field_options",
    "delete_job_openings",
    "delete_scheduled_interview",
    "hire_application",
    "move_application",
    "reject_application",
    "remove_hiring_team_members",
    "replace_approval_flow",
    "replace_approver",
    "replace_hiring_team",
    "request_approvals",
    "update_current_offer",
    "update_custom_field",
    "update_custom_field_options",
    "update_job",
    "update_job_opening",
    "update_job_post",
    "update_job_post_status",
    "update_scheduled_interview",
];

/// Operations of the scenario, which runs once for all tests.
pub async fn usage() -> &'static Usage {
    static USAGE: OnceCell<Usage> = OnceCell::const_new();
    USAGE.get_or_init(run).await
}

async fn run() -> Usage {
    let mut scenario = Scenario::begin().await;
    let vacancy = requisition::Vacancy::opens(&mut scenario).await;
    vacancy.is_described(&mut scenario).await;
    vacancy.has_openings(&mut scenario).await;
    vacancy.has_a_team(&mut scenario).await;
    vacancy.is_published(&mut scenario).await;
    vacancy.has_kits(&scenario).await;
    vacancy.is_approved(&mut scenario).await;
    let nora = applicant::Nora::applies(&mut scenario, &vacancy).await;
    nora.is_looked_at(&mut scenario, &vacancy).await;
    nora.is_interviewed(&mut scenario, &vacancy).await;
    nora.has_no_scorecard(&mut scenario).await;
    nora.goes_on(&mut scenario, &vacancy).await;
    nora.is_offered_a_contract(&mut scenario, &vacancy).await;
    nora.negotiates(&mut scenario).await;
    nora.is_relocated(&mut scenario).await;
    nora.is_hired(&mut scenario, &vacancy).await;
    vacancy.closes(&mut scenario).await;
    scenario.end().await
}
