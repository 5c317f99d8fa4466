use serde_json::{Value, json};

use crate::organization::{Organization, ids};

/// A job that is not confidential, and one that is.
async fn jobs(organization: &Organization) -> (i64, Vec<i64>) {
    let applications = organization.read("/v1/applications?per_page=500").await;
    let mut jobs: Vec<i64> = applications
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["jobs"][0]["id"].as_i64())
        .collect();
    jobs.sort_unstable();
    jobs.dedup();
    (jobs[0], jobs)
}

#[tokio::test]
async fn a_role_on_a_job_is_given_used_and_taken_away() {
    let organization = Organization::start().await;
    let user = organization.basic_user().await;
    let (job, _) = jobs(&organization).await;
    let roles = organization.read("/v1/user_roles").await;
    let path = format!("/v1/users/{user}/permissions/jobs");
    assert_eq!(organization.read(&path).await, json!([]));
    let candidates = organization
        .read(&format!("/v1/candidates?job_id={job}"))
        .await;
    let note = format!("/v1/candidates/{}/activity_feed/notes", candidates[0]["id"]);
    let say = json!({"user_id": user, "body": "A", "visibility": "public"});
    let answer = organization.send_as(user, "POST", &note, say.clone()).await;
    assert_eq!(answer.status, 404);

    let body = json!({"job_id": job, "user_role_id": roles[1]["id"]});
    let given = organization.write("PUT", &path, body.clone(), 201).await;
    assert_eq!(
        given,
        json!({"id": given["id"], "job_id": job, "user_role_id": roles[1]["id"]})
    );
    assert_eq!(organization.read(&path).await, json!([given]));
    let answer = organization.send_as(user, "POST", &note, say.clone()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(
        organization.problems("PUT", &path, body).await,
        ["user_role_id"]
    );

    let body = json!({"job_permission_id": given["id"]});
    let answer = organization.write("DELETE", &path, body.clone(), 200).await;
    let message = format!("Job Permission {} has been deleted.", given["id"]);
    assert_eq!(answer, json!({"message": message}));
    assert_eq!(organization.read(&path).await, json!([]));
    assert_eq!(
        organization.send_as(user, "POST", &note, say).await.status,
        404
    );
    let problems = organization.problems("DELETE", &path, body).await;
    assert_eq!(problems, ["job_permission_id"]);
}

#[tokio::test]
async fn site_admins_need_no_permission() {
    let organization = Organization::start().await;
    let (job, _) = jobs(&organization).await;
    let roles = organization.read("/v1/user_roles").await;
    let user = organization.sandbox.user_id();
    let on_job = json!({"job_id": job, "user_role_id": roles[0]["id"]});
    let on_future = json!({"user_role_id": roles[0]["id"]});
    for (kind, body) in [("jobs", on_job), ("future_jobs", on_future)] {
        let path = format!("/v1/users/{user}/permissions/{kind}");
        let answer = organization.send("PUT", &path, body).await;
        assert_eq!((answer.status, answer.text.as_str()), (204, ""));
        assert_eq!(organization.read(&path).await, json!([]));
    }
}

#[tokio::test]
async fn roles_on_future_jobs_follow_their_office_and_department() {
    let organization = Organization::start().await;
    let user = organization.basic_user().await;
    let roles = organization.read("/v1/user_roles").await;
    let department = json!({"name": "Rivers", "external_id": "RIV"});
    let department = organization
        .write("POST", "/v1/departments", department, 201)
        .await;
    let path = format!("/v1/users/{user}/permissions/future_jobs");
    let body =
        json!({"office_id": null, "external_department_id": "RIV", "user_role_id": roles[2]["id"]});
    let given = organization.write("PUT", &path, body, 201).await;
    assert_eq!(
        given,
        json!({
            "id": given["id"], "office_id": null, "external_office_id": null,
            "department_id": department["id"], "external_department_id": "RIV",
            "user_role_id": roles[2]["id"],
        })
    );
    let unit = format!("/v1/departments/{}", department["id"]);
    organization
        .write("PATCH", &unit, json!({"external_id": "R-2"}), 200)
        .await;
    let list = organization.read(&path).await;
    assert_eq!(list[0]["external_department_id"], "R-2");

    let body = json!({"future_job_permission_id": given["id"]});
    let answer = organization.write("DELETE", &path, body.clone(), 200).await;
    let message = format!("Future Job Permission {} has been deleted.", given["id"]);
    assert_eq!(answer, json!({"message": message}));
    assert_eq!(organization.read(&path).await, json!([]));
    let problems = organization.problems("DELETE", &path, body).await;
    assert_eq!(problems, ["future_job_permission_id"]);
}

#[tokio::test]
async fn permissions_are_refused_for_each_thing_that_is_wrong() {
    let organization = Organization::start().await;
    let user = organization.basic_user().await;
    let on_jobs = format!("/v1/users/{user}/permissions/jobs");
    let on_future = format!("/v1/users/{user}/permissions/future_jobs");
    let body = json!({"job_id": 1, "user_role_id": 1});
    let problems = organization.problems("PUT", &on_jobs, body.clone()).await;
    assert_eq!(problems, ["job_id", "user_role_id"]);
    let twice = json!({
        "office_id": 1, "external_office_id": "A", "external_department_id": "none",
        "user_role_id": 1,
    });
    let problems = organization.problems("PUT", &on_future, twice).await;
    assert_eq!(
        problems,
        ["office_id", "external_department_id", "user_role_id"]
    );
    for path in [&on_jobs, &on_future] {
        assert_eq!(organization.read(path).await, json!([]));
        let unknown = path.replace(&user.to_string(), "1");
        assert_eq!(organization.get(&unknown).await.status, 404);
    }
    let answer = organization.send_as(user, "PUT", &on_jobs, body).await;
    assert_eq!(answer.status, 403);

    // What another user has can't be taken from this one.
    let users = organization.read("/v1/users").await;
    for other in ids(&users) {
        let path = format!("/v1/users/{other}/permissions/jobs");
        let Some(id) = organization
            .read(&path)
            .await
            .get(0)
            .map(|one| one["id"].clone())
        else {
            continue;
        };
        let body = json!({"job_permission_id": id});
        let problems = organization.problems("DELETE", &on_jobs, body).await;
        assert_eq!(problems, ["job_permission_id"]);
        return;
    }
    panic!("no user has a permission");
}

#[tokio::test]
async fn permissions_on_confidential_jobs_cannot_be_given() {
    let organization = Organization::start().await;
    let (_, jobs) = jobs(&organization).await;
    let user = organization.basic_user().await;
    let roles = organization.read("/v1/user_roles").await;
    let path = format!("/v1/users/{user}/permissions/jobs");
    let mut refused = Vec::new();
    for job in jobs {
        let body = json!({"job_id": job, "user_role_id": roles[0]["id"]});
        let answer = organization.send("PUT", &path, body).await;
        if answer.status == 422 {
            assert_eq!(answer.json()["errors"][0]["field"], "job_id");
            refused.push(job);
        }
    }
    assert_eq!(refused.len(), 1);
}

#[tokio::test]
async fn who_is_made_basic_has_no_permission_left() {
    let organization = Organization::start().await;
    let users = organization.read("/v1/users").await;
    for user in ids(&users) {
        let of_jobs = format!("/v1/users/{user}/permissions/jobs");
        if organization.read(&of_jobs).await == json!([]) {
            continue;
        }
        let body = json!({"user": {"user_id": user}, "level": "basic"});
        organization
            .write("PATCH", "/v1/users/permission_level", body, 200)
            .await;
        assert_eq!(organization.read(&of_jobs).await, json!([]));
        let of_future = format!("/v1/users/{user}/permissions/future_jobs");
        assert_eq!(organization.read(&of_future).await, json!([]));
    }
    // One user has to be a site admin.
    let me = organization.sandbox.user_id();
    let admins = users.as_array().unwrap().iter();
    let admins = admins.filter(|user| user["site_admin"] == true && user["id"] != me);
    for admin in admins {
        let body = json!({"user": {"user_id": admin["id"]}, "level": "basic"});
        organization
            .write("PATCH", "/v1/users/permission_level", body, 200)
            .await;
    }
    let body = json!({"user": {"user_id": me}, "level": "basic"});
    let problems = organization
        .problems("PATCH", "/v1/users/permission_level", body)
        .await;
    assert_eq!(problems, ["user"]);
    let me = organization.read(&format!("/v1/users/{me}")).await;
    assert_eq!(me["site_admin"], Value::Bool(true));
}
