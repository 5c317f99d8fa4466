//! Applications on their way, with offers and interviews.

use serde_json::{Value, json};

use super::{candidate, job, one, stages, step_to_schedule, write};
use crate::both::Both;

#[tokio::test]
async fn an_application_moves_in_both() {
    let both = Both::start().await;
    let job = job(&both).await;
    let stages = stages(&both, &job).await;
    let (_, made) = candidate(&both, &job).await;
    assert_eq!(made["status"], "in_process");
    assert_eq!(made["job_interview_stage_id"], stages[0]["id"]);
    let (v1, v3) = (
        format!("/v1/applications/{}", made["id"]),
        format!("/v3/applications/{}", made["id"]),
    );
    let next = json!({"from_stage_id": stages[0]["id"]});
    write(&both, ("POST", &format!("{v3}/move")), next.clone(), 204).await;
    assert_eq!(both.read(&v1).await["current_stage"]["id"], stages[1]["id"]);
    let stale = both.send("POST", &format!("{v3}/move"), &next).await;
    assert_eq!(stale.status, 422);
    assert_eq!(stale.json()["errors"][0]["field"], "from_stage_id");

    let next = json!({"from_stage_id": stages[1]["id"], "to_stage_id": stages[3]["id"]});
    write(&both, ("POST", &format!("{v1}/move")), next, 200).await;
    let read = one(&both, "applications", &made["id"]).await;
    assert_eq!(read["job_interview_stage_id"], stages[3]["id"]);
    assert_eq!(read["stage_name"], stages[3]["name"]);
    assert_ne!(read["stage_id"], made["stage_id"]);
    let list = format!("/v3/application_stages?application_ids={}", made["id"]);
    let history = both.list(&list).await;
    let been: Vec<&Value> = history
        .iter()
        .map(|it| &it["job_interview_stage_id"])
        .collect();
    assert_eq!(been, [&stages[3]["id"], &stages[1]["id"], &stages[0]["id"]]);
    assert_eq!(history[0]["id"], read["stage_id"]);
    let current: Vec<bool> = history.iter().map(|it| it["current"] == true).collect();
    assert_eq!(current, [true, false, false]);

    let by_stage = format!("/v3/applications?stage_ids={}", read["stage_id"]);
    assert_eq!(both.list(&by_stage).await, std::slice::from_ref(&read));
    let anonymize = format!("/v3/candidates/{}/anonymize", made["candidate_id"]);
    let body = json!({"fields": ["candidate_stage_data"]});
    write(&both, ("PATCH", &anonymize), body, 200).await;
    let left = both.list(&list).await;
    assert_eq!(left.len(), 1, "where it stands is not erased");
    assert_eq!(left[0]["id"], read["stage_id"]);
    let active = both
        .list("/v3/applications?status=active&per_page=500")
        .await;
    assert!(active.iter().any(|it| it["id"] == made["id"]));
    assert!(active.iter().all(|it| it["status"] == "in_process"));
    let refused = both.get("/v3/applications?status=in_process").await;
    assert_eq!(refused.status, 422);
}

#[tokio::test]
async fn a_rejection_is_a_record_of_its_own() {
    let both = Both::start().await;
    let job = job(&both).await;
    let (_, made) = candidate(&both, &job).await;
    let reasons = both.list("/v1/rejection_reasons").await;
    let (v1, v3) = (
        format!("/v1/applications/{}", made["id"]),
        format!("/v3/applications/{}", made["id"]),
    );
    let body = json!({"rejection_reason_id": reasons[0]["id"], "notes": "Too far away"});
    write(&both, ("POST", &format!("{v3}/reject")), body, 204).await;
    let shown = both.read(&v1).await;
    assert_eq!(shown["status"], "rejected");
    assert_eq!(shown["rejection_reason"]["id"], reasons[0]["id"]);
    let detail = one(&both, "rejection_details", &made["id"]).await;
    assert_eq!(detail["rejection_reason_id"], reasons[0]["id"]);

    let path = format!("/v3/rejection_details/{}", detail["id"]);
    let body = json!({"rejection_reason_id": reasons[1]["id"]});
    write(&both, ("PATCH", &path), body, 200).await;
    let shown = both.read(&v1).await;
    assert_eq!(shown["rejection_reason"]["id"], reasons[1]["id"]);

    write(&both, ("POST", &format!("{v3}/unreject")), json!({}), 204).await;
    assert_eq!(both.read(&v1).await["status"], "active");
    let list = format!("/v3/rejection_details?application_ids={}", made["id"]);
    assert!(both.list(&list).await.is_empty());
    let again = both
        .send("POST", &format!("{v3}/unreject"), &json!({}))
        .await;
    assert_eq!(again.status, 422);
}

