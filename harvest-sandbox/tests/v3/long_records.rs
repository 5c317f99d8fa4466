//! Long records that the rows of a bulk job name, or a list of v1 or v3, time and again: each is read once, and not as often
//! as it is named.

use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::both::Both;
use crate::people::job;
use crate::support;
use crate::temp_dir::TempDir;

/// A write whose body names a record so often, and the table and the id of that record.
struct Naming {
    what: &'static str,
    method: &'static str,
    path: String,
    named: (&'static str, Value),
    body: Box<dyn Fn(usize) -> Value>,
}

/// The records that are named.
struct Named {
    job: Value,
    other_job: Value,
    user: Value,
    opening: Value,
    stage: Value,
    application: Value,
    office: Value,
    /// Many others.
    users: Vec<Value>,
}

impl Named {
    async fn find(both: &Both) -> Self {
        let job = job(both).await["id"].clone();
        let open = both.list("/v1/jobs?status=open").await;
        let mut others = open
            .iter()
            .filter(|it| it["id"] != job && it["confidential"] == false);
        let other_job = others.next().unwrap()["id"].clone();
        let users = both.list("/v1/users?per_page=500").await;
        let mut users = users
            .iter()
            .filter(|it| it["site_admin"] == true && it["disabled"] == false);
        let user = users
            .rfind(|it| it["id"] != both.sandbox.user_id())
            .unwrap()["id"]
            .clone();
        let opening = json!({"openings": [{"opening_id": "LONG"}]});
        let path = format!("/v1/jobs/{job}/openings");
        let added = both.send("POST", &path, &opening).await;
        assert_eq!(added.status, 201, "{}", added.text);
        let openings = both
            .list(&format!("/v3/openings?job_ids={job}&per_page=500"))
            .await;
        let opening = openings
            .iter()
            .find(|it| it["opening_id"] == "LONG")
            .unwrap()["id"]
            .clone();
        let applications = both
            .list(&format!("/v1/applications?job_id={job}&status=active"))
            .await;
        let application = &applications[0];
        let stages = both.list(&format!("/v1/jobs/{job}/stages")).await;
        let steps = stages
            .iter()
            .flat_map(|it| it["interviews"].as_array().unwrap());
        let mut steps = steps.filter(|it| it["schedulable"] == true);
        let rows = (0..1_000).map(|number| {
            let address = format!("{number}@example.com");
            json!({"first_name": "Ola", "last_name": "Ferreira", "primary_email": address,
                "job_title": "Reader"})
        });
        let rows = json!({"data": rows.collect::<Vec<_>>()});
        let added = both.send("POST", "/v3/users/bulk", &rows).await;
        assert_eq!(added.status, 202, "{}", added.text);
        let users = both.all("/v3/users", 500).await;
        let users = users.iter().filter(|it| it["job_title"] == "Reader");
        Self {
            users: users.map(|it| it["id"].clone()).collect(),
            office: both.list("/v3/offices").await[0]["id"].clone(),
            stage: steps.next().unwrap()["id"].clone(),
            application: application["id"].clone(),
            other_job,
            user,
            opening,
            job,
        }
    }
}

/// Writes that name one record over and over again, in the ways in which a body can.
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn writes(named: &Named) -> Vec<Naming> {
    let mut all = Vec::new();
    let mut add = |what,
                   method,
                   path: &str,
                   named: (&'static str, &Value),
                   body: Box<dyn Fn(usize) -> Value>| {
        all.push(Naming {
            what,
            method,
            path: path.to_owned(),
            named: (named.0, named.1.clone()),
            body,
        });
    };
    let rows = |row: Value| -> Box<dyn Fn(usize) -> Value> {
        Box::new(move |count| json!({"data": vec![&row; count]}))
    };
    let job = ("job", &named.job);
    let user = ("user", &named.user);
    let opening = ("job_opening", &named.opening);
    let person = json!({"first_name": "Noor", "last_name": "Lindqvist"});
    let with = move |key: &str, value: Value| {
        let mut body = person.clone();
        body[key] = value;
        body
    };
    let id = named.job.clone();
    let person = with.clone();
    add(
        "prospects of v1",
        "POST",
        "/v1/candidates",
        job,
        Box::new(move |count| {
            person(
                "applications",
                json!([{"prospect": true, "job_ids": vec![&id; count]}]),
            )
        }),
    );
    let (id, person) = (named.job.clone(), with.clone());
    add(
        "applications of v1",
        "POST",
        "/v1/candidates",
        job,
        Box::new(move |count| person("applications", json!(vec![json!({"job_id": id}); count]))),
    );
    let (id, other, person) = (named.user.clone(), named.other_job.clone(), with.clone());
    add(
        "owners of prospects",
        "POST",
        "/v1/candidates",
        user,
        Box::new(move |count| {
            let of = json!({"prospect": true, "job_ids": [other], "prospect_owner": {"id": id}});
            person("applications", json!(vec![of; count]))
        }),
    );
    let (id, person) = (named.job.clone(), with.clone());
    add(
        "prospect of v3",
        "POST",
        "/v3/candidates",
        job,
        Box::new(move |count| {
            person(
                "application",
                json!({"prospect": true, "job_ids": vec![&id; count]}),
            )
        }),
    );
    let (id, person) = (named.user.clone(), with.clone());
    add(
        "linked users",
        "POST",
        "/v3/candidates",
        user,
        Box::new(move |count| person("linked_user_ids", json!(vec![&id; count]))),
    );
    let id = named.user.clone();
    let path = format!("/v1/jobs/{}/hiring_team", named.other_job);
    add(
        "hiring team",
        "PUT",
        &path,
        user,
        Box::new(move |count| json!({"hiring_managers": vec![json!({"user_id": id}); count]})),
    );
    let id = named.user.clone();
    let path = format!("/v1/jobs/{}/approval_flows", named.other_job);
    add(
        "approvers",
        "PUT",
        &path,
        user,
        Box::new(move |count| {
            let group = json!({"approvals_required": 1, "approvers": [{"user_id": id}]});
            let groups = vec![group; count];
            json!({"approval_type": "offer_job", "sequential": true, "approver_groups": groups})
        }),
    );
    let users = named.users.clone();
    let path = format!("/v1/jobs/{}/approval_flows", named.job);
    add(
        "other approvers of a long job",
        "PUT",
        &path,
        job,
        Box::new(move |count| {
            let some = users.iter().take(count).map(|id| json!({"user_id": id}));
            let group = json!({"approvals_required": 1, "approvers": some.collect::<Vec<_>>()});
            json!({"approval_type": "offer_job", "sequential": true, "approver_groups": [group]})
        }),
    );
    let (id, of, step) = (
        named.user.clone(),
        named.application.clone(),
        named.stage.clone(),
    );
    add(
        "interviewers",
        "POST",
        "/v2/scheduled_interviews",
        user,
        Box::new(move |count| {
            let one = json!({"user_id": id, "response_status": "accepted"});
            json!({"application_id": of, "interview_id": step, "interviewers": vec![one; count],
            "external_event_id": format!("long {count}"),
            "start": "2027-03-01T10:00:00Z", "end": "2027-03-01T11:00:00Z"})
        }),
    );
    let id = named.opening.clone();
    let path = format!("/v2/jobs/{}/openings", named.job);
    add(
        "openings that stay",
        "DELETE",
        &path,
        opening,
        Box::new(move |count| json!({"ids": vec![&id; count]})),
    );

    let bulk = "/v3/openings/bulk";
    add(
        "rows of openings",
        "POST",
        bulk,
        job,
        rows(json!({"job_id": named.job})),
    );
    add(
        "rows that change nothing",
        "PATCH",
        bulk,
        opening,
        rows(json!({"id": named.opening, "close_reason_id": 1})),
    );
    add(
        "rows that remove nothing",
        "DELETE",
        bulk,
        opening,
        rows(named.opening.clone()),
    );
    add(
        "rows of copies",
        "POST",
        "/v3/jobs/bulk",
        job,
        rows(json!({"template_job_id": named.job, "number_of_openings": 1, "department_id": 1})),
    );
    add(
        "rows of candidates",
        "POST",
        "/v3/candidates/bulk",
        job,
        rows(with("application", json!({"job_id": named.job}))),
    );
    add(
        "rows of prospects",
        "POST",
        "/v3/candidates/bulk",
        job,
        rows(with(
            "application",
            json!({"prospect": true, "job_ids": [named.job]}),
        )),
    );
    add(
        "rows of one user",
        "PATCH",
        "/v3/users/bulk",
        user,
        rows(json!({"id": named.user, "office_ids": [1]})),
    );
    add(
        "rows that enable",
        "POST",
        "/v3/users/activate/bulk",
        user,
        rows(named.user.clone()),
    );
    add(
        "rows of an office",
        "PATCH",
        "/v3/offices/bulk",
        user,
        rows(
            json!({"id": named.office, "name": "", "primary_in_house_contact_user_id": named.user}),
        ),
    );
    all
}

impl Naming {
    async fn took(&self, both: &Both, count: usize) -> Duration {
        both.sandbox
            .clock()
            .advance(Duration::from_secs(120))
            .unwrap();
        let body = (self.body)(count);
        let began = Instant::now();
        let answer = both.send(self.method, &self.path, &body).await;
        let took = began.elapsed();
        // Interviewers are refused who are listed twice, but looked for before.
        let right = [200, 201, 202, 422].contains(&answer.status);
        assert!(right, "{}: {} {}", self.what, answer.status, answer.text);
        took
    }
}

#[tokio::test]
async fn a_long_record_is_not_read_as_often_as_it_is_named() {
    const TIMES: usize = 800;
    let folder = TempDir::new("long-records");
    let both = Both::with(support::builder().data(folder.path())).await;
    let now: chrono::DateTime<chrono::Utc> = "2027-02-03T04:05:06Z".parse().unwrap();
    both.sandbox.clock().freeze(now).unwrap();
    let writes = writes(&Named::find(&both).await);
    let mut short = Vec::new();
    for it in &writes {
        short.push((it.took(&both, 1).await, it.took(&both, TIMES).await));
    }
    // As long as a record can be, but for what is in it already.
    let connection = Connection::open(folder.path().join("harvest.sqlite3")).unwrap();
    let filler = json!(vec!["x".repeat(65_000); 62]).to_string();
    for it in &writes {
        let (table, id) = &it.named;
        let sql = format!(
            "UPDATE {table} SET state = json_set(state, '$.filler', json(?1)) WHERE id = ?2"
        );
        assert_eq!(connection.execute(&sql, (&filler, id.as_i64())).unwrap(), 1);
    }
    for (it, (one_short, many_short)) in writes.iter().zip(short) {
        let one = it.took(&both, 1).await;
        let many = it.took(&both, TIMES).await;
        println!(
            "{:>28}: {one_short:?} {many_short:?}, long {one:?} {many:?}",
            it.what
        );
        // What a long record costs is paid a few times: writing and showing it cost as much, too.
        let paid = one.saturating_sub(one_short) + Duration::from_millis(50);
        let bound = many_short * 2 + paid * 10;
        assert!(
            many < bound,
            "{}: {many:?} are more than {bound:?}",
            it.what
        );
    }
}
