//! She comes, and is permitted some things.

use harvest_generated::v1::types::*;
use harvest_runtime::custom_field::CustomFieldInput;

use super::super::scenario::{Scenario, assert_changes, forbidden, refused};
use super::Mira;

impl Mira {
    /// She is added to a department and an office that are as new as she is.
    pub async fn arrives(scenario: &mut Scenario) -> Self {
        let admin = scenario.admin.clone();
        let roles = admin.list_user_roles().send().await.unwrap();
        let role = |of: UserRoleType| {
            let mut roles = roles.iter();
            roles.find(|it| it.type_.as_ref() == Some(&of)).unwrap().id
        };
        let jobs = admin.list_jobs().status(JobStatus::Open);
        let jobs = jobs.send().await.unwrap();
        let template = jobs.iter().find(|job| job.confidential == Some(false));
        let template = template.unwrap().id;
        let template = scenario.name(template, "the template");
        let job_admin = scenario.name(role(UserRoleType::JobAdmin), "job admin");
        let interviewer = scenario.name(role(UserRoleType::Interviewer), "interviewer");
        scenario.take_snapshot().await;

        let department = DepartmentCreate::new("Snow").external_id("snow");
        let department = admin.create_department(&department).send().await.unwrap();
        let department = scenario.name(department.id, "Snow");
        let office = OfficeCreate::new("Tromsø").location("Tromsø, Norway");
        let office = admin.create_office(&office).send().await.unwrap();
        let office = scenario.name(office.id, "Tromsø");
        assert_changes! { scenario:
            "+ department Snow",
            "+ office Tromsø",
        }

        let new = UserCreate::new("Mira", "Whitcombe", "mira.whitcombe@example.com")
            .employee_id("E-2001")
            .department_ids([department])
            .office_ids([office])
            .custom_fields([CustomFieldInput::by_key("desk").option_named("Window")]);
        let created = admin.create_user(&new).send().await.unwrap();
        let id = scenario.name(created.id, "Mira");
        assert_changes! { scenario:
            "+ user Mira",
        }
        let read = scenario.client.get_user(id).send().await.unwrap();
        assert_eq!(*created, *read);
        let again = admin.create_user(&new).send().await;
        assert_eq!(refused(again), ["email", "employee_id"]);
        scenario.assert_no_changes().await;

        Self {
            id,
            hers: scenario.acting(id),
            department,
            office,
            template,
            job_admin,
            interviewer,
        }
    }

    /// She gets another address and another name, and her department and office change theirs.
    pub async fn changes(&self, scenario: &mut Scenario) {
        let admin = scenario.admin.clone();
        let second = UserEmailAddressCreate::new("mira@snow.example.com");
        let added = admin.add_user_email_address(self.id, &second).send().await;
        assert_eq!(added.unwrap().status(), 201);
        // It is not verified, and so it is not shown.
        assert_changes! { scenario:
            "user Mira: updated_at",
        }
        let again = admin.add_user_email_address(self.id, &second).send().await;
        assert_eq!(again.unwrap().status(), 204);
        scenario.assert_no_changes().await;

        let buddy = CustomFieldInput::by_key("buddy").user(scenario.admin_id);
        let payload = UserUpdatePayload::default()
            .last_name("Aasen")
            .custom_fields([buddy]);
        let update = UserUpdate::new("mira@snow.example.com", payload);
        admin.update_user(&update).send().await.unwrap();
        assert_changes! { scenario:
            "user Mira: keyed_custom_fields.buddy none → Integration User",
            "user Mira: last_name Whitcombe → Aasen",
            "user Mira: name Mira Whitcombe → Mira Aasen",
            "user Mira: updated_at",
        }

        let renamed = DepartmentUpdate::default().name("Snow and ice");
        let renamed = admin.update_department(self.department, &renamed);
        renamed.send().await.unwrap();
        let moved = OfficeUpdate::default().location("Prestvannet, Tromsø");
        admin
            .update_office(self.office, &moved)
            .send()
            .await
            .unwrap();
        assert_changes! { scenario:
            "department Snow: name Snow → Snow and ice",
            "office Tromsø: location.name Tromsø, Norway → Prestvannet, Tromsø",
            "user Mira: departments.0.name Snow → Snow and ice",
            "user Mira: offices.0.location.name Tromsø, Norway → Prestvannet, Tromsø",
        }
    }

    /// Nothing is allowed at first. Then she is an interviewer on one job, and a job admin on those that are still to
    /// come to her office.
    pub async fn is_permitted(&self, scenario: &mut Scenario) {
        let admin = scenario.admin.clone();
        let copy = JobCreate::new(self.template, 1);
        forbidden(self.hers.create_job(&copy).send().await);
        let job = JobUpdate::default().notes("Mine");
        forbidden(self.hers.update_job(self.template, &job).send().await);
        let new = UserCreate::new("Ida", "Sand", "ida.sand@example.com");
        forbidden(self.hers.create_user(&new).send().await);
        scenario.assert_no_changes().await;

        let role = JobPermissionCreate::new(self.template, self.interviewer);
        let given = admin.add_job_permission(self.id, &role).send().await;
        assert_eq!(given.unwrap().status(), 201);
        assert_changes! { scenario:
            "access Mira + interviewer on the template",
        }
        let again = admin.add_job_permission(self.id, &role).send().await;
        assert_eq!(refused(again), ["user_role_id"]);
        // Interviewers change nothing.
        forbidden(self.hers.update_job(self.template, &job).send().await);
        scenario.assert_no_changes().await;

        let role = FutureJobPermissionCreate::new(self.job_admin).office_id(self.office);
        let given = admin.add_future_job_permission(self.id, &role);
        assert_eq!(given.send().await.unwrap().status(), 201);
        assert_changes! { scenario:
            "access Mira + job admin on jobs to come of Tromsø and null",
        }
    }
}
