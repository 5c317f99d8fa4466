//! Recipes on an organization that remembers: what they did is read back.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::TryStreamExt as _;
use harvest_generated::runtime::PollOptions;
use harvest_generated::runtime::attachment::Upload;
use harvest_generated::runtime::chrono::DateTime;
use harvest_generated::v1::types::{
    Application, ApplicationStatus, AttachmentType, Candidate, CandidateId, CandidateUpdate, JobId,
    OfferStatus, UserId,
};
use harvest_generated::v1::{ActingClient, Client};
use harvest_sandbox::Sandbox;
use serde_json::{Map, Value, json};

use super::create_candidate;
use super::files::ines;
use super::probe_permissions::{self, Verdict};
use super::{
    advance_application, disable_user, download_resumes, export_candidates, list_offers,
    reject_application, sync_job_fields, tag_candidates, text,
};
use crate::folder::Folder;

/// A sandbox with an organization in it.
pub struct Organization {
    pub sandbox: Sandbox,
}

impl Organization {
    pub async fn start() -> Self {
        let sandbox = Sandbox::builder().rate_limit(10_000, Duration::from_secs(10));
        Self {
            sandbox: sandbox.start().await.unwrap(),
        }
    }

    pub fn client(&self) -> Client {
        self.client_with(self.sandbox.key())
    }

    fn client_with(&self, key: &str) -> Client {
        let client = Client::builder().base_url(self.sandbox.url());
        client.credential(key).build().unwrap()
    }

    pub fn acting(&self) -> ActingClient {
        self.client().with_on_behalf_of(self.sandbox.user_id())
    }

    pub async fn active(&self) -> Vec<Application> {
        let active = self
            .client()
            .list_applications()
            .status(ApplicationStatus::Active);
        active.items().try_collect().await.unwrap()
    }

    /// A job with an application.
    pub async fn job(&self) -> JobId {
        let active = self.active().await;
        active
            .iter()
            .find_map(|application| Some(application.jobs.as_ref()?.first()?.id))
            .unwrap()
    }

    pub async fn candidates(&self) -> Vec<Candidate> {
        let candidates = self.client().list_candidates().per_page(500);
        candidates.items().try_collect().await.unwrap()
    }

    /// An active application that is in the first of several stages.
    async fn application(&self) -> Application {
        let client = self.client();
        for application in self.active().await {
            let jobs = application.jobs.as_deref().unwrap_or_default();
            let (Some(job), Some(stage)) = (jobs.first(), &application.current_stage) else {
                continue;
            };
            let stages = client.list_job_stages_for_job(job.id).send().await.unwrap();
            if stages.len() > 1 && stages[0].id == stage.id {
                return application;
            }
        }
        panic!("no application is at the first stage");
    }
}

#[tokio::test]
async fn the_export_has_who_changed_and_nobody_else() {
    let organization = Organization::start().await;
    let all = organization.candidates().await;
    let client = organization.client();
    let mut out = Vec::new();
    let epoch = DateTime::UNIX_EPOCH;
    let export = export_candidates::run(&client, epoch, &mut out)
        .await
        .unwrap();
    assert!(all.len() > 10);
    assert_eq!(export.candidates, all.len() as u64);
    assert_eq!(text(out).lines().count(), all.len());

    let changed = all[3].id;
    let update = CandidateUpdate::default().title("Head of river days");
    let acting = organization.acting();
    acting
        .update_candidate(changed, &update)
        .send()
        .await
        .unwrap();
    // The next export begins where the one before says.
    let next = export.next.to_utc().unwrap();
    let mut out = Vec::new();
    export_candidates::run(&client, next, &mut out)
        .await
        .unwrap();
    let lines = text(out);
    let exported: Vec<Candidate> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(exported.len(), 1, "{lines}");
    assert_eq!(exported[0].id, changed);
    assert_eq!(exported[0].title.as_deref(), Some("Head of river days"));
}

