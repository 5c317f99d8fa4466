//! Interview kits: what v1 shows inside of stages is what v3 lists.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{job, stages, write};
use crate::both::{Both, ids};

/// The records of a list of v3 that are about one of these.
async fn of(both: &Both, list: &str, about: &[Value], parameter: &str) -> Vec<Value> {
    let ids = ids(about);
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let path = format!("/v3/{list}?per_page=500&{parameter}={}", ids.join(","));
    let mut records = both.list(&path).await;
    records.reverse();
    records
}

#[tokio::test]
async fn kits_are_those_of_the_stages() {
    let both = Both::start().await;
    let job = job(&both).await;
    let kits = of(
        &both,
        "interview_kits",
        std::slice::from_ref(&job),
        "job_ids",
    )
    .await;
    let questions = of(&both, "scorecard_questions", &kits, "interview_kit_ids").await;
    let users = of(&both, "default_interviewers", &kits, "interview_kit_ids").await;
    let mut seen = (0, 0, 0);
    for interview in stages(&both, &job).await.iter().flat_map(interviews) {
        let kit = &interview["interview_kit"];
        let listed = kits.iter().find(|it| it["id"] == kit["id"]).unwrap();
        assert_eq!(listed["job_interview_id"], interview["id"]);
        assert_eq!(listed["exercises"], kit["content"]);
        let own = questions.iter();
        let own = own.filter(|it| it["interview_kit_id"] == kit["id"]);
        let own = own.map(|it| json!({"id": it["id"], "question": it["question"]}));
        let own: Value = own.collect();
        assert_eq!(own, kit["questions"]);
        let own = users
            .iter()
            .filter(|it| it["interview_kit_id"] == kit["id"]);
        let own: Vec<&Value> = own.map(|it| &it["user_id"]).collect();
        let shown = interview["default_interviewer_users"].as_array();
        let shown: Vec<&Value> = shown.into_iter().flatten().map(|it| &it["id"]).collect();
        assert_eq!(own, shown);
        seen = (seen.0 + 1, seen.1 + own.len(), seen.2 + 1);
    }
    assert_eq!(seen.0, kits.len());
    assert!(seen.1 > 0 && !questions.is_empty(), "{seen:?}");
}

fn interviews(stage: &Value) -> Vec<Value> {
    stage["interviews"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_copied_job_has_attributes_and_questions_of_its_own() {
    let both = Both::start().await;
    let template = job(&both).await;
    let body = json!({"template_job_id": template["id"], "number_of_openings": 1});
    let copy = write(&both, ("POST", "/v3/jobs"), body, 201).await;
    let mut plans = Vec::new();
    for job in [template, copy] {
        let job = [job];
        let kits = of(&both, "interview_kits", &job, "job_ids").await;
        let questions = of(&both, "scorecard_questions", &kits, "interview_kit_ids").await;
        let options = of(
            &both,
            "scorecard_question_options",
            &questions,
            "scorecard_question_ids",
        )
        .await;
        let attributes = of(&both, "job_candidate_attributes", &job, "job_ids").await;
        let types = both
            .list("/v3/candidate_attribute_types?per_page=500")
            .await;
        let types = types.into_iter().filter(|it| it["job_id"] == job[0]["id"]);
        let types: Vec<Value> = types.collect();
        let focus = of(
            &both,
            "focus_candidate_attributes",
            &kits,
            "interview_kit_ids",
        )
        .await;
        let links = of(
            &both,
            "scorecard_question_candidate_attributes",
            &focus,
            "focus_candidate_attribute_ids",
        )
        .await;
        let lists = [kits, questions, options, types, attributes, focus, links];
        assert!(lists.iter().all(|list| !list.is_empty()));
        plans.push(lists);
    }
    let [before, after] = &plans[..] else {
        unreachable!()
    };
    // The same plan, and no record is of both jobs: each id has one counterpart.
    let mut copies: BTreeMap<String, Value> = BTreeMap::new();
    for (before, after) in before.iter().zip(after) {
        assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(after) {
            assert_ne!(before["id"], after["id"]);
            for (name, value) in before.as_object().unwrap() {
                if name == "id" || name.ends_with("_id") {
                    let sort = if name == "id" { "" } else { name.as_str() };
                    let known = copies.entry(format!("{sort}{value}"));
                    let counterpart = known.or_insert_with(|| after[name].clone());
                    assert_eq!(*counterpart, after[name], "{name}");
                    assert_ne!(*counterpart, *value, "{name}");
                } else if !name.ends_with("_at") {
                    assert_eq!(*value, after[name], "{name}");
                }
            }
        }
    }
}
