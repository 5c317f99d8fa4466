//! Growth of the work of bulk jobs: with their rows and with the records that show what these change, and not with the
//! product of both.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::both::Both;

/// An organization that takes one job after the other.
struct Scene {
    both: Both,
    addresses: usize,
}

impl Scene {
    async fn start() -> Self {
        let both = Both::start().await;
        let now: chrono::DateTime<chrono::Utc> = "2027-02-03T04:05:06Z".parse().unwrap();
        both.sandbox.clock().freeze(now).unwrap();
        Self { both, addresses: 0 }
    }

    /// Starts a job, and says how long the answer took.
    async fn job(&self, method: &str, path: &str, data: Value) -> Duration {
        self.both
            .sandbox
            .clock()
            .advance(Duration::from_secs(120))
            .unwrap();
        let began = Instant::now();
        let answer = self.both.send(method, path, &json!({ "data": data })).await;
        let time = began.elapsed();
        assert_eq!(answer.status, 202, "{path}: {}", answer.text);
        time
    }

    /// New users.
    async fn users(&mut self, count: usize) -> Vec<Value> {
        let first = self.addresses;
        self.addresses += count;
        let rows = (first..self.addresses).map(|number| {
            let address = format!("{number}@example.com");
            json!({"first_name": "Ola", "last_name": "Ferreira", "primary_email": address})
        });
        self.job("POST", "/v3/users/bulk", rows.collect()).await;
        let all = self.both.all("/v3/users", 500).await;
        let mut ids: Vec<i64> = all.iter().map(|it| it["id"].as_i64().unwrap()).collect();
        ids.sort_unstable();
        ids.into_iter().rev().take(count).map(Value::from).collect()
    }

    /// The least time of some jobs with a row for each record.
    async fn least(&self, path: &str, ids: &[Value], field: &str) -> Duration {
        let mut least = Duration::MAX;
        for round in 0..3 {
            let row = |(place, id): (usize, &Value)| {
                json!({"id": id, field: format!("Name {round} \
                {place} {id}")})
            };
            let rows = ids.iter().enumerate().map(row).collect();
            least = least.min(self.job("PATCH", path, rows).await);
        }
        least
    }
}

/// Approval flows that have many of the users in them, each with many approvals.
async fn flows(scene: &Scene, users: &[Value]) -> usize {
    let mut made = 0;
    let managers: Vec<Value> = users.iter().map(|id| json!({ "user_id": id })).collect();
    for job in scene.both.list("/v1/jobs?per_page=100").await {
        let path = format!("/v1/jobs/{}/hiring_team", job["id"]);
        let team = json!({ "hiring_managers": managers });
        if scene.both.send("PUT", &path, &team).await.status != 200 {
            continue;
        }
        for approval_type in ["offer_candidate", "offer_job"] {
            let mut approvers = users.iter().cycle();
            let groups = (0..100).map(|_| {
                let some = approvers
                    .by_ref()
                    .take(10)
                    .map(|id| json!({ "user_id": id }));
                json!({"approvals_required": 1, "approvers": some.collect::<Vec<_>>()})
            });
            let flow = json!({
                "approval_type": approval_type, "sequential": true,
                "approver_groups": groups.collect::<Vec<_>>(),
            });
            let path = format!("/v1/jobs/{}/approval_flows", job["id"]);
            let answer = scene.both.send("PUT", &path, &flow).await;
            made += usize::from(answer.status == 200);
            if made == 8 {
                return made;
            }
        }
    }
    made
}

#[tokio::test]
async fn rows_about_users_whom_many_records_show_take_hardly_longer_than_those_about_others() {
    let mut scene = Scene::start().await;
    let (known, others) = (scene.users(150).await, scene.users(150).await);
    assert_eq!(flows(&scene, &known).await, 8);
    let path = "/v3/users/bulk";
    let least = scene.least(path, &others, "first_name").await;
    let shown = scene.least(path, &known, "first_name").await;
    // 8,000 approvals: each row looked at each of them.
    assert!(shown < least * 3, "{shown:?}, of others {least:?}");
    // What shows them says so.
    let flow = &scene.both.list("/v1/users?per_page=500").await;
    let names = flow.iter().filter_map(|it| it["first_name"].as_str());
    assert_eq!(names.filter(|it| it.starts_with("Name 2 ")).count(), 300);
}

