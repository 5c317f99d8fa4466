//! Recipes that change candidates and applications.

use harvest_generated::v3::types::{ApplicationStatus, CandidateId, JobStatus, UserId};

use super::{Organization, all};
use crate::v3::create_candidate::Person;
use crate::v3::write_notes::Note;
use crate::v3::{
    create_candidate, move_application, reject_application, tag_candidates, text, write_notes,
};

pub const RUN: &[&str] = &[
    "create_candidate",
    "move_application",
    "reject_application",
    "tag_candidates",
    "write_notes",
];

#[tokio::test]
async fn a_candidate_is_created_once() {
    let organization = Organization::start().await;
    let client = &organization.client;
    let jobs = client.list_jobs().status(JobStatus::Open).items();
    let job = jobs.first().await.unwrap().expect("an open job");
    let job = job.id.unwrap();
    let person = Person {
        first_name: "Ines".to_owned(),
        last_name: "Barroso".to_owned(),
        email: "ines.barroso@tides.example.com".to_owned(),
    };
    let mut ids = Vec::new();
    let mut out = Vec::new();
    for _ in 0..2 {
        let created = create_candidate::run(client, &person, job, &mut out).await;
        ids.push(created.unwrap());
    }
    assert_eq!(ids[0], ids[1]);
    let out = text(out);
    assert!(out.ends_with("has this address already\n"), "{out}");
    assert_eq!(organization.accepted("create_candidate"), 1);
    let found = client.find_candidate(ids[0]).await.unwrap().into_value();
    let found = found.unwrap();
    assert_eq!(found.first_name.as_deref(), Some("Ines"));
    assert_eq!(found.tags.unwrap(), ["River days"]);
    let applications = client.list_applications().candidate_ids([ids[0]]).items();
    let applications = all(applications).await;
    assert_eq!(applications.len(), 1);
    assert_eq!(applications[0].job_id, Some(job));
}

#[tokio::test]
async fn a_candidate_for_a_job_that_there_is_not_is_refused_with_the_field() {
    let organization = Organization::start().await;
    let person = Person {
        first_name: "Ines".to_owned(),
        last_name: "Barroso".to_owned(),
        email: "ines.barroso@tides.example.com".to_owned(),
    };
    let mut out = Vec::new();
    let job = 7_i64.into();
    let refused = create_candidate::run(&organization.client, &person, job, &mut out).await;
    let error = super::super::stderr(&refused.unwrap_err());
    assert!(error.contains("422"), "{error}");
    let out = text(out);
    assert!(out.contains("job_id"), "{out}");
}

#[tokio::test]
async fn an_application_goes_through_the_stages_of_its_job() {
    let organization = Organization::start().await;
    let client = &organization.client;
    let application = organization.application().await;
    let id = application.id.unwrap();
    let mut moves = 0;
    loop {
        let mut out = Vec::new();
        let outcome = move_application::run(client, id, &mut out).await.unwrap();
        let now = client.find_application(id).await.unwrap().into_value();
        let now = now.unwrap().job_interview_stage_id;
        match outcome {
            move_application::Outcome::Moved(stage) => assert_eq!(now, Some(stage)),
            move_application::Outcome::AtTheEnd => break,
            outcome @ move_application::Outcome::Stale(_) => panic!("{outcome:?}"),
        }
        moves += 1;
        assert!(moves < 20, "it goes in a circle");
    }
    assert_eq!(organization.accepted("move_application"), moves);
    assert!(moves > 0);
}

#[tokio::test]
async fn an_application_is_rejected_once() {
    let organization = Organization::start().await;
    let client = &organization.client;
    let id = organization.application().await.id.unwrap();
    let reasons = client.list_rejection_reasons().include_defaults(true);
    let reason = reasons.items().first().await.unwrap().expect("a reason");
    let name = reason.name.unwrap();
    let mut out = Vec::new();
    let rejected = reject_application::run(client, id, &name, &mut out).await;
    rejected.unwrap();
    assert_eq!(text(out), format!("application {id} is rejected\n"));
    let now = client.find_application(id).await.unwrap().into_value();
    assert_eq!(now.unwrap().status, Some(ApplicationStatus::Rejected));
    let details = client.list_rejection_details().application_ids([id]);
    let details = all(details.items()).await;
    assert_eq!(details[0].rejection_reason_id, reason.id);
    // Again it is refused, with what the sandbox says.
    let mut out = Vec::new();
    let again = reject_application::run(client, id, &name, &mut out).await;
    assert!(again.is_err());
    assert!(text(out).starts_with("refused: "));
}

#[tokio::test]
async fn candidates_are_tagged_once_and_an_unknown_one_is_refused() {
    use tag_candidates::Outcome::{Kept, Refused, Tagged};

    let organization = Organization::start().await;
    let client = &organization.client;
    let candidates = all(client.list_candidates().items()).await;
    let ids = [
        candidates[0].id.unwrap(),
        CandidateId(7),
        candidates[1].id.unwrap(),
    ];
    for expected in [[Tagged, Refused, Tagged], [Kept, Refused, Kept]] {
        let mut out = Vec::new();
        let rows = tag_candidates::run(client, "Estuaries", &ids, &mut out).await;
        assert_eq!(rows.unwrap(), expected, "{}", text(out));
    }
    let tagged = all(client.list_candidates().tag("Estuaries").items()).await;
    assert_eq!(tagged.len(), 2);
}

#[tokio::test]
async fn notes_are_written_in_the_name_of_their_users() {
    use write_notes::Outcome::{NoCandidate, NoToken, Written};

    let organization = Organization::start().await;
    let client = &organization.client;
    let users = all(client.list_users().deactivated(false).items()).await;
    let admin = |user: &&harvest_generated::v3::types::User| user.site_admin == Some(true);
    let user = users.iter().find(admin).expect("a site admin").id.unwrap();
    let candidate = organization.application().await.candidate_id.unwrap();
    let note = |user, candidate| Note {
        user,
        candidate,
        body: "Called back.".to_owned(),
    };
    let notes = [
        note(user, candidate),
        note(user, CandidateId(7)),
        note(UserId(7), candidate),
    ];
    let mut out = Vec::new();
    let written = write_notes::run(client, &notes, &mut out).await.unwrap();
    assert_eq!(written, [Written, NoCandidate, NoToken], "{}", text(out));
    let found = client.list_notes().candidate_ids([candidate]).items();
    let found: Vec<_> = all(found)
        .await
        .into_iter()
        .filter(|note| note.body.as_deref() == Some("Called back."))
        .map(|note| note.user_id)
        .collect();
    assert_eq!(found, [Some(user)]);
}
