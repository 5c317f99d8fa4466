use serde_json::{Value, json};

use crate::organization::Organization;

/// Adds a prospect, with more about the person than a name.
async fn person(organization: &Organization, mut more: Value) -> Value {
    more["last_name"] = "Lindqvist".into();
    organization.write("POST", "/v1/prospects", more, 201).await
}

async fn two(organization: &Organization) -> (Value, Value) {
    let schools = organization.read("/v1/schools").await;
    let users = organization.read("/v1/users").await;
    let primary = json!({
        "first_name": "Noor", "title": "Surveyor",
        "email_addresses": [{"value": "noor@example.com", "type": "personal"}],
        "tags": ["Merged"],
        "custom_fields": [{"name_key": "driving_licence", "value": true}],
    });
    let duplicate = json!({
        "first_name": "N.", "title": "Technician", "company": "Tidewater Survey",
        "is_private": true,
        "email_addresses": [
            {"value": "NOOR@example.com", "type": "work"},
            {"value": "n.lindqvist@example.com", "type": "work"},
        ],
        "phone_numbers": [{"value": "+46 18 555 01 17", "type": "mobile"}],
        "tags": ["Merged", "Twice"],
        "educations": [{"school_id": schools[0]["id"]}],
        "employments": [{"company_name": "A", "title": "B",
            "start_date": "2014-08-15T00:00:00.000Z"}],
        "recruiter": {"id": users[0]["id"]},
        "custom_fields": [
            {"name_key": "driving_licence", "value": false},
            {"name_key": "expected_salary", "value": 100, "unit": "EUR"},
        ],
    });
    let primary = person(organization, primary).await;
    let duplicate = person(organization, duplicate).await;
    (primary, duplicate)
}

#[tokio::test]
async fn the_primary_survives_and_gets_what_it_lacks() {
    let organization = Organization::start().await;
    let (primary, duplicate) = two(&organization).await;
    let gone = format!("/v1/candidates/{}", duplicate["id"]);
    let note = json!({"user_id": organization.sandbox.user_id(), "body": "Twins?",
        "visibility": "public"});
    let notes = format!("{gone}/activity_feed/notes");
    let note = organization.write("POST", &notes, note, 200).await;

    let body = json!({
        "primary_candidate_id": primary["id"],
        "duplicate_candidate_id": duplicate["id"],
    });
    let merged = organization
        .write("PUT", "/v1/candidates/merge", body, 200)
        .await;
    let path = format!("/v1/candidates/{}", primary["id"]);
    assert_eq!(organization.read(&path).await, merged);
    assert_eq!(organization.get(&gone).await.status, 404);
    for kept in ["id", "first_name", "title", "created_at"] {
        assert_eq!(merged[kept], primary[kept], "{kept}");
    }
    for taken in [
        "company",
        "is_private",
        "phone_numbers",
        "educations",
        "employments",
        "recruiter",
    ] {
        assert_eq!(merged[taken], duplicate[taken], "{taken}");
    }
    assert_eq!(
        merged["email_addresses"],
        json!([
            primary["email_addresses"][0],
            duplicate["email_addresses"][1]
        ])
    );
    assert_eq!(merged["tags"], json!(["Merged", "Twice"]));
    assert_eq!(merged["custom_fields"]["driving_licence"], true);
    assert_eq!(
        merged["custom_fields"]["expected_salary"],
        duplicate["custom_fields"]["expected_salary"]
    );
    let application = &duplicate["application_ids"][0];
    assert_eq!(
        merged["application_ids"],
        json!([primary["application_ids"][0], application])
    );
    let application = organization
        .read(&format!("/v1/applications/{application}"))
        .await;
    assert_eq!(application["candidate_id"], primary["id"]);

    let feed = organization.read(&format!("{path}/activity_feed")).await;
    assert_eq!(feed["notes"], json!([note]));
    let first = &feed["activities"][0];
    assert_eq!(first["subject"], "Candidates Merged");
    assert_eq!(first["user"]["id"], organization.sandbox.user_id());
    let by_email = organization
        .read("/v1/candidates?email=n.lindqvist@example.com")
        .await;
    assert_eq!(by_email, json!([merged]));
}

#[tokio::test]
async fn what_is_not_two_candidates_is_refused() {
    let organization = Organization::start().await;
    let (primary, duplicate) = two(&organization).await;
    let path = "/v1/candidates/merge";
    for (first, second, problems) in [
        (
            &json!(1),
            &json!(2),
            vec!["primary_candidate_id", "duplicate_candidate_id"],
        ),
        (
            &primary["id"],
            &primary["id"],
            vec!["duplicate_candidate_id"],
        ),
        (&primary["id"], &json!(2), vec!["duplicate_candidate_id"]),
    ] {
        let body = json!({"primary_candidate_id": first, "duplicate_candidate_id": second});
        assert_eq!(organization.problems("PUT", path, body).await, problems);
    }
    let body =
        json!({"primary_candidate_id": primary["id"], "duplicate_candidate_id": duplicate["id"]});
    let basic = organization.basic_user().await;
    let refused = organization.send_as(basic, "PUT", path, body).await;
    assert_eq!(refused.status, 422);
    let unknown = json!({"primary_candidate_id": 1, "duplicate_candidate_id": 2});
    let unknown = organization.send_as(basic, "PUT", path, unknown).await;
    assert_eq!(refused.text, unknown.text);
    for one in [primary, duplicate] {
        let read = organization
            .read(&format!("/v1/candidates/{}", one["id"]))
            .await;
        assert_eq!(read, one);
    }
}
