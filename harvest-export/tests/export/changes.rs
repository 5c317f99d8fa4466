//! Deletions between two runs, and the comparison with the service.

use std::fs;
use std::path::Path;

use harvest_export::{Deletions, Export, ExportError, Summary, verify};
use harvest_generated::runtime::chrono::Utc;
use harvest_generated::runtime::{Api, Core, Method, RawRequest};
use harvest_generated::v3;
use harvest_sandbox::{Fault, Sandbox};
use serde_json::Value;

use super::{catalog, ids, lines, of_v1, of_v3};

async fn run(core: &Core, folder: &Path, deletions: Deletions) -> Result<Summary, ExportError> {
    let catalog = catalog("v3");
    let export = Export {
        streams: vec!["candidates".to_owned(), "candidate_tags".to_owned()],
        deletions,
        ..Export::new(core, &catalog, folder)
    };
    export.run(&mut |_| {}).await
}

pub(super) async fn delete(sandbox: &Sandbox, ids: &[i64]) {
    let core = of_v1(sandbox);
    for id in ids {
        let request = RawRequest::new(&core, Method::Delete, "/v1/candidates/{id}");
        let request = request.path("id", *id).on_behalf_of(sandbox.user_id());
        request.send().await.expect("a deletion");
    }
}

fn deleted(folder: &Path) -> Vec<Value> {
    let text = fs::read_to_string(folder.join("deleted.ndjson")).unwrap_or_default();
    let lines = text.lines().map(serde_json::from_str);
    lines.collect::<Result<_, _>>().expect("JSON")
}

fn is_whole(folder: &Path) -> bool {
    let report = verify(folder).expect("a report");
    assert!(report.is_whole(), "{:?}", report.problems);
    report.is_whole()
}

#[tokio::test]
async fn records_that_are_gone_are_found() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let core = of_v3(&sandbox);
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    run(&core, folder, Deletions::Find).await.expect("a run");
    assert!(
        deleted(folder).is_empty(),
        "nothing is gone in the first run"
    );
    let all: Vec<_> = ids(&lines(folder, "candidates")).into_iter().collect();

    delete(&sandbox, &all[3..5]).await;
    run(&core, folder, Deletions::Ignore).await.expect("a run");
    assert!(deleted(folder).is_empty(), "they are not looked for");
    // A walk that breaks off tells nothing: the time, the window, and then the walk.
    let fault = Fault::status(400).on("list_candidates").nth(3);
    sandbox.faults().add(fault).expect("a fault");
    let broken = run(&core, folder, Deletions::Find).await;
    assert!(
        matches!(broken, Err(ExportError::Service { .. })),
        "{broken:?}"
    );
    assert!(deleted(folder).is_empty());
    sandbox.faults().clear();

    let summary = run(&core, folder, Deletions::Find).await.expect("a run");
    assert_eq!(summary.deleted, 2);
    let found: Vec<_> = deleted(folder).iter().map(|it| it["id"].as_i64()).collect();
    assert_eq!(found, [Some(all[3]), Some(all[4])]);
    assert!(is_whole(folder));
    // They are found once.
    let summary = run(&core, folder, Deletions::Find).await.expect("a run");
    assert_eq!((summary.deleted, deleted(folder).len()), (0, 2));

    // So many that it could be something else.
    delete(&sandbox, &all[10..31]).await;
    let many = run(&core, folder, Deletions::Find).await;
    assert!(
        matches!(many, Err(ExportError::MassDeletion { missing: 21, .. })),
        "{many:?}"
    );
    assert_eq!(deleted(folder).len(), 2);
    let summary = run(&core, folder, Deletions::FindAll).await.expect("a run");
    assert_eq!((summary.deleted, deleted(folder).len()), (21, 23));
    assert!(is_whole(folder));

    // A line that is gone from the list of them is found.
    let path = folder.join("deleted.ndjson");
    let text = fs::read_to_string(&path).expect("text");
    fs::write(&path, text.split_once('\n').expect("lines").1).expect("written");
    assert!(!verify(folder).expect("a report").is_whole());
}

#[tokio::test]
async fn a_lost_permission_deletes_nothing() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let dev_center = sandbox.dev_center().expect("it keeps records");
    let made = dev_center.create_custom_integration("Export").expect("one");
    let tags = "harvest:candidate_tags:list";
    let permit = |scopes: &[&str]| {
        let permitted = dev_center.permit_scopes(made.id, scopes.iter().copied());
        permitted.expect("scopes");
    };
    permit(&["harvest:candidates:list", tags]);
    let client: v3::Client = v3::Client::builder()
        .client_credentials(&made.credentials.client_id, &made.credentials.client_secret)
        .base_url(sandbox.url())
        .token_url(sandbox.token_url().expect("it has one"))
        .build()
        .expect("a client");
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    run(client.core(), folder, Deletions::Find)
        .await
        .expect("a run");
    permit(&[tags]);
    let summary = run(client.core(), folder, Deletions::FindAll).await;
    let summary = summary.expect("a run");
    assert_eq!(
        (summary.refused, summary.deleted),
        (vec!["candidates".to_owned()], 0)
    );
    assert!(deleted(folder).is_empty() && is_whole(folder));
}

#[tokio::test]
async fn what_the_service_says_again_is_compared() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let core = of_v3(&sandbox);
    let catalog = catalog("v3");
    let folder = tempfile::tempdir().expect("a folder");
    // The time of an answer has a resolution of one second.
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    run(&core, folder.path(), Deletions::Find)
        .await
        .expect("a run");
    let compare = async |folder: &Path| {
        let export = Export::new(&core, &catalog, folder);
        let found = export.compare().await.expect("a comparison");
        found
            .into_iter()
            .find(|it| it.stream == "candidates")
            .expect("it is there")
    };
    let same = compare(folder.path()).await;
    assert!(
        same.is_none() && same.newer == 0 && same.gone == 0,
        "{same:?}"
    );

    let all: Vec<_> = ids(&lines(folder.path(), "candidates"))
        .into_iter()
        .collect();
    delete(&sandbox, &all[..1]).await;
    let request = RawRequest::new(&of_v1(&sandbox), Method::Patch, "/v1/candidates/{id}");
    let request = request.path("id", all[1]).on_behalf_of(sandbox.user_id());
    let request = request.json(&serde_json::json!({"title": "Field lead"}));
    request.send().await.expect("a change");
    let since = compare(folder.path()).await;
    assert!(since.is_none(), "{since:?}");
    assert_eq!((since.newer, since.gone), (1, 1));

    // An export that began too late lacks what did not change since.
    let late = tempfile::tempdir().expect("a folder");
    let export = Export {
        streams: vec!["candidates".to_owned()],
        since: Some(Utc::now().to_rfc3339()),
        ..Export::new(&core, &catalog, late.path())
    };
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    export.run(&mut |_| {}).await.expect("a run");
    let lacking = compare(late.path()).await;
    assert_eq!(lacking.missing.len(), all.len() - 1, "{lacking:?}");
}
