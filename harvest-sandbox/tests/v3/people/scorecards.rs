//! Scorecards: whole, and rating by rating and answer by answer.

use serde_json::{Value, json};

use super::{candidate, job, one, stages, write};
use crate::both::Both;

/// Someone on a job, an interview of the job with questions of all types, and what is asked there.
struct Interviewed {
    both: Both,
    application: Value,
    interview: Value,
    questions: Vec<Value>,
    attributes: Vec<Value>,
}

impl Interviewed {
    async fn new() -> Self {
        let both = Both::start().await;
        let job = job(&both).await;
        let (_, application) = candidate(&both, &job).await;
        let stages = stages(&both, &job).await;
        let mut interviews = stages
            .iter()
            .flat_map(|stage| stage["interviews"].as_array().unwrap());
        let name = "Face to Face";
        let interview = interviews.find(|it| it["name"] == name).unwrap().clone();
        let questions = format!(
            "/v3/scorecard_questions?interview_kit_ids={}",
            interview["interview_kit"]["id"]
        );
        let attributes = format!("/v3/job_candidate_attributes?job_ids={}", job["id"]);
        let mut questions = both.list(&questions).await;
        let mut attributes = both.list(&attributes).await;
        // First to last.
        questions.reverse();
        attributes.reverse();
        Self {
            both,
            application,
            interview,
            questions,
            attributes,
        }
    }

    /// The id of a question that is answered like this.
    fn question(&self, answer_type: &str) -> &Value {
        let mut questions = self.questions.iter();
        &questions
            .find(|it| it["answer_type"] == answer_type)
            .unwrap()["id"]
    }

    /// The ids of the options of a question, first to last.
    async fn options(&self, question: &Value) -> Vec<Value> {
        let path = format!("/v3/scorecard_question_options?scorecard_question_ids={question}");
        let mut options = self.both.list(&path).await;
        options.reverse();
        options.iter().map(|it| it["id"].clone()).collect()
    }

    fn body(&self, more: Value) -> Value {
        let user = self.both.sandbox.user_id();
        let mut body = json!({
            "interview_kit_id": self.interview["interview_kit"]["id"],
            "application_id": self.application["id"],
            "interviewer_id": user, "submitter_id": user,
            "interviewed_at": "2026-05-04T09:30:00Z",
        });
        let Value::Object(more) = more else {
            panic!("{more} is no object");
        };
        body.as_object_mut().unwrap().extend(more);
        body
    }

    async fn add(&self, more: Value) -> Value {
        let body = self.body(more);
        write(&self.both, ("POST", "/v3/scorecards"), body, 201).await
    }

    /// Changes it, with what has to be sent in any case.
    async fn change(&self, scorecard: &Value, more: Value) -> Value {
        let mut body = self.body(more);
        let fields = body.as_object_mut().unwrap();
        fields.remove("interview_kit_id");
        fields.remove("application_id");
        let path = format!("/v3/scorecards/{}", scorecard["id"]);
        write(&self.both, ("PATCH", &path), body, 200).await
    }

    async fn v1(&self, scorecard: &Value) -> Value {
        let path = format!("/v1/scorecards/{}", scorecard["id"]);
        self.both.read(&path).await
    }

    /// The parts of a scorecard, as v3 lists them.
    async fn parts(&self, list: &str, scorecard: &Value) -> Vec<Value> {
        let path = format!("/v3/{list}?scorecard_ids={}", scorecard["id"]);
        let mut parts = self.both.list(&path).await;
        parts.reverse();
        parts
    }

    async fn has_no_parts(&self, scorecard: &Value, picked: &Value) {
        let none = Vec::<Value>::new();
        for list in [
            "scorecard_candidate_attributes",
            "scorecard_question_answers",
        ] {
            assert_eq!(self.parts(list, scorecard).await, none, "{list}");
        }
        let path = format!("/v3/scorecard_question_answer_options?ids={}", picked["id"]);
        assert_eq!(self.both.list(&path).await, none);
    }

    async fn refused(&self, path: &str, body: Value) -> Vec<String> {
        let answer = self.both.send("POST", path, &body).await;
        assert_eq!(answer.status, 422, "{path} {body}: {}", answer.text);
        let errors = answer.json()["errors"].as_array().unwrap().clone();
        let fields = errors.iter().map(|it| it["field"].as_str().unwrap_or(""));
        fields.map(str::to_owned).collect()
    }
}