#[tokio::test]
async fn rows_about_one_unit_take_no_longer_where_many_users_are_in_it() {
    let mut scene = Scene::start().await;
    let users = scene.users(400).await;
    for (units, of) in [("departments", "department_ids"), ("offices", "office_ids")] {
        let all = scene.both.list(&format!("/v3/{units}")).await;
        let (full, empty) = (&all[0]["id"], &all[1]["id"]);
        let rows = users
            .iter()
            .map(|id| json!({"id": id, of: [full]}))
            .collect();
        scene.job("PATCH", "/v3/users/bulk", rows).await;
        let path = format!("/v3/{units}/bulk");
        let least = scene.least(&path, &vec![empty.clone(); 100], "name").await;
        let shown = scene.least(&path, &vec![full.clone(); 100], "name").await;
        assert!(
            shown < least * 3,
            "{units}: {shown:?}, of an empty one {least:?}"
        );
        let user = scene.both.read(&format!("/v1/users/{}", users[0])).await;
        let name = user[units][0]["name"].as_str().unwrap();
        assert!(name.starts_with("Name 2 99 "), "{name}");
    }
}

/// Whether a unit goes below another is a matter of the levels below it, which are not gone through for each row.
#[tokio::test]
async fn moves_of_a_unit_take_no_longer_the_more_there_are_below_it() {
    let scene = Scene::start().await;
    let made = async |name: String, above: &Value| -> Value {
        let mut body = json!({ "name": name });
        if !above.is_null() {
            body["parent_id"] = above.clone();
        }
        crate::people::write(&scene.both, ("POST", "/v3/departments"), body, 201).await["id"]
            .clone()
    };
    let upper = made("Upper".to_owned(), &Value::Null).await;
    let lower = made("Lower".to_owned(), &upper).await;
    let moved = made("Moved".to_owned(), &upper).await;
    let mut times = Vec::new();
    let mut below = 0;
    for count in [500, 1_000, 2_000] {
        for number in below..count {
            made(format!("Below {number}"), &moved).await;
        }
        below = count;
        let rows = (0..1_000).map(|row| {
            let above = if row % 2 == 0 { &lower } else { &upper };
            json!({"id": moved, "name": "Moved", "parent_id": above})
        });
        let rows = Value::from(rows.collect::<Vec<_>>());
        let mut least = Duration::MAX;
        // Each takes a tenth of a second, and other tests run beside it.
        for _ in 0..10 {
            let time = scene.job("PATCH", "/v3/departments/bulk", rows.clone());
            least = least.min(time.await);
        }
        times.push(least);
    }
    println!("below 500, 1,000 and 2,000: {times:?}");
    assert!(times[2] < times[0] * 2, "{times:?}");
    let shown = scene.both.read(&format!("/v1/departments/{moved}")).await;
    assert_eq!(shown["parent_id"], upper);
    assert_eq!(shown["child_ids"].as_array().unwrap().len(), 2_000);
}

/// A row that is refused has changed nothing, so that what it read is not read again for the next.
#[tokio::test]
async fn rows_that_are_refused_take_hardly_longer_where_a_field_has_many_options() {
    let scene = Scene::start().await;
    let both = &scene.both;
    let job = crate::people::job(both).await;
    let opening = &both.list(&format!("/v1/jobs/{}/openings", job["id"])).await[0]["id"];
    let mut times = Vec::new();
    for count in [1, 900] {
        let options = (0..count).map(|number| {
            let name = format!("{}{number}", "x".repeat(200));
            json!({"name": name, "priority": number})
        });
        let field = json!({
            "name": format!("Choice of {count}"), "field_type": "opening",
            "value_type": "single_select", "custom_field_options": options.collect::<Vec<_>>(),
        });
        let field = crate::people::write(both, ("POST", "/v1/custom_fields"), field, 201).await;
        let field = field.get(0).unwrap_or(&field);
        let value = json!({"custom_field_id": field["id"], "value": "none"});
        let row = json!({"id": opening, "custom_fields": [value]});
        let mut least = Duration::MAX;
        for _ in 0..3 {
            let rows = vec![row.clone(); 1_000].into();
            least = least.min(scene.job("PATCH", "/v3/openings/bulk", rows).await);
        }
        times.push(least);
    }
    println!("one option, 900: {times:?}");
    assert!(times[1] < times[0] * 3, "{times:?}");
}

