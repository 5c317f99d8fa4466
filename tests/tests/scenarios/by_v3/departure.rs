//! An employee comes, works and leaves, and the permissions go, by v3.

use harvest_generated::v3::types::*;

use super::super::scenario::{Scenario, assert_changes, forbidden, refused};
use super::super::usage::Face;

#[tokio::test]
async fn an_employee_leaves_and_the_permissions_go_by_v3() {
    let mut scenario = Scenario::written_by(Face::V3).await;
    let mira = Mira::arrives(&mut scenario).await;
    mira.changes(&mut scenario).await;
    mira.is_permitted(&mut scenario).await;
    mira.leaves(&mut scenario).await;
    let used = scenario.end().await;
    used.print("departure by v3");
    assert_eq!((used.changes, used.refusals), (10, 3));
}

struct Mira {
    id: i64,
    department: i64,
    office: i64,
    job: i64,
    job_admin: i64,
    interviewer: i64,
}

impl Mira {
    /// To a department and an office that are as new as she is.
    async fn arrives(scenario: &mut Scenario) -> Self {
        let admin = scenario.admin_v3();
        let roles = admin.list_user_roles().send().await.unwrap();
        let role = |of: UserRoleType| {
            let mut roles = roles.iter();
            let role = roles.find(|it| it.role_type.as_ref() == Some(&of));
            role.unwrap().id.unwrap()
        };
        let (job_admin, interviewer) = (
            role(UserRoleType::JobAdmin),
            role(UserRoleType::DeprecatedInterviewer),
        );
        let jobs = admin.list_jobs().send().await.unwrap();
        let mut jobs = jobs.iter();
        let job =
            jobs.find(|it| it.confidential == Some(false) && it.status == Some(JobStatus::Open));
        let job = scenario.name_as("job", job.unwrap().id.unwrap(), "the job");
        let job_admin = scenario.name_as("role", job_admin, "job admin");
        let interviewer = scenario.name_as("role", interviewer, "interviewer");
        scenario.take_snapshot().await;

        let admin = scenario.admin_v3();
        let department = DepartmentCreate::new("Snow").external_id("snow");
        let department = admin.create_department(&department).send().await.unwrap();
        let department = scenario.name_as("department", department.id.unwrap(), "Snow");
        let office = OfficeCreate::new("Tromsø").location("Tromsø, Norway");
        let office = admin.create_office(&office).send().await.unwrap();
        let office = scenario.name_as("office", office.id.unwrap(), "Tromsø");
        let new = UserCreate::new("Mira", "Whitcombe", "mira.whitcombe@example.com")
            .employee_id("E-2001")
            .department_ids([DepartmentId(department)])
            .office_ids([OfficeId(office)]);
        let created = admin.create_user(&new).send().await.unwrap();
        let id = scenario.name_as("user", created.id.unwrap(), "Mira");
        assert_changes! { scenario:
            "+ department Snow",
            "+ office Tromsø",
            "+ user Mira",
        }
        let admin = scenario.admin_v3();
        let again = admin.create_user(&new).send().await;
        assert_eq!(refused(again), ["primary_email", "employee_id"]);
        scenario.assert_no_changes().await;
        Self {
            id,
            department,
            office,
            job,
            job_admin,
            interviewer,
        }
    }

    async fn changes(&self, scenario: &mut Scenario) {
        let admin = scenario.admin_v3();
        let update = UserUpdate::default().last_name("Aasen");
        admin.update_user(self.id, &update).send().await.unwrap();
        let renamed = DepartmentUpdate::new("Snow and ice");
        let renamed = admin.update_department(self.department, &renamed);
        renamed.send().await.unwrap();
        assert_changes! { scenario:
            "department Snow: name Snow → Snow and ice",
            "user Mira: departments.0.name Snow → Snow and ice",
            "user Mira: last_name Whitcombe → Aasen",
            "user Mira: name Mira Whitcombe → Mira Aasen",
            "user Mira: updated_at",
        }
    }

    /// Nothing is allowed at first. Then she is an interviewer on one job, and a job admin on those that are still to
    /// come to her office.
    async fn is_permitted(&self, scenario: &mut Scenario) {
        let hers = scenario.v3(self.id);
        let job = JobUpdate::default().notes("Mine");
        forbidden(hers.update_job(self.job, &job).send().await);
        let tag = CandidateTagCreate::new("Rivers");
        forbidden(hers.create_candidate_tag(&tag).send().await);
        scenario.assert_no_changes().await;

        let admin = scenario.admin_v3();
        let role = JobPermissionCreate::new(self.job, self.id, self.interviewer);
        admin.add_job_permission(&role).send().await.unwrap();
        let role = FutureJobPermissionCreate::new(self.id, self.job_admin).office_id(self.office);
        admin.add_future_job_permission(&role).send().await.unwrap();
        assert_changes! { scenario:
            "access Mira + interviewer on the job",
            "access Mira + job admin on jobs to come of Tromsø and null",
        }
    }

    /// Her permissions go, and then she does. A token is issued to her no more, until she is back.
    async fn leaves(&self, scenario: &mut Scenario) {
        let admin = scenario.admin_v3();
        let revoked = admin.revoke_user_permissions(self.id).send().await;
        revoked.unwrap();
        assert_changes! { scenario:
            "access Mira - interviewer on the job",
            "access Mira - job admin on jobs to come of Tromsø and null",
        }
        let admin = scenario.admin_v3();
        admin.disable_user(self.id).send().await.unwrap();
        assert_changes! { scenario:
            "user Mira: disabled false → true",
            "user Mira: updated_at",
        }
        assert!(!scenario.has_token(self.id));
        let admin = scenario.admin_v3();
        admin.enable_user(self.id).send().await.unwrap();
        assert!(scenario.has_token(self.id));
        assert_changes! { scenario:
            "user Mira: disabled true → false",
            "user Mira: updated_at",
        }
    }
}
