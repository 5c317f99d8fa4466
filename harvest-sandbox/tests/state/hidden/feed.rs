//! Activity feeds and files: what is written about an application is read by those who see it, wherever it goes.

use serde_json::{Value, json};

use super::scene::Scene;

/// A candidate whom the site admin sees, with an application on a confidential job that the insider alone sees.
struct History {
    scene: Scene,
    admin: i64,
    recruiter: i64,
    /// Of the candidate.
    path: String,
    /// The application on the confidential job.
    application: Value,
}

impl History {
    async fn start(name: &str) -> Self {
        let scene = Scene::start(name).await;
        let path = format!("/v1/candidates/{}", scene.candidate["id"]);
        Self {
            admin: scene.users[0].1,
            recruiter: scene.users[2].1,
            application: scene.candidate["applications"][0].clone(),
            path,
            scene,
        }
    }

    /// Moves the application, and rejects it with a note and a mail.
    async fn go_on(&self) {
        let scene = &self.scene;
        let application = format!("/v1/applications/{}", self.application["id"]);
        let stage = json!({"from_stage_id": self.application["current_stage"]["id"]});
        let advance = format!("{application}/advance");
        scene.write_as(scene.insider, "POST", &advance, stage).await;
        let templates = scene.organization.read("/v1/email_templates").await;
        let mut templates = templates.as_array().unwrap().iter();
        let template = templates.find(|it| it["user"].is_null()).unwrap();
        let no =
            json!({"notes": "Not yet", "rejection_email": {"email_template_id": template["id"]}});
        let reject = format!("{application}/reject");
        scene.write_as(scene.insider, "POST", &reject, no).await;
    }

    async fn feed(&self, user: Option<i64>) -> Value {
        let path = format!("{}/activity_feed", self.path);
        let answer = self
            .scene
            .organization
            .fetch(user, "GET", &path, &Value::Null)
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }
}

fn count(feed: &Value, section: &str, text: &str) -> usize {
    let entries = feed[section].as_array().unwrap().iter();
    entries
        .filter(|it| it["body"].as_str().unwrap().contains(text))
        .count()
}

#[tokio::test]
async fn what_was_written_about_an_application_is_not_read_when_it_is_gone() {
    let history = History::start("feed-gone").await;
    let admin = Some(history.admin);
    let before = history.feed(admin).await;
    history.go_on().await;
    assert_eq!(history.feed(admin).await, before);
    let path = format!("/v1/applications/{}", history.application["id"]);
    let scene = &history.scene;
    scene
        .write_as(scene.insider, "DELETE", &path, Value::Null)
        .await;
    assert_eq!(history.feed(admin).await, before);
    let all = history.feed(None).await;
    for (section, text) in [
        ("notes", "Not yet"),
        ("emails", "application"),
        ("activities", "was moved into Telephone Interview"),
        ("activities", "one application less"),
    ] {
        assert_eq!(count(&all, section, text), 1, "{section}: {all}");
    }
}

#[tokio::test]
async fn an_application_takes_its_notes_to_a_job_that_everyone_sees_and_no_names() {
    let history = History::start("feed-moved").await;
    history.go_on().await;
    let scene = &history.scene;
    let path = format!("/v1/applications/{}", history.application["id"]);
    scene
        .write_as(
            scene.insider,
            "POST",
            &format!("{path}/unreject"),
            json!({}),
        )
        .await;
    let transfer = json!({"new_job_id": scene.other_job["id"]});
    scene
        .write_as(
            scene.insider,
            "POST",
            &format!("{path}/transfer_to_job"),
            transfer,
        )
        .await;

    let seen = scene
        .organization
        .fetch(Some(history.admin), "GET", &path, &Value::Null)
        .await;
    assert_eq!(seen.status, 200, "{}", seen.text);
    let feed = history.feed(Some(history.admin)).await;
    assert_eq!(count(&feed, "notes", "Not yet"), 1);
    assert_eq!(count(&feed, "activities", "was transferred"), 1);
    let name = scene.confidential["name"].as_str().unwrap();
    assert!(!feed.to_string().contains(name), "{feed}");
    let all = history.feed(None).await;
    assert_eq!(count(&all, "emails", name), 1, "{all}");
}

