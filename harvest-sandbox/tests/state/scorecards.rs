use serde_json::{Value, json};

use crate::organization::{Organization, ids};

async fn all(organization: &Organization) -> Value {
    organization.read("/v1/scorecards?per_page=500").await
}

#[tokio::test]
async fn scorecards_are_read_alone_together_and_by_application() {
    let organization = Organization::start().await;
    let all = all(&organization).await;
    let all = all.as_array().unwrap();
    assert!(!all.is_empty());
    for scorecard in all {
        let one = format!("/v1/scorecards/{}", scorecard["id"]);
        assert_eq!(organization.read(&one).await, *scorecard);
        let application = &scorecard["application_id"];
        let list = organization
            .read(&format!("/v1/applications/{application}/scorecards"))
            .await;
        assert!(list.as_array().unwrap().contains(scorecard));
        let application = organization
            .read(&format!("/v1/applications/{application}"))
            .await;
        assert_eq!(scorecard["candidate_id"], application["candidate_id"]);
        assert_eq!(scorecard["interview"], scorecard["interview_step"]["name"]);
        for attribute in scorecard["attributes"].as_array().unwrap() {
            let of = &scorecard["ratings"][attribute["rating"].as_str().unwrap()];
            let names = of.as_array().into_iter().flatten();
            let found = names.filter(|name| **name == attribute["name"]).count();
            let expected = usize::from(attribute["rating"] != "no_decision");
            assert_eq!(found, expected, "{attribute}");
        }
        let questions = &scorecard["questions"];
        assert_eq!(questions[0]["question"], "Key Take-Aways");
        assert!(questions[2]["id"].is_i64(), "of the interview kit");
    }
    assert_eq!(organization.get("/v1/scorecards/1").await.status, 404);
    assert_eq!(
        organization
            .get("/v1/applications/1/scorecards")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn an_interview_names_its_scorecards() {
    let organization = Organization::start().await;
    let scorecards = ids(&all(&organization).await);
    let interviews = organization
        .read("/v1/scheduled_interviews?per_page=500")
        .await;
    let interviews = interviews.as_array().unwrap().iter();
    let mut named: Vec<i64> = interviews
        .flat_map(|one| one["interviewers"].as_array().unwrap())
        .filter_map(|interviewer| interviewer["scorecard_id"].as_i64())
        .collect();
    named.sort_unstable();
    assert_eq!(named, scorecards);
}

#[tokio::test]
async fn scorecards_and_interviews_follow_a_merge_and_go_with_the_data() {
    let organization = Organization::start().await;
    let all = all(&organization).await;
    // Of a candidate whom everybody may see.
    let candidates = organization.read("/v1/candidates?per_page=500").await;
    let candidates = candidates.as_array().unwrap();
    let is_open = |id: &Value| {
        candidates
            .iter()
            .any(|one| one["id"] == *id && one["is_private"] == false)
    };
    let mut open = all.as_array().unwrap().iter();
    let scorecard = open.find(|one| is_open(&one["candidate_id"])).unwrap();
    let body = json!({"first_name": "A", "last_name": "B"});
    let primary = organization.write("POST", "/v1/prospects", body, 201).await;
    let body = json!({
        "primary_candidate_id": primary["id"],
        "duplicate_candidate_id": scorecard["candidate_id"],
    });
    organization
        .write("PUT", "/v1/candidates/merge", body, 200)
        .await;
    let one = format!("/v1/scorecards/{}", scorecard["id"]);
    assert_eq!(organization.read(&one).await["candidate_id"], primary["id"]);

    let candidate = format!("/v1/candidates/{}", primary["id"]);
    let erase = format!("{candidate}/anonymize?fields=scorecards_and_interviews");
    organization.write("PUT", &erase, Value::Null, 200).await;
    assert_eq!(organization.get(&one).await.status, 404);
    let application = format!("/v1/applications/{}", scorecard["application_id"]);
    for of in ["scorecards", "scheduled_interviews"] {
        assert_eq!(
            organization.read(&format!("{application}/{of}")).await,
            json!([])
        );
    }
}

#[tokio::test]
async fn a_deleted_candidate_takes_them_along() {
    let organization = Organization::start().await;
    let all = all(&organization).await;
    for scorecard in all.as_array().unwrap() {
        let candidate = format!("/v1/candidates/{}", scorecard["candidate_id"]);
        if organization
            .send("DELETE", &candidate, Value::Null)
            .await
            .status
            == 200
        {
            let one = format!("/v1/scorecards/{}", scorecard["id"]);
            assert_eq!(organization.get(&one).await.status, 404);
            return;
        }
    }
    panic!("no candidate can be deleted");
}
