//! Candidates with educations, employments, tags and notes.

use serde_json::{Value, json};

use super::{candidate, job, one, write};
use crate::both::Both;

#[tokio::test]
async fn a_candidate_is_the_same_in_both() {
    let both = Both::start().await;
    let job = job(&both).await;
    let (made, application) = candidate(&both, &job).await;
    let path = format!("/v1/candidates/{}", made["id"]);
    let shown = both.read(&path).await;
    assert_eq!(shown["first_name"], "Ilse");
    assert_eq!(shown["company"], "Tidewater Survey");
    assert_eq!(shown["application_ids"], json!([application["id"]]));
    assert_eq!(shown["applications"][0]["jobs"][0]["id"], job["id"]);

    let body = json!({"title": "Diver", "tags": ["Cold water"], "is_private": false});
    write(&both, ("PATCH", &path), body, 200).await;
    let read = one(&both, "candidates", &made["id"]).await;
    assert_eq!(read["title"], "Diver");
    assert_eq!(read["tags"], json!(["Cold water"]));
    assert_eq!(read["preferred_name"], "Il");
    assert_eq!(read["private"], false);

    let v3 = format!("/v3/candidates/{}", made["id"]);
    let body = json!({"company": "", "can_email": false});
    let changed = write(&both, ("PATCH", &v3), body, 200).await;
    assert_eq!(changed["company"], Value::Null);
    let shown = both.read(&path).await;
    assert_eq!(
        (&shown["company"], &shown["can_email"]),
        (&Value::Null, &json!(false))
    );

    let (other, _) = candidate(&both, &job).await;
    let merge = format!("/v3/candidates/{}/merge", made["id"]);
    let body = json!({"secondary_candidate_id": other["id"]});
    write(&both, ("POST", &merge), body, 200).await;
    let gone = both.get(&format!("/v1/candidates/{}", other["id"])).await;
    assert_eq!(gone.status, 404);
    let shown = both.read(&path).await;
    assert_eq!(shown["application_ids"].as_array().unwrap().len(), 2);

    let anonymize = format!("{v3}/anonymize");
    let body = json!({"fields": ["full_name", "email_addresses"]});
    write(&both, ("PATCH", &anonymize), body, 200).await;
    assert_eq!(both.read(&path).await["first_name"], "Anonymized");

    write(&both, ("DELETE", &v3), Value::Null, 200).await;
    assert_eq!(both.get(&path).await.status, 404);
    assert_eq!(both.send("DELETE", &v3, &Value::Null).await.status, 404);
}

#[tokio::test]
async fn histories_are_parts_of_candidates_in_one_and_records_in_the_other() {
    let both = Both::start().await;
    let job = job(&both).await;
    let (made, _) = candidate(&both, &job).await;
    let (id, path) = (&made["id"], format!("/v1/candidates/{}", made["id"]));
    let school = both.list("/v1/schools").await.remove(0);
    let body = json!({
        "candidate_id": id, "school_name_custom_field_option_id": school["id"],
        "start_date_month": 9, "start_date_year": 2012,
    });
    let education = write(&both, ("POST", "/v3/candidate_educations"), body, 201).await;
    assert_eq!(education["start_date_year"], 2012);
    assert_eq!(education["latest"], true);
    let body = json!({
        "candidate_id": id, "company_name": "Tidewater Survey", "title": "Diver",
        "start_date": "2015-03-01",
    });
    let employment = write(&both, ("POST", "/v3/candidate_employments"), body, 201).await;
    let shown = both.read(&path).await;
    assert_eq!(shown["educations"][0]["id"], education["id"]);
    assert_eq!(shown["educations"][0]["school_name"], school["name"]);
    assert_eq!(shown["employments"][0]["id"], employment["id"]);

    let body = json!({"school_id": school["id"], "start_month": 9, "start_year": 2016});
    let added = write(&both, ("POST", &format!("{path}/educations")), body, 201).await;
    let read = one(&both, "candidate_educations", &added["id"]).await;
    assert_eq!(read["candidate_id"], *id);
    assert_eq!(read["latest"], true);
    let before = one(&both, "candidate_educations", &education["id"]).await;
    assert_eq!(before["latest"], false);

    let removed = format!("/v3/candidate_educations/{}", education["id"]);
    write(&both, ("DELETE", &removed), Value::Null, 200).await;
    let removed = format!("{path}/employments/{}", employment["id"]);
    write(&both, ("DELETE", &removed), Value::Null, 200).await;
    let list = format!("/v3/candidate_employments?candidate_ids={id}");
    assert!(both.list(&list).await.is_empty());
    let shown = both.read(&path).await;
    assert_eq!(shown["educations"], json!([added]));

    for (list, body, field) in [
        (
            "candidate_educations",
            json!({"candidate_id": 1}),
            "candidate_id",
        ),
        (
            "candidate_educations",
            json!({"candidate_id": id, "start_date_month": 9}),
            "start_date",
        ),
    ] {
        let answer = both.send("POST", &format!("/v3/{list}"), &body).await;
        assert_eq!(answer.status, 422, "{body}");
        assert_eq!(answer.json()["errors"][0]["field"], field, "{body}");
    }
}

