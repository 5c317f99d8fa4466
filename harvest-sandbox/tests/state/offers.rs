//! Offers are read in all their versions, and the current one is changed.

use serde_json::{Value, json};

use crate::organization::{Organization, ids};

/// A version of an offer that counts and that the first site admin may change, with an opening, of an application that is
/// active.
pub async fn changeable(organization: &Organization) -> Value {
    let offers = organization
        .read("/v1/offers?status=unresolved&per_page=500")
        .await;
    for offer in offers.as_array().unwrap() {
        let path = format!("{}/current_offer", path(offer));
        let answer = organization.send("PATCH", &path, json!({})).await;
        if answer.status == 200 {
            let offer = organization.read(&path).await;
            if offer["opening"]["status"] == "open" {
                return offer;
            }
        }
    }
    panic!("no offer can be changed");
}

fn path(offer: &Value) -> String {
    format!("/v1/applications/{}/offers", offer["application_id"])
}

pub async fn organization() -> Organization {
    Organization::with(harvest_sandbox::Sandbox::builder().candidates(200)).await
}

/// Another opening of a job has to be approved before someone is hired.
async fn approve(organization: &Organization, job: &Value) {
    let flows = format!("/v1/jobs/{job}/approval_flows");
    let flows = organization.read(&flows).await;
    for flow in flows.as_array().unwrap() {
        if flow["approval_type"] == "offer_job" {
            let path = format!("/v1/approval_flows/{}/request_approvals", flow["id"]);
            let answer = organization.send("POST", &path, Value::Null).await;
            assert_eq!(answer.status, 200, "{}", answer.text);
            let id = flow["id"].as_i64().unwrap();
            organization.sandbox.approve(id).unwrap();
        }
    }
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
        "custom_fields": []});
    let answer = organization.write("PATCH", &current, body, 200).await;
    assert_eq!(answer, json!({"success": true}));
    let after = organization.read(&current).await;
    assert_eq!(after["starts_at"], "2026-11-02");
    assert_eq!(after["sent_at"], "2026-06-03");
    for field in ["id", "version", "status", "created_at", "opening"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    assert!(after["updated_at"].as_str() > before["updated_at"].as_str());
    for (filter, found) in [
        ("starts_after=2026-11-02", true),
        ("starts_before=2026-11-02", true),
        ("starts_before=2026-11-01", false),
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
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn a_field_that_asks_for_it_makes_another_version() {
    let organization = organization().await;
    let before = changeable(&organization).await;
    let current = format!("{}/current_offer", path(&before));
    let salary = |value: i64| json!({"name_key": "salary", "value": value, "unit": "EUR"});
    let body = json!({"start_date": "2026-11-02", "custom_fields": [salary(52_000)]});
    organization
        .write("PATCH", &current, body.clone(), 200)
        .await;
    let second = organization.read(&current).await;
    assert_eq!(second["version"], before["version"].as_i64().unwrap() + 1);
    assert_eq!(second["status"], "unresolved");
    assert_eq!(second["starts_at"], "2026-11-02");
    assert_eq!(second["sent_at"], Value::Null);
    assert!(second["created_at"].as_str() > before["created_at"].as_str());
    assert!(second["custom_fields"]["salary"].is_object());
    assert_eq!(second["opening"], before["opening"]);

    let mut first = before.clone();
    first["status"] = "deprecated".into();
    first["updated_at"] = second["created_at"].clone();
    let one = format!("/v1/offers/{}", before["id"]);
    assert_eq!(organization.read(&one).await, first);
    let versions = organization.read(&path(&before)).await;
    let versions = versions.as_array().unwrap();
    assert_eq!(versions[versions.len() - 2..], [first, second.clone()]);

    // The same again changes nothing that asks for it.
    organization.write("PATCH", &current, body, 200).await;
    assert_eq!(organization.read(&current).await["id"], second["id"]);
    let body = json!({"sent_at": "2026-06-03", "created_at": "2026-06-02T09:00:00Z",
        "custom_fields": [salary(53_000)]});
    organization.write("PATCH", &current, body, 200).await;
    let third = organization.read(&current).await;
    assert_ne!(third["id"], second["id"]);
    assert_eq!(third["sent_at"], "2026-06-03");
    assert_eq!(third["created_at"], "2026-06-02T09:00:00.000Z");

    let field = second["keyed_custom_fields"]["salary"]["name"].clone();
    let fields = organization.read("/v1/custom_fields/offer").await;
    let mut fields = fields.as_array().unwrap().iter();
    let field = fields.find(|one| one["name"] == field).unwrap();
    let body = json!({"name": field["name"], "field_type": "offer",
        "value_type": field["value_type"], "trigger_new_version": false});
    let definition = format!("/v1/custom_fields/{}", field["id"]);
    organization.write("PATCH", &definition, body, 200).await;
    let body = json!({"custom_fields": [salary(54_000)]});
    organization.write("PATCH", &current, body, 200).await;
    assert_eq!(organization.read(&current).await["id"], third["id"]);
}

#[tokio::test]
async fn an_offer_shows_its_opening_as_it_is_now() {
    let organization = organization().await;
    let offer = changeable(&organization).await;
    let id = offer["opening"]["id"].clone();
    let opening = format!("/v1/jobs/{}/openings/{id}", offer["job_id"]);
    let shown = organization.read(&opening).await;
    for (field, value) in offer["opening"].as_object().unwrap() {
        assert_eq!(value, &shown[field], "{field}");
    }
    let one = format!("/v1/offers/{}", offer["id"]);
    let body = json!({"opening_id": "renamed"});
    organization.write("PATCH", &opening, body, 200).await;
    assert_eq!(
        organization.read(&one).await["opening"]["opening_id"],
        "renamed"
    );
    let reason = organization.read("/v1/close_reasons").await[2].clone();
    let body = json!({"status": "closed", "close_reason_id": reason["id"]});
    organization.write("PATCH", &opening, body, 200).await;
    let closed = organization.read(&one).await;
    assert_eq!(closed["opening"]["close_reason"], reason);

    // An opening that was offered stays, but for the old version.
    let openings = format!("/jobs/{}/openings", offer["job_id"]);
    let body = json!({"ids": [id]});
    let v2 = format!("/v2{openings}");
    let result = organization.write("DELETE", &v2, body.clone(), 200).await;
    assert_eq!(result["failed_ids"], json!([id]));
    let v1 = format!("/v1{openings}");
    assert_eq!(organization.send("DELETE", &v1, body).await.status, 200);
    assert_eq!(organization.get(&opening).await.status, 404);
    assert_eq!(organization.read(&one).await["opening"], Value::Null);
}

#[tokio::test]
async fn hiring_fills_the_opening_that_was_offered() {
    let organization = organization().await;
    let offer = changeable(&organization).await;
    let openings = format!("/v1/jobs/{}/openings", offer["job_id"]);
    let body = json!({"openings": [{"opening_id": "late"}]});
    organization.write("POST", &openings, body, 201).await;
    approve(&organization, &offer["job_id"]).await;
    let application = format!("/v1/applications/{}", offer["application_id"]);
    let hire = format!("{application}/hire");
    organization.write("POST", &hire, json!({}), 200).await;
    let after = organization
        .read(&format!("/v1/offers/{}", offer["id"]))
        .await;
    assert_eq!(after["opening"]["id"], offer["opening"]["id"]);
    assert_eq!(after["opening"]["application_id"], offer["application_id"]);
    assert_eq!(after["opening"]["status"], "closed");
}

#[tokio::test]
async fn an_offer_names_the_opening_that_was_filled_instead() {
    let organization = organization().await;
    let offer = changeable(&organization).await;
    let openings = format!("/v1/jobs/{}/openings", offer["job_id"]);
    let body = json!({"openings": [{"opening_id": "instead"}]});
    let added = organization.write("POST", &openings, body, 201).await;
    approve(&organization, &offer["job_id"]).await;
    let id = added["openings"][0]["id"].clone();
    let hire = format!("/v1/applications/{}/hire", offer["application_id"]);
    let body = json!({"opening_id": id});
    organization.write("POST", &hire, body, 200).await;
    let after = organization
        .read(&format!("/v1/offers/{}", offer["id"]))
        .await;
    assert_eq!(after["opening"]["id"], id);
    let list = organization.read("/v1/offers?per_page=500").await;
    assert!(list.as_array().unwrap().contains(&after));
}

#[tokio::test]
async fn a_transfer_leaves_the_opening_behind() {
    let organization = organization().await;
    let offer = changeable(&organization).await;
    let jobs = organization.read("/v1/jobs?status=open").await;
    let mut jobs = jobs.as_array().unwrap().iter();
    let other = jobs.find(|job| job["id"] != offer["job_id"] && job["confidential"] == false);
    let body = json!({"new_job_id": other.unwrap()["id"]});
    let transfer = format!(
        "/v1/applications/{}/transfer_to_job",
        offer["application_id"]
    );
    organization.write("POST", &transfer, body, 200).await;
    let after = organization
        .read(&format!("/v1/offers/{}", offer["id"]))
        .await;
    assert_eq!(after["job_id"], other.unwrap()["id"]);
    assert_eq!(after["opening"], Value::Null);
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

#[tokio::test]
async fn the_moment_of_a_filter_counts_but_for_created_before() {
    let organization = organization().await;
    let offers = organization.read("/v1/offers?status=accepted").await;
    let offer = &offers[0];
    for (filter, key, included) in [
        ("created_after", "created_at", true),
        ("created_before", "created_at", false),
        ("updated_after", "updated_at", true),
        ("updated_before", "updated_at", true),
        ("resolved_after", "resolved_at", true),
        ("resolved_before", "resolved_at", true),
        ("sent_after", "sent_at", true),
        ("sent_before", "sent_at", true),
        ("starts_after", "starts_at", true),
        ("starts_before", "starts_at", true),
    ] {
        let at = offer[key].as_str().unwrap();
        let list = organization
            .read(&format!("/v1/offers?per_page=500&{filter}={at}"))
            .await;
        let found = ids(&list).contains(&offer["id"].as_i64().unwrap());
        assert_eq!(found, included, "{filter}");
    }
}
