use serde_json::{Value, json};

use crate::jobs::open_job;
use crate::organization::{Organization, ids};

/// A job that was just made, and has no flows; and the ids of three active site admins.
async fn start() -> (Organization, String, Vec<Value>) {
    let organization = Organization::start().await;
    let template = open_job(&organization).await["id"].clone();
    let body = json!({"template_job_id": template, "number_of_openings": 1});
    let job = organization.write("POST", "/v1/jobs", body, 201).await["id"].clone();
    let users = organization.read("/v1/users").await;
    let users = users.as_array().unwrap().iter();
    let admins = users.filter(|user| user["site_admin"] == true && user["disabled"] == false);
    let admins: Vec<Value> = admins.map(|user| user["id"].clone()).take(3).collect();
    assert_eq!(admins.len(), 3);
    (
        organization,
        format!("/v1/jobs/{job}/approval_flows"),
        admins,
    )
}

async fn pending(organization: &Organization, user: &Value, flow: &Value) -> Option<Value> {
    let path = format!("/v1/users/{user}/pending_approvals");
    let all = organization.read(&path).await;
    let mut all = all.as_array().unwrap().iter();
    all.find(|one| &one["approval_flow_id"] == flow).cloned()
}

fn two_groups(admins: &[Value]) -> Value {
    json!({
        "approval_type": "open_job",
        "sequential": true,
        "approver_groups": [
            {"approvals_required": 1, "approvers": [{"user_id": admins[0]}]},
            {"approvals_required": 1, "approvers": [{"user_id": admins[1]}]},
        ],
    })
}

#[tokio::test]
async fn a_flow_is_made_requested_and_replaced() {
    let (organization, path, admins) = start().await;
    assert_eq!(organization.read(&path).await, json!([]));
    let made = organization
        .write("PUT", &path, two_groups(&admins), 200)
        .await;
    let id = made["approval_flow_id"].clone();
    let one = format!("/v1/approval_flows/{id}");
    let flow = organization.read(&one).await;
    assert_eq!(organization.read(&path).await, json!([flow]));
    assert_eq!(flow["approval_status"], "pending");
    assert_eq!(flow["version"], 1);
    assert_eq!(flow["requested_by_user_id"], Value::Null);
    assert_eq!(flow["approver_groups"][1]["priority"], 1);
    assert_eq!(flow["approver_groups"][1]["approvers"][0]["id"], admins[1]);
    let waiting = pending(&organization, &admins[0], &id).await.unwrap();
    assert_eq!(waiting["status"], "waiting");
    assert_eq!(waiting["request_sent_at"], Value::Null);

    let request = format!("{one}/request_approvals");
    let answer = organization.send("POST", &request, Value::Null).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ""));
    let flow = organization.read(&one).await;
    assert_eq!(flow["requested_by_user_id"], organization.sandbox.user_id());
    let due = pending(&organization, &admins[0], &id).await.unwrap();
    assert_eq!(due["status"], "due");
    assert_eq!(due["id"], waiting["id"]);
    assert!(due["request_sent_at"].is_string());
    let next = pending(&organization, &admins[1], &id).await.unwrap();
    assert_eq!(next["status"], "waiting");
    let again = organization.send("POST", &request, Value::Null).await;
    assert_eq!(again.status, 422);

    let body = json!({"approval_type": "open_job", "sequential": false, "approver_groups": [
        {"approvals_required": 1, "approvers": [{"user_id": admins[1]}, {"user_id": admins[2]}]},
    ]});
    let replaced = organization.write("PUT", &path, body, 200).await;
    assert_eq!(replaced["approval_flow_id"], id);
    let flow = organization.read(&one).await;
    assert_eq!(flow["version"], 2);
    assert_eq!(pending(&organization, &admins[0], &id).await, None);
    let due = pending(&organization, &admins[2], &id).await.unwrap();
    assert_eq!(due["status"], "due");
    assert_eq!(due["approver_group_id"], flow["approver_groups"][0]["id"]);
}