#[tokio::test]
async fn the_candidate_is_there_once_with_an_application() {
    let organization = Organization::start().await;
    let client = organization.acting();
    let job = organization.job().await;
    let person = ines();
    let before = organization.candidates().await.len();
    for attempt in 0..2 {
        let resume = Upload::from_bytes("resume.txt", "Ten years on the Douro.").unwrap();
        let poll = PollOptions::new().interval(Duration::from_millis(10));
        let result =
            create_candidate::run(&client, &person, job, resume, poll, &mut Vec::new()).await;
        // The second time, the address is taken.
        assert_eq!(result.is_ok(), attempt == 0, "{result:?}");
    }
    assert_eq!(organization.candidates().await.len(), before + 1);

    let found = client.list_candidates().email(&person.email);
    let found: Vec<Candidate> = found.items().try_collect().await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].last_name.as_deref(), Some("Barroso"));
    let [application] = found[0].application_ids.as_deref().unwrap() else {
        panic!("one application")
    };
    let application = client.get_application(*application).send().await.unwrap();
    assert_eq!(application.status, Some(ApplicationStatus::Active));
    assert_eq!(application.jobs.as_ref().unwrap()[0].id, job);
}

#[tokio::test]
async fn the_application_has_the_resume() {
    let organization = Organization::start().await;
    let client = organization.acting();
    let person = ines();
    let job = organization.job().await;
    let resume = Upload::from_bytes("resume.txt", "Ten years on the Douro.").unwrap();
    create_candidate::run(
        &client,
        &person,
        job,
        resume,
        PollOptions::new(),
        &mut Vec::new(),
    )
    .await
    .unwrap();
    let found = client.list_candidates().email(&person.email);
    let found: Vec<Candidate> = found.items().try_collect().await.unwrap();
    let attachments = found[0].attachments.as_deref().unwrap();
    assert_eq!(attachments.len(), 1);
    assert_eq!(attachments[0].type_, Some(AttachmentType::Resume));

    // And it can be fetched from there.
    let folder = Folder::new("resume-of-ines");
    download_resumes::run(&organization.client(), job, &folder.0, &mut Vec::new())
        .await
        .unwrap();
    let id = found[0].application_ids.as_deref().unwrap()[0];
    let file = (format!("{id}-0.txt"), "Ten years on the Douro.".to_owned());
    assert!(folder.files().contains(&file));
}

#[tokio::test]
async fn the_user_is_disabled_and_stays_so() {
    let organization = Organization::start().await;
    let client = organization.acting();
    let users = client.list_users().send().await.unwrap().into_value();
    let me = UserId(organization.sandbox.user_id());
    let other = users
        .iter()
        .find(|user| user.id != me && user.disabled == Some(false));
    let other = other.unwrap();
    let email = other.primary_email_address.as_deref().unwrap();
    for said in ["is disabled", "was disabled before"] {
        let mut out = Vec::new();
        disable_user::run(&client, email, &mut out).await.unwrap();
        assert_eq!(text(out), format!("user {} {said}\n", other.id));
        let user = client.get_user(other.id).send().await.unwrap();
        assert_eq!(user.disabled, Some(true));
    }
}

#[tokio::test]
async fn the_key_may_what_it_may() {
    let organization = Organization::start().await;
    let dev_center = organization.sandbox.dev_center().unwrap();
    let key = dev_center.create_key("for reading").unwrap();
    let permissions = [
        "GET: List Users",
        "GET: Retrieve Candidate",
        "GET: List Candidates",
    ];
    dev_center.permit(key.id, permissions).unwrap();
    let client = organization.client_with(&key.key);

    let mut out = Vec::new();
    let verdicts = probe_permissions::run(&client, &mut out).await.unwrap();
    let with = |verdict| -> BTreeSet<&str> {
        let with = verdicts.iter().filter(|(_, other)| **other == verdict);
        with.map(|(id, _)| *id).collect()
    };
    assert_eq!(
        with(Verdict::Allowed),
        BTreeSet::from(["get_candidate", "list_candidates", "list_users"])
    );
    // A record can be asked for if the list that its id comes from can be read.
    let denied = with(Verdict::Denied);
    assert!(
        denied.is_superset(&BTreeSet::from(["get_user", "list_jobs", "list_eeoc"])),
        "{denied:?}"
    );
    assert!(with(Verdict::Unknown).contains("get_job"));
    let out = text(out);
    assert!(out.contains("tick \"GET: List jobs\" (jobs)"), "{out}");
    assert!(
        organization
            .sandbox
            .requests()
            .iter()
            .all(|request| request.method == "GET")
    );
}