#[tokio::test]
async fn a_scorecard_is_the_same_in_both() {
    let it = Interviewed::new().await;
    let single = it.question("single_select");
    let multi = it.question("multi_select");
    let (one_of, many_of) = (it.options(single).await, it.options(multi).await);
    let (first, second) = (&it.attributes[0], &it.attributes[1]);
    let made = it
        .add(json!({
            "candidate_rating": "strong_no", "status": "complete",
            "notes": "Knows ice.", "private_notes": "Wants a cabin.", "public_notes": "May.",
            "question_answers": [
                {"scorecard_question_id": it.question("text"), "value": "A gauge upside down."},
                {"scorecard_question_id": single, "value": one_of[1]},
                {"scorecard_question_id": multi, "value": [many_of[0], many_of[2]]},
            ],
            "candidate_attributes": [
                {"job_candidate_attribute_id": first["id"], "value": "mixed", "note": "Ten \
                    seasons."},
                {"job_candidate_attribute_id": second["id"], "value": null, "note": "Not talked \
                    about."},
            ],
        }))
        .await;
    assert!(made["submitted_at"].is_string());
    assert_eq!(made["candidate_rating"], "strong_no");
    assert_eq!(made["public_notes_with_tags"], "May.");
    let v1 = it.v1(&made).await;
    assert_eq!(v1["overall_recommendation"], "definitely_not");
    let said = |v1: &Value| -> Vec<Value> {
        let questions = v1["questions"].as_array().unwrap().iter();
        questions.map(|it| it["answer"].clone()).collect()
    };
    let expected = json!([
        "Knows ice.",
        "Wants a cabin.",
        null,
        "A gauge upside down.",
        null,
        "Laboratory",
        "Stage, Sediment"
    ]);
    assert_eq!(json!(said(&v1)), expected);
    let attributes = json!([
        {"name": first["name"], "note": "Ten seasons.", "rating": "mixed"},
        {"name": second["name"], "note": "Not talked about.", "rating": "no_decision"},
    ]);
    for (shown, expected) in [0, 1].map(|at| (&v1["attributes"][at], &attributes[at])) {
        for name in ["name", "note", "rating"] {
            assert_eq!(shown[name], expected[name], "{name}");
        }
    }
    let values = async |scorecard: &Value| -> Vec<Value> {
        let answers = it.parts("scorecard_question_answers", scorecard).await;
        answers.iter().map(|it| it["value"].clone()).collect()
    };
    let given = json!(["A gauge upside down.", one_of[1], [many_of[0], many_of[2]]]);
    assert_eq!(json!(values(&made).await), given);

    // What is not named stays, and null takes back.
    let changed = it
        .change(
            &made,
            json!({
                "candidate_rating": "yes",
                "question_answers": [
                    {"scorecard_question_id": single, "value": null},
                    {"scorecard_question_id": multi, "value": []},
                ],
                "candidate_attributes": [
                    {"job_candidate_attribute_id": first["id"], "value": null},
                    {"job_candidate_attribute_id": second["id"], "value": null, "note": null},
                ],
            }),
        )
        .await;
    assert_eq!(changed["notes"], "Knows ice.");
    assert_eq!(changed["submitted_at"], made["submitted_at"]);
    let given = json!(["A gauge upside down.", []]);
    assert_eq!(json!(values(&made).await), given);
    let ratings = it.parts("scorecard_candidate_attributes", &made).await;
    assert_eq!(ratings.len(), 1);
    assert_eq!(
        (&ratings[0]["value"], &ratings[0]["note"]),
        (&json!("no_decision"), &json!("Ten seasons."))
    );
    let v1 = it.v1(&made).await;
    assert_eq!(v1["attributes"].as_array().unwrap().len(), 1);
    assert_eq!(said(&v1)[5..], [Value::Null, Value::Null]);
    let draft = it.change(&made, json!({"status": "draft"})).await;
    assert_eq!(
        (&draft["status"], &draft["submitted_at"]),
        (&json!("draft"), &Value::Null)
    );
    assert_eq!(it.v1(&made).await["submitted_at"], Value::Null);
}

