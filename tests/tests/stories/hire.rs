//! A hire, from requisition to accepted offer.

mod applicant;
mod custom_field;
mod offer;
mod requisition;

use tokio::sync::OnceCell;

use super::story::Story;
use super::used::Used;

#[tokio::test]
async fn a_hire_from_requisition_to_accepted_offer() {
    let used = told().await;
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

/// Told once, whoever asks first.
pub async fn told() -> &'static Used {
    static TOLD: OnceCell<Used> = OnceCell::const_new();
    TOLD.get_or_init(tell).await
}

async fn tell() -> Used {
    let mut story = Story::begin().await;
    let vacancy = requisition::Vacancy::opens(&mut story).await;
    vacancy.is_described(&mut story).await;
    vacancy.has_openings(&mut story).await;
    vacancy.has_a_team(&mut story).await;
    vacancy.is_published(&mut story).await;
    vacancy.has_kits(&story).await;
    vacancy.is_approved(&mut story).await;
    let nora = applicant::Nora::applies(&mut story, &vacancy).await;
    nora.is_looked_at(&mut story, &vacancy).await;
    nora.is_interviewed(&mut story, &vacancy).await;
    nora.has_no_scorecard(&mut story).await;
    nora.goes_on(&mut story, &vacancy).await;
    nora.is_offered_a_contract(&mut story, &vacancy).await;
    nora.negotiates(&mut story).await;
    nora.is_relocated(&mut story).await;
    nora.is_hired(&mut story, &vacancy).await;
    vacancy.closes(&mut story).await;
    story.end().await
}
