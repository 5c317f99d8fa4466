//! Ids in paths, and the records that each is of.

use std::collections::HashMap;

use serde_json::Value;

use super::fixture::Fixture;

/// By the part of the path that comes before the id.
#[derive(Clone)]
pub struct Places(HashMap<&'static str, Value>);

/// The first record of a list is as good as any.
const FIRST: [(&str, &str); 14] = [
    ("answer_options", "/v1/demographics/answer_options"),
    ("answers", "/v1/demographics/answers"),
    ("candidate", "/v1/tags/candidate"),
    ("custom_field", "/v1/custom_fields/job"),
    ("custom_fields", "/v1/custom_fields/job"),
    ("departments", "/v1/departments"),
    ("email_templates", "/v1/email_templates"),
    ("offers", "/v1/offers"),
    ("offices", "/v1/offices"),
    ("prospect_pools", "/v1/prospect_pools"),
    ("question_sets", "/v1/demographics/question_sets"),
    ("questions", "/v1/demographics/questions"),
    ("scheduled_interviews", "/v1/scheduled_interviews"),
    ("scorecards", "/v1/scorecards"),
];

impl Places {
    /// Records of a new organization that there is something to say about.
    pub fn of(fixture: &Fixture) -> Self {
        let mut places = Self(HashMap::new());
        for (place, list) in FIRST {
            places.set(place, &fixture.list(list)[0]["id"]);
        }
        places.set("tracking_links", &"fieldwork".into());
        let about = ["/v1/scheduled_interviews", "/v1/scorecards", "/v1/offers"];
        let about = about
            .into_iter()
            .chain(["/v1/demographics/answers", "/v1/eeoc"]);
        let known = |id: &Value| {
            let has = |list| {
                fixture
                    .list(list)
                    .iter()
                    .any(|it| it["application_id"] == *id)
            };
            about.clone().filter(|list| has(list)).count()
        };
        let applications = fixture.list("/v1/applications").iter();
        let best = applications.max_by_key(|it| known(&it["id"]));
        places.application(fixture, best.unwrap());
        let full = fixture.find("/v1/candidates", |it| {
            let lists = ["educations", "employments", "tags", "attachments"];
            lists
                .iter()
                .all(|list| it[list][0].is_object() || it[list][0].is_string())
        });
        places.candidate(fixture, full);
        places.set("users", fixture.permitted());
        places
    }

    pub fn set(&mut self, place: &'static str, id: &Value) -> &mut Self {
        assert!(!id.is_null(), "{place}");
        self.0.insert(place, id.clone());
        self
    }

    pub fn get(&self, place: &str) -> &Value {
        &self.0[place]
    }

    /// An application, and the job of it.
    pub fn application(&mut self, fixture: &Fixture, application: &Value) -> &mut Self {
        self.set("applications", &application["id"]);
        let candidate = fixture.find("/v1/candidates", |it| {
            it["id"] == application["candidate_id"]
        });
        self.candidate(fixture, candidate);
        if let Some(job) = application["jobs"].get(0) {
            self.job(fixture, &job["id"]);
        }
        self
    }

    pub fn candidate(&mut self, fixture: &Fixture, candidate: &Value) -> &mut Self {
        self.set("candidates", &candidate["id"]);
        for place in ["educations", "employments"] {
            if let Some(first) = candidate[place].get(0) {
                self.set(place, &first["id"]);
            }
        }
        let tags = fixture.list("/v1/tags/candidate").iter();
        let mut tags = tags.filter(|tag| candidate["tags"][0] == tag["name"]);
        if let Some(tag) = tags.next() {
            self.set("tags", &tag["id"]).set("candidate", &tag["id"]);
        }
        self
    }

    pub fn job(&mut self, fixture: &Fixture, id: &Value) -> &mut Self {
        self.set("jobs", id);
        let of_job = |it: &Value| it["job_id"] == *id;
        self.set("job_stages", &fixture.find("/v1/job_stages", of_job)["id"]);
        self.set("job_posts", &fixture.find("/v1/job_posts", of_job)["id"]);
        let job = fixture.find("/v1/jobs", |it| it["id"] == *id);
        let openings = job["openings"].as_array().unwrap();
        let open = openings.iter().find(|it| it["status"] == "open");
        self.set("openings", &open.unwrap_or(&openings[0])["id"]);
        if let Some(flow) = fixture.flows().find(|it| of_job(it)) {
            self.flow(flow);
        }
        self
    }

    /// A flow of approvals, its first group, and the first user there.
    pub fn flow(&mut self, flow: &Value) -> &mut Self {
        let group = &flow["approver_groups"][0];
        self.set("approval_flows", &flow["id"]);
        self.set("approver_groups", &group["id"]);
        self.set("users", &group["approvers"][0]["id"])
    }

    /// A path as described, with the ids of these records.
    pub fn fill(&self, path: &str, reads: bool) -> String {
        let mut filled = Vec::new();
        let mut before = "";
        for part in path.split('/') {
            filled.push(match (part.starts_with('{'), before) {
                (false, _) => part.to_owned(),
                // Read by what they are fields of, written by their ids.
                (true, "custom_fields") if reads => "job".to_owned(),
                (true, _) => self.get(before).to_string().replace('"', ""),
            });
            before = part;
        }
        filled.join("/")
    }
}
