//! Offers are read in all their versions, and the current one is changed.

use serde_json::{Value, json};

use crate::organization::{Organization, ids};

/// A version of an offer that counts and that the first site admin may change, of an application that is active.
async fn changeable(organization: &Organization) -> Value {
    let offers = organization
        .read("/v1/offers?status=unresolved&per_page=500")
        .await;
    for offer in offers.as_array().unwrap() {
        let path = format!("{}/current_offer", path(offer));
        let answer = organization.send("PATCH", &path, json!({})).await;
        if answer.status == 200 {
            return organization.read(&path).await;
        }
    }
    panic!("no offer can be changed");
}

fn path(offer: &Value) -> String {
    format!("/v1/applications/{}/offers", offer["application_id"])
}

async fn organization() -> Organization {
    Organization::with(harvest_sandbox::Sandbox::builder().candidates(200)).await
}

#[tokio::test]
async fn offers_are_found_by_status_and_by_application() {
    let organization = organization().await;
    let all = organization.read("/v1/offers?per_page=500").await;
    let mut counted = 0;
    for status in ["unresolved", "accepted", "rejected", "deprecated"] {
        let some = organization
            .read(&format!("/v1/offers?status={status}&per_page=500"))
            .await;
        assert!(!ids(&some).is_empty(), "{status}");
        for offer in some.as_array().unwrap() {
            assert_eq!(offer["status"], status);
        }
        counted += ids(&some).len();
    }
    assert_eq!(counted, ids(&all).len());

    let offers = all.as_array().unwrap();
    let superseded = offers.iter().find(|one| one["status"] == "deprecated");
    let superseded = superseded.unwrap();
    let versions = organization.read(&path(superseded)).await;
    assert_eq!(versions.as_array().unwrap().len(), 2);
    assert_eq!(versions[0], *superseded);
    let current = organization
        .read(&format!("{}/current_offer", path(superseded)))
        .await;
    assert_eq!(current, versions[1]);
    assert_eq!(current["version"], 2);
    let alone = organization
        .read(&format!("/v1/offers/{}", current["id"]))
        .await;
    assert_eq!(alone, current);
    let application = organization
        .read(&format!("/v1/applications/{}", current["application_id"]))
        .await;
    assert_eq!(application["candidate_id"], current["candidate_id"]);
    assert_eq!(application["jobs"][0]["id"], current["job_id"]);
}

#[tokio::test]
async fn the_current_offer_is_changed_and_read_back() {
    let organization = organization().await;
    let before = changeable(&organization).await;
    let current = format!("{}/current_offer", path(&before));
    let body = json!({"start_date": "2026-11-02", "sent_at": "2026-06-03T10:00:00Z",
        "custom_fields": [{"name_key": "salary", "value": 52000, "unit": "EUR"}]});
    let answer = organization.write("PATCH", &current, body, 200).await;
    assert_eq!(answer, json!({"success": true}));
    let after = organization.read(&current).await;
    assert_eq!(after["starts_at"], "2026-11-02");
    assert_eq!(after["sent_at"], "2026-06-03");
    assert!(after["custom_fields"]["salary"].is_object());
    for field in ["id", "version", "status", "created_at"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    assert!(after["updated_at"].as_str() > before["updated_at"].as_str());
    for (filter, found) in [
        ("starts_after=2026-11-02", true),
        ("starts_before=2026-11-02", false),
        ("sent_after=2026-06-04", false),
    ] {
        let list = organization
            .read(&format!("/v1/offers?{filter}&per_page=500"))
            .await;
        assert_eq!(
            ids(&list).contains(&after["id"].as_i64().unwrap()),
            found,
            "{filter}"
        );
    }
    let body = json!({"sent_at": null, "custom_fields": [{"name_key": "salary", "value": "much"}]});
    let problems = organization.problems("PATCH", &current, body).await;
    assert_eq!(problems, ["custom_fields.0"]);
    assert_eq!(organization.read(&current).await, after);
    let basic = organization.basic_user().await;
    let answer = organization
        .send_as(basic, "PATCH", &current, json!({}))
        .await;
    assert_eq!(answer.status, 403);
}

#[tokio::test]
async fn hiring_accepts_the_offer_and_ends_the_way_through_the_stages() {
    let organization = organization().await;
    let offer = changeable(&organization).await;
    let application = format!("/v1/applications/{}", offer["application_id"]);
    let hired = organization
        .write(
            "POST",
            &format!("{application}/hire"),
            json!({"start_date": "2026-12-01"}),
            200,
        )
        .await;
    assert_eq!(hired["status"], "hired");
    assert_eq!(hired["current_stage"], Value::Null);
    assert_eq!(organization.read(&application).await, hired);
    let current = format!("{}/current_offer", path(&offer));
    let accepted = organization.read(&current).await;
    assert_eq!(accepted["status"], "accepted");
    assert_eq!(accepted["starts_at"], "2026-12-01");
    assert_eq!(accepted["resolved_at"], hired["last_activity_at"]);
    for (method, path) in [
        ("PATCH", current.clone()),
        ("POST", format!("{application}/hire")),
        ("POST", format!("{application}/reject")),
    ] {
        let answer = organization.send(method, &path, json!({})).await;
        assert_eq!(answer.status, 422, "{path}");
    }
    assert_eq!(organization.read(&current).await, accepted);
    assert_eq!(organization.read(&application).await, hired);
}

#[tokio::test]
async fn the_offers_of_an_application_go_with_it() {
    let organization = organization().await;
    let offer = changeable(&organization).await;
    let application = format!("/v1/applications/{}", offer["application_id"]);
    organization
        .write("DELETE", &application, Value::Null, 200)
        .await;
    for gone in [
        format!("/v1/offers/{}", offer["id"]),
        path(&offer),
        format!("{}/current_offer", path(&offer)),
    ] {
        assert_eq!(organization.get(&gone).await.status, 404, "{gone}");
    }
}
