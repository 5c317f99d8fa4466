//! The recipe about the custom fields of a job.

use harvest_generated::v1::types::JobId;
use serde_json::{Map, Value, json};

use super::harness::Harness;
use super::{sync_job_fields, text};

const UPDATE: &str = "PATCH /v1/jobs/7";

/// A stage with a job, which has these values after the change.
async fn harness(after: &Value) -> Harness {
    let harness = Harness::set().await;
    harness.answer(
        "GET /v1/custom_fields/job",
        200,
        &json!([
            {"id": 1, "name": "Contract type", "name_key": "contract", "field_type": "job",
                "value_type": "single_select",
             "custom_field_options": [{"id": 11, "name": "Permanent"},
                 {"id": 12, "name": "Seasonal"}]},
            {"id": 2, "name": "Field work", "name_key": "field_work", "field_type": "job",
                "value_type": "yes_no"},
            {"id": 3, "name": "Pay band", "name_key": "pay_band", "field_type": "job",
                "value_type": "currency_range"},
            {"id": 4, "name": "Rivers", "name_key": "rivers", "field_type": "job",
                "value_type": "multi_select",
             "custom_field_options": [{"id": 41, "name": "Douro"}, {"id": 42, "name": "Minho"}]},
            {"id": 5, "name": "Funding", "name_key": "funding", "field_type": "job",
                "value_type": "short_text"},
        ]),
    );
    let before = json!({
        "contract": {"name": "Contract type", "type": "single_select", "value": "Permanent"},
        "field_work": {"name": "Field work", "type": "yes_no", "value": true},
        "pay_band": {"name": "Pay band", "type": "currency_range",
            "value": {"min_value": 1, "max_value": 2, "unit": "EUR"}},
        "rivers": null,
        "funding": {"name": "Funding", "type": "short_text", "value": "LIFE"},
    });
    let job = |fields: &Value| json!({"id": 7, "status": "open", "keyed_custom_fields": fields});
    harness.answer("GET /v1/jobs/7", 200, &job(&before));
    harness.answer("GET /v1/jobs/7", 200, &job(after));
    harness.answer(UPDATE, 200, &json!({"success": true}));
    harness
}

async fn sync(harness: &Harness, wanted: &Value) -> (anyhow::Result<()>, String) {
    let wanted: Map<String, Value> = wanted.as_object().unwrap().clone();
    let mut out = Vec::new();
    let result = sync_job_fields::run(&harness.acting(), JobId(7), &wanted, &mut out).await;
    (result, text(out))
}

#[tokio::test]
async fn what_differs_is_changed_and_nothing_else() {
    let field = |value: Value| json!({"value": value});
    let band = json!({"min_value": 42000, "max_value": 56000, "unit": "EUR"});
    let harness = harness(&json!({
        "contract": field("Seasonal".into()),
        "field_work": field(true.into()),
        "pay_band": field(band.clone()),
        "rivers": field(json!(["Minho", "Douro"])),
        "funding": field(Value::Null),
    }))
    .await;
    let wanted = json!({
        "contract": "Seasonal", "field_work": true, "pay_band": band, "rivers": ["Minho", "Douro"],
        "funding": null,
    });
    let (result, out) = sync(&harness, &wanted).await;
    result.unwrap();

    let [sent] = &harness.sent_to(UPDATE)[..] else {
        panic!("one change")
    };
    let mut changes = sent.body["custom_fields"].as_array().unwrap().clone();
    changes.sort_by_key(|change| change["name_key"].to_string());
    assert_eq!(
        changes,
        [
            json!({"name_key": "contract", "value": 12}),
            json!({"name_key": "funding", "delete_value": "true"}),
            json!({"name_key": "pay_band", "min_value": 42000, "max_value": 56000, "unit": "EUR"}),
            json!({"name_key": "rivers", "value": [42, 41]}),
        ]
    );
    assert_eq!(sent.body.as_object().unwrap().len(), 1);
    assert_eq!(sent.acting_user, Some(harness.user_id()));
    assert!(!out.contains("field_work"), "{out}");
}

#[tokio::test]
async fn a_job_that_is_as_wanted_is_left_alone() {
    let harness = harness(&json!({})).await;
    let (result, out) = sync(&harness, &json!({"contract": "Permanent", "rivers": null})).await;
    result.unwrap();
    assert_eq!(out, "job 7 is as it should be\n");
    assert!(harness.sent().iter().all(|sent| sent.method == "GET"));
}

#[tokio::test]
async fn one_value_that_would_be_refused_stops_all() {
    let cases = [
        (
            json!({"contract": "Seasonal", "field_work": "perhaps"}),
            "custom field field_work",
        ),
        (json!({"contract": "Eternal"}), "custom field contract"),
        (
            json!({"shoe_size": 44}),
            "jobs have no field with the key \"shoe_size\"",
        ),
    ];
    for (wanted, problem) in cases {
        let harness = harness(&json!({})).await;
        let error = sync(&harness, &wanted).await.0.unwrap_err().to_string();
        assert!(error.starts_with(problem), "{error}");
        assert!(harness.sent().iter().all(|sent| sent.method == "GET"));
    }
}

#[tokio::test]
async fn a_change_that_did_not_take_is_an_error() {
    let harness = harness(&json!({"contract": {"value": "Permanent"}})).await;
    let (result, _) = sync(&harness, &json!({"contract": "Seasonal"})).await;
    assert_eq!(
        result.unwrap_err().to_string(),
        "contract is not what it was set to"
    );
}
