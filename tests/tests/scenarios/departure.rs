//! An employee comes, works and leaves, and the permissions go.

mod arrival;
mod leave;
mod work;

use harvest_generated::v1::ActingClient;
use harvest_generated::v1::types::*;
use tokio::sync::OnceCell;

use super::scenario::Scenario;
use super::usage::Usage;

#[tokio::test]
async fn an_employee_leaves_and_the_permissions_go() {
    let used = usage().await;
    used.print("departure");
    assert_eq!((used.changes, used.refusals), (38, 18));
    assert_eq!(used.changing(), CHANGING);
}

/// The operations that change something here.
const CHANGING: &[&str] = &[
    "add_future_job_permission",
    "add_hiring_team_members",
    "add_job_permission",
    "add_user_email_address",
    "advance_application",
    "change_user_permission_level",
    "create_candidate",
    "create_candidate_note",
    "create_department",
    "create_job",
    "create_office",
    "create_scheduled_interview",
    "create_user",
    "disable_user",
    "enable_user",
    "remove_future_job_permission",
    "remove_hiring_team_members",
    "remove_job_permission",
    "replace_approval_flow",
    "replace_approver",
    "replace_hiring_team",
    "request_approvals",
    "update_candidate",
    "update_department",
    "update_job",
    "update_office",
    "update_user",
];

/// Operations of the scenario, which runs once for all tests.
pub async fn usage() -> &'static Usage {
    static USAGE: OnceCell<Usage> = OnceCell::const_new();
    USAGE.get_or_init(run).await
}

async fn run() -> Usage {
    let mut scenario = Scenario::begin().await;
    let mira = Mira::arrives(&mut scenario).await;
    mira.changes(&mut scenario).await;
    mira.is_permitted(&mut scenario).await;
    let work = mira.works(&mut scenario).await;
    mira.acts(&mut scenario, &work).await;
    mira.loses_permissions(&mut scenario, &work).await;
    mira.is_disabled(&mut scenario, &work).await;
    mira.is_replaced(&mut scenario, &work).await;
    mira.is_made_basic(&mut scenario).await;
    mira.comes_back(&mut scenario, &work).await;
    scenario.end().await
}

struct Mira {
    id: UserId,
    /// Acts for her.
    hers: ActingClient,
    department: DepartmentId,
    office: OfficeId,
    template: JobId,
    job_admin: UserRoleId,
    interviewer: UserRoleId,
}

/// What she has to do with.
struct Work {
    job: JobId,
    stages: Vec<JobStage>,
    /// A candidate on the job whose application is hers.
    rui: (CandidateId, ApplicationId),
    /// One whose recruiter she is herself, beside that.
    ana: (CandidateId, ApplicationId),
    /// One on another job.
    stranger: CandidateId,
    group: ApproverGroupId,
    permission: JobPermissionId,
}

impl Mira {
    /// Whether she still has access to the job; none if she is not a recruiter in its team.
    async fn in_team(&self, scenario: &Scenario, work: &Work) -> Option<bool> {
        let team = scenario
            .client
            .get_hiring_team(work.job)
            .send()
            .await
            .unwrap();
        let mut recruiters = team.recruiters.iter().flatten();
        recruiters.find(|it| it.user_id == self.id)?.active
    }
}
