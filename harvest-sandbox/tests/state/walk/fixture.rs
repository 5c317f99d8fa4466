//! The contents of a new organization.

use std::collections::HashMap;

use serde_json::Value;

use crate::organization::Organization;

/// Its lists, by their paths.
pub struct Fixture {
    lists: HashMap<String, Vec<Value>>,
    /// A user who has permissions on jobs of today and of tomorrow.
    permitted: Value,
    /// Who reads.
    user: Option<i64>,
}

const LISTS: [&str; 28] = [
    "/v1/applications",
    "/v1/candidates",
    "/v1/close_reasons",
    "/v1/custom_fields/candidate",
    "/v1/custom_fields/job",
    "/v1/demographics/answer_options",
    "/v1/demographics/answers",
    "/v1/demographics/question_sets",
    "/v1/demographics/questions",
    "/v1/departments",
    "/v1/eeoc",
    "/v1/email_templates",
    "/v1/job_posts",
    "/v1/job_stages",
    "/v1/jobs",
    "/v1/offers",
    "/v1/offices",
    "/v1/prospect_pools",
    "/v1/rejection_reasons",
    "/v1/scheduled_interviews",
    "/v1/scorecards",
    "/v1/tags/candidate",
    "/v1/degrees",
    "/v1/disciplines",
    "/v1/schools",
    "/v1/sources",
    "/v1/user_roles",
    "/v1/users",
];

impl Fixture {
    pub async fn of(organization: &Organization) -> Self {
        Self::read_by(organization, None).await
    }

    /// As far as a user may see it.
    pub async fn seen_by(organization: &Organization, user: i64) -> Self {
        Self::read_by(organization, Some(user)).await
    }

    async fn read_by(organization: &Organization, user: Option<i64>) -> Self {
        let mut fixture = Self {
            lists: HashMap::new(),
            permitted: Value::Null,
            user,
        };
        for path in LISTS {
            fixture.read(organization, path.to_owned()).await;
        }
        for job in fixture.list("/v1/jobs").to_vec() {
            let path = format!("/v1/jobs/{}/approval_flows", job["id"]);
            fixture.read(organization, path).await;
        }
        for user in fixture.list("/v1/users").to_vec() {
            let id = &user["id"];
            let paths = ["jobs", "future_jobs"].map(|of| permissions(id, of));
            for path in &paths {
                fixture.read(organization, path.clone()).await;
            }
            if paths.iter().all(|path| !fixture.list(path).is_empty()) {
                fixture.permitted = id.clone();
            }
        }
        fixture
    }

    async fn read(&mut self, organization: &Organization, path: String) {
        let paged = format!("{path}?per_page=500");
        let answer = match self.user {
            Some(user) => organization.send_as(user, "GET", &paged, Value::Null).await,
            None => organization.get(&paged).await,
        };
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        self.lists
            .insert(path, answer.json().as_array().unwrap().clone());
    }

    pub fn list(&self, path: &str) -> &[Value] {
        &self.lists[path]
    }

    /// The first of a list that fits.
    pub fn find(&self, path: &str, fits: impl Fn(&Value) -> bool) -> &Value {
        let found = self.list(path).iter().find(|it| fits(it));
        found.unwrap_or_else(|| panic!("nothing in {path} fits"))
    }

    /// The flows of approvals of all jobs.
    pub fn flows(&self) -> impl Iterator<Item = &Value> {
        let jobs = self.list("/v1/jobs").iter();
        jobs.flat_map(|job| self.list(&format!("/v1/jobs/{}/approval_flows", job["id"])))
    }

    /// The user with permissions.
    pub fn permitted(&self) -> &Value {
        &self.permitted
    }

    /// What the user may do on jobs, or on `future_jobs`.
    pub fn permission(&self, of: &str) -> &Value {
        &self.list(&permissions(&self.permitted, of))[0]
    }
}

fn permissions(user: &Value, of: &str) -> String {
    format!("/v1/users/{user}/permissions/{of}")
}
