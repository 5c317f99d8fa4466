//! Values of custom fields that are written in part, and references by ids of another kind.

use serde_json::{Value, json};

use crate::both::Both;
use crate::people::{candidate, job, write};

/// Lists of records with custom fields, the type of these fields, where they are shown, and whether a change replaces all
/// values.
const WRITTEN: &[(&str, &str, &str, bool)] = &[
    ("candidates", "candidate", "custom_fields", true),
    ("jobs", "job", "custom_fields", true),
    ("openings", "opening", "custom_fields", true),
    ("applications", "application", "custom_fields", false),
    ("offers", "offer", "custom_fields", false),
    (
        "rejection_details",
        "rejection_question",
        "question_custom_fields",
        false,
    ),
];

async fn field(both: &Both, field_type: &str, name: &str) -> Value {
    let body = json!({"name": name, "field_type": field_type, "value_type": "short_text"});
    write(both, ("POST", "/v3/custom_fields"), body, 201).await
}

#[tokio::test]
async fn values_that_are_left_out_stay_or_go_as_documented() {
    let both = Both::start().await;
    for (list, field_type, shown, replaces) in WRITTEN {
        let first = field(&both, field_type, "Tide").await;
        let second = field(&both, field_type, "Moon").await;
        let all = both.list(&format!("/v3/{list}")).await;
        let path = format!("/v3/{list}/{}", all[0]["id"]);
        let value =
            |field: &Value, value: &str| json!({"custom_field_id": field["id"], "value": value});
        let of = |record: &Value, field: &Value| {
            let key = field["name_key"].as_str().unwrap();
            record[*shown][key]["value"].clone()
        };
        let body = json!({"custom_fields": [value(&first, "High"), value(&second, "Full")]});
        write(&both, ("PATCH", &path), body, 200).await;
        let body = json!({"custom_fields": [value(&first, "Low")]});
        let changed = write(&both, ("PATCH", &path), body, 200).await;
        assert_eq!(of(&changed, &first), "Low", "{list}");
        let left = if *replaces {
            Value::Null
        } else {
            json!("Full")
        };
        assert_eq!(of(&changed, &second), left, "{list}");
        let untouched = write(&both, ("PATCH", &path), json!({}), 200).await;
        assert_eq!(of(&untouched, &first), "Low", "{list}");
        let body = json!({"custom_fields": []});
        let emptied = write(&both, ("PATCH", &path), body, 200).await;
        let left = if *replaces { Value::Null } else { json!("Low") };
        assert_eq!(of(&emptied, &first), left, "{list}");
    }
}

#[tokio::test]
async fn a_required_value_is_not_left_out() {
    let both = Both::start().await;
    let body = json!({
        "name": "Tide", "field_type": "job", "value_type": "short_text", "required": true,
    });
    let field = write(&both, ("POST", "/v1/custom_fields"), body, 201).await;
    let field = field.get(0).unwrap_or(&field);
    let path = format!("/v3/jobs/{}", both.list("/v3/jobs").await[0]["id"]);
    let value = json!({"custom_fields": [{"custom_field_id": field["id"], "value": "High"}]});
    write(&both, ("PATCH", &path), value, 200).await;
    let refused = both
        .send("PATCH", &path, &json!({"custom_fields": []}))
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert_eq!(refused.json()["errors"][0]["field"], "custom_fields");
}

#[tokio::test]
async fn an_application_is_credited_to_a_referrer_who_is_no_user_by_that_id() {
    let both = Both::start().await;
    let job = job(&both).await;
    let (_, application) = candidate(&both, &job).await;
    let referrer = both.list("/v3/referrers").await.remove(0);
    assert_ne!(referrer["id"], referrer["user_id"]);
    let path = format!("/v3/applications/{}", application["id"]);
    let body = json!({"referrer_id": referrer["id"]});
    let changed = write(&both, ("PATCH", &path), body, 200).await;
    assert_eq!(changed["referrer_id"], referrer["id"]);
    let shown = both
        .read(&format!("/v1/applications/{}", application["id"]))
        .await;
    assert_eq!(shown["credited_to"]["id"], referrer["user_id"]);
    let list = format!(
        "/v3/applications?referrer_ids={}&ids={}",
        referrer["id"], application["id"]
    );
    assert_eq!(both.list(&list).await.len(), 1);
    let body = json!({"referrer_id": referrer["user_id"]});
    let refused = both.send("PATCH", &path, &body).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert_eq!(refused.json()["errors"][0]["field"], "referrer_id");
}

#[tokio::test]
async fn a_user_who_is_a_value_is_shown_as_the_user_is_now() {
    let both = Both::start().await;
    let user = &both.list("/v3/users").await[0]["id"];
    for (renamed, (list, field_type, shown, _)) in WRITTEN.iter().enumerate() {
        let body = json!({"name": "Pilot", "field_type": field_type, "value_type": "user"});
        let field = write(&both, ("POST", "/v3/custom_fields"), body, 201).await;
        let key = field["name_key"].as_str().unwrap();
        let id = &both.list(&format!("/v3/{list}")).await[0]["id"];
        let body = json!({"custom_fields": [{"custom_field_id": field["id"], "value": user}]});
        let path = format!("/v3/{list}/{id}");
        write(&both, ("PATCH", &path), body, 200).await;
        let first_name = format!("Ilva{renamed}");
        let body = json!({"first_name": first_name});
        write(&both, ("PATCH", &format!("/v3/users/{user}")), body, 200).await;
        let listed = both.list(&format!("/v3/{list}?ids={id}")).await;
        let mut records = vec![listed[0][*shown].clone()];
        if ["candidates", "jobs", "applications", "offers"].contains(list) {
            let record = both.read(&format!("/v1/{list}/{id}")).await;
            records.push(record["keyed_custom_fields"].clone());
        }
        for record in records {
            let name = record[key]["value"]["name"].as_str().unwrap_or_default();
            assert!(name.starts_with(&first_name), "{list}: {record}");
        }
    }
}
