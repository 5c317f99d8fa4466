use serde_json::{Value, json};

use crate::organization::Organization;

async fn candidate(organization: &Organization) -> (Value, String) {
    let body = json!({"first_name": "Noor", "last_name": "Lindqvist"});
    let candidate = organization.write("POST", "/v1/prospects", body, 201).await;
    let path = format!("/v1/candidates/{}", candidate["id"]);
    (candidate, path)
}

#[tokio::test]
async fn educations_are_added_and_removed() {
    let organization = Organization::start().await;
    let (before, path) = candidate(&organization).await;
    let schools = organization.read("/v1/schools").await;
    let degrees = organization.read("/v1/degrees").await;
    let disciplines = organization.read("/v1/disciplines").await;
    let educations = format!("{path}/educations");
    let body = json!({
        "school_id": schools[1]["id"], "degree_id": degrees[2]["id"],
        "discipline_id": disciplines[0]["id"],
        "start_month": 9, "start_year": 2012, "end_date": "2014-06-17T10:00:00Z",
    });
    let added = organization.write("POST", &educations, body, 201).await;
    assert_eq!(
        added,
        json!({
            "id": added["id"], "school_name": schools[1]["name"], "degree": degrees[2]["name"],
            "discipline": disciplines[0]["name"],
            "start_date": "2012-09-01T00:00:00.000000", "end_date": "2014-06-01T00:00:00.000000",
        })
    );
    let read = organization.read(&path).await;
    assert_eq!(read["educations"], json!([added]));
    assert!(read["last_activity"].as_str() > before["last_activity"].as_str());

    let body = json!({"school_id": 1, "start_month": 9});
    let problems = organization.problems("POST", &educations, body).await;
    assert_eq!(problems, ["school_id", "start_date"]);
    let one = format!("{educations}/{}", added["id"]);
    let basic = organization.basic_user().await;
    for (method, path) in [("POST", &educations), ("DELETE", &one)] {
        let body = if method == "POST" {
            json!({})
        } else {
            Value::Null
        };
        assert_eq!(
            organization.send_as(basic, method, path, body).await.status,
            404
        );
    }
    assert_eq!(organization.read(&path).await["educations"], json!([added]));
    let answer = organization.write("DELETE", &one, Value::Null, 200).await;
    let message = format!("Education ID {} destroyed.", added["id"]);
    assert_eq!(answer, json!({"success": true, "message": message}));
    assert_eq!(
        organization.send("DELETE", &one, Value::Null).await.status,
        404
    );
    assert_eq!(organization.read(&path).await["educations"], json!([]));
}

#[tokio::test]
async fn employments_are_added_and_removed() {
    let organization = Organization::start().await;
    let (_, path) = candidate(&organization).await;
    let employments = format!("{path}/employments");
    let body = json!({
        "company_name": "Tidewater Survey", "title": "Field technician",
        "start_date": "2014-08-15T09:00:00Z",
    });
    let added = organization
        .write("POST", &employments, body.clone(), 201)
        .await;
    assert_eq!(added["start_date"], "2014-08-15");
    assert_eq!(added["end_date"], Value::Null);
    assert_eq!(
        organization.read(&path).await["employments"],
        json!([added])
    );
    let mut wrong = body;
    wrong["end_date"] = "2013-01-01T00:00:00Z".into();
    let problems = organization.problems("POST", &employments, wrong).await;
    assert_eq!(problems, ["end_date"]);
    let one = format!("{employments}/{}", added["id"]);
    let answer = organization.write("DELETE", &one, Value::Null, 200).await;
    let message = format!("Employment ID {} destroyed.", added["id"]);
    assert_eq!(answer, json!({"success": true, "message": message}));
    assert_eq!(organization.read(&path).await["employments"], json!([]));
    assert_eq!(
        organization.send("DELETE", &one, Value::Null).await.status,
        404
    );
}

#[tokio::test]
async fn notes_and_mails_stand_in_the_feed() {
    let organization = Organization::start().await;
    let (before, path) = candidate(&organization).await;
    let author = organization.basic_user().await;
    let notes = format!("{path}/activity_feed/notes");
    let body =
        json!({"user_id": author, "body": "Would rather start in May", "visibility": "private"});
    let note = organization.write("POST", &notes, body.clone(), 200).await;
    assert_eq!(note["user"]["id"], author);
    assert_eq!(
        (&note["private"], &note["visiblity"]),
        (&json!(true), &json!("private"))
    );
    let mails = format!("{path}/activity_feed/emails");
    let mail = json!({
        "user_id": author, "to": "noor@example.com", "from": "mira@example.com",
        "cc": ["a@example.com", "b@example.com"], "subject": "Thursday", "body": "See you",
    });
    let mail_shown = organization.write("POST", &mails, mail.clone(), 201).await;
    assert_eq!(mail_shown["cc"], mail["cc"]);

    let feed = organization.read(&format!("{path}/activity_feed")).await;
    assert_eq!(feed["notes"], json!([note]));
    let mut in_feed = mail_shown;
    in_feed["cc"] = "a@example.com, b@example.com".into();
    assert_eq!(feed["emails"], json!([in_feed]));
    let read = organization.read(&path).await;
    assert!(read["last_activity"].as_str() > before["last_activity"].as_str());

    for (path, mut body) in [(&notes, body), (&mails, mail)] {
        body["user_id"] = 1.into();
        assert_eq!(
            organization.problems("POST", path, body.clone()).await,
            ["user_id"]
        );
        body["user_id"] = author.into();
        let answer = organization
            .send_as(author, "POST", path, body.clone())
            .await;
        assert_eq!(answer.status, 404, "an author, but not the one who acts");
        let unknown = path.replace(&before["id"].to_string(), "1");
        assert_eq!(organization.send("POST", &unknown, body).await.status, 404);
    }
    assert_eq!(
        organization.read(&format!("{path}/activity_feed")).await,
        feed
    );
}
