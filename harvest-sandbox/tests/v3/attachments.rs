//! Files of applications: attached, listed, fetched by signed links and removed, by one version and the other.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Client;
use serde_json::{Value, json};

use crate::both::Both;
use crate::left_job::send_as;
use crate::people::{candidate, job, one, write};
use crate::support;

/// The files of an application as v3 lists them.
async fn files(both: &Both, application: &Value) -> Vec<Value> {
    let path = format!("/v3/attachments?application_ids={}", application["id"]);
    both.list(&path).await
}

fn body(application: &Value, filename: &str, r#type: &str, content: &str) -> Value {
    json!({
        "application_id": application["id"], "filename": filename, "type": r#type,
        "content": STANDARD.encode(content),
    })
}

/// What is at a link, without credentials.
async fn fetched(url: &Value) -> (u16, String) {
    let answer = support::send(Client::new().get(url.as_str().unwrap())).await;
    (answer.status, answer.text)
}

#[tokio::test]
async fn a_file_is_attached_by_one_version_and_listed_by_the_other() {
    let both = Both::start().await;
    let job = job(&both).await;
    let (person, application) = candidate(&both, &job).await;
    let sent = body(&application, "tides.txt", "other", "High at noon.");
    let made = write(&both, ("POST", "/v3/attachments"), sent, 201).await;
    assert_eq!(made["candidate_id"], person["id"]);
    assert_eq!(
        fetched(&made["url"]).await,
        (200, "High at noon.".to_owned())
    );
    let v1 = format!("/v1/applications/{}", application["id"]);
    let shown = both.read(&v1).await["attachments"][0].clone();
    assert_eq!(shown["filename"], "tides.txt");
    assert_eq!(shown["created_at"], made["created_at"]);

    let sent = json!({
        "filename": "cv.txt", "type": "resume", "content": STANDARD.encode("Swims."),
        "content_type": "text/plain",
    });
    let path = format!("{v1}/attachments");
    write(&both, ("POST", &path), sent, 201).await;
    let listed = files(&both, &application).await;
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[0]["type"], "resume");
    assert_eq!(fetched(&listed[0]["url"]).await.1, "Swims.");

    // A résumé takes the place of the one that is there, and only of that.
    let sent = body(&application, "cv-2.txt", "resume", "Dives.");
    let newer = write(&both, ("POST", "/v3/attachments"), sent, 201).await;
    let now = files(&both, &application).await;
    let names: Vec<&Value> = now.iter().map(|file| &file["filename"]).collect();
    assert_eq!(names, ["cv-2.txt", "tides.txt"]);
    assert_eq!(now[1]["id"], made["id"], "another keeps its id");
    assert_eq!(fetched(&listed[0]["url"]).await.0, 404);
    let shown = both.read(&v1).await;
    assert_eq!(shown["attachments"].as_array().unwrap().len(), 2);

    let only = format!("/v3/attachments?ids={}&fields=url", newer["id"]);
    let link = both.list(&only).await.remove(0);
    assert_eq!(fetched(&link["url"]).await.1, "Dives.");

    let removed = format!("/v3/attachments/{}", made["id"]);
    let answer = write(&both, ("DELETE", &removed), Value::Null, 200).await;
    assert_eq!(answer["id"], made["id"]);
    assert_eq!(fetched(&made["url"]).await.0, 404);
    assert_eq!(
        both.send("DELETE", &removed, &Value::Null).await.status,
        404
    );
    let shown = both.read(&v1).await;
    assert_eq!(shown["attachments"][0]["filename"], "cv-2.txt");
    assert_eq!(files(&both, &application).await.len(), 1);
}

#[tokio::test]
async fn the_one_of_two_equal_files_is_removed_that_was_named() {
    let both = Both::start().await;
    let now: chrono::DateTime<chrono::Utc> = "2027-02-03T04:05:06Z".parse().unwrap();
    both.sandbox.clock().freeze(now).unwrap();
    let job = job(&both).await;
    let (_, application) = candidate(&both, &job).await;
    let sent = json!({
        "application_id": application["id"], "filename": "a.txt", "type": "other",
        "url": "https://files.example.com/a.txt",
    });
    for _ in 0..3 {
        write(&both, ("POST", "/v3/attachments"), sent.clone(), 201).await;
    }
    let all = files(&both, &application).await;
    let removed = format!("/v3/attachments/{}", all[1]["id"]);
    write(&both, ("DELETE", &removed), Value::Null, 200).await;
    let left = files(&both, &application).await;
    assert_eq!(left, [all[0].clone(), all[2].clone()]);
}