#[tokio::test]
async fn what_does_not_suit_is_refused_by_field() {
    let it = Interviewed::new().await;
    let (text, single) = (it.question("text"), it.question("single_select"));
    let multi = it.question("multi_select");
    let (options, others) = (it.options(single).await, it.options(multi).await);
    let answer = |question: &Value, value: Value| {
        json!({
            "question_answers": [{"scorecard_question_id": question, "value": value}],
        })
    };
    let rating = |more: Value| {
        let mut one = json!({"job_candidate_attribute_id": it.attributes[0]["id"]});
        one.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        one
    };
    let value = "question_answers.0.value";
    let other_kit = it.both.list("/v3/interview_kits?per_page=500").await;
    let other_kit = other_kit
        .iter()
        .find(|kit| kit["job_id"] != it.attributes[0]["job_id"]);
    let twice = json!({"scorecard_question_id": text, "value": "A"});
    for (field, more) in [
        ("interview_kit_id", json!({"interview_kit_id": 1})),
        (
            "interview_kit_id",
            json!({"interview_kit_id": other_kit.unwrap()["id"]}),
        ),
        ("application_id", json!({"application_id": 1})),
        ("interviewer_id", json!({"interviewer_id": 1})),
        ("submitter_id", json!({"submitter_id": 1})),
        (
            "question_answers.0.scorecard_question_id",
            answer(&json!(1), json!("A")),
        ),
        (value, answer(text, json!(true))),
        (value, answer(text, options[0].clone())),
        (value, answer(single, json!("Laboratory"))),
        (value, answer(single, others[0].clone())),
        (value, answer(multi, json!([options[0]]))),
        (value, answer(multi, json!([others[0], others[0]]))),
        (value, answer(it.question("instruction"), json!("A"))),
        (
            "question_answers.1.scorecard_question_id",
            json!({"question_answers": [twice, twice]}),
        ),
        (
            "candidate_attributes.0",
            json!({"candidate_attributes": [rating(json!({}))]}),
        ),
        (
            "candidate_attributes.0.job_candidate_attribute_id",
            json!({"candidate_attributes": [{"job_candidate_attribute_id": 1, "value": "yes"}]}),
        ),
        (
            "candidate_attributes.1.job_candidate_attribute_id",
            json!({"candidate_attributes": [rating(json!({"value": "yes"})),
                rating(json!({"note": "A"}))]}),
        ),
    ] {
        let fields = it.refused("/v3/scorecards", it.body(more.clone())).await;
        assert_eq!(fields, [field], "{more}");
    }
    let own = format!("/v3/scorecards?application_ids={}", it.application["id"]);
    assert_eq!(it.both.list(&own).await, Vec::<Value>::new());
}

#[tokio::test]
async fn ratings_and_answers_are_sent_one_by_one() {
    let it = Interviewed::new().await;
    let scorecard = it.add(json!({})).await;
    assert_eq!(
        (&scorecard["status"], &scorecard["candidate_rating"]),
        (&json!("draft"), &Value::Null)
    );
    let id = &scorecard["id"];
    let attribute = &it.attributes[0]["id"];

    let ratings = "/v3/scorecard_candidate_attributes";
    let body = json!({"scorecard_id": id, "job_candidate_attribute_id": attribute,
        "candidate_attribute_rating": "yes"});
    let rating = write(&it.both, ("POST", ratings), body.clone(), 201).await;
    assert_eq!(
        it.refused(ratings, body.clone()).await,
        ["job_candidate_attribute_id"]
    );
    let path = format!("{ratings}/{}", rating["id"]);
    let changed = write(
        &it.both,
        ("PATCH", &path),
        json!({"note": "Nine seasons."}),
        200,
    )
    .await;
    assert_eq!(
        (&changed["value"], &changed["note"]),
        (&json!("yes"), &json!("Nine seasons."))
    );
    let v1 = it.v1(&scorecard).await;
    assert_eq!(v1["attributes"][0]["note"], "Nine seasons.");

    let answers = "/v3/scorecard_question_answers";
    let (text, single) = (it.question("text"), it.question("single_select"));
    let body = json!({"scorecard_id": id, "scorecard_question_id": text, "answer": "At sea."});
    let answer = write(&it.both, ("POST", answers), body.clone(), 201).await;
    assert_eq!(it.refused(answers, body).await, ["scorecard_question_id"]);
    let wrong = json!({"scorecard_id": id, "scorecard_question_id": single, "boolean_value": true});
    assert_eq!(it.refused(answers, wrong).await, ["boolean_value"]);
    let path = format!("{answers}/{}", answer["id"]);
    let changed = write(
        &it.both,
        ("PATCH", &path),
        json!({"answer": "At a lake."}),
        200,
    )
    .await;
    assert_eq!(changed["value"], "At a lake.");
    assert_eq!(
        it.v1(&scorecard).await["questions"][3]["answer"],
        "At a lake."
    );

    // A text for a question that wants none is ignored at first, and refused as a change.
    let body = json!({"scorecard_id": id, "scorecard_question_id": single, "answer": "Here"});
    let answer = write(&it.both, ("POST", answers), body, 201).await;
    assert_eq!(
        (&answer["answer"], &answer["value"]),
        (&Value::Null, &Value::Null)
    );
    let path = format!("{answers}/{}", answer["id"]);
    let refused = it
        .both
        .send("PATCH", &path, &json!({"answer": "Here"}))
        .await;
    assert_eq!(
        refused.json()["errors"][0]["field"],
        "answer",
        "{}",
        refused.text
    );

    let picks = "/v3/scorecard_question_answer_options";
    let options = it.options(single).await;
    let pick = |option: &Value| {
        json!({"scorecard_question_option_id": option,
        "scorecard_question_answer_id": answer["id"]})
    };
    assert_eq!(
        it.refused(picks, pick(&json!(1))).await,
        ["scorecard_question_option_id"]
    );
    let picked = write(&it.both, ("POST", picks), pick(&options[2]), 201).await;
    assert_eq!(picked["scorecard_question_option_id"], options[2]);
    assert_eq!(
        it.refused(picks, pick(&options[0])).await,
        ["scorecard_question_option_id"]
    );
    let shown = one(&it.both, "scorecard_question_answers", &answer["id"]).await;
    assert_eq!(shown["value"], options[2]);
    assert_eq!(it.v1(&scorecard).await["questions"][5]["answer"], "Office");
    for (field, path, body) in [
        (
            "scorecard_id",
            ratings,
            json!({"scorecard_id": 1, "job_candidate_attribute_id": attribute}),
        ),
        (
            "scorecard_id",
            answers,
            json!({"scorecard_id": 1, "scorecard_question_id": text}),
        ),
        (
            "scorecard_question_answer_id",
            picks,
            json!({"scorecard_question_option_id": options[0], "scorecard_question_answer_id": 1}),
        ),
    ] {
        assert_eq!(it.refused(path, body).await, [field], "{path}");
    }

    // All of it goes with the scorecard.
    let erase = format!(
        "/v3/candidates/{}/anonymize",
        it.application["candidate_id"]
    );
    let fields = json!({"fields": ["scorecards_and_interviews"]});
    write(&it.both, ("PATCH", &erase), fields, 200).await;
    it.has_no_parts(&scorecard, &picked).await;
}