#[tokio::test]
async fn entries_of_older_folders_are_read_by_those_who_see_all_applications() {
    let history = History::start("feed-older").await;
    history.go_on().await;
    let all = history.feed(None).await;
    // As they were kept before they knew what they are about.
    let sql = "UPDATE activity SET state = json_remove(state, '$.job_ids',
                   iif(section = 'emails', '$.job_ids', '$.application_id')) WHERE ?1";
    history.scene.file.execute(sql, [1]);
    assert_eq!(history.feed(None).await, all);
    assert_eq!(history.feed(Some(history.scene.insider)).await, all);
    let nothing = json!({"notes": [], "emails": [], "activities": [], "linkedin_notes": [],
        "linkedin_inmails": []});
    assert_eq!(history.feed(Some(history.admin)).await, nothing);

    let candidates = history
        .scene
        .organization
        .read("/v1/candidates?per_page=500")
        .await;
    let shown = format!("[{{\"id\":{},", history.scene.job["id"]);
    let mut candidates = candidates.as_array().unwrap().iter();
    let other = candidates.find(|it| it["is_private"] == false && it.to_string().contains(&shown));
    let path = format!("/v1/candidates/{}", other.unwrap()["id"]);
    let history = History { path, ..history };
    let all = history.feed(None).await;
    assert_eq!(count(&all, "activities", "applied"), 1, "{all}");
    assert_eq!(history.feed(Some(history.admin)).await, all);
}

#[tokio::test]
async fn what_is_for_admins_is_not_answered_to_others_who_write() {
    let history = History::start("feed-others").await;
    let scene = &history.scene;
    let attached = "has another attachment";
    let before = history.feed(Some(history.recruiter)).await;
    let before = count(&before, "activities", attached);
    let applications = format!("{}/applications", history.path);
    let prospect = json!({"prospect": "true"});
    let prospect = scene
        .write_as(history.admin, "POST", &applications, prospect)
        .await;
    let path = format!("/v1/applications/{}", prospect["id"]);
    let file = json!({"filename": "salary.txt", "type": "other", "content": "QQ==",
        "content_type": "text/plain", "visibility": "admin_only"});
    let attachments = format!("{path}/attachments");
    let added = scene
        .write_as(history.admin, "POST", &attachments, file.clone())
        .await;
    assert!(added["url"].is_string());

    let added = scene
        .write_as(history.recruiter, "POST", &attachments, file)
        .await;
    assert_eq!(added["url"], Value::Null);
    let changed = scene
        .write_as(
            history.recruiter,
            "PATCH",
            &path,
            json!({"source_id": null}),
        )
        .await;
    assert_eq!(changed["attachments"], json!([]));
    let feed = history.feed(Some(history.recruiter)).await;
    assert_eq!(count(&feed, "activities", attached), before + 2);
    assert_eq!(count(&feed, "activities", "salary"), 0);
    let note = json!({"user_id": history.recruiter, "body": "A", "visibility": "admin_only"});
    let notes = format!("{}/activity_feed/notes", history.path);
    let added = scene
        .write_as(history.recruiter, "POST", &notes, note.clone())
        .await;
    assert_eq!(added, json!({"id": added["id"]}));
    let added = scene.write_as(history.admin, "POST", &notes, note).await;
    assert_eq!(added["body"], "A");
}