#[tokio::test]
async fn no_text_of_a_client_becomes_a_link() {
    let both = Both::start().await;
    let job = job(&both).await;
    let (_, application) = candidate(&both, &job).await;
    let sent = body(&application, "secret.txt", "other", "Of someone else.");
    let other = write(&both, ("POST", "/v3/attachments"), sent, 201).await;
    let file = other["url"].as_str().unwrap();
    let file = file.split("/_files/").nth(1).unwrap();
    let id = file.split('/').next().unwrap();
    for url in [
        format!("harvest-file:{id}/secret.txt"),
        format!("[\t{id},\"secret%2Etxt\"\t]"),
        format!("/_files/{id}/secret.txt"),
        "javascript:alert(1)".to_owned(),
        String::new(),
    ] {
        let sent = json!({
            "application_id": application["id"], "filename": "x", "type": "other", "url": url,
        });
        let answer = both.send("POST", "/v3/attachments", &sent).await;
        assert_eq!(answer.status, 422, "{url}: {}", answer.text);
    }
    let name = format!("[\t{id},\"secret%2Etxt\"\t]");
    let outside = format!("https://files.example.com/?at={id}");
    let sent = json!({
        "application_id": application["id"], "filename": name, "type": "other", "url": outside,
    });
    let made = write(&both, ("POST", "/v3/attachments"), sent, 201).await;
    assert_eq!(made["filename"], name);
    assert_eq!(made["url"], outside);
    assert_eq!(one(&both, "attachments", &made["id"]).await, made);
    let selected = format!("/v3/attachments?ids={}&fields=filename,url", made["id"]);
    let selected = both.list(&selected).await.remove(0);
    assert_eq!(selected, json!({"filename": name, "url": outside}));
}

#[tokio::test]
async fn files_go_where_their_application_goes() {
    let both = Both::start().await;
    let job = job(&both).await;
    let (person, application) = candidate(&both, &job).await;
    let sent = body(&application, "tides.txt", "other", "High at noon.");
    let made = write(&both, ("POST", "/v3/attachments"), sent, 201).await;
    let (other, _) = candidate(&both, &job).await;
    let merge = format!("/v3/candidates/{}/merge", other["id"]);
    let secondary = json!({"secondary_candidate_id": person["id"]});
    write(&both, ("POST", &merge), secondary, 200).await;
    let moved = one(&both, "attachments", &made["id"]).await;
    assert_eq!(moved["candidate_id"], other["id"]);
    assert_eq!(moved["application_id"], application["id"]);

    // A prospect's application and the one that goes on from it have the same file, which goes with the last of them.
    let body = json!({"candidate_id": other["id"], "prospect": true, "job_ids": [job["id"]]});
    let prospect = write(&both, ("POST", "/v3/applications"), body, 201).await;
    let sent = self::body(&prospect, "swims.txt", "other", "Swims.");
    write(&both, ("POST", "/v3/attachments"), sent, 201).await;
    let path = format!("/v3/applications/{}/convert_to_candidate", prospect["id"]);
    let body = json!({"job_id": job["id"]});
    let converted = write(&both, ("POST", &path), body, 200).await;
    let copy = files(&both, &converted).await.remove(0);
    let removed = format!("/v3/attachments/{}", copy["id"]);
    write(&both, ("DELETE", &removed), Value::Null, 200).await;
    let kept = files(&both, &prospect).await.remove(0);
    assert_eq!(fetched(&kept["url"]).await.1, "Swims.");

    let removed = format!("/v3/candidates/{}", other["id"]);
    write(&both, ("DELETE", &removed), Value::Null, 200).await;
    assert!(files(&both, &prospect).await.is_empty());
    assert!(files(&both, &application).await.is_empty());
}

/// A recruiter of the candidate reads nothing that is for admins, and so does not remove it, nor is it answered.
#[tokio::test]
async fn what_is_for_admins_is_left_alone_by_others() {
    let both = Both::start().await;
    let job = job(&both).await;
    let (person, _) = candidate(&both, &job).await;
    // A prospect without a job is the candidate's recruiter's to change.
    let path = format!("/v1/candidates/{}/applications", person["id"]);
    let prospect = json!({"prospect": "true"});
    let application = write(&both, ("POST", &path), prospect, 201).await;
    let user = json!({"first_name": "Orla", "last_name": "Fenwick",
        "email": "orla.fenwick@example.com"});
    let user = write(&both, ("POST", "/v1/users"), user, 201).await["id"].clone();
    let path = format!("/v1/candidates/{}", person["id"]);
    let recruiter = json!({"recruiter": {"id": user}});
    write(&both, ("PATCH", &path), recruiter, 200).await;
    let user = user.as_i64().unwrap();

    // A file of the type `other` is for admins unless it says otherwise.
    for (r#type, status) in [("other", 404), ("cover_letter", 200)] {
        let sent = body(&application, "tides.txt", r#type, "High at noon.");
        let made = write(&both, ("POST", "/v3/attachments"), sent, 201).await;
        let path = format!("/v3/attachments/{}", made["id"]);
        let answer = send_as(&both, user, ("DELETE", &path), &Value::Null).await;
        assert_eq!(answer.status, status, "{}", answer.text);
        let is_left = fetched(&made["url"]).await.0 == 200;
        assert_eq!(is_left, status == 404);
    }

    // What a user may not read is not answered either, not to its author.
    let file = body(&application, "salary.txt", "other", "Asks for more.");
    let note = json!({"candidate_id": person["id"], "user_id": user, "body": "Asks for more.",
        "note_type": "NOTE", "visibility": "admin_only"});
    for (path, sent) in [("/v3/attachments", file), ("/v3/notes", note)] {
        let answer = send_as(&both, user, ("POST", path), &sent).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        let answer = answer.json();
        assert_eq!(answer, json!({"id": answer["id"]}), "{path}");
    }
}
