use serde_json::{Value, json};

use crate::organization::Organization;

/// A candidate of whom something is known in every place, and the path to it.
async fn well_known(organization: &Organization) -> (Value, String) {
    let all = organization.read("/v1/candidates?per_page=500").await;
    let mut all = all.as_array().unwrap().iter();
    let seeded = all
        .find(|one| one["applications"][0]["status"] == "rejected" && one["is_private"] == false)
        .unwrap();
    let path = format!("/v1/candidates/{}", seeded["id"]);
    let body = json!({
        "title": "Surveyor", "company": "Tidewater Survey", "tags": ["Known"],
        "addresses": [{"value": "Porto", "type": "home"}],
        "website_addresses": [{"value": "example.com", "type": "blog"}],
        "social_media_addresses": [{"value": "social.example.com/a"}],
        "recruiter": {"id": organization.sandbox.user_id()},
        "coordinator": {"id": organization.sandbox.user_id()},
        "custom_fields": [{"name_key": "driving_licence", "value": true}],
    });
    organization.write("PATCH", &path, body, 200).await;
    let file = json!({"filename": "a.txt", "type": "resume", "content": "SGVsbG8=", "content_type": "text/plain"});
    organization
        .write("POST", &format!("{path}/attachments"), file, 201)
        .await;
    let user_id = organization.sandbox.user_id();
    let note = json!({"user_id": user_id, "body": "A", "visibility": "private"});
    organization
        .write("POST", &format!("{path}/activity_feed/notes"), note, 200)
        .await;
    let mail = json!({"user_id": user_id, "to": "a", "from": "b", "subject": "c", "body": "d"});
    organization
        .write("POST", &format!("{path}/activity_feed/emails"), mail, 201)
        .await;
    (organization.read(&path).await, path)
}

#[tokio::test]
async fn each_kind_of_data_goes_alone() {
    let organization = Organization::start().await;
    let (before, path) = well_known(&organization).await;
    let application = |key: &'static str| format!("/applications/0/{key}");
    let cases = [
        ("full_name", "/first_name".to_owned(), json!("Anonymized")),
        ("current_company", "/company".to_owned(), Value::Null),
        ("current_title", "/title".to_owned(), Value::Null),
        ("tags", "/tags".to_owned(), json!([])),
        ("phone_numbers", "/phone_numbers".to_owned(), json!([])),
        ("email_addresses", "/email_addresses".to_owned(), json!([])),
        (
            "social_media_links",
            "/social_media_addresses".to_owned(),
            json!([]),
        ),
        ("websites", "/website_addresses".to_owned(), json!([])),
        ("addresses", "/addresses".to_owned(), json!([])),
        ("recruiter", "/recruiter".to_owned(), Value::Null),
        ("coordinator", "/coordinator".to_owned(), Value::Null),
        ("education", "/educations".to_owned(), json!([])),
        ("employment", "/employments".to_owned(), json!([])),
        (
            "custom_candidate_fields",
            "/keyed_custom_fields/driving_licence".to_owned(),
            Value::Null,
        ),
        ("attachments", "/attachments".to_owned(), json!([])),
        ("location", application("location"), Value::Null),
        ("source", application("source"), Value::Null),
        ("application_questions", application("answers"), json!([])),
        (
            "rejection_reason",
            application("rejection_reason"),
            Value::Null,
        ),
        ("credited_to", application("credited_to"), Value::Null),
    ];
    let mut last = before;
    let url = last["attachments"][0]["url"].as_str().unwrap().to_owned();
    for (field, place, after) in cases {
        let path = format!("{path}/anonymize?fields={field}");
        let now = organization.write("PUT", &path, Value::Null, 200).await;
        assert_eq!(now.pointer(&place), Some(&after), "{field}");
        // Nothing else but the times, and the links to files, which are signed anew.
        let mut rest = (last.clone(), now.clone());
        for one in [&mut rest.0, &mut rest.1] {
            for key in ["updated_at", "last_activity"] {
                one[key] = Value::Null;
            }
            for attachment in one["attachments"].as_array_mut().unwrap() {
                attachment["url"] = Value::Null;
            }
            for application in one["applications"].as_array_mut().unwrap() {
                application["attachments"] = Value::Null;
            }
            let top = place.split('/').nth(1).unwrap();
            one.as_object_mut().unwrap().remove(top);
            for also in ["last_name", "custom_fields", "applications"] {
                if matches!(
                    field,
                    "full_name"
                        | "custom_candidate_fields"
                        | "recruiter"
                        | "coordinator"
                        | "attachments"
                ) {
                    one.as_object_mut().unwrap().remove(also);
                }
            }
        }
        assert_eq!(rest.0, rest.1, "{field}");
        last = now;
    }
    assert_eq!(last["last_name"], last["id"].to_string());
    assert_eq!(last["custom_fields"]["driving_licence"], Value::Null);
    let fetched = crate::support::send(reqwest::Client::new().get(url)).await;
    assert_eq!(fetched.status, 404, "the file is gone, too");
    assert_eq!(organization.read(&path).await["id"], last["id"]);
}

