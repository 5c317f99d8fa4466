//! An employee comes, works and leaves, and the permissions go.

mod arrival;
mod leave;
mod work;

use harvest_generated::v1::ActingClient;
use harvest_generated::v1::types::*;
use tokio::sync::OnceCell;

use super::story::Story;
use super::used::Used;

#[tokio::test]
async fn an_employee_leaves_and_the_permissions_go() {
    let used = told().await;
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

/// Told once, whoever asks first.
pub async fn told() -> &'static Used {
    static TOLD: OnceCell<Used> = OnceCell::const_new();
    TOLD.get_or_init(tell).await
}

async fn tell() -> Used {
    let mut story = Story::begin().await;
    let mira = Mira::arrives(&mut story).await;
    mira.changes(&mut story).await;
    mira.is_permitted(&mut story).await;
    let work = mira.works(&mut story).await;
    mira.acts(&mut story, &work).await;
    mira.loses_permissions(&mut story, &work).await;
    mira.is_disabled(&mut story, &work).await;
    mira.is_replaced(&mut story, &work).await;
    mira.is_made_basic(&mut story).await;
    mira.comes_back(&mut story, &work).await;
    story.end().await
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
    async fn in_team(&self, story: &Story, work: &Work) -> Option<bool> {
        let team = story.client.get_hiring_team(work.job).send().await.unwrap();
        let mut recruiters = team.recruiters.iter().flatten();
        recruiters.find(|it| it.user_id == self.id)?.active
    }
}
