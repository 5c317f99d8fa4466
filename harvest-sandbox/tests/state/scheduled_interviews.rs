use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::jobs::open_job;
use crate::organization::{Organization, ids};

const V2: &str = "/v2/scheduled_interviews";
const V1: &str = "/v1/scheduled_interviews";

/// An active application, and a body that makes an appointment for it.
async fn appointment(organization: &Organization) -> (Value, Value) {
    let stages = organization.read("/v1/job_stages?per_page=500").await;
    let stages = stages.as_array().unwrap();
    let applications = organization.read("/v1/applications?per_page=500").await;
    for application in applications.as_array().unwrap() {
        let job = &application["jobs"][0]["id"];
        let is_step = |one: &&Value| one["schedulable"] == true;
        let mut steps = stages.iter().filter(|stage| stage["job_id"] == *job);
        let step = steps.find_map(|stage| stage["interviews"].as_array()?.iter().find(is_step));
        if let Some(step) = step.filter(|_| application["status"] == "active") {
            let body = json!({
                "application_id": application["id"],
                "interview_id": step["id"],
                "interviewers": [
                    {"user_id": organization.sandbox.user_id(), "response_status": "accepted"},
                ],
                "start": "2031-03-11T15:00:00Z",
                "end": "2031-03-11T16:45:00+01:00",
                "external_event_id": "rota-a",
                "location": "Room Tejo",
            });
            return (application.clone(), body);
        }
    }
    panic!("no candidate can be interviewed");
}