#[tokio::test]
async fn a_prospect_becomes_a_candidate() {
    let both = Both::start().await;
    let job = job(&both).await;
    let (person, _) = candidate(&both, &job).await;
    let body = json!({"candidate_id": person["id"], "prospect": true, "job_ids": [job["id"]]});
    let made = write(&both, ("POST", "/v3/applications"), body, 201).await;
    assert_eq!(made["prospective_job_ids"], json!([job["id"]]));
    let detail = one(&both, "prospect_details", &made["id"]).await;
    assert_eq!(detail["application_id"], made["id"]);
    let shown = both.read(&format!("/v1/applications/{}", made["id"])).await;
    assert_eq!(shown["prospect"], true);
    let path = format!("/v3/applications/{}/convert_to_candidate", made["id"]);
    let body = json!({"job_id": job["id"]});
    let converted = write(&both, ("POST", &path), body, 200).await;
    assert_eq!(converted["job_id"], job["id"]);
    let before = one(&both, "applications", &made["id"]).await;
    assert_eq!(before["status"], "converted");

    let deleted = format!("/v3/applications/{}", converted["id"]);
    write(&both, ("DELETE", &deleted), Value::Null, 200).await;
    let gone = both
        .get(&format!("/v1/applications/{}", converted["id"]))
        .await;
    assert_eq!(gone.status, 404);
}

#[tokio::test]
async fn an_offer_is_made_and_accepted() {
    let both = Both::start().await;
    let job = job(&both).await;
    let (_, made) = candidate(&both, &job).await;
    let body = json!({"application_id": made["id"], "starts_on": "2027-05-04"});
    let offer = write(&both, ("POST", "/v3/offers"), body, 201).await;
    assert_eq!(offer["status"], "Created");
    let path = format!("/v1/applications/{}/offers/current_offer", made["id"]);
    let shown = both.read(&path).await;
    assert_eq!(shown["id"], offer["id"]);
    assert_eq!(shown["starts_at"], "2027-05-04");
    write(
        &both,
        ("PATCH", &path),
        json!({"sent_at": "2027-04-01"}),
        200,
    )
    .await;
    let read = one(&both, "offers", &offer["id"]).await;
    assert_eq!(read["sent_on"], "2027-04-01");
    let change = format!("/v3/offers/{}", offer["id"]);
    write(
        &both,
        ("PATCH", &change),
        json!({"starts_on": "2027-06-01"}),
        200,
    )
    .await;
    assert_eq!(both.read(&path).await["starts_at"], "2027-06-01");
    let created = both.list("/v3/offers?status=Created&per_page=500").await;
    assert!(created.iter().any(|it| it["id"] == offer["id"]));
}

#[tokio::test]
async fn an_interview_has_a_panel() {
    let both = Both::start().await;
    let job = job(&both).await;
    let (_, made) = candidate(&both, &job).await;
    let step = step_to_schedule(&both, &job).await;
    let body = json!({
        "application_id": made["id"], "job_interview_id": step["id"],
        "interviewers": [{"user_id": both.sandbox.user_id(), "response_status": "tentative"}],
        "starts_at": "2027-03-11T15:00:00Z", "ends_at": "2027-03-11T15:45:00Z",
        "external_event_id": "rota-2027-a",
    });
    let interview = write(&both, ("POST", "/v3/interviews"), body, 201).await;
    let path = format!("/v1/scheduled_interviews/{}", interview["id"]);
    let shown = both.read(&path).await;
    assert_eq!(shown["interview"]["id"], step["id"]);
    assert_eq!(shown["interviewers"][0]["id"], both.sandbox.user_id());
    let of = format!("/v3/interviewers?interview_ids={}", interview["id"]);
    let panel = both.list(&of).await;
    assert_eq!(panel[0]["id"], interview["interviewers"][0]["id"]);

    let user = both.sandbox.user_id();
    let body = json!({"interviewers": [{"user_id": user, "response_status": "accepted"}]});
    write(
        &both,
        (
            "PATCH",
            &format!("/v2/scheduled_interviews/{}", interview["id"]),
        ),
        body,
        200,
    )
    .await;
    let after = both.list(&of).await;
    assert_eq!(
        after[0]["id"], panel[0]["id"],
        "the same user is the same interviewer"
    );
    assert_eq!(after[0]["response_status"], "accepted");

    let v3 = format!("/v3/interviews/{}", interview["id"]);
    write(&both, ("PATCH", &v3), json!({"location": "Room Tejo"}), 200).await;
    assert_eq!(both.read(&path).await["location"], "Room Tejo");
    write(&both, ("DELETE", &v3), Value::Null, 200).await;
    assert_eq!(both.get(&path).await.status, 404);
    assert!(both.list(&of).await.is_empty());
}