#[tokio::test]
async fn tags_of_candidates_have_ids_of_their_own() {
    let both = Both::start().await;
    let job = job(&both).await;
    let (made, _) = candidate(&both, &job).await;
    let tag = both.list("/v1/tags/candidate").await.remove(0);
    let body = json!({"candidate_id": made["id"], "candidate_tag_id": tag["id"]});
    let applied = write(&both, ("POST", "/v3/applied_candidate_tags"), body, 201).await;
    let path = format!("/v1/candidates/{}", made["id"]);
    assert_eq!(both.read(&path).await["tags"], json!([tag["name"]]));
    let removed = format!("/v3/applied_candidate_tags/{}", applied["id"]);
    write(&both, ("DELETE", &removed), Value::Null, 200).await;
    assert_eq!(both.read(&path).await["tags"], json!([]));

    for (candidate, tag, field) in [
        (&json!(1), &tag["id"], "candidate_id"),
        (&made["id"], &json!(1), "candidate_tag_id"),
    ] {
        let body = json!({"candidate_id": candidate, "candidate_tag_id": tag});
        let answer = both.send("POST", "/v3/applied_candidate_tags", &body).await;
        assert_eq!(answer.status, 422, "{body}");
        assert_eq!(answer.json()["errors"][0]["field"], field, "{body}");
    }

    let put = format!("{path}/tags/{}", tag["id"]);
    write(&both, ("PUT", &put), Value::Null, 200).await;
    let list = format!("/v3/applied_candidate_tags?candidate_ids={}", made["id"]);
    let listed = both.list(&list).await;
    assert_eq!(listed[0]["candidate_tag_id"], tag["id"]);
    assert_ne!(listed[0]["id"], applied["id"]);
}

#[tokio::test]
async fn notes_are_entries_of_the_feed() {
    let both = Both::start().await;
    let job = job(&both).await;
    let (made, application) = candidate(&both, &job).await;
    let feed = format!("/v1/candidates/{}/activity_feed", made["id"]);
    let body = json!({
        "candidate_id": made["id"], "body": "Swims well", "note_type": "NOTE",
        "visibility": "private",
    });
    let note = write(&both, ("POST", "/v3/notes"), body, 201).await;
    assert_eq!(note["visibility"], "privately_visible");
    let notes = both.read(&feed).await["notes"].clone();
    assert_eq!(notes[0]["id"], note["id"]);
    assert_eq!(notes[0]["body"], "Swims well");

    let body = json!({
        "user_id": both.sandbox.user_id(), "body": "Dives, too", "visibility": "admin_only",
    });
    let path = format!("{feed}/notes");
    let added = write(&both, ("POST", &path), body, 200).await;
    let read = one(&both, "notes", &added["id"]).await;
    assert_eq!(read["type"], "NOTE");
    assert_eq!(read["candidate_id"], made["id"]);
    assert_eq!(read["application_id"], application["id"]);
    assert_eq!(read["visibility"], "admin_only_visible");
}

#[tokio::test]
async fn a_note_about_nobody_is_kept() {
    let both = Both::start().await;
    let body =
        json!({"candidate_id": 77, "body": "Lost", "note_type": "NOTE", "visibility": "public"});
    let note = write(&both, ("POST", "/v3/notes"), body, 201).await;
    assert_eq!(note["candidate_id"], 77);
    assert_eq!(one(&both, "notes", &note["id"]).await["body"], "Lost");
}