#[tokio::test]
async fn rows_that_take_away_permissions_write_each_team_and_flow_once() {
    let mut scene = Scene::start().await;
    let users = scene.users(3).await;
    let job = crate::people::job(&scene.both).await;
    let managers: Vec<Value> = users.iter().map(|id| json!({ "user_id": id })).collect();
    let path = format!("/v1/jobs/{}/hiring_team", job["id"]);
    let team = json!({ "hiring_managers": managers });
    assert_eq!(scene.both.send("PUT", &path, &team).await.status, 200);
    let role = &scene.both.list("/v1/user_roles").await[0]["id"];
    for user in &users[..2] {
        let path = format!("/v1/users/{user}/permissions/jobs");
        let body = json!({"job_id": job["id"], "user_role_id": role});
        assert_eq!(
            scene.both.send("PUT", &path, &body).await.status,
            201,
            "{path}"
        );
    }
    let rows = Value::from([users.clone(), vec![json!(9)]].concat());
    scene
        .job("POST", "/v3/users/revoke_permissions/bulk", rows)
        .await;
    let team = scene.both.read(&path).await;
    let left: Vec<&Value> = team["hiring_managers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["user_id"])
        .collect();
    assert_eq!(left, [&users[2]], "who had no permission stays");
}

#[tokio::test]
async fn candidates_who_are_the_same_users_take_no_longer_the_more_there_are() {
    let scene = Scene::start().await;
    let job = crate::people::job(&scene.both).await;
    let users: Vec<Value> = scene.both.list("/v3/users").await;
    let users: Vec<&Value> = users.iter().take(5).map(|it| &it["id"]).collect();
    let mut times = Vec::new();
    for _ in 0..6 {
        let row = json!({
            "first_name": "Ana", "last_name": "Lund", "application": {"job_id": job["id"]},
            "linked_user_ids": users,
        });
        times.push(
            scene
                .job("POST", "/v3/candidates/bulk", vec![row; 40].into())
                .await,
        );
    }
    // The sixth 40 took ten times as long as the first when each user was written with all candidates.
    let early = times[..2].iter().min().unwrap();
    let late = times[4..].iter().min().unwrap();
    assert!(*late < *early * 3, "{times:?}");
    let user = scene.both.read(&format!("/v1/users/{}", users[0])).await;
    let linked = user["linked_candidate_ids"].as_array().unwrap();
    assert!(linked.len() >= 240);
    let candidate = format!("/v1/candidates/{}", linked.last().unwrap());
    let shown = scene.both.read(&candidate).await;
    assert_eq!(shown["linked_user_ids"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn a_job_writes_so_many_records_and_those_of_other_rows_are_refused() {
    let scene = Scene::start().await;
    let template = crate::people::job(&scene.both).await["id"].clone();
    let row = json!({"template_job_id": template, "number_of_openings": 100});
    let before = scene.both.all("/v3/jobs", 500).await.len();
    scene
        .job("POST", "/v3/jobs/bulk", vec![row; 220].into())
        .await;
    scene
        .both
        .sandbox
        .clock()
        .advance(Duration::from_secs(120))
        .unwrap();
    let job = scene
        .both
        .list("/v3/bulk_requests?per_page=1")
        .await
        .remove(0);
    let count = |name: &str| usize::try_from(job[name].as_u64().unwrap()).unwrap();
    assert_eq!(count("record_count"), 220);
    assert!((120..=199).contains(&count("success_count")), "{job}");
    let after = scene.both.all("/v3/jobs", 500).await.len();
    assert_eq!(after - before, count("success_count"));
    let path = format!(
        "/v3/bulk_requests/{}",
        job["bulk_action_uuid"].as_str().unwrap()
    );
    let job = scene.both.list(&path).await.remove(0);
    let file = reqwest::get(job["failure_results_url"].as_str().unwrap()).await;
    let failed: Value = serde_json::from_str(&file.unwrap().text().await.unwrap()).unwrap();
    assert!(
        failed[0].to_string().contains("20000 records"),
        "{}",
        failed[0]
    );
}

/// What is written of a record counts each time, so that a long one is not written without end.
#[tokio::test]
async fn a_job_writes_so_many_bytes_however_few_records_they_are_of() {
    let scene = Scene::start().await;
    let both = &scene.both;
    let field = json!({"name": "Remarks", "field_type": "opening", "value_type": "long_text"});
    let field = crate::people::write(both, ("POST", "/v1/custom_fields"), field, 201).await;
    let field = field.get(0).unwrap_or(&field);
    let job = crate::people::job(both).await;
    let openings = format!("/v1/jobs/{}/openings", job["id"]);
    let opening = &both.list(&openings).await[0]["id"];
    let long = json!({"custom_fields": [{"id": field["id"], "value": "x".repeat(60_000)}]});
    let path = format!("{openings}/{opening}");
    crate::people::write(both, ("PATCH", &path), long, 200).await;
    let rows = (0..600).map(|number| json!({"id": opening, "opening_id": format!("N{number}")}));
    scene
        .job("PATCH", "/v3/openings/bulk", rows.collect())
        .await;
    both.sandbox
        .clock()
        .advance(Duration::from_secs(120))
        .unwrap();
    let job = both.list("/v3/bulk_requests?per_page=1").await.remove(0);
    let done = job["success_count"].as_u64().unwrap();
    // 32 MiB of 60 KB each.
    assert!((500..560).contains(&done), "{job}");
    let last = format!("N{}", done - 1);
    assert_eq!(both.read(&path).await["opening_id"], last.as_str());
}
