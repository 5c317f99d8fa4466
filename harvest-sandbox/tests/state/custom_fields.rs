use serde_json::{Value, json};

use crate::organization::{Organization, ids};

/// Defines a field, and gives what the answer holds.
pub async fn define(organization: &Organization, body: Value) -> Value {
    let answer = organization
        .write("POST", "/v1/custom_fields", body, 201)
        .await;
    assert_eq!(answer.as_array().unwrap().len(), 1);
    answer[0].clone()
}

#[tokio::test]
async fn a_field_appears_in_the_records_of_its_type_and_goes_with_its_deletion() {
    let organization = Organization::start().await;
    let offices = organization.read("/v1/offices").await;
    let field = define(
        &organization,
        json!({
            "name": "Favourite river",
            "field_type": "candidate",
            "value_type": "short_text",
            "description": "To talk about",
            // For jobs and the like only: let pass, and of no effect.
            "required": true,
            "expose_in_job_board_api": true,
            "office_ids": [offices[0]["id"]],
        }),
    )
    .await;
    assert_eq!(field["name_key"], "favourite_river");
    assert_eq!(field["active"], true);
    assert_eq!(field["required"], false);
    assert_eq!(field["expose_in_job_board_api"], false);
    assert_eq!(field["offices"], json!([]));
    assert_eq!(field["template_token_string"], Value::Null);
    let id = &field["id"];
    assert_eq!(
        organization.read(&format!("/v1/custom_field/{id}")).await,
        field
    );
    let list = organization.read("/v1/custom_fields/candidate").await;
    assert_eq!(list.as_array().unwrap().last(), Some(&field));

    let candidates = organization.read("/v1/candidates?per_page=1").await;
    let candidate = format!("/v1/candidates/{}", candidates[0]["id"]);
    assert_eq!(
        candidates[0]["custom_fields"]["favourite_river"],
        json!(null)
    );
    let value = json!({"custom_fields": [{"id": id, "value": "Minho"}]});
    organization
        .write("PATCH", &candidate, value.clone(), 200)
        .await;
    let update = json!({"name": "River", "description": null, "private": true});
    let path = format!("/v1/custom_fields/{id}");
    let changed = organization.write("PATCH", &path, update, 200).await;
    assert_eq!(changed[0]["name_key"], "favourite_river");
    let read = organization.read(&candidate).await;
    assert_eq!(read["custom_fields"]["river"], "Minho");
    assert_eq!(
        read["keyed_custom_fields"]["favourite_river"],
        json!({"name": "River", "type": "short_text", "value": "Minho"})
    );

    let answer = organization.write("DELETE", &path, Value::Null, 200).await;
    assert_eq!(
        answer,
        json!({"success": format!("Custom Field ID {id} has been deleted.")})
    );
    let read = organization.read(&candidate).await;
    assert!(read["custom_fields"].get("river").is_none());
    assert_eq!(
        organization.problems("PATCH", &candidate, value).await,
        ["custom_fields.0"]
    );
    let id = id.as_i64().unwrap();
    let active = organization.read("/v1/custom_fields/candidate").await;
    assert!(!ids(&active).contains(&id));
    let all = organization
        .read("/v1/custom_fields/candidate?include_inactive=true")
        .await;
    assert!(ids(&all).contains(&id));
    // The key is the deleted field's for good.
    let again = json!({"name": "Favourite  River", "field_type": "candidate", "value_type": "url"});
    assert_eq!(
        define(&organization, again).await["name_key"],
        "favourite_river_1"
    );
}

