//! A line for each operation that writes: what it is done to, and with which body.

use serde_json::{Value, json};

use super::fixture::Fixture;
use super::places::Places;

pub struct Write {
    pub operation: &'static str,
    /// The records in its path, and those that are looked at before and after.
    pub at: Places,
    pub query: &'static str,
    pub body: Value,
}

pub fn writes(fixture: &Fixture) -> Vec<Write> {
    let mut writes = Writes {
        fixture,
        start: Places::of(fixture),
        all: Vec::new(),
    };
    writes.applications();
    writes.candidates();
    writes.jobs();
    writes.interviews();
    writes.organization();
    writes.users();
    writes.all
}

struct Writes<'a> {
    fixture: &'a Fixture,
    start: Places,
    all: Vec<Write>,
}

impl Writes<'_> {
    fn add(&mut self, operation: &'static str, at: &Places, body: Value) {
        let at = at.clone();
        self.all.push(Write {
            operation,
            at,
            query: "",
            body,
        });
    }

    fn application(&self, fits: impl Fn(&Value) -> bool) -> (Places, &Value) {
        let application = self.fixture.find("/v1/applications", fits);
        let mut at = self.start.clone();
        at.application(self.fixture, application);
        (at, application)
    }

    fn applications(&mut self) {
        let fixture = self.fixture;
        let first_stage = |it: &Value| {
            it["status"] == "active" && it["current_stage"]["name"] == "Application Review"
        };
        let (active, application) = self.application(first_stage);
        let stage = application["current_stage"]["id"].clone();
        let job = active.get("jobs").clone();
        let of_job = |it: &Value| it["job_id"] == job;
        let mut stages = fixture
            .list("/v1/job_stages")
            .iter()
            .filter(|it| of_job(it));
        let last = stages.next_back().unwrap()["id"].clone();
        let source = &fixture.list("/v1/sources")[1]["id"];
        let elsewhere = fixture.find("/v1/jobs", |it| it["id"] != job && it["status"] == "open");
        let elsewhere = elsewhere["id"].clone();
        let reasons = fixture.list("/v1/rejection_reasons");
        let first_stage_of =
            |job: &Value| fixture.find("/v1/job_stages", |it| it["job_id"] == *job)["id"].clone();

        self.add("update_application", &active, json!({"source_id": source}));
        self.add("delete_application", &active, json!({}));
        self.add(
            "advance_application",
            &active,
            json!({"from_stage_id": stage}),
        );
        let file = json!({"filename": "a.txt", "type": "other", "content": "QQ==",
            "content_type": "text/plain"});
        self.add("create_application_attachment", &active, file.clone());
        let opening = active.get("openings");
        let close = &fixture.list("/v1/close_reasons")[0]["id"];
        let body =
            json!({"start_date": "2026-12-01", "opening_id": opening, "close_reason_id": close});
        self.add("hire_application", &active, body);
        let body = json!({"from_stage_id": stage, "to_stage_id": last});
        self.add("move_application", &active, body);
        let body = json!({"rejection_reason_id": reasons[0]["id"], "notes": "Not now."});
        self.add("reject_application", &active, body);
        let body = json!({"new_job_id": elsewhere, "new_stage_id": first_stage_of(&elsewhere)});
        self.add("transfer_application", &active, body);

        let (rejected, application) = self.application(|it| it["status"] == "rejected");
        let other = reasons
            .iter()
            .find(|it| it["id"] != application["rejection_reason"]["id"]);
        let body = json!({"rejection_reason_id": other.unwrap()["id"]});
        self.add("update_rejection", &rejected, body);
        self.add("unreject_application", &rejected, json!({}));

        let (prospect, _) = self.application(|it| it["prospect"] == true);
        let body = json!({"job_id": job, "initial_stage_id": stage});
        self.add("convert_prospect", &prospect, body);

        let open = fixture.find("/v1/offers", |it| it["status"] == "unresolved");
        let (mut offered, _) = self.application(|it| it["id"] == open["application_id"]);
        offered.set("offers", &open["id"]);
        let body = json!({"start_date": "2027-01-04"});
        self.add("update_current_offer", &offered, body);
    }

    fn candidates(&mut self) {
        let fixture = self.fixture;
        let at = self.start.clone();
        let job = at.get("jobs").clone();
        let stage = &fixture.find("/v1/job_stages", |it| it["job_id"] == job)["id"];
        let application = json!({"job_id": job, "initial_stage_id": stage});
        let person =
            json!({"first_name": "Noor", "last_name": "Lindqvist", "applications": [application]});
        self.add("create_candidate", &at, person);
        let person = json!({"first_name": "Rafael", "last_name": "Quintero", "application": {}});
        self.add("create_prospect", &at, person);
        self.add("update_candidate", &at, json!({"first_name": "Noor"}));
        self.add("delete_candidate", &at, json!({}));
        let other = fixture.find("/v1/candidates", |it| it["id"] != *at.get("candidates"));
        let body = json!({"primary_candidate_id": at.get("candidates"),
            "duplicate_candidate_id": other["id"]});
        self.add("merge_candidates", &at, body);
        self.add("anonymize_candidate", &at, json!({}));
        // Whatever an application or the feed has may be hidden.
        self.all.last_mut().unwrap().query = "?fields=full_name,education,recruiter,coordinator,\
            attachments,notes,emails,rejection_notes,activity_items,scorecards_and_interviews,\
            offers,all_offer_versions,candidate_stage_data,rejection_reason,application_questions,\
            prospect_jobs,custom_application_fields,credited_to,source,location";

        self.add(
            "create_education",
            &at,
            json!({
                "school_id": fixture.list("/v1/schools")[0]["id"],
                "discipline_id": fixture.list("/v1/disciplines")[0]["id"],
                "degree_id": fixture.list("/v1/degrees")[0]["id"],
                "start_date": "2012-09-01T00:00:00.000Z",
                "end_date": "2014-06-01T00:00:00.000Z",
            }),
        );
        self.add("delete_education", &at, json!({}));
        self.add(
            "create_employment",
            &at,
            json!({
                "company_name": "Tidewater Survey",
                "title": "Field technician",
                "start_date": "2014-08-15T00:00:00.000Z",
                "end_date": "2019-03-31T00:00:00.000Z",
            }),
        );
        self.add("delete_employment", &at, json!({}));

        self.add("remove_tag_from_candidate", &at, json!({}));
        self.add("delete_candidate_tag", &at, json!({}));
        self.add(
            "create_candidate_tag",
            &at,
            json!({"name": "Diving licence"}),
        );
        let mut untagged = at.clone();
        let tags = fixture.list("/v1/tags/candidate").iter();
        let mut tags = tags.filter(|tag| tag["id"] != *at.get("tags"));
        untagged.set("tags", &tags.next_back().unwrap()["id"]);
        self.add("add_tag_to_candidate", &untagged, json!({}));

        let user = &fixture.list("/v1/users")[1]["id"];
        self.add(
            "create_candidate_note",
            &at,
            json!({"user_id": user, "body": "Later.", "visibility": "public"}),
        );
        self.add(
            "create_candidate_email",
            &at,
            json!({
                "user_id": user, "to": "noor@example.com", "from": "mira@example.com",
                "subject": "Thursday", "body": "We look forward to it.",
            }),
        );
        let file = json!({"filename": "a.txt", "type": "resume", "content": "QQ==",
            "content_type": "text/plain"});
        self.add("create_candidate_attachment", &at, file);
        let applied = |it: &Value| it["candidate_id"] == *at.get("candidates");
        let on: Vec<&Value> = fixture
            .list("/v1/applications")
            .iter()
            .filter(|it| applied(it))
            .collect();
        let free = fixture.find("/v1/jobs", |job| {
            job["status"] == "open" && on.iter().all(|it| it["jobs"][0]["id"] != job["id"])
        });
        self.add("create_application", &at, json!({"job_id": free["id"]}));
    }

    fn jobs(&mut self) {
        let fixture = self.fixture;
        let mut at = self.start.clone();
        let job = fixture.find("/v1/jobs", |it| {
            it["status"] == "open" && it["openings"][1].is_object()
        });
        at.job(fixture, &job["id"]);
        let body = json!({"template_job_id": job["id"], "number_of_openings": 2,
            "job_name": "Summer campaign"});
        self.add("create_job", &at, body);
        self.add(
            "update_job",
            &at,
            json!({"name": "Senior Field Hydrologist"}),
        );
        self.add(
            "create_job_openings",
            &at,
            json!({"openings": [{"opening_id": "HYD-26-2"}]}),
        );
        self.add("update_job_opening", &at, json!({"opening_id": "HYD-26-1"}));
        let ids = json!({"ids": [at.get("openings")]});
        self.add("delete_job_openings_v1", &at, ids);
        self.delete_openings();

        let team = &job["hiring_team"];
        let sourcer = &team["sourcers"][0]["id"];
        let newcomer = fixture.find("/v1/users", |it| {
            it["disabled"] == false && !team.to_string().contains(&it["id"].to_string())
        });
        let members = json!({"sourcers": [{"user_id": newcomer["id"]}]});
        self.add("add_hiring_team_members", &at, members.clone());
        self.add("replace_hiring_team", &at, members);
        self.add(
            "remove_hiring_team_members",
            &at,
            json!({"sourcers": [sourcer]}),
        );

        self.add("update_job_post", &at, json!({"title": "Rivers, all year"}));
        let post = fixture.find("/v1/job_posts", |it| it["id"] == *at.get("job_posts"));
        let status = if post["live"] == true {
            "offline"
        } else {
            "live"
        };
        self.add("update_job_post_status", &at, json!({"status": status}));

        let not_requested = |flow: &&Value| {
            flow["approval_status"] == "pending" && flow["requested_by_user_id"].is_null()
        };
        let flow = fixture.flows().find(not_requested).unwrap();
        let mut pending = at.clone();
        pending.job(fixture, &flow["job_id"]).flow(flow);
        let admin = fixture.find("/v1/users", |it| {
            it["site_admin"] == true && it["disabled"] == false
        });
        self.add("replace_approval_flow", &pending, json!({
            "approval_type": flow["approval_type"],
            "sequential": false,
            "approver_groups": [{"approvals_required": 1, "approvers": [{"user_id": admin["id"]}]}],
        }));
        let before = pending.get("users").clone();
        self.add("request_approvals", &pending, json!({}));
        let admins = fixture
            .list("/v1/users")
            .iter()
            .filter(|it| it["site_admin"] == true);
        let groups = flow["approver_groups"].to_string();
        let mut others = admins.filter(|it| !groups.contains(&it["id"].to_string()));
        let after = &others.next().unwrap()["id"];
        let body = json!({"remove_user_id": before, "add_user_id": after});
        self.add("replace_approver", &pending, body);
    }

    /// Only what is closed can be deleted, and was not filled.
    fn delete_openings(&mut self) {
        let unfilled =
            |opening: &&Value| opening["status"] == "closed" && opening["application_id"].is_null();
        for job in self.fixture.list("/v1/jobs") {
            let openings = job["openings"].as_array().unwrap();
            if let Some(opening) = openings.iter().find(unfilled) {
                let mut at = self.start.clone();
                at.job(self.fixture, &job["id"])
                    .set("openings", &opening["id"]);
                let body = json!({"ids": [opening["id"]]});
                return self.add("delete_job_openings", &at, body);
            }
        }
        panic!("no opening is closed and unfilled");
    }

    fn interviews(&mut self) {
        let fixture = self.fixture;
        let mut body = appointment(fixture);
        body["external_event_id"] = json!("rota-2032");
        let (at, _) = self.application(|it| it["id"] == body["application_id"]);
        self.add("create_scheduled_interview", &at, body.clone());
        self.add("create_scheduled_interview_v1", &at, body);
        // Only what the API has made can be changed by it.
        let made = fixture.find("/v1/scheduled_interviews", |it| it["status"] == "scheduled");
        let (mut at, _) = self.application(|it| it["id"] == made["application_id"]);
        at.set("scheduled_interviews", &made["id"]);
        let elsewhere = json!({"location": "Room Mondego"});
        self.add("update_scheduled_interview", &at, elsewhere.clone());
        self.add("update_scheduled_interview_v1", &at, elsewhere);
        self.add("delete_scheduled_interview", &at, json!({}));
    }

    fn organization(&mut self) {
        let at = self.start.clone();
        self.add("create_department", &at, json!({"name": "Groundwater"}));
        self.add("update_department", &at, json!({"name": "Groundwater"}));
        self.add(
            "create_office",
            &at,
            json!({"name": "Vila do Conde", "location": "Vila do Conde, Portugal"}),
        );
        self.add("update_office", &at, json!({"name": "Braga"}));

        let options = &self.fixture.list("/v1/custom_fields/job")[0]["custom_field_options"];
        let (first, last) = (options[0]["id"].clone(), options[2]["id"].clone());
        self.add(
            "create_custom_field",
            &at,
            json!({"name": "Boat", "field_type": "job", "value_type": "short_text"}),
        );
        self.add("update_custom_field", &at, json!({"name": "Catchment"}));
        self.add("delete_custom_field", &at, json!({}));
        self.add(
            "create_custom_field_options",
            &at,
            json!({"options": [{"name": "Vouga", "priority": 4}]}),
        );
        self.add(
            "update_custom_field_options",
            &at,
            json!({"options": [{"id": first, "name": "Lower Douro"}]}),
        );
        self.add(
            "delete_custom_field_options",
            &at,
            json!({"option_ids": [last]}),
        );
    }

    fn users(&mut self) {
        let fixture = self.fixture;
        let at = self.start.clone();
        let id = at.get("users").clone();
        let one = json!({"user_id": id});
        self.add(
            "create_user",
            &at,
            json!({"first_name": "Tomas", "last_name": "Okafor",
                "email": "tomas.okafor@example.com"}),
        );
        self.add(
            "update_user",
            &at,
            json!({"user": one, "payload": {"first_name": "Tomas"}}),
        );
        self.add("disable_user", &at, json!({"user": one}));
        self.add(
            "change_user_permission_level",
            &at,
            json!({"user": one, "level": "basic"}),
        );
        self.add(
            "add_user_email_address",
            &at,
            json!({"email": "t.okafor@example.com"}),
        );
        let mut away = at.clone();
        let disabled = &fixture.find("/v1/users", |it| it["disabled"] == true)["id"];
        away.set("users", disabled);
        self.add("enable_user", &away, json!({"user": {"user_id": disabled}}));

        let role = fixture.permission("jobs")["user_role_id"].clone();
        let permission = fixture.permission("jobs")["id"].clone();
        let job = fixture.find("/v1/jobs", |job| {
            let permissions = fixture.list(&format!("/v1/users/{id}/permissions/jobs"));
            permissions.iter().all(|it| it["job_id"] != job["id"]) && job["confidential"] == false
        });
        self.add(
            "add_job_permission",
            &at,
            json!({"job_id": job["id"], "user_role_id": role}),
        );
        self.add(
            "remove_job_permission",
            &at,
            json!({"job_permission_id": permission}),
        );
        let office = &fixture.list("/v1/offices")[0]["id"];
        let body = json!({"office_id": office, "department_id": null, "user_role_id": role});
        self.add("add_future_job_permission", &at, body);
        let permission = fixture.permission("future_jobs")["id"].clone();
        self.add(
            "remove_future_job_permission",
            &at,
            json!({"future_job_permission_id": permission}),
        );
    }
}

/// An appointment for a candidate whose job has a step for it.
pub fn appointment(fixture: &Fixture) -> Value {
    let step = |application: &Value| {
        let of_job = |it: &&Value| it["job_id"] == application["jobs"][0]["id"];
        let stages = fixture.list("/v1/job_stages").iter().filter(of_job);
        let mut steps = stages.flat_map(|it| it["interviews"].as_array().unwrap());
        steps.find(|it| it["schedulable"] == true)
    };
    let application = fixture.find("/v1/applications", |it| {
        it["status"] == "active" && step(it).is_some()
    });
    json!({
        "application_id": application["id"],
        "interview_id": step(application).unwrap()["id"],
        "interviewers": [{"user_id": fixture.list("/v1/users")[1]["id"],
            "response_status": "accepted"}],
        "start": "2031-03-11T15:00:00Z",
        "end": "2031-03-11T15:45:00Z",
        "external_event_id": "rota-2031",
        "location": "Room Tejo",
    })
}