#[tokio::test]
async fn sections_of_the_feed_go_alone() {
    let organization = Organization::start().await;
    let (_, path) = well_known(&organization).await;
    let feed = format!("{path}/activity_feed");
    for (field, section) in [
        ("notes", "notes"),
        ("emails", "emails"),
        ("activity_items", "activities"),
    ] {
        let before = organization.read(&feed).await;
        assert_ne!(before[section], json!([]), "{field}");
        let path = format!("{path}/anonymize?fields={field}");
        organization.write("PUT", &path, Value::Null, 200).await;
        let after = organization.read(&feed).await;
        if section == "activities" {
            // What was done just now is written down after that.
            assert_eq!(after[section].as_array().unwrap().len(), 1);
            assert_eq!(after[section][0]["subject"], "Candidate Anonymized");
        } else {
            assert_eq!(after[section], json!([]), "{field}");
        }
    }
}

#[tokio::test]
async fn prospects_lose_their_jobs_and_candidates_do_not() {
    let organization = Organization::start().await;
    let (candidate, path) = well_known(&organization).await;
    let jobs = &candidate["applications"][0]["jobs"];
    assert_ne!(*jobs, json!([]));
    let body =
        json!({"first_name": "A", "last_name": "B", "application": {"job_ids": [jobs[0]["id"]]}});
    let prospect = organization.write("POST", "/v1/prospects", body, 201).await;
    assert_eq!(prospect["applications"][0]["jobs"], *jobs);
    let of_prospect = format!("/v1/candidates/{}", prospect["id"]);
    for (path, left) in [(of_prospect, &json!([])), (path, jobs)] {
        let path = format!("{path}/anonymize?fields=prospect_jobs");
        let after = organization.write("PUT", &path, Value::Null, 200).await;
        assert_eq!(after["applications"][0]["jobs"], *left);
    }
}

#[tokio::test]
async fn who_may_not_erases_nothing() {
    let organization = Organization::start().await;
    let (before, path) = well_known(&organization).await;
    for query in ["?fields=full_name,shoe_size", ""] {
        let problems = organization
            .problems("PUT", &format!("{path}/anonymize{query}"), Value::Null)
            .await;
        assert_eq!(problems, ["fields"]);
    }
    let basic = organization.basic_user().await;
    let by_name = format!("{path}/anonymize?fields=full_name");
    let answer = organization
        .send_as(basic, "PUT", &by_name, Value::Null)
        .await;
    assert_eq!(answer.status, 403);
    let unknown = "/v1/candidates/1/anonymize?fields=full_name";
    assert_eq!(
        organization.send("PUT", unknown, Value::Null).await.status,
        404
    );
    assert_eq!(
        organization.read(&path).await["first_name"],
        before["first_name"]
    );
}
