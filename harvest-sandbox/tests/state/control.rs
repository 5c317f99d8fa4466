//! Control of a sandbox by tests, from Rust.

use std::time::{Duration, SystemTime};

use harvest_sandbox::{ControlError, Fault, Records, Sandbox};
use serde_json::{Value, json};

use crate::organization::{Organization, ids};
use crate::support::drop_links;
use crate::temp_dir::TempDir;

const LISTS: [&str; 4] = [
    "/v1/users",
    "/v1/departments",
    "/v1/candidates",
    "/v1/applications",
];

async fn all(organization: &Organization) -> Vec<Value> {
    let mut lists = Vec::new();
    for path in LISTS {
        lists.push(read(organization, path).await);
    }
    lists
}

/// Without links to files, which are signed again each time.
async fn read(organization: &Organization, path: &str) -> Value {
    let mut value = organization.read(path).await;
    drop_links(&mut value);
    value
}

async fn add_department(organization: &Organization, name: &str) -> i64 {
    let body = json!({ "name": name });
    let made = organization
        .write("POST", "/v1/departments", body, 201)
        .await;
    made["id"].as_i64().unwrap()
}

#[tokio::test]
async fn a_reset_leads_back_to_the_first_start() {
    let organization = Organization::with(Sandbox::builder().candidates(20).seed(3)).await;
    let sandbox = &organization.sandbox;
    let before = all(&organization).await;
    let first = add_department(&organization, "Lakes").await;
    sandbox.seed(Records::candidates(7)).unwrap();
    let other = sandbox.dev_center().unwrap().create_key("Other").unwrap();
    sandbox.clock().freeze(SystemTime::UNIX_EPOCH).unwrap();
    sandbox.faults().add(Fault::status(503)).unwrap();
    assert_ne!(sandbox.requests().len(), 0);

    sandbox.reset().unwrap();
    assert_eq!(sandbox.requests(), []);
    assert_eq!(sandbox.faults().all(), []);
    assert!(!sandbox.clock().is_frozen());
    assert_eq!(all(&organization).await, before);
    // Ids are given out from the start again, too.
    assert_eq!(add_department(&organization, "Rivers").await, first);
    let gone = reqwest::Client::new()
        .get(format!("{}/v1/users", sandbox.url()))
        .basic_auth(other.key, Some(""));
    assert_eq!(gone.send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn a_reset_brings_back_the_faults_of_the_start() {
    let fault = Fault::status(502).on("list_users").first(1);
    let organization = Organization::with(Sandbox::builder().fault(fault)).await;
    for _ in 0..2 {
        assert_eq!(organization.get("/v1/users").await.status, 502);
        assert_eq!(organization.get("/v1/users").await.status, 200);
        organization.sandbox.reset().unwrap();
    }
}

#[tokio::test]
async fn snapshots_are_gone_back_to() {
    let organization = Organization::start().await;
    let sandbox = &organization.sandbox;
    let lakes = add_department(&organization, "Lakes").await;
    sandbox.snapshot("lakes").unwrap();
    let with_lakes = all(&organization).await;
    sandbox.reset().unwrap();
    sandbox.snapshot("empty").unwrap();
    add_department(&organization, "Rivers").await;

    sandbox.restore("lakes").unwrap();
    assert_eq!(all(&organization).await, with_lakes);
    assert_ne!(add_department(&organization, "Rivers").await, lakes);
    sandbox.restore("empty").unwrap();
    assert_ne!(all(&organization).await, with_lakes);
    assert_eq!(sandbox.snapshots().unwrap(), ["empty", "lakes"]);
    // A name can be used again.
    sandbox.snapshot("lakes").unwrap();
    sandbox.forget_snapshot("empty").unwrap();
    assert_eq!(sandbox.snapshots().unwrap(), ["lakes"]);

    let unknown = sandbox.restore("empty").unwrap_err();
    assert!(matches!(unknown, ControlError::UnknownSnapshot { .. }));
    let unknown = sandbox.forget_snapshot("../lakes").unwrap_err();
    assert!(matches!(unknown, ControlError::UnknownSnapshot { .. }));
    let refused = sandbox.snapshot("../lakes").unwrap_err();
    assert!(matches!(refused, ControlError::SnapshotName { .. }));
}

#[tokio::test]
async fn snapshots_in_a_folder_outlive_the_sandbox() {
    let folder = TempDir::new("snapshots");
    let start = || Organization::with(Sandbox::builder().data(folder.path()).key("kept"));
    let first = start().await;
    first.sandbox.snapshot("begin").unwrap();
    let before = all(&first).await;
    add_department(&first, "Lakes").await;
    first.sandbox.stop().await;

    let second = start().await;
    assert_eq!(second.sandbox.snapshots().unwrap(), ["begin"]);
    assert_ne!(all(&second).await, before);
    second.sandbox.restore("begin").unwrap();
    assert_eq!(all(&second).await, before);
    second.sandbox.stop().await;
    // What was restored is what is there, and can be written to.
    let third = start().await;
    assert_eq!(all(&third).await, before);
    add_department(&third, "Lakes").await;
    third.sandbox.reset().unwrap();
    assert_eq!(all(&third).await, before);
    third.sandbox.stop().await;
}

#[tokio::test]
async fn the_clock_stands_still_and_is_set() {
    let organization = Organization::start().await;
    let clock = organization.sandbox.clock();
    let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(1_780_315_200);
    clock.freeze(noon).unwrap();
    let made = |name: &'static str| {
        let organization = &organization;
        let body = json!({"first_name": name, "last_name": "Whitcombe",
            "email": format!("{name}@example.com")});
        async move {
            let user = organization.write("POST", "/v1/users", body, 201).await;
            user["created_at"].as_str().unwrap().to_owned()
        }
    };
    assert_eq!(made("a").await, "2026-06-01T12:00:00.000Z");
    clock.advance(Duration::from_millis(90_001)).unwrap();
    assert_eq!(made("b").await, "2026-06-01T12:01:30.001Z");
    clock.unfreeze().unwrap();
    clock.advance(Duration::from_secs(86_400)).unwrap();
    assert!(made("c").await.starts_with("2026-06-02T12:01:"));
    for error in [
        clock.freeze(SystemTime::UNIX_EPOCH - Duration::from_secs(1)),
        clock.freeze(noon + Duration::from_secs(9_000 * 366 * 86_400)),
        clock.advance(Duration::MAX),
        clock.advance(Duration::from_secs(9_000 * 366 * 86_400)),
    ] {
        assert_eq!(
            error.unwrap_err().to_string(),
            "the clock goes from the year 1970 to the year 9998"
        );
    }
    assert!(made("d").await.starts_with("2026-06-02T12:01:"));
}

#[tokio::test]
async fn more_candidates_come_after_those_there_are() {
    let start = || Organization::with(Sandbox::builder().candidates(10).control());
    let (a, b) = (start().await, start().await);
    a.sandbox.seed(Records::candidates(5)).unwrap();
    a.sandbox.seed(Records::candidates(3)).unwrap();
    b.sandbox.seed(Records::candidates(8)).unwrap();
    let candidates = read(&a, "/v1/candidates?per_page=500").await;
    assert_eq!(candidates.as_array().unwrap().len(), 18);
    assert_eq!(candidates, read(&b, "/v1/candidates?per_page=500").await);
    // They are like others: found by what is known of them, and with applications that are listed.
    let last = &candidates[17];
    let address = last["email_addresses"][0]["value"].as_str().unwrap();
    let found = read(&a, &format!("/v1/candidates?email={address}")).await;
    assert_eq!(found, json!([last]));
    let application = &last["applications"][0]["id"];
    let application = a.read(&format!("/v1/applications/{application}")).await;
    assert_eq!(application["candidate_id"], last["id"]);

    let error = a.sandbox.seed(Records::candidates(1_000_001)).unwrap_err();
    assert!(matches!(error, ControlError::TooMany { .. }));
}

#[tokio::test]
async fn lists_grow_at_the_front_while_they_are_read() {
    let organization = Organization::with(Sandbox::builder().candidates(6)).await;
    let all = ids(&organization.read("/v1/candidates").await);
    let fault = Fault::rows_inserted(2).on("list_candidates").nth(2);
    organization.sandbox.faults().add(fault).unwrap();
    let page = "/v1/candidates?per_page=3&page=";
    assert_eq!(ids(&organization.read(&format!("{page}1")).await), all[..3]);
    let second = organization.read(&format!("{page}2")).await;
    assert_eq!(ids(&second), all[1..4], "two are read again");
    let first = ids(&organization.read(&format!("{page}1")).await);
    assert_eq!(first[2], all[0]);
    assert!(!all.contains(&first[0]) && !all.contains(&first[1]));
    organization.sandbox.reset().unwrap();
    assert_eq!(ids(&organization.read("/v1/candidates").await), all);
}

#[tokio::test]
async fn without_records_there_is_little_to_control() {
    let sandbox = Sandbox::builder().examples().start().await.unwrap();
    sandbox.reset().unwrap();
    let refused = [
        sandbox.snapshot("a"),
        sandbox.restore("a"),
        sandbox.clock().unfreeze(),
        sandbox.seed(Records::candidates(1)),
    ];
    for error in refused {
        assert!(matches!(error, Err(ControlError::NoRecords { .. })));
    }
    let now = sandbox.clock().now();
    assert!(now.elapsed().unwrap() < Duration::from_secs(60));
}

#[tokio::test]
async fn many_live_side_by_side() {
    let mut sandboxes = Vec::new();
    for number in 0..20 {
        let builder = Sandbox::builder().seed(number).candidates(5);
        sandboxes.push(tokio::spawn(Organization::with(builder)));
    }
    let mut organizations = Vec::new();
    for sandbox in sandboxes {
        organizations.push(sandbox.await.unwrap());
    }
    for (number, organization) in organizations.iter().enumerate() {
        add_department(organization, &format!("Department {number}")).await;
    }
    for (number, organization) in organizations.iter().enumerate() {
        let departments = organization.read("/v1/departments").await;
        let names = departments.as_array().unwrap().iter();
        let names: Vec<_> = names
            .filter_map(|one| one["name"].as_str()?.strip_prefix("Department "))
            .collect();
        assert_eq!(names, [number.to_string()]);
    }
}
