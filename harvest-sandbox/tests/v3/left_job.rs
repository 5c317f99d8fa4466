//! A confidential job that an application has left for one that everyone sees, and what it has from there.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::both::{Both, ids};
use crate::people::write;
use crate::support::{self, Answer};
use crate::temp_dir::TempDir;

/// An application that went from the one job to the other.
pub struct Left {
    /// A job admin of both.
    pub manager: i64,
    pub candidate: Value,
    pub application: Value,
    /// What it has from the job, one of each of [`OF_APPLICATION`].
    pub ids: Vec<i64>,
    /// All of them, and what they name of the job.
    pub all: Vec<i64>,
}

/// A list of v1, as a request without an acting user reads it.
pub async fn everything(both: &Both, path: &str) -> Vec<Value> {
    let answer = support::get(&both.sandbox, path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    serde_json::from_str(&answer.text).unwrap()
}

/// A request of a user, by the token of v3.
pub async fn send_as(both: &Both, user: i64, (method, path): (&str, &str), body: &Value) -> Answer {
    let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
    let url = format!("{}{path}", both.sandbox.url());
    let token = both.sandbox.access_token(Some(user)).unwrap();
    let request = reqwest::Client::new()
        .request(method, url)
        .bearer_auth(token);
    let request = if body.is_null() {
        request
    } else {
        request.json(body)
    };
    support::send(request).await
}

/// The users who have a role on a job.
pub async fn on_team(both: &Both, job_id: i64) -> Vec<i64> {
    let mut found = Vec::new();
    for user in everything(both, "/v1/users?per_page=500").await {
        let path = format!("/v1/users/{}/permissions/jobs", user["id"]);
        let roles = everything(both, &path).await;
        if roles.iter().any(|it| it["job_id"] == job_id) {
            found.extend(user["id"].as_i64());
        }
    }
    found
}

/// An application that has left this job.
pub async fn leave(both: &Both, records: &Records, job_id: i64) -> Left {
    let others = both.list("/v1/jobs?status=open").await;
    for manager in on_team(both, job_id).await {
        if let Some(left) = Left::by((both, records), manager, job_id, &ids(&others)).await {
            return left;
        }
    }
    panic!("nobody manages job {job_id} and another that everyone sees");
}

impl Left {
    /// The same by a user, if the user manages the job and one of some others.
    async fn by(
        (both, records): (&Both, &Records),
        manager: i64,
        job_id: i64,
        others: &[i64],
    ) -> Option<Self> {
        let person = json!({"first_name": "Runa", "last_name": "Holt",
            "application": {"job_id": job_id}});
        let made = send_as(both, manager, ("POST", "/v3/candidates"), &person).await;
        if made.status != 201 {
            return None;
        }
        let made = made.json();
        let (candidate, application) = (made["candidate"].clone(), made["application"].clone());
        let stages = everything(both, &format!("/v1/jobs/{job_id}/stages")).await;
        let step = step(&stages);
        let interview = json!({
            "application_id": application["id"], "job_interview_id": step["id"],
            "external_event_id": "left", "starts_at": "2027-01-01T10:00:00Z",
            "ends_at": "2027-01-01T11:00:00Z",
            "interviewers": [{"user_id": manager, "response_status": "accepted"}],
        });
        done(both, manager, "/v3/interviews", &interview).await;
        let scorecard = records.scorecard(job_id, step, manager, &application);
        done(both, manager, "/v3/scorecards", &scorecard).await;

        let path = format!("/v3/applications/{}/move", application["id"]);
        let on = |place: usize| json!({"from_stage_id": stages[place]["id"]});
        done(both, manager, &path, &on(0)).await;
        for other in others {
            let mut to = on(1);
            to["to_job_id"] = (*other).into();
            if send_as(both, manager, ("POST", &path), &to).await.status == 204 {
                let id = application["id"].as_i64().unwrap();
                let of = OF_APPLICATION.map(|sql| records.ids(sql, id));
                assert!(of.iter().all(|ids| !ids.is_empty()), "{of:?}");
                let ids = of.iter().map(|ids| ids[0]).collect();
                let of_job = OF_JOB.iter().flat_map(|sql| records.ids(sql, job_id));
                let all = of.iter().flatten().copied().chain(of_job).collect();
                return Some(Self {
                    manager,
                    candidate,
                    application,
                    ids,
                    all,
                });
            }
        }
        None
    }
}

/// What an application has from jobs that it left: an interview and a scorecard first.
const OF_APPLICATION: [&str; 7] = [
    "SELECT id FROM scheduled_interview WHERE application_id = ?1",
    "SELECT id FROM scorecard WHERE application_id = ?1",
    "SELECT id FROM interviewer
     WHERE interview_id IN (SELECT id FROM scheduled_interview WHERE application_id = ?1)",
    "SELECT id FROM scorecard_candidate_attribute WHERE application_id = ?1",
    "SELECT id FROM scorecard_question_answer WHERE application_id = ?1",
    "SELECT id FROM scorecard_question_answer_option WHERE application_id = ?1",
    "SELECT id FROM stage_history WHERE application_id = ?1 AND exited_at IS NOT NULL",
];

/// What these can name of a job.
const OF_JOB: [&str; 6] = [
    "SELECT id FROM job_stage WHERE job_id = ?1",
    "SELECT id FROM job_interview WHERE job_id = ?1",
    "SELECT id FROM interview_kit WHERE job_id = ?1",
    "SELECT id FROM scorecard_question WHERE job_id = ?1",
    "SELECT id FROM scorecard_question_option WHERE job_id = ?1",
    "SELECT id FROM job_candidate_attribute WHERE job_id = ?1",
];

/// A step of the stages that takes an appointment and asks most.
fn step(stages: &[Value]) -> &Value {
    let steps = stages
        .iter()
        .flat_map(|stage| stage["interviews"].as_array().unwrap());
    let steps = steps.filter(|it| it["schedulable"] == true);
    let asked = |step: &&Value| step["interview_kit"]["questions"].as_array().map(Vec::len);
    steps.max_by_key(asked).unwrap()
}

/// The file of an organization, which has what no list shows.
pub struct Records {
    connection: Connection,
    _folder: TempDir,
}

/// An organization in a folder.
pub async fn in_folder(name: &str) -> (Both, Records) {
    let folder = TempDir::new(name);
    let both = Both::with(support::builder().data(folder.path())).await;
    let connection = Connection::open(folder.path().join("harvest.sqlite3")).unwrap();
    let records = Records {
        connection,
        _folder: folder,
    };
    (both, records)
}

impl Records {
    fn ids(&self, sql: &str, of: i64) -> Vec<i64> {
        let mut statement = self.connection.prepare(sql).unwrap();
        let ids = statement.query_map([of], |row| row.get(0)).unwrap();
        ids.map(Result::unwrap).collect()
    }

    /// The rows of records with these ids, by table and id.
    pub fn rows(&self, ids: &[i64]) -> BTreeMap<(String, i64), String> {
        let sql = "SELECT it.name FROM sqlite_schema AS it JOIN pragma_table_xinfo(it.name) AS has
                   WHERE it.type = 'table' AND has.name = 'state'";
        let mut tables = self.connection.prepare(sql).unwrap();
        let tables = tables.query_map([], |row| row.get(0)).unwrap();
        let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
        let mut found = BTreeMap::new();
        for table in tables.map(Result::<String, _>::unwrap) {
            let sql = format!(
                "SELECT id, state FROM {table} WHERE id IN ({})",
                ids.join(", ")
            );
            let mut rows = self.connection.prepare(&sql).unwrap();
            let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
            for row in rows.unwrap() {
                let (id, state) = row.unwrap();
                found.insert((table.clone(), id), state);
            }
        }
        found
    }

    /// A scorecard with something said to all that is asked.
    fn scorecard(&self, job_id: i64, step: &Value, interviewer: i64, application: &Value) -> Value {
        let kit = &step["interview_kit"]["id"];
        let answer = |(answer_type, value): (&str, &dyn Fn(i64) -> Value)| -> Vec<Value> {
            let sql = format!(
                "SELECT id FROM scorecard_question
                 WHERE interview_kit_id = ?1 AND state ->> 'answer_type' = '{answer_type}'"
            );
            let questions = self.ids(&sql, kit.as_i64().unwrap()).into_iter();
            let answers =
                questions.map(|id| json!({"scorecard_question_id": id, "value": value(id)}));
            answers.collect()
        };
        let options = |question: i64| {
            let sql = "SELECT id FROM scorecard_question_option WHERE scorecard_question_id = ?1";
            self.ids(sql, question)
        };
        let answers = [
            answer(("text", &|_| "A gauge upside down.".into())),
            answer(("single_select", &|id| options(id)[0].into())),
            answer(("multi_select", &|id| options(id).into())),
        ];
        let sql = "SELECT id FROM job_candidate_attribute WHERE job_id = ?1";
        let rated = self.ids(sql, job_id).into_iter();
        let rated = rated.map(|id| json!({"job_candidate_attribute_id": id, "value": "mixed"}));
        json!({
            "interview_kit_id": kit, "application_id": application["id"],
            "interviewer_id": interviewer, "submitter_id": interviewer,
            "interviewed_at": "2026-05-04T09:30:00Z", "status": "complete",
            "question_answers": answers.concat(),
            "candidate_attributes": rated.collect::<Vec<_>>(),
        })
    }
}

/// A POST of a user that succeeds.
async fn done(both: &Both, user: i64, path: &str, body: &Value) -> Value {
    let answer = send_as(both, user, ("POST", path), body).await;
    assert!(answer.status < 300, "{path}: {}", answer.text);
    if answer.text.is_empty() {
        Value::Null
    } else {
        answer.json()
    }
}

/// A read of v1 for a user.
async fn read_as(both: &Both, user: i64, path: &str) -> u16 {
    let url = format!("{}{path}", both.sandbox.url());
    let request = reqwest::Client::new()
        .get(url)
        .basic_auth(both.sandbox.key(), Some(""))
        .header("On-Behalf-Of", user);
    support::send(request).await.status
}

async fn confidential(both: &Both) -> i64 {
    let jobs = everything(both, "/v1/jobs?per_page=500").await;
    let job = jobs.iter().find(|job| job["confidential"] == true).unwrap();
    job["id"].as_i64().unwrap()
}

/// Who may see the job that was left sees what is of it, as before; others see the application without.
#[tokio::test]
async fn what_an_application_has_from_a_job_that_it_left_is_for_those_who_see_that_job() {
    let (both, records) = in_folder("left-job").await;
    let left = leave(&both, &records, confidential(&both).await).await;
    let (admin, application) = (both.sandbox.user_id(), &left.application["id"]);
    let [interview, scorecard, ..] = left.ids[..] else {
        panic!("{:?}", left.ids);
    };
    for user in [left.manager, admin] {
        let path = format!("/v1/applications/{application}");
        assert_eq!(read_as(&both, user, &path).await, 200);
    }
    for path in [
        format!("/v1/scheduled_interviews/{interview}"),
        format!("/v1/scorecards/{scorecard}"),
    ] {
        assert_eq!(read_as(&both, left.manager, &path).await, 200, "{path}");
        assert_eq!(read_as(&both, admin, &path).await, 404, "{path}");
    }
    for list in ["scheduled_interviews", "scorecards"] {
        let path = format!("/v1/applications/{application}/{list}");
        assert_eq!(both.list(&path).await, Vec::<Value>::new());
        assert_eq!(everything(&both, &path).await.len(), 1, "{path}");
    }
    let path = format!("/v3/application_stages?application_ids={application}");
    let stages = both.list(&path).await;
    assert_eq!(stages.len(), 1);
    assert_eq!(stages[0]["current"], true);
}

/// What is erased is what the user sees.
#[tokio::test]
async fn what_is_of_a_job_that_is_hidden_outlives_the_anonymization_of_the_candidate() {
    let (both, records) = in_folder("left-job-anonymized").await;
    let left = leave(&both, &records, confidential(&both).await).await;
    let path = format!("/v3/candidates/{}/anonymize", left.candidate["id"]);
    let fields = ["scorecards_and_interviews", "candidate_stage_data"];
    write(&both, ("PATCH", &path), json!({ "fields": fields }), 200).await;
    for (sql, id) in OF_APPLICATION.into_iter().zip(left.ids) {
        let application = left.application["id"].as_i64().unwrap();
        assert!(records.ids(sql, application).contains(&id), "{sql}");
    }
}