#[tokio::test]
async fn definitions_are_refused_for_each_thing_that_is_wrong() {
    let organization = Organization::start().await;
    let before = organization
        .read("/v1/custom_fields/user_attribute?include_inactive=true")
        .await;
    let body = json!({
        "name": " ", "field_type": "user_attribute", "value_type": "currency",
        "custom_field_options": [{"name": "A", "priority": 0}],
    });
    let problems = organization
        .problems("POST", "/v1/custom_fields", body)
        .await;
    assert_eq!(problems, ["value_type", "name", "custom_field_options"]);
    let body = json!({
        "name": "A", "field_type": "job", "value_type": "single_select",
        "office_ids": [1], "department_ids": [1],
    });
    let problems = organization
        .problems("POST", "/v1/custom_fields", body)
        .await;
    assert_eq!(
        problems,
        ["custom_field_options", "office_ids.0", "department_ids.0"]
    );
    let body = json!({"name": "A", "field_type": "job", "value_type": "boolean"});
    let problems = organization
        .problems("POST", "/v1/custom_fields", body)
        .await;
    assert_eq!(problems, ["value_type"]);

    let path = format!("/v1/custom_fields/{}", before[0]["id"]);
    let body = json!({"field_type": "job", "value_type": "user", "name": ""});
    let problems = organization.problems("PATCH", &path, body).await;
    assert_eq!(problems, ["field_type", "value_type", "name"]);
    let basic = organization.basic_user().await;
    let body = json!({"name": "A", "field_type": "job", "value_type": "date"});
    for (method, path, body) in [
        ("POST", "/v1/custom_fields", body),
        ("PATCH", &path, json!({"name": "A"})),
        ("DELETE", &path, Value::Null),
    ] {
        let answer = organization.send_as(basic, method, path, body).await;
        assert_eq!(answer.status, 403, "{method}");
    }
    let after = organization
        .read("/v1/custom_fields/user_attribute?include_inactive=true")
        .await;
    assert_eq!(after, before);
    assert_eq!(organization.get("/v1/custom_field/1").await.status, 404);
    let answer = organization
        .send("DELETE", "/v1/custom_fields/1", Value::Null)
        .await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn tokens_have_braces_and_belong_to_one_field() {
    let organization = Organization::start().await;
    let field = define(
        &organization,
        json!({"name": "Boat allowance", "field_type": "offer", "value_type": "currency",
               "generate_email_token": true, "trigger_new_version": true}),
    )
    .await;
    assert_eq!(field["template_token_string"], "{{BOAT_ALLOWANCE}}");
    assert_eq!(field["private"], true, "fields of offers always are");
    assert_eq!(field["trigger_new_version"], true);
    let path = format!("/v1/custom_fields/{}", field["id"]);
    for (token, shown) in [
        (json!("BOAT"), json!("{{BOAT}}")),
        (Value::Null, Value::Null),
    ] {
        let body = json!({"template_token_string": token});
        let changed = organization.write("PATCH", &path, body, 200).await;
        assert_eq!(changed[0]["template_token_string"], shown);
    }
    for token in ["", "{{BOAT}}", "salary"] {
        let body = json!({"template_token_string": token});
        let problems = organization.problems("PATCH", &path, body).await;
        assert_eq!(problems, ["template_token_string"], "{token}");
    }
}

#[tokio::test]
async fn a_required_field_has_to_be_made_optional_before_it_is_deleted() {
    let organization = Organization::start().await;
    let field = define(
        &organization,
        json!({"name": "Season", "field_type": "job", "value_type": "date", "required": true}),
    )
    .await;
    let path = format!("/v1/custom_fields/{}", field["id"]);
    assert_eq!(
        organization.problems("DELETE", &path, Value::Null).await,
        [""]
    );
    let read = organization
        .read(&format!("/v1/custom_field/{}", field["id"]))
        .await;
    assert_eq!(read, field);
    organization
        .write("PATCH", &path, json!({"required": false}), 200)
        .await;
    organization.write("DELETE", &path, Value::Null, 200).await;
}

/// Each type of value: what is shown of a right one, and that a wrong one is refused.
#[tokio::test]
async fn values_are_checked_by_type() {
    let organization = Organization::start().await;
    let candidates = organization.read("/v1/candidates?per_page=1").await;
    let candidate = format!("/v1/candidates/{}", candidates[0]["id"]);
    let user = organization.read("/v1/users").await[1].clone();
    let cases = [
        (
            "short_text",
            json!({"value": "a"}),
            json!("a"),
            json!({"value": 7}),
        ),
        (
            "long_text",
            json!({"value": "a"}),
            json!("a"),
            json!({"value": true}),
        ),
        (
            "yes_no",
            json!({"value": true}),
            json!(true),
            json!({"value": "maybe"}),
        ),
        (
            "number",
            json!({"value": "7.5"}),
            json!(7.5),
            json!({"value": "seven"}),
        ),
        (
            "date",
            json!({"value": "2026-03-01T10:00:00Z"}),
            json!("2026-03-01"),
            json!({"value": "soon"}),
        ),
        (
            "url",
            json!({"value": "https://example.com"}),
            json!("https://example.com"),
            json!({"value": "example"}),
        ),
        (
            "currency",
            json!({"value": 100, "unit": "EUR"}),
            json!({"value": 100, "currency": "EUR"}),
            json!({"value": 100}),
        ),
        (
            "currency_range",
            json!({"min_value": 1, "max_value": 2, "unit": "EUR"}),
            json!({"min_value": 1, "max_value": 2, "unit": "EUR"}),
            json!({"min_value": 2, "max_value": 1, "unit": "EUR"}),
        ),
        (
            "number_range",
            json!({"min_value": 1, "max_value": 2}),
            json!({"min_value": 1, "max_value": 2}),
            json!({"min_value": 1}),
        ),
        (
            "user",
            json!({"value": user["id"]}),
            json!({"name": user["name"], "email": user["primary_email_address"],
                "user_id": user["id"]}),
            json!({"value": 1}),
        ),
        (
            "single_select",
            json!({"value": "Blue"}),
            json!("Blue"),
            json!({"value": "Pink"}),
        ),
    ];
    for (of, right, shown, wrong) in cases {
        let mut body = json!({"name": of, "field_type": "candidate", "value_type": of});
        if of == "single_select" {
            body["custom_field_options"] = json!([{"name": "Blue", "priority": 0}]);
        }
        let key = define(&organization, body).await["name_key"].clone();
        let with_key = |mut value: Value| {
            value["name_key"] = key.clone();
            json!({"custom_fields": [value]})
        };
        let value =
            |read: &Value| read["keyed_custom_fields"][key.as_str().unwrap()]["value"].clone();
        let read = organization
            .write("PATCH", &candidate, with_key(right), 200)
            .await;
        let read = read.get(0).unwrap_or(&read);
        assert_eq!(value(read), shown, "{of}");
        let problems = organization
            .problems("PATCH", &candidate, with_key(wrong))
            .await;
        assert_eq!(problems, ["custom_fields.0"], "{of}");
        assert_eq!(value(&organization.read(&candidate).await), shown, "{of}");
        let cleared = with_key(json!({"delete_value": "true"}));
        organization.write("PATCH", &candidate, cleared, 200).await;
        assert_eq!(
            value(&organization.read(&candidate).await),
            Value::Null,
            "{of}"
        );
    }
}

#[tokio::test]
async fn what_is_wrong_is_named_by_its_place_in_the_body() {
    let organization = Organization::start().await;
    let rejected = organization.read("/v1/applications?status=rejected").await;
    let application = format!("/v1/applications/{}", rejected[0]["id"]);
    let job = crate::jobs::open_job(&organization).await;
    let wrong = json!([{"name_key": "no_such", "value": 1}]);
    let candidate = json!({"first_name": "A", "last_name": "B", "applications": [
        {"job_id": job["id"]}, {"prospect": "true", "job_ids": [job["id"], 1]}]});
    let prospect =
        json!({"first_name": "A", "last_name": "B", "application": {"custom_fields": wrong}});
    let details = json!({"rejection_details": {"custom_fields": wrong}});
    let user = json!({"user": {"user_id": organization.sandbox.user_id()},
        "payload": {"custom_fields": wrong, "department_ids": [1], "external_office_ids": ["?"]}});
    for (method, path, body, places) in [
        (
            "POST",
            "/v1/candidates",
            candidate,
            vec!["applications.1.job_ids.1"],
        ),
        (
            "POST",
            "/v1/prospects",
            prospect,
            vec!["application.custom_fields.0"],
        ),
        (
            "PATCH",
            &application,
            details,
            vec!["rejection_details.custom_fields.0"],
        ),
        (
            "PATCH",
            "/v2/users",
            user,
            vec![
                "payload.external_office_ids.0",
                "payload.department_ids.0",
                "payload.custom_fields.0",
            ],
        ),
    ] {
        let problems = organization.problems(method, path, body).await;
        assert_eq!(problems, places, "{method} {path}");
    }
}
