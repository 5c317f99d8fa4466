use serde_json::{Value, json};

use crate::jobs::open_job;
use crate::organization::Organization;

fn responsible(user: &Value, future: bool, active: bool, inactive: bool) -> Value {
    json!({
        "user_id": user,
        "responsible_for_future_candidates": future,
        "responsible_for_active_candidates": active,
        "responsible_for_inactive_candidates": inactive,
    })
}

/// Three active users, a job, and the path of its hiring team.
async fn start() -> (Organization, Vec<Value>, Value, String) {
    let organization = Organization::start().await;
    let users = organization.read("/v1/users").await;
    let users = users.as_array().unwrap().iter();
    let users = users.filter(|user| user["disabled"] == false);
    let users: Vec<Value> = users
        .map(|user| user["id"].clone())
        .skip(2)
        .take(3)
        .collect();
    let job = open_job(&organization).await["id"].clone();
    let path = format!("/v1/jobs/{job}/hiring_team");
    (organization, users, job, path)
}

#[tokio::test]
async fn a_team_is_replaced_added_to_and_taken_from() {
    let (organization, users, job, path) = start().await;
    let before = organization.read(&path).await;
    let body = json!({
        "hiring_managers": [{"user_id": users[0]}],
        "recruiters": [responsible(&users[0], true, false, false),
            responsible(&users[1], false, false, false)],
        "sourcers": [],
    });
    let answer = organization.write("PUT", &path, body, 200).await;
    assert_eq!(answer, json!({"success": true}));
    let team = organization.read(&path).await;
    assert_eq!(
        team["hiring_managers"],
        json!([{"user_id": users[0], "active": true}])
    );
    let shown = |it: &Value| json!([it["user_id"], it["responsible"]]);
    let recruiters = team["recruiters"].as_array().unwrap();
    let recruiters: Vec<_> = recruiters.iter().map(shown).collect();
    assert_eq!(
        recruiters,
        [json!([users[0], true]), json!([users[1], false])]
    );
    assert_eq!(team["sourcers"], json!([]));
    // What was left out stays.
    assert_eq!(team["coordinators"], before["coordinators"]);

    let body = json!({
        "recruiters": [responsible(&users[2], true, false, false)],
        "sourcers": [{"user_id": users[1]}],
    });
    organization.write("POST", &path, body, 200).await;
    let shown = organization.read(&format!("/v1/jobs/{job}")).await;
    let recruiters = shown["hiring_team"]["recruiters"].as_array().unwrap();
    let recruiters: Vec<_> = recruiters
        .iter()
        .map(|one| (one["id"].clone(), one["responsible"].clone()))
        .collect();
    assert_eq!(
        recruiters,
        [
            (users[0].clone(), false.into()),
            (users[1].clone(), false.into()),
            (users[2].clone(), true.into())
        ]
    );
    assert_eq!(shown["hiring_team"]["sourcers"][0]["id"], users[1]);

    let body = json!({"recruiters": [users[0], 1], "hiring_managers": [users[0]]});
    organization.write("DELETE", &path, body, 200).await;
    let team = organization.read(&path).await;
    assert_eq!(team["hiring_managers"], json!([]));
    assert_eq!(team["recruiters"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn members_are_active_while_they_have_access_to_the_job() {
    let (organization, _, job, path) = start().await;
    let user = organization.basic_user().await;
    let body = json!({"sourcers": [{"user_id": user}]});
    organization.write("PUT", &path, body, 200).await;
    let is_active = async || {
        let team = organization.read(&path).await;
        team["sourcers"].clone() == json!([{"user_id": user, "active": true}])
    };
    assert!(!is_active().await);

    let roles = organization.read("/v1/user_roles").await;
    let permissions = format!("/v1/users/{user}/permissions/jobs");
    let role = json!({"job_id": job, "user_role_id": roles[0]["id"]});
    let given = organization.write("PUT", &permissions, role, 201).await;
    assert!(is_active().await);
    let who = json!({"user": {"user_id": user}});
    for (change, active) in [("disable", false), ("enable", true)] {
        let path = format!("/v2/users/{change}");
        organization.write("PATCH", &path, who.clone(), 200).await;
        assert_eq!(is_active().await, active, "{change}");
    }
    let taken = json!({"job_permission_id": given["id"]});
    organization.write("DELETE", &permissions, taken, 200).await;
    assert!(!is_active().await);
}

#[tokio::test]
async fn candidates_are_handed_over() {
    let (organization, users, job, path) = start().await;
    let list = format!("/v1/applications?job_id={job}&per_page=500");
    let before = organization.read(&list).await;
    let body = json!({
        "recruiters": [responsible(&users[0], false, true, false)],
        "coordinators": [responsible(&users[1], false, false, true)],
    });
    organization.write("POST", &path, body, 200).await;
    let after = organization.read(&list).await;
    let (mut active, mut inactive) = (0, 0);
    for (was, is) in before
        .as_array()
        .unwrap()
        .iter()
        .zip(after.as_array().unwrap())
    {
        if is["prospect"] == true {
            assert_eq!(was, is);
        } else if is["status"] == "active" {
            active += 1;
            assert_eq!(is["recruiter"]["id"], users[0]);
            assert_eq!(is["coordinator"], was["coordinator"]);
        } else {
            inactive += 1;
            assert_eq!(is["recruiter"], was["recruiter"]);
            assert_eq!(is["coordinator"]["id"], users[1]);
        }
    }
    assert!(active > 0 && inactive > 0, "{active} {inactive}");
}

#[tokio::test]
async fn wrong_teams_change_nothing() {
    let (organization, users, job, path) = start().await;
    let before = organization.read(&format!("/v1/jobs/{job}")).await;
    let two = json!({"recruiters": [responsible(&users[0], true, false, false),
                                    responsible(&users[1], true, false, false)]});
    let unknown = json!({"sourcers": [{"user_id": users[0]}],
                         "coordinators": [responsible(&json!(1), false, false, false)]});
    for method in ["PUT", "POST"] {
        let problems = organization.problems(method, &path, two.clone()).await;
        assert_eq!(problems, ["recruiters"]);
        let problems = organization.problems(method, &path, unknown.clone()).await;
        assert_eq!(problems, ["coordinators.0.user_id"]);
    }
    let disable = json!({"user": {"user_id": users[2]}});
    organization
        .write("PATCH", "/v2/users/disable", disable, 200)
        .await;
    let body = json!({"hiring_managers": [{"user_id": users[2]}]});
    let problems = organization.problems("POST", &path, body).await;
    assert_eq!(problems, ["hiring_managers.0.user_id"]);
    let basic = organization.basic_user().await;
    for method in ["PUT", "POST", "DELETE"] {
        let answer = organization
            .send_as(basic, method, &path, json!({"sourcers": []}))
            .await;
        assert_eq!(answer.status, 403, "{method}");
        let path = "/v1/jobs/1/hiring_team";
        assert_eq!(organization.send(method, path, json!({})).await.status, 404);
    }
    assert_eq!(organization.read(&format!("/v1/jobs/{job}")).await, before);
}