#[tokio::test]
async fn groups_stay_in_their_places_and_nobody_is_asked_twice() {
    let (organization, path, admins) = start().await;
    let made = organization
        .write("PUT", &path, two_groups(&admins), 200)
        .await;
    let id = made["approval_flow_id"].clone();
    let one = format!("/v1/approval_flows/{id}");
    let before = organization.read(&one).await;
    let stays = pending(&organization, &admins[0], &id).await.unwrap();
    let body = json!({"approval_type": "open_job", "sequential": true, "approver_groups": [
        {"approvals_required": 2, "approvers": [{"user_id": admins[2]}, {"user_id": admins[0]}]},
        {"approvals_required": 1, "approvers": [{"user_id": admins[0]}, {"user_id": admins[1]}]},
        {"approvals_required": 1, "approvers": [{"user_id": admins[1]}]},
    ]});
    organization.write("PUT", &path, body, 200).await;
    let after = organization.read(&one).await;
    let groups = after["approver_groups"].as_array().unwrap();
    // No approver is left to ask in the third.
    assert_eq!(groups.len(), 2);
    for (place, group) in groups.iter().enumerate() {
        let known = &before["approver_groups"][place];
        assert_eq!(group["id"], known["id"]);
        assert_eq!(group["created_at"], known["created_at"]);
    }
    assert_eq!(groups[0]["approvals_required"], 2);
    let asked = [&admins[..1], &admins[2..]].concat();
    let mut shown = ids(&groups[0]["approvers"]);
    shown.reverse();
    assert_eq!(json!(shown), json!(asked));
    assert_eq!(groups[1]["approvers"].as_array().unwrap().len(), 1);
    assert_eq!(groups[1]["approvers"][0]["id"], admins[1]);
    let still = pending(&organization, &admins[0], &id).await.unwrap();
    assert_eq!(still["id"], stays["id"]);
}

#[tokio::test]
async fn who_has_no_access_to_the_job_approves_nothing() {
    let (organization, path, _) = start().await;
    let basic = organization.basic_user().await;
    let body = json!({"approval_type": "open_job", "sequential": true, "approver_groups":
        [{"approvals_required": 1, "approvers": [{"user_id": basic}]}]});
    let job = path.trim_end_matches("/approval_flows");
    let team = format!("{job}/hiring_team");
    let members = json!({"sourcers": []});
    organization.write("PUT", &team, members, 200).await;
    let shown = organization.read(&team).await.to_string();
    assert!(!shown.contains(&basic.to_string()), "{shown}");
    let problems = organization.problems("PUT", &path, body.clone()).await;
    assert_eq!(problems, ["approver_groups.0.approvers.0"]);
    assert_eq!(organization.read(&path).await, json!([]));
    let members = json!({"sourcers": [{"user_id": basic}]});
    organization.write("POST", &team, members, 200).await;
    organization.write("PUT", &path, body, 200).await;
    let flows = organization.read(&path).await;
    assert_eq!(flows[0]["approver_groups"][0]["approvers"][0]["id"], basic);
}