#[tokio::test]
async fn what_is_hidden_is_not_erased_and_stays_hidden() {
    let history = History::start("erased").await;
    history.go_on().await;
    let scene = &history.scene;
    // A prospect is hidden by its jobs alone, and these can be erased.
    let path = format!("{}/applications", history.path);
    let file = json!({"filename": "cv.txt", "type": "resume", "content": "YQ==",
        "content_type": "text/plain"});
    let body =
        json!({"prospect": "true", "job_ids": [scene.confidential["id"]], "attachments": [file]});
    let prospect = scene.write_as(scene.insider, "POST", &path, body).await;
    let hidden =
        [&history.application, &prospect].map(|it| format!("/v1/applications/{}", it["id"]));
    let mut before = Vec::new();
    for path in &hidden {
        before.push(scene.organization.read(path).await);
    }
    let (all, read) = (
        history.feed(None).await,
        history.feed(Some(history.recruiter)).await,
    );

    let json = harvest_spec::document("v1").unwrap().json;
    let root: Value = serde_json::from_str(json).unwrap();
    let fields = root["components"]["schemas"]["AnonymizableField"]["enum"]
        .as_array()
        .unwrap();
    // Without these two, the user would not see the candidate any longer.
    let roles = ["recruiter", "coordinator"];
    let fields = || {
        fields
            .iter()
            .map(|it| it.as_str().unwrap())
            .filter(|it| !roles.contains(it))
    };
    for field in fields() {
        let path = format!("{}/anonymize?fields={}", history.path, field);
        scene
            .write_as(history.recruiter, "PUT", &path, Value::Null)
            .await;
    }
    for (path, before) in hidden.iter().zip(&before) {
        assert_eq!(scene.organization.read(path).await, *before);
        let answer = scene
            .organization
            .fetch(Some(history.recruiter), "GET", path, &Value::Null)
            .await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.text);
    }
    let after = history.feed(None).await;
    let mut kept = 0;
    for section in ["notes", "emails", "activities"] {
        let entries = |feed: &Value| feed[section].as_array().unwrap().clone();
        let shown: Vec<_> = entries(&read).iter().map(|it| it["id"].clone()).collect();
        for entry in entries(&all).iter().filter(|it| !shown.contains(&it["id"])) {
            assert!(
                entries(&after).contains(entry),
                "{section}: {entry} is gone"
            );
            kept += 1;
        }
    }
    assert!(kept >= 3, "{kept}");
    // What could be erased is: the entries that say so until the activities went, too.
    assert!(count(&after, "activities", "Data was erased") > 0);
    assert_ne!(read, history.feed(Some(history.recruiter)).await);
}

/// A prospect and the application that came of it have the same files. Of each pair, the site admin sees one.
#[tokio::test]
async fn a_file_that_something_hidden_has_too_is_not_erased() {
    let history = History::start("shared-file").await;
    let scene = &history.scene;
    let status = async |of: &str| {
        let application = scene.organization.read(of).await;
        let link = application["attachments"][0]["url"].as_str();
        let answer = reqwest::get(link.unwrap()).await.unwrap();
        answer.status().as_u16()
    };
    let jobs = [&scene.other_job["id"], &scene.confidential["id"]];
    for (first, then) in [(jobs[0], jobs[1]), (jobs[1], jobs[0])] {
        let path = format!("{}/applications", history.path);
        let file = json!({"filename": "cv.txt", "type": "resume", "content": "YQ==",
            "content_type": "text/plain"});
        let body = json!({"prospect": "true", "job_ids": [first], "attachments": [file]});
        let prospect = scene.write_as(scene.insider, "POST", &path, body).await;
        let path = format!("/v1/applications/{}", prospect["id"]);
        let convert = format!("{path}/convert_prospect");
        let body = json!({"job_id": then});
        let converted = scene.write_as(scene.insider, "PATCH", &convert, body).await;
        let successor = format!("/v1/applications/{}", converted["new_application_id"]);
        let hidden = if then == jobs[1] { &successor } else { &path };
        let answer = scene
            .organization
            .fetch(Some(history.admin), "GET", hidden, &Value::Null)
            .await;
        assert_eq!(answer.status, 404);
        assert_eq!([status(&path).await, status(&successor).await], [200; 2]);

        let links = [&path, &successor];
        let erase = format!("{}/anonymize?fields=attachments", history.path);
        scene
            .write_as(history.admin, "PUT", &erase, Value::Null)
            .await;
        for of in links {
            if of == hidden {
                assert_eq!(status(of).await, 200, "{of}");
            } else {
                let seen = scene.organization.read(of).await;
                assert_eq!(seen["attachments"], json!([]));
            }
        }
        // Who sees both erases it.
        let application = scene.organization.read(hidden).await;
        let link = application["attachments"][0]["url"].as_str().unwrap();
        scene
            .write_as(scene.insider, "PUT", &erase, Value::Null)
            .await;
        assert_eq!(reqwest::get(link).await.unwrap().status(), 404);
    }
}
