//! Demographic questions, options and answers.

use serde_json::{Value, json};

use crate::organization::{Organization, ids};

#[tokio::test]
async fn sets_questions_options_and_answers_belong_together() {
    let organization = Organization::start().await;
    let sets = organization.read("/v1/demographics/question_sets").await;
    let questions = organization.read("/v1/demographics/questions").await;
    let options = organization.read("/v1/demographics/answer_options").await;
    let mut asked = Vec::new();
    for set in sets.as_array().unwrap() {
        let path = format!("/v1/demographics/question_sets/{}", set["id"]);
        assert_eq!(organization.read(&path).await, *set);
        let some = organization.read(&format!("{path}/questions")).await;
        assert!(!ids(&some).is_empty());
        for question in some.as_array().unwrap() {
            assert_eq!(question["demographic_question_set_id"], set["id"]);
        }
        asked.extend(ids(&some));
    }
    assert_eq!(asked, ids(&questions));
    let mut offered = Vec::new();
    for question in questions.as_array().unwrap() {
        let path = format!("/v1/demographics/questions/{}", question["id"]);
        assert_eq!(organization.read(&path).await, *question);
        offered.extend(ids(&organization
            .read(&format!("{path}/answer_options"))
            .await));
    }
    assert_eq!(offered, ids(&options));
    let path = format!("/v1/demographics/answer_options/{}", offered[0]);
    assert_eq!(organization.read(&path).await, options[0]);

    let answers = organization
        .read("/v1/demographics/answers?per_page=500")
        .await;
    let mut one = answers[0].clone();
    assert!(offered.contains(&one["demographic_answer_option_id"].as_i64().unwrap()));
    let path = format!("/v1/applications/{}", one["application_id"]);
    let theirs = organization
        .read(&format!("{path}/demographics/answers"))
        .await;
    assert_eq!(theirs[0], one);
    assert_eq!(theirs.as_array().unwrap().len(), 2);
    let alone = organization
        .read(&format!("/v1/demographics/answers/{}", one["id"]))
        .await;
    one.as_object_mut().unwrap().remove("updated_at");
    assert_eq!(alone, one);
    let after = one["created_at"].as_str().unwrap();
    let before = organization
        .read(&format!(
            "/v1/demographics/answers?created_before={after}&per_page=500"
        ))
        .await;
    assert!(!ids(&before).contains(&one["id"].as_i64().unwrap()));
}

#[tokio::test]
async fn answers_go_with_their_candidate() {
    let organization = Organization::start().await;
    let answer = organization.read("/v1/demographics/answers").await[0].clone();
    let application = organization
        .read(&format!("/v1/applications/{}", answer["application_id"]))
        .await;
    let candidate = format!("/v1/candidates/{}", application["candidate_id"]);
    let deleted = organization.send("DELETE", &candidate, Value::Null).await;
    assert_eq!(deleted.status, 200, "{}", deleted.text);
    for gone in [
        format!("/v1/demographics/answers/{}", answer["id"]),
        format!(
            "/v1/applications/{}/demographics/answers",
            answer["application_id"]
        ),
    ] {
        assert_eq!(organization.get(&gone).await.status, 404, "{gone}");
    }
    let unknown = organization
        .get("/v1/demographics/question_sets/1/questions")
        .await;
    assert_eq!(unknown.status, 404);
    assert_eq!(unknown.json(), json!({"message": "Resource not found"}));
}
