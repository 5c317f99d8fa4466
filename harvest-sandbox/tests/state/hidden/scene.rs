//! An organization in which something is hidden: first without it, then with it.
//!
//! What is hidden hangs on three roots: a confidential job, an application on it of a candidate whom everyone here may see,
//! and a private candidate on a job that everyone may see. What an application has from a confidential job that it has left
//! hangs on the first. Records that no operation makes are put into the file.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use crate::organization::Organization;
use crate::temp_dir::TempDir;
use crate::walk::{File, Fixture, appointment};

pub struct Scene {
    pub organization: Organization,
    pub file: File,
    /// Those who may not see it, with what they are.
    pub users: [(&'static str, i64); 4],
    /// The job admin of the confidential job.
    pub insider: i64,
    /// A job admin of the job that the private candidate applies for.
    job_admin: i64,
    /// A confidential job that is there from the start.
    pub confidential: Value,
    /// A job that everyone sees, on which offers need approvals.
    pub job: Value,
    /// A job that everyone sees and the private candidate is not on. The insider is an admin of it, too.
    pub other_job: Value,
    /// A candidate whom everyone sees, on the job and on confidential ones.
    pub candidate: Value,
    /// The same on the confidential job only.
    outsider: Value,
    /// The id of an application on a job that everyone sees, which has left a confidential one.
    moved: i64,
    /// A closed opening of the job, which an offer to the candidate names.
    opening: Value,
    _folder: TempDir,
}

/// What is in every text that is for admins of the candidate whom everyone sees. The site admin is one.
pub const FOR_ADMINS: &str = "Penumbra";

/// The id of a record in an answer.
fn id(of: &Value) -> i64 {
    of["id"].as_i64().unwrap_or_else(|| panic!("{of}"))
}

impl Scene {
    /// As it is before anything is hidden in it, but for what every new organization hides.
    pub async fn start(name: &str) -> Self {
        let folder = TempDir::new(name);
        let builder = crate::support::builder().data(folder.path());
        let builder = builder.rate_limit(1_000_000, Duration::from_secs(1));
        let organization = Organization::with(builder).await;
        hold_the_clock(&organization);
        let file = File::of(folder.path());
        let fixture = Fixture::of(&organization).await;
        let is_shown = |job: &Value| job["status"] == "open" && job["confidential"] == false;
        let offers_are_approved = |job: &Value| {
            let mut flows = fixture.flows();
            flows.any(|it| it["job_id"] == job["id"] && it["approval_type"] == "offer_candidate")
        };
        let job = fixture.find("/v1/jobs", |it| is_shown(it) && offers_are_approved(it));
        let other_job = fixture.find("/v1/jobs", |it| is_shown(it) && it["id"] != job["id"]);
        let confidential = fixture.find("/v1/jobs", |it| it["confidential"] == true);
        let mut users = Vec::new();
        for name in [
            "insider",
            "job.admin",
            "other.job.admin",
            "recruiter",
            "basic",
        ] {
            let email = format!("{name}@example.com");
            let user = json!({"first_name": name, "last_name": "Marsh", "email": email});
            let user = organization.write("POST", "/v1/users", user, 201).await;
            users.push(id(&user));
        }
        let [insider, job_admin, other_job_admin, recruiter, basic] = users[..] else {
            unreachable!()
        };
        let role = fixture.find("/v1/user_roles", |it| it["type"] == "job_admin");
        for (user, job) in [
            (job_admin, job),
            (other_job_admin, other_job),
            (insider, other_job),
        ] {
            let path = format!("/v1/users/{user}/permissions/jobs");
            let permission = json!({"job_id": job["id"], "user_role_id": role["id"]});
            organization.write("PUT", &path, permission, 201).await;
        }
        // The API gives no permissions on confidential jobs.
        let known = id(fixture.permission("jobs"));
        let permission =
            json!({"user_id": insider, "job_id": confidential["id"], "user_role_id": role["id"]});
        file.copy("job_permission", known, known + 1_000, &permission);
        let mut scene = Self {
            users: [
                ("site admin", organization.sandbox.user_id()),
                ("job admin of another job", other_job_admin),
                ("recruiter", recruiter),
                ("basic user", basic),
            ],
            insider,
            job_admin,
            confidential: confidential.clone(),
            job: job.clone(),
            other_job: other_job.clone(),
            candidate: Value::Null,
            outsider: Value::Null,
            moved: 0,
            opening: Value::Null,
            organization,
            file,
            _folder: folder,
        };
        scene.add_visible(recruiter, &fixture).await;
        // Only what the API has made can be changed by it.
        let admin = scene.users[0].1;
        let interview = appointment(&Fixture::seen_by(&scene.organization, admin).await);
        scene
            .write_as(admin, "POST", "/v2/scheduled_interviews", interview)
            .await;
        scene
    }

    /// Whom everyone may see, and what names nothing that is hidden so far.
    async fn add_visible(&mut self, recruiter: i64, fixture: &Fixture) {
        for first_name in ["Seen", "Outside", "Moved"] {
            let body = json!({"first_name": first_name, "last_name": "Quarrie",
                "recruiter": {"id": recruiter},
                "applications": [{"job_id": self.confidential["id"]}],
                "email_addresses": [{"value": format!("{first_name}@example.com"),
                    "type": "personal"}]});
            let made = self
                .write_as(self.insider, "POST", "/v1/candidates", body)
                .await;
            match first_name {
                "Seen" => self.candidate = made,
                "Outside" => self.outsider = made,
                _ => self.moved = id(&made["applications"][0]),
            }
        }
        let path = format!("/v1/applications/{}/transfer_to_job", self.moved);
        let to = json!({"new_job_id": self.other_job["id"]});
        self.write_as(self.insider, "POST", &path, to).await;
        let path = format!("/v1/candidates/{}/applications", self.candidate["id"]);
        let admin = self.users[0].1;
        let body = json!({"job_id": self.job["id"]});
        let application = self.write_as(admin, "POST", &path, body).await;
        self.offer(admin, &application).await;
        self.tell_admins(admin, &application).await;

        let path = format!("/v1/jobs/{}/openings", self.job["id"]);
        let body = json!({"openings": [{"opening_id": "QUARRIE-1"}]});
        let made = self.write_as(admin, "POST", &path, body).await;
        self.opening = made["openings"][0].clone();
        let path = format!("{path}/{}", self.opening["id"]);
        let close = json!({"status": "closed",
            "close_reason_id": fixture.list("/v1/close_reasons")[0]["id"]});
        self.write_as(admin, "PATCH", &path, close).await;
        let sql = "SELECT id FROM offer WHERE application_id = ?1";
        let offer = self.number(sql, id(&application));
        let named = json!({"opening_id": self.opening["id"]});
        self.file.patch("offer", offer, &named);
        self.file.forget_documents();
    }

    /// Notes and files that are for admins: of the candidate, of an application, and of a prospect without a job, which
    /// others may change, too.
    async fn tell_admins(&self, admin: i64, application: &Value) {
        let candidate = format!("/v1/candidates/{}", self.candidate["id"]);
        let prospect = json!({"prospect": "true"});
        let path = format!("{candidate}/applications");
        let prospect = self.write_as(admin, "POST", &path, prospect).await;
        let note = json!({"user_id": admin, "body": FOR_ADMINS, "visibility": "admin_only"});
        let path = format!("{candidate}/activity_feed/notes");
        self.write_as(admin, "POST", &path, note).await;
        let of = [application, &prospect].map(|it| format!("/v1/applications/{}", it["id"]));
        let of = of.map(|application| (application, "other"));
        for (owner, r#type) in [(candidate, "admin_only")].into_iter().chain(of) {
            let file = json!({"filename": format!("{FOR_ADMINS}.txt"), "type": r#type,
                "content": "QQ==", "content_type": "text/plain"});
            let path = format!("{owner}/attachments");
            self.write_as(admin, "POST", &path, file).await;
        }
    }

    /// Adds everything that the users may not see.
    pub async fn hide(&self) {
        let job = json!({"template_job_id": self.confidential["id"], "number_of_openings": 2,
            "job_name": "Umbra job", "job_post_name": "Umbra post",
            "opening_ids": ["UMBRA-1", "UMBRA-2"]});
        let job = self.write_as(self.insider, "POST", "/v1/jobs", job).await;
        self.ask_for_approvals(self.insider, &job).await;
        let path = format!("/v1/candidates/{}/applications", self.candidate["id"]);
        let body = json!({"job_id": job["id"]});
        let application = self.write_as(self.insider, "POST", &path, body).await;
        self.fill(self.insider, &application).await;
        self.remember(&application);
        self.talk(self.insider, &self.outsider).await;

        let person = json!({"first_name": "Umbra", "last_name": "Umbra-Pell", "is_private": true,
            "recruiter": {"id": self.insider}, "applications": [{"job_id": self.job["id"]}],
            "educations": [{}], "employments": [{"company_name": "Umbra works", "title": "Umbra \
                hand",
                "start_date": "2014-08-15T00:00:00.000Z"}],
            "activity_feed_notes": [{"user_id": self.insider, "body": "Umbra note",
                "visibility": "public"}],
            "email_addresses": [{"value": "umbra.pell@example.com", "type": "personal"}]});
        let private = self
            .write_as(self.job_admin, "POST", "/v1/candidates", person)
            .await;
        self.talk(self.job_admin, &private).await;
        self.fill(self.job_admin, &private["applications"][0]).await;
        self.name(&job, &private);
    }

    /// Records that are no secret and name some, with the types of their ids.
    pub fn tempting(&self) -> [(&'static str, i64); 6] {
        [
            ("ApplicationId", self.moved),
            ("CandidateId", id(&self.candidate)),
            ("JobId", id(&self.job)),
            ("JobId", id(&self.other_job)),
            ("OpeningId", id(&self.opening)),
            ("UserId", self.users[3].1),
        ]
    }

    /// What hangs on an application: an offer, with its approvals; an interview, feedback, answers, and how it ended.
    async fn fill(&self, user: i64, application: &Value) {
        let path = format!("/v1/applications/{}", application["id"]);
        self.offer(user, application).await;
        let sql = "SELECT flow.id FROM approval_flow AS flow JOIN offer ON offer.id = flow.offer_id
                   WHERE offer.application_id = ?1";
        let flow = self.number(sql, id(application));
        let ask = format!("/v1/approval_flows/{flow}/request_approvals");
        self.write_as(user, "POST", &ask, json!({})).await;

        let stages = format!("/v1/jobs/{}/stages", application["jobs"][0]["id"]);
        let stages = self.organization.read(&stages).await;
        let stages = stages.as_array().unwrap().iter();
        let mut steps = stages.flat_map(|it| it["interviews"].as_array().unwrap());
        let step = steps.find(|it| it["schedulable"] == true).unwrap();
        let interview = json!({"application_id": application["id"], "interview_id": step["id"],
            "interviewers": [{"user_id": self.insider, "response_status": "accepted"}],
            "start": "2031-03-11T15:00:00Z", "end": "2031-03-11T15:45:00Z",
            "external_event_id": format!("umbra-{}", application["id"]), "location": "Umbra room"});
        let interview = self
            .write_as(user, "POST", "/v2/scheduled_interviews", interview)
            .await;
        for (table, named) in [
            (
                "scorecard",
                json!({"application_id": application["id"], "interview_id": step["id"],
                "scheduled_interview_id": interview["id"], "interviewer_id": self.insider}),
            ),
            (
                "demographic_answer",
                json!({"application_id": application["id"]}),
            ),
        ] {
            let known = self.number(&format!("SELECT max(id) FROM {table} WHERE ?1"), 1);
            self.file.copy(table, known, known + 300, &named);
        }
        let known = self.number("SELECT max(id) FROM eeoc WHERE ?1", 1);
        self.file.copy("eeoc", known, id(application), &json!({}));

        let file = json!({"filename": "umbra.txt", "type": "resume", "content": "QQ==",
            "content_type": "text/plain"});
        self.write_as(user, "POST", &format!("{path}/attachments"), file)
            .await;
        let template = self
            .organization
            .read("/v1/email_templates?per_page=500")
            .await;
        let mut templates = template.as_array().unwrap().iter();
        let template = templates.find(|it| it["user"].is_null()).unwrap();
        let no =
            json!({"notes": "Umbra no", "rejection_email": {"email_template_id": template["id"]}});
        self.write_as(user, "POST", &format!("{path}/reject"), no)
            .await;
        self.write_as(user, "POST", &format!("{path}/unreject"), json!({}))
            .await;
    }

    /// Has the application that was moved keep what another has from the confidential job, as if it had been on that, too.
    fn remember(&self, other: &Value) {
        let latest = |table: &str| {
            let sql = format!("SELECT max(id) FROM {table} WHERE application_id = ?1");
            self.number(&sql, id(other))
        };
        let interview = latest("scheduled_interview");
        let own = json!({"application_id": self.moved, "external_event_id": "umbra-moved"});
        let file = &self.file;
        file.copy("scheduled_interview", interview, interview + 500, &own);
        let scorecard = latest("scorecard");
        let own = json!({"application_id": self.moved, "scheduled_interview_id": interview + 500});
        file.copy("scorecard", scorecard, scorecard + 1, &own);
    }

    /// Brings an application into the last stage of its job, where it gets an offer.
    async fn offer(&self, user: i64, application: &Value) {
        let stages = format!("/v1/jobs/{}/stages", application["jobs"][0]["id"]);
        let stages = self.organization.read(&stages).await;
        let last = &stages.as_array().unwrap().last().unwrap()["id"];
        let moved =
            json!({"from_stage_id": application["current_stage"]["id"], "to_stage_id": last});
        let path = format!("/v1/applications/{}/move", application["id"]);
        self.write_as(user, "POST", &path, moved).await;
    }

    /// A note and a mail about a candidate.
    async fn talk(&self, user: i64, candidate: &Value) {
        let feed = format!("/v1/candidates/{}/activity_feed", candidate["id"]);
        let note = json!({"user_id": user, "body": "Umbra remark", "visibility": "public"});
        self.write_as(user, "POST", &format!("{feed}/notes"), note)
            .await;
        let mail = json!({"user_id": user, "to": "a@example.com", "from": "b@example.com",
            "subject": "Umbra subject", "body": "Umbra mail"});
        self.write_as(user, "POST", &format!("{feed}/emails"), mail)
            .await;
    }

    /// Lets the site admin approve the job, and each offer on it.
    async fn ask_for_approvals(&self, user: i64, job: &Value) {
        let path = format!("/v1/jobs/{}/approval_flows", job["id"]);
        for approval_type in ["open_job", "offer_candidate"] {
            let flow = json!({"approval_type": approval_type, "sequential": false,
                "approver_groups": [
                {"approvals_required": 1, "approvers": [{"user_id": self.users[0].1}]}]});
            let flow = self.write_as(user, "PUT", &path, flow).await;
            if approval_type == "open_job" {
                let ask = format!(
                    "/v1/approval_flows/{}/request_approvals",
                    flow["approval_flow_id"]
                );
                self.write_as(user, "POST", &ask, json!({})).await;
            }
        }
    }

    /// Has records that everyone sees name those that are hidden, as no operation can.
    fn name(&self, job: &Value, private: &Value) {
        let file = &self.file;
        let filled_by = json!({"application_id": private["application_ids"][0]});
        file.patch("job_opening", id(&self.opening), &filled_by);
        file.patch(
            "job",
            id(&self.other_job),
            &json!({"copied_from_id": job["id"]}),
        );
        let user = self.users[3].1;
        let linked = json!({"linked_candidate_ids": [private["id"]]});
        file.patch("user", user, &linked);
        let sql = "INSERT INTO user_candidate (candidate_id, user_id) VALUES (?1, ?2)";
        file.execute(sql, (id(private), user));
        let post = self.number("SELECT id FROM job_post WHERE job_id = ?1", id(job));
        let link = self.number("SELECT max(id) FROM tracking_link WHERE ?1", 1);
        for (place, of) in [
            (1, json!({"job_id": job["id"]})),
            (2, json!({"job_id": null})),
        ] {
            let mut changes = of;
            changes["token"] = format!("umbra{place}").into();
            changes["job_post_id"] = post.into();
            file.copy("tracking_link", link, link + place, &changes);
        }
        file.forget_documents();
    }

    /// The tokens of all tracking links, which no list tells.
    pub fn tokens(&self) -> Vec<String> {
        let sql = "SELECT group_concat(token) FROM tracking_link WHERE ?1";
        match self.file.value(sql, [1]) {
            rusqlite::types::Value::Text(tokens) => tokens.split(',').map(str::to_owned).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn number(&self, sql: &str, of: i64) -> i64 {
        match self.file.value(sql, [of]) {
            rusqlite::types::Value::Integer(number) => number,
            other => panic!("{sql}: {other:?}"),
        }
    }

    /// A write that has to succeed.
    pub async fn write_as(&self, user: i64, method: &str, path: &str, body: Value) -> Value {
        let answer = self.organization.send_as(user, method, path, body).await;
        let is_done = (200..300).contains(&answer.status);
        assert!(
            is_done,
            "{method} {path}: {} {}",
            answer.status, answer.text
        );
        if answer.text.is_empty() {
            Value::Null
        } else {
            answer.json()
        }
    }
}

/// Nothing changes by time alone, and what is changed is changed at the time at which it was made.
pub fn hold_the_clock(organization: &Organization) {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000);
    organization.sandbox.clock().freeze(now).unwrap();
}
