use serde_json::{Value, json};

use crate::jobs::open_job;
use crate::organization::{Organization, ids};

/// A job without openings, and the path of its openings.
async fn start() -> (Organization, Value, String) {
    let organization = Organization::start().await;
    let template = open_job(&organization).await["id"].clone();
    let body =
        json!({"template_job_id": template, "number_of_openings": 1, "opening_ids": ["first"]});
    let job = organization.write("POST", "/v1/jobs", body, 201).await["id"].clone();
    let path = format!("/v1/jobs/{job}/openings");
    (organization, job, path)
}

#[tokio::test]
async fn openings_are_added_closed_and_reopened() {
    let (organization, job, path) = start().await;
    let body = json!({"openings": [
        {"opening_id": "second", "custom_fields": [{"name_key": "budget_year", "value": 2026}]},
        {"opening_id": null},
    ]});
    let added = organization.write("POST", &path, body, 201).await;
    assert_eq!(added["openings"][0]["opening_id"], "second");
    assert!(added["openings"][1]["open_date"].is_string());
    let id = added["openings"][0]["id"].clone();
    let one = format!("{path}/{id}");
    let opening = organization.read(&one).await;
    assert_eq!(opening["status"], "open");
    assert_eq!(opening["opened_at"], added["openings"][0]["open_date"]);
    assert_eq!(opening["custom_fields"]["budget_year"], 2026);
    let list = organization.read(&path).await;
    assert_eq!(list.as_array().unwrap().len(), 3);
    assert_eq!(list[1], opening);

    let reason = organization.read("/v1/close_reasons").await[2].clone();
    let body = json!({"status": "closed", "close_reason_id": reason["id"], "opening_id": "",
                      "custom_fields": [{"name_key": "budget_year", "delete_value": "true"}]});
    let answer = organization.write("PATCH", &one, body, 200).await;
    assert_eq!(answer, json!({"success": "true"}));
    let closed = organization.read(&one).await;
    assert_eq!(closed["status"], "closed");
    assert_eq!(closed["close_reason"], reason);
    assert!(closed["closed_at"].is_string());
    assert_eq!(closed["opening_id"], "");
    assert_eq!(closed["custom_fields"]["budget_year"], Value::Null);
    let in_job = organization.read(&format!("/v1/jobs/{job}")).await;
    assert_eq!(in_job["openings"][1]["close_reason"], reason);
    for (status, count) in [("opened", 2), ("closed", 1)] {
        let found = organization.read(&format!("{path}?status={status}")).await;
        assert_eq!(found.as_array().unwrap().len(), count, "{status}");
    }

    organization
        .write("PATCH", &one, json!({"status": "open"}), 200)
        .await;
    let reopened = organization.read(&one).await;
    assert_eq!(reopened["status"], "open");
    assert_eq!(reopened["closed_at"], Value::Null);
    assert_eq!(reopened["close_reason"], Value::Null);
}

#[tokio::test]
async fn a_job_has_a_hundred_open_ones_at_the_most() {
    let (organization, _, path) = start().await;
    let of = |count: usize| json!({"openings": vec![json!({"opening_id": null}); count]});
    assert_eq!(
        organization.problems("POST", &path, of(0)).await,
        ["openings"]
    );
    assert_eq!(
        organization.problems("POST", &path, of(100)).await,
        ["openings"]
    );
    let added = organization.write("POST", &path, of(99), 201).await;
    assert_eq!(
        organization.problems("POST", &path, of(1)).await,
        ["openings"]
    );
    let one = format!("{path}/{}", added["openings"][0]["id"]);
    organization
        .write("PATCH", &one, json!({"status": "closed"}), 200)
        .await;
    organization.write("POST", &path, of(1), 201).await;
    let problems = organization
        .problems("PATCH", &one, json!({"status": "open"}))
        .await;
    assert_eq!(problems, ["status"]);
}

#[tokio::test]
async fn only_closed_unfilled_ones_of_the_job_are_deleted() {
    let (organization, job, path) = start().await;
    let body = json!({"openings": [{"opening_id": "a"}, {"opening_id": "b"}]});
    organization.write("POST", &path, body, 201).await;
    let all = ids(&organization.read(&path).await);
    organization
        .write(
            "PATCH",
            &format!("{path}/{}", all[0]),
            json!({"status": "closed"}),
            200,
        )
        .await;
    let elsewhere = open_job(&organization).await["openings"][0]["id"].clone();
    let v2 = path.replace("/v1/", "/v2/");
    let body = json!({"ids": [all[0], all[1], elsewhere]});
    let basic = organization.basic_user().await;
    let answer = organization
        .send_as(basic, "DELETE", &v2, body.clone())
        .await;
    assert_eq!(answer.status, 403);
    let result = organization.write("DELETE", &v2, body, 200).await;
    assert_eq!(
        result,
        json!({"success": true, "deleted_ids": [all[0]], "failed_ids": [all[1], elsewhere]})
    );
    assert_eq!(ids(&organization.read(&path).await), all[1..]);
    let in_job = organization.read(&format!("/v1/jobs/{job}")).await;
    assert_eq!(ids(&in_job["openings"]), all[1..]);
    let gone = organization.get(&format!("{path}/{}", all[0])).await;
    assert_eq!(gone.status, 404);

    let answer = organization
        .send("DELETE", &path, json!({"ids": [all[1]]}))
        .await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ""));
    assert_eq!(ids(&organization.read(&path).await), all[2..]);
}

#[tokio::test]
async fn wrong_changes_change_nothing() {
    let (organization, _, path) = start().await;
    let before = organization.read(&path).await;
    let one = format!("{path}/{}", before[0]["id"]);
    let reason = organization.read("/v1/close_reasons").await[0]["id"].clone();
    for (body, at) in [
        (json!({"close_reason_id": reason}), "close_reason_id"),
        (
            json!({"status": "open", "close_reason_id": reason}),
            "close_reason_id",
        ),
        (
            json!({"status": "closed", "close_reason_id": 1}),
            "close_reason_id",
        ),
        (
            json!({"status": "closed", "custom_fields": [{"name_key": "hours", "min_value": 3}]}),
            "custom_fields.0",
        ),
    ] {
        let problems = organization.problems("PATCH", &one, body.clone()).await;
        assert_eq!(problems, [at], "{body}");
    }
    let body = json!({"openings": [{"opening_id": "x"},
        {"opening_id": null, "custom_fields": [{"id": 1, "value": 1}]}]});
    let problems = organization.problems("POST", &path, body).await;
    assert_eq!(problems, ["openings.1.custom_fields.0"]);
    let basic = organization.basic_user().await;
    let change = json!({"status": "closed"});
    let answer = organization
        .send_as(basic, "PATCH", &one, change.clone())
        .await;
    assert_eq!(answer.status, 403);
    assert_eq!(organization.read(&path).await, before);

    let other = open_job(&organization).await["id"].clone();
    let elsewhere = format!("/v1/jobs/{other}/openings/{}", before[0]["id"]);
    assert_eq!(organization.get(&elsewhere).await.status, 404);
    let answer = organization.send("PATCH", &elsewhere, change).await;
    assert_eq!(answer.status, 404);
    assert_eq!(organization.get("/v1/jobs/1/openings").await.status, 404);
}