#[tokio::test]
async fn pending_approvals_are_filtered() {
    let (organization, path, admins) = start().await;
    let mut flows = Vec::new();
    for kind in ["open_job", "offer_job"] {
        let mut body = two_groups(&admins);
        body["approval_type"] = kind.into();
        let made = organization.write("PUT", &path, body, 200).await;
        flows.push(made["approval_flow_id"].clone());
    }
    // Of offers are those of one offer only: see `offer_approvals.rs`.
    let list = format!("/v1/users/{}/pending_approvals", admins[0]);
    for (filter, expected) in [("", true), ("?type=job", true), ("?type=offer", false)] {
        let found = organization.read(&format!("{list}{filter}")).await;
        let found = found.as_array().unwrap();
        for flow in &flows {
            let mut found = found.iter();
            let is_found = found.any(|one| one["approval_flow_id"] == *flow);
            assert_eq!(is_found, expected, "{filter}");
        }
    }
    let answer = organization.get("/v1/users/1/pending_approvals").await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn an_approver_is_replaced() {
    let (organization, path, admins) = start().await;
    let made = organization
        .write("PUT", &path, two_groups(&admins), 200)
        .await;
    let id = made["approval_flow_id"].clone();
    let flow = organization.read(&path).await[0].clone();
    let group = flow["approver_groups"][0]["id"].clone();
    let replace = format!("/v1/approver_groups/{group}/replace_approvers");
    let basic = organization.basic_user().await;
    for (body, at) in [
        (
            json!({"remove_user_id": admins[1], "add_user_id": admins[2]}),
            "remove_user_id",
        ),
        (
            json!({"remove_user_id": admins[0], "add_user_id": admins[0]}),
            "add_user_id",
        ),
        (
            json!({"remove_user_id": admins[0], "add_user_id": 1}),
            "add_user_id",
        ),
        (
            json!({"remove_user_id": admins[0], "add_user_id": basic}),
            "add_user_id",
        ),
    ] {
        let problems = organization.problems("PUT", &replace, body.clone()).await;
        assert_eq!(problems, [at], "{body}");
    }
    let body = json!({"remove_user_id": admins[0], "add_user_id": admins[2]});
    let answer = organization
        .send_as(basic, "PUT", &replace, body.clone())
        .await;
    assert_eq!(answer.status, 403);
    assert_eq!(organization.read(&path).await, json!([flow]));
    let result = organization.write("PUT", &replace, body.clone(), 200).await;
    assert_eq!(result["success"], "true");
    assert_eq!(result["approval_flow_id"], id);
    assert_eq!(result["added_user_id"], admins[2]);
    let shown = organization.read(&path).await;
    assert_eq!(
        shown[0]["approver_groups"][0]["approvers"][0]["id"],
        admins[2]
    );
    assert_eq!(pending(&organization, &admins[0], &id).await, None);
    assert!(pending(&organization, &admins[2], &id).await.is_some());
    let answer = organization
        .send("PUT", "/v1/approver_groups/1/replace_approvers", body)
        .await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn decided_flows_stay_as_they_are() {
    let (organization, _, admins) = start().await;
    let job = open_job(&organization).await["id"].clone();
    let path = format!("/v1/jobs/{job}/approval_flows");
    let before = organization.read(&path).await;
    assert_eq!(before[0]["approval_status"], "approved");
    let problems = organization
        .problems("PUT", &path, two_groups(&admins))
        .await;
    assert_eq!(problems, ["approval_type"]);
    let request = format!("/v1/approval_flows/{}/request_approvals", before[0]["id"]);
    let answer = organization.send("POST", &request, Value::Null).await;
    assert_eq!(answer.status, 422);
    let group = &before[0]["approver_groups"][0];
    let replace = format!("/v1/approver_groups/{}/replace_approvers", group["id"]);
    let body = json!({"remove_user_id": group["approvers"][0]["id"], "add_user_id": admins[1]});
    assert_eq!(organization.send("PUT", &replace, body).await.status, 422);
    assert_eq!(organization.read(&path).await, before);
}

#[tokio::test]
async fn wrong_flows_change_nothing() {
    let (organization, path, admins) = start().await;
    let mut offer = two_groups(&admins);
    offer["offer_id"] = 1.into();
    assert_eq!(
        organization.problems("PUT", &path, offer.clone()).await,
        ["offer_id"]
    );
    offer["approval_type"] = "offer_candidate".into();
    assert_eq!(
        organization.problems("PUT", &path, offer).await,
        ["offer_id"]
    );
    let mut many = two_groups(&admins);
    many["approver_groups"][1]["approvals_required"] = 2.into();
    let problems = organization.problems("PUT", &path, many).await;
    assert_eq!(problems, ["approver_groups.1.approvals_required"]);
    let mut nobody = two_groups(&admins);
    nobody["approver_groups"][0]["approvers"][0] = json!({"email": "nobody@example.com"});
    let problems = organization.problems("PUT", &path, nobody).await;
    assert_eq!(problems, ["approver_groups.0.approvers.0.email"]);
    let basic = organization.basic_user().await;
    let answer = organization
        .send_as(basic, "PUT", &path, two_groups(&admins))
        .await;
    assert_eq!(answer.status, 403);
    assert_eq!(organization.read(&path).await, json!([]));
    // Without approvers there is no one to ask.
    let empty = json!({"approval_type": "open_job", "sequential": true});
    let made = organization.write("PUT", &path, empty, 200).await;
    let one = format!("/v1/approval_flows/{}", made["approval_flow_id"]);
    let request = format!("{one}/request_approvals");
    let answer = organization.send("POST", &request, Value::Null).await;
    assert_eq!(answer.status, 422);
    let answer = organization
        .send_as(basic, "POST", &request, Value::Null)
        .await;
    assert_eq!(answer.status, 403);
    assert_eq!(ids(&organization.read(&path).await).len(), 1);
    assert_eq!(organization.get("/v1/approval_flows/1").await.status, 404);
    assert_eq!(
        organization.get("/v1/jobs/1/approval_flows").await.status,
        404
    );
}