#[tokio::test]
async fn an_appointment_is_made_moved_and_cancelled() {
    let organization = Organization::start().await;
    let (application, mut body) = appointment(&organization).await;
    let users = organization.read("/v1/users").await;
    let (second, third) = (&users[2], &users[3]);
    body["interviewers"] = json!([
        {"email": second["primary_email_address"], "response_status": "tentative"},
        {"employee_id": third["employee_id"], "response_status": "needs_action"},
    ]);
    let made = organization.write("POST", V2, body.clone(), 201).await;
    assert_eq!(
        made["start"],
        json!({"date_time": "2031-03-11T15:00:00.000Z"})
    );
    assert_eq!(
        made["end"],
        json!({"date_time": "2031-03-11T15:45:00.000Z"})
    );
    assert_eq!(made["status"], "scheduled");
    assert_eq!(made["interview"]["id"], body["interview_id"]);
    assert_eq!(made["organizer"]["id"], organization.sandbox.user_id());
    assert_eq!(
        made["interviewers"][0],
        json!({
            "id": second["id"], "employee_id": second["employee_id"], "name": second["name"],
            "email": second["primary_email_address"], "response_status": "tentative",
            "scorecard_id": null,
        })
    );
    assert_eq!(made["interviewers"][1]["id"], third["id"]);

    let one = format!("{V1}/{}", made["id"]);
    assert_eq!(organization.read(&one).await, made);
    let of_application = format!(
        "/v1/applications/{}/scheduled_interviews",
        application["id"]
    );
    for list in [V1, &of_application] {
        let path = format!("{list}?external_event_id=rota-a&actionable=true");
        assert_eq!(organization.read(&path).await, json!([made]));
    }
    let after = organization
        .read(&format!("/v1/applications/{}", application["id"]))
        .await;
    assert!(after["last_activity_at"].as_str() > application["last_activity_at"].as_str());
    let feed = format!(
        "/v1/candidates/{}/activity_feed",
        application["candidate_id"]
    );
    let first = organization.read(&feed).await["activities"][0].clone();
    assert_eq!(first["subject"], "Interview Scheduled");
    assert_eq!(first["user"]["id"], organization.sandbox.user_id());

    let body = json!({
        "start": "2031-03-12T09:00:00Z", "end": "2031-03-12T10:00:00Z", "location": null,
        "interviewers": [{"user_id": third["id"], "response_status": "declined"}],
    });
    // Another admin moves it, and is the organizer from then on.
    let admin = users[1]["id"].as_i64().unwrap();
    let path = format!("{V2}/{}", made["id"]);
    let answer = organization.send_as(admin, "PATCH", &path, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let moved = answer.json();
    assert_eq!(organization.read(&one).await, moved);
    assert_eq!(moved["organizer"]["id"], admin);
    assert_eq!(moved["location"], Value::Null);
    assert_eq!(moved["external_event_id"], "rota-a");
    assert_eq!(ids(&moved["interviewers"]), [third["id"].as_i64().unwrap()]);

    let answer = organization.write("DELETE", &one, Value::Null, 200).await;
    let message = format!("Interview {} was deleted.", made["id"]);
    assert_eq!(answer, json!({"message": message}));
    assert_eq!(organization.get(&one).await.status, 404);
}

#[tokio::test]
async fn the_first_version_does_the_same() {
    let organization = Organization::start().await;
    let (_, body) = appointment(&organization).await;
    let made = organization.write("POST", V1, body, 201).await;
    let one = format!("{V1}/{}", made["id"]);
    let body = json!({"video_conferencing_url": "https://meet.example.com/1"});
    let changed = organization.write("PATCH", &one, body, 200).await;
    assert_eq!(
        changed["video_conferencing_url"],
        "https://meet.example.com/1"
    );
    assert_eq!(organization.read(&one).await, changed);
}

#[tokio::test]
async fn appointments_are_refused_for_each_thing_that_is_wrong() {
    let organization = Organization::start().await;
    let (application, body) = appointment(&organization).await;
    organization.write("POST", V2, body.clone(), 201).await;
    let before = organization.read(V1).await;
    let mut wrong = body.clone();
    wrong["interview_id"] = 1.into();
    wrong["end"] = wrong["start"].clone();
    wrong["interviewers"] = json!([
        {"user_id": 1, "response_status": "accepted"},
        {"email": "nobody@example.com", "response_status": "accepted"},
        {"user_id": organization.sandbox.user_id(), "response_status": "accepted"},
        {"user_id": organization.sandbox.user_id(), "response_status": "declined"},
    ]);
    assert_eq!(
        organization.problems("POST", V2, wrong).await,
        [
            "interview_id",
            "end",
            "external_event_id",
            "interviewers.0.user_id",
            "interviewers.1.email",
            "interviewers.3",
        ]
    );
    let stages = organization.read("/v1/job_stages?per_page=500").await;
    let stages = stages.as_array().unwrap().iter();
    let steps = stages.flat_map(|stage| {
        let job = stage["job_id"].clone();
        let steps = stage["interviews"].as_array().unwrap().iter();
        steps.map(move |step| (job.clone(), step.clone()))
    });
    let job = &application["jobs"][0]["id"];
    let (mut of_others, mut without) = (0, 0);
    for (of_job, step) in steps {
        let mut wrong = body.clone();
        wrong["external_event_id"] = "rota-b".into();
        wrong["interview_id"] = step["id"].clone();
        if of_job != *job || step["schedulable"] == false {
            assert_eq!(
                organization.problems("POST", V2, wrong).await,
                ["interview_id"]
            );
            of_others += i32::from(of_job != *job);
            without += i32::from(of_job == *job);
        }
    }
    assert!(of_others > 0 && without > 0);
    let mut unknown = body.clone();
    unknown["application_id"] = 1.into();
    assert_eq!(
        organization.problems("POST", V2, unknown).await,
        ["application_id"]
    );
    let rejected = organization.read("/v1/applications?status=rejected").await;
    let mut inactive = body.clone();
    inactive["application_id"] = rejected[0]["id"].clone();
    inactive["external_event_id"] = "rota-c".into();
    let problems = organization.problems("POST", V2, inactive).await;
    assert_eq!(problems[0], "application_id");

    let basic = organization.basic_user().await;
    let refused = organization.send_as(basic, "POST", V2, body).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json()["errors"][0]["field"], "application_id");
    assert_eq!(organization.read(V1).await, before);
    assert_eq!(
        organization
            .get("/v1/applications/1/scheduled_interviews")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn what_others_made_or_is_written_up_stays() {
    let organization = Organization::start().await;
    let all = organization.read(&format!("{V1}?per_page=500")).await;
    let actionable = ids(&organization
        .read(&format!("{V1}?per_page=500&actionable=true"))
        .await);
    let (mut refused, mut complete) = (0, 0);
    for interview in all.as_array().unwrap() {
        let is_complete = interview["status"] == "complete";
        let in_all = interview["interviewers"].as_array().unwrap().iter();
        let written = in_all
            .filter(|one| one["scorecard_id"] != json!(null))
            .count();
        assert_eq!(written > 0, is_complete, "{interview}");
        complete += i32::from(is_complete);
        let id = interview["id"].as_i64().unwrap();
        let application = format!("/v1/applications/{}", interview["application_id"]);
        let is_active = organization.read(&application).await["status"] == "active";
        assert!(is_active || !actionable.contains(&id), "{interview}");
        if is_active && !actionable.contains(&id) {
            let one = format!("{V1}/{id}");
            let answer = organization.send("DELETE", &one, Value::Null).await;
            // 404 on a confidential job.
            assert!(matches!(answer.status, 422 | 404), "{}", answer.text);
            assert_eq!(organization.read(&one).await, *interview);
            refused += i32::from(answer.status == 422);
        }
    }
    assert!(refused > 0 && complete > 0);
}

#[tokio::test]
async fn filters_by_time_have_the_documented_bounds() {
    let organization = Organization::start().await;
    let all = organization.read(&format!("{V1}?per_page=500")).await;
    let in_hours = all.as_array().unwrap().iter();
    let mut in_hours = in_hours.filter(|one| one["start"]["date_time"].is_string());
    let interview = in_hours.next().unwrap();
    let days = all.as_array().unwrap().iter();
    let mut days = days.filter(|one| one["start"]["date"].is_string());
    assert!(days.all(|one| one.get("created_at").is_none()));
    for (filter, at) in [
        ("starts", &interview["start"]["date_time"]),
        ("ends", &interview["end"]["date_time"]),
        ("created", &interview["created_at"]),
        ("updated", &interview["updated_at"]),
    ] {
        let at = at.as_str().unwrap();
        let path = format!("{V1}?per_page=500&{filter}");
        let before = ids(&organization.read(&format!("{path}_before={at}")).await);
        let after = ids(&organization.read(&format!("{path}_after={at}")).await);
        let id = interview["id"].as_i64().unwrap();
        assert!(after.contains(&id) && !before.contains(&id), "{filter}");
        assert_eq!(after.len() + before.len(), ids(&all).len(), "{filter}");
    }
}

/// Each interview names its stage's, which is found by its id and not among those of all jobs.
#[tokio::test]
async fn a_list_takes_no_longer_the_more_jobs_there_are() {
    let organization = Organization::start().await;
    let list = || async {
        let mut least = Duration::MAX;
        for _ in 0..5 {
            let began = Instant::now();
            organization
                .read("/v1/scheduled_interviews?per_page=500")
                .await;
            least = least.min(began.elapsed());
        }
        least
    };
    let before = list().await;
    let job = open_job(&organization).await;
    let body = json!({"template_job_id": job["id"], "number_of_openings": 1});
    for _ in 0..150 {
        organization
            .write("POST", "/v1/jobs", body.clone(), 201)
            .await;
    }
    let after = list().await;
    assert!(after < before * 4, "{before:?}, and then {after:?}");
}
