use serde_json::{Value, json};

use crate::organization::{Organization, ids};

#[tokio::test]
async fn a_tag_is_added_once_and_goes_from_everyone_when_deleted() {
    let organization = Organization::start().await;
    let path = "/v1/tags/candidate";
    let body = json!({"name": "Diving licence"});
    let tag = organization.write("POST", path, body, 201).await;
    let again = json!({"name": "DIVING licence"});
    assert_eq!(organization.write("POST", path, again, 200).await, tag);
    let id = tag["id"].as_i64().unwrap();
    assert!(ids(&organization.read(path).await).contains(&id));

    let candidates = organization.read("/v1/candidates?per_page=2").await;
    for candidate in candidates.as_array().unwrap() {
        let tags = format!("/v1/candidates/{}/tags", candidate["id"]);
        let one = format!("{tags}/{id}");
        let answer = organization.write("PUT", &one, Value::Null, 200).await;
        let message = format!(
            "Tag {id}, 'Diving licence', has been applied to candidate {}",
            candidate["id"]
        );
        assert_eq!(answer, json!({"message": message}));
        organization.write("PUT", &one, Value::Null, 200).await;
        let list = organization.read(&tags).await;
        assert_eq!(
            list.as_array()
                .unwrap()
                .iter()
                .filter(|one| **one == tag)
                .count(),
            1
        );
    }
    let path = format!("{path}/{id}");
    let answer = organization.send("DELETE", &path, Value::Null).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ""));
    assert_eq!(
        organization.send("DELETE", &path, Value::Null).await.status,
        404
    );
    for candidate in candidates.as_array().unwrap() {
        let read = organization
            .read(&format!("/v1/candidates/{}", candidate["id"]))
            .await;
        assert_eq!(read["tags"], candidate["tags"]);
    }
}

#[tokio::test]
async fn a_tag_is_put_on_a_candidate_and_taken_off() {
    let organization = Organization::start().await;
    let tags = organization.read("/v1/tags/candidate").await;
    let candidates = organization.read("/v1/candidates").await;
    let mut candidates = candidates.as_array().unwrap().iter();
    let candidate = candidates.find(|one| one["tags"] == json!([])).unwrap();
    let path = format!("/v1/candidates/{}", candidate["id"]);
    let tag = format!("{path}/tags/{}", tags[0]["id"]);
    organization.write("PUT", &tag, Value::Null, 200).await;
    let read = organization.read(&path).await;
    assert_eq!(read["tags"], json!([tags[0]["name"]]));
    assert!(read["updated_at"].as_str() > candidate["updated_at"].as_str());
    let answer = organization.write("DELETE", &tag, Value::Null, 200).await;
    let message = format!(
        "Tag {} has been removed from candidate {}",
        tags[0]["id"], candidate["id"]
    );
    assert_eq!(answer, json!({"message": message}));
    assert_eq!(organization.read(&format!("{path}/tags")).await, json!([]));
    assert_eq!(organization.read("/v1/tags/candidate").await, tags);
}

#[tokio::test]
async fn tags_are_refused() {
    let organization = Organization::start().await;
    let tags = organization.read("/v1/tags/candidate").await;
    let problems = organization
        .problems("POST", "/v1/tags/candidate", json!({"name": "  "}))
        .await;
    assert_eq!(problems, ["name"]);
    let candidates = organization.read("/v1/candidates?per_page=1").await;
    let path = format!("/v1/candidates/{}/tags", candidates[0]["id"]);
    for path in [
        format!("{path}/1"),
        format!("/v1/candidates/1/tags/{}", tags[0]["id"]),
    ] {
        for method in ["PUT", "DELETE"] {
            let answer = organization.send(method, &path, Value::Null).await;
            assert_eq!(answer.status, 404, "{method} {path}");
        }
    }
    let basic = organization.basic_user().await;
    for (method, path, body, status) in [
        (
            "POST",
            "/v1/tags/candidate".to_owned(),
            json!({"name": "A"}),
            403,
        ),
        (
            "DELETE",
            format!("/v1/tags/candidate/{}", tags[0]["id"]),
            Value::Null,
            403,
        ),
        ("PUT", format!("{path}/{}", tags[0]["id"]), Value::Null, 404),
    ] {
        let answer = organization.send_as(basic, method, &path, body).await;
        assert_eq!(answer.status, status, "{method} {path}");
    }
    assert_eq!(organization.read("/v1/tags/candidate").await, tags);
    assert_eq!(organization.get("/v1/candidates/1/tags").await.status, 404);
}