#[tokio::test]
async fn the_application_is_in_the_last_stage() {
    let organization = Organization::start().await;
    let client = organization.acting();
    let application = organization.application().await;
    let job = application.jobs.as_ref().unwrap()[0].id;
    let stages = client.list_job_stages_for_job(job).send().await.unwrap();
    let mut out = Vec::new();
    advance_application::run(&client, application.id, &mut out)
        .await
        .unwrap();
    assert_eq!(text(out).lines().count(), stages.len() - 1);
    let moved = client.get_application(application.id).send().await.unwrap();
    let last = stages.iter().max_by_key(|stage| stage.priority).unwrap();
    assert_eq!(moved.current_stage.as_ref().unwrap().id, last.id);
}

#[tokio::test]
async fn the_application_is_rejected_once() {
    let organization = Organization::start().await;
    let client = organization.acting();
    let id = organization.application().await.id;
    for attempt in 0..2 {
        let result =
            reject_application::run(&client, id, "No field experience", &mut Vec::new()).await;
        assert_eq!(result.is_ok(), attempt == 0, "{result:?}");
    }
    let rejected = client.get_application(id).send().await.unwrap();
    assert_eq!(rejected.status, Some(ApplicationStatus::Rejected));
    let reason = rejected.rejection_reason.as_ref().unwrap();
    assert_eq!(reason.name.as_deref(), Some("No field experience"));
}

#[tokio::test]
async fn the_offers_of_each_status_are_all_offers() {
    let organization = Organization::start().await;
    let client = organization.client();
    let all: Vec<_> = client.list_offers().items().try_collect().await.unwrap();
    let mut count = 0;
    for status in OfferStatus::VALUES {
        let status = OfferStatus::from_wire(status);
        let mut out = Vec::new();
        count += list_offers::run(&client, status.clone(), &mut out)
            .await
            .unwrap();
        let out = text(out);
        let mut offers = out.lines().filter(|line| line.contains("\toffer "));
        assert!(
            offers.all(|line| line.starts_with(status.as_str())),
            "{out}"
        );
    }
    assert_eq!(count, all.len());
}

#[tokio::test]
async fn the_candidates_have_the_tag() {
    let organization = Organization::start().await;
    let client = organization.acting();
    let all = organization.candidates().await;
    let mut ids: Vec<CandidateId> = all.iter().take(5).map(|candidate| candidate.id).collect();
    ids.push(CandidateId(7));
    // Twice, as after an error.
    for _ in 0..2 {
        let failed = tag_candidates::run(&client, "Lamplighter", &ids, &mut Vec::new()).await;
        assert_eq!(failed.unwrap(), [CandidateId(7)]);
    }
    for candidate in organization.candidates().await {
        let tags = candidate.tags.unwrap_or_default();
        let count = tags.iter().filter(|tag| *tag == "Lamplighter").count();
        assert_eq!(count, usize::from(ids.contains(&candidate.id)));
    }
}

#[tokio::test]
async fn the_job_has_the_values_of_the_file() {
    let organization = Organization::start().await;
    let client = organization.acting();
    let job = organization.job().await;
    let before = client.get_job(job).send().await.unwrap();
    let wanted: Map<String, Value> = json!({
        "river_basin": "Minho",
        "field_work": true,
        "pay_band": {"min_value": 42000, "max_value": 56000, "unit": "EUR"},
    })
    .as_object()
    .unwrap()
    .clone();
    sync_job_fields::run(&client, job, &wanted, &mut Vec::new())
        .await
        .unwrap();
    let changed = client.get_job(job).send().await.unwrap();
    assert_eq!(changed.name, before.name);
    let mut out = Vec::new();
    sync_job_fields::run(&client, job, &wanted, &mut out)
        .await
        .unwrap();
    assert_eq!(text(out), format!("job {job} is as it should be\n"));
}
