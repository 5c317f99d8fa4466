//! Recipes that read lists into files or onto the screen.

use std::collections::BTreeSet;
use std::fs;

use harvest_generated::runtime::{Completeness, Timestamp};
use harvest_generated::v3::types::{Application, AttachmentType, OfferStatus};
use serde_json::Value;

use super::{Organization, all};
use crate::folder::Folder;
use crate::v3::{
    download_resumes, export_applications, export_candidates, find_candidate, list_offers,
    list_users, text,
};

pub const RUN: &[&str] = &[
    "list_users",
    "export_candidates",
    "export_applications",
    "find_candidate",
    "list_offers",
    "download_resumes",
];

#[tokio::test]
async fn users_are_printed_with_their_state() {
    let organization = Organization::start().await;
    let mut out = Vec::new();
    list_users::run(&organization.client, &mut out)
        .await
        .unwrap();
    let out = text(out);
    let users = all(organization.client.list_users().items()).await;
    assert_eq!(out.lines().count(), users.len());
    let mut states = BTreeSet::new();
    for (line, user) in out.lines().zip(&users) {
        let state = match (user.deactivated, user.site_admin) {
            (Some(true), _) => "deactivated",
            (_, Some(true)) => "site admin",
            _ => "active",
        };
        let name = user.name.as_deref().unwrap();
        assert_eq!(line, format!("{}\t{name}\t{state}", user.id.unwrap()));
        states.insert(state);
    }
    assert_eq!(states.len(), 3, "{states:?}");
}

#[tokio::test]
async fn candidates_that_changed_within_a_time_are_exported() {
    let organization = Organization::start().await;
    let client = &organization.client;
    let mut candidates = all(client.list_candidates().items()).await;
    candidates.sort_by_key(|candidate| candidate.updated_at.clone().unwrap().to_utc());
    // A third and two thirds of the way.
    let [since, until] = [20, 40].map(|place| candidates[place].updated_at.clone().unwrap());
    let mut out = Vec::new();
    let export = export_candidates::run(client, since.clone(), until.clone(), &mut out).await;
    let export = export.unwrap();
    assert_eq!(export.completeness, Completeness::Proven);
    let out = text(out);
    let exported: BTreeSet<i64> = out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|candidate| candidate["id"].as_i64().unwrap())
        .collect();
    let within = |time: &Timestamp| *time >= since && *time < until;
    let expected: BTreeSet<i64> = candidates
        .iter()
        .filter(|candidate| within(candidate.updated_at.as_ref().unwrap()))
        .map(|candidate| candidate.id.unwrap().0)
        .collect();
    assert_eq!(exported, expected);
    assert_eq!(export.candidates, 20);
}

#[tokio::test]
async fn applications_are_exported_page_by_page() {
    let organization = Organization::with_candidates(600).await;
    let folder = Folder::new("v3_sandbox_applications");
    fs::create_dir_all(&folder.0).unwrap();
    let path = folder.0.join("applications.jsonl");
    let lines = export_applications::run(&organization.client, &path).await;
    let exported: Vec<_> = fs::read_to_string(&path)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<Application>(line).unwrap().id)
        .collect();
    let pages = organization.accepted("list_applications");
    assert!(pages > 1, "{pages} pages");
    let listed = all(organization.client.list_applications().items()).await;
    let listed: Vec<_> = listed.iter().map(|application| application.id).collect();
    assert_eq!(exported, listed);
    assert_eq!(lines.unwrap(), listed.len() as u64);
    let files = fs::read_dir(&folder.0).unwrap().count();
    assert_eq!(files, 1, "the bookmark of a whole export is removed");
}

#[tokio::test]
async fn a_candidate_is_found_by_address_and_by_id() {
    let organization = Organization::start().await;
    let client = &organization.client;
    let application = organization.application().await;
    let id = application.candidate_id.unwrap();
    let candidate = client.find_candidate(id).await.unwrap().into_value();
    let addresses = candidate.unwrap().email_addresses.unwrap();
    let address = addresses[0].value.clone().unwrap();
    let mut printed = Vec::new();
    for who in [&id.to_string(), &address] {
        let mut out = Vec::new();
        find_candidate::run(client, who, &mut out).await.unwrap();
        printed.push(text(out));
    }
    assert_eq!(printed[0], printed[1]);
    let job = client.find_job(application.job_id.unwrap()).await.unwrap();
    let job = job.into_value().unwrap().name.unwrap();
    let stage = application.stage_name.as_deref().unwrap();
    let line = format!(
        "  {job} ({}): in_process, {stage}",
        application.job_id.unwrap()
    );
    assert!(printed[0].lines().any(|found| found == line), "{printed:?}");
}

#[tokio::test]
async fn offers_of_a_status_are_listed() {
    let organization = Organization::start().await;
    let client = &organization.client;
    let mut counts = Vec::new();
    for status in [OfferStatus::Accepted, OfferStatus::Deprecated] {
        let mut out = Vec::new();
        let count = list_offers::run(client, status.clone(), &mut out).await;
        let count = count.unwrap();
        let out = text(out);
        let offers = client.list_offers().status(status).current_only(true);
        let offers = all(offers.items()).await;
        assert_eq!(count, offers.len() as u64);
        for offer in &offers {
            let line = format!("offer {}, version ", offer.id.unwrap());
            assert!(out.contains(&line), "{out}");
        }
        assert_eq!(out.contains("who may not see salaries"), offers.is_empty());
        counts.push(count);
    }
    assert!(counts[0] > 0 && counts[1] == 0, "{counts:?}");
}

#[tokio::test]
async fn resumes_of_a_job_are_downloaded_once() {
    let organization = Organization::start().await;
    let client = &organization.client;
    let resumes = client.list_attachments().type_(AttachmentType::Resume);
    let resume = resumes.items().first().await.unwrap().expect("a résumé");
    let id = resume.application_id.unwrap();
    let application = client.find_application(id).await.unwrap().into_value();
    let job = application.unwrap().job_id.unwrap();
    let folder = Folder::new("v3_sandbox_resumes");
    let mut written = Vec::new();
    for _ in 0..2 {
        let mut out = Vec::new();
        let count = download_resumes::run(client, job, &folder.0, &mut out).await;
        assert_eq!(text(out).lines().count(), *count.as_ref().unwrap());
        written.push(count.unwrap());
    }
    let files: Vec<_> = fs::read_dir(&folder.0)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(written, [files.len(), 0]);
    let name = format!("{id}-{}.", resume.id.unwrap());
    let is_it = |path: &&std::path::PathBuf| {
        let file = path.file_name().unwrap().to_string_lossy();
        file.starts_with(&name)
    };
    let path = files.iter().find(is_it).expect("the first résumé");
    assert!(!fs::read(path).unwrap().is_empty());
}