#[tokio::test]
async fn a_deleted_candidate_takes_ratings_and_answers_along() {
    let it = Interviewed::new().await;
    let single = it.question("single_select");
    let option = it.options(single).await.remove(0);
    let scorecard = it
        .add(json!({
            "question_answers": [{"scorecard_question_id": single, "value": option}],
            "candidate_attributes": [{"job_candidate_attribute_id": it.attributes[0]["id"],
                "value": "yes"}],
        }))
        .await;
    let picked =
        format!("/v3/scorecard_question_answer_options?scorecard_question_option_ids={option}");
    let picked = it.both.list(&picked).await.remove(0);
    let candidate = format!("/v1/candidates/{}", it.application["candidate_id"]);
    write(&it.both, ("DELETE", &candidate), Value::Null, 200).await;
    it.has_no_parts(&scorecard, &picked).await;
}

#[tokio::test]
async fn an_interview_is_complete_once_its_scorecards_are_in() {
    let it = Interviewed::new().await;
    let user = it.both.sandbox.user_id();
    let users = it.both.list("/v3/users?deactivated=false").await;
    let other = users.iter().find(|one| one["id"] != user).unwrap()["id"].clone();
    let body = json!({
        "application_id": it.application["id"], "job_interview_id": it.interview["id"],
        "interviewers": [{"user_id": user, "response_status": "accepted"},
                         {"user_id": other, "response_status": "tentative"}],
        "external_event_id": "tide-1",
        "starts_at": "2026-05-04T09:30:00Z", "ends_at": "2026-05-04T10:30:00Z",
    });
    let interview = write(&it.both, ("POST", "/v3/interviews"), body, 201).await;
    let status = async || one(&it.both, "interviews", &interview["id"]).await["status"].clone();
    let own = it.add(json!({"status": "complete"})).await;
    let panel = format!("/v3/interviewers?interview_ids={}", interview["id"]);
    let panel = it.both.list(&panel).await;
    let mut named = panel.iter().filter(|one| one["user_id"] == user);
    assert_eq!(named.next().unwrap()["scorecard_id"], own["id"]);
    assert_ne!(status().await, "complete");
    let draft = it.add(json!({"interviewer_id": other})).await;
    assert_ne!(status().await, "complete");
    it.change(
        &draft,
        json!({"interviewer_id": other, "status": "complete"}),
    )
    .await;
    assert_eq!(status().await, "complete");
    let path = format!("/v1/scheduled_interviews/{}", interview["id"]);
    assert_eq!(it.both.read(&path).await["status"], "complete");
    it.change(&own, json!({"status": "draft"})).await;
    assert_ne!(status().await, "complete");
}
