//! The past of a new organization: what its records say of it holds together, in an organization of any size.

use std::time::{Duration, SystemTime};

use harvest_sandbox::{Builder, Sandbox};
use rusqlite::types::Value as Sql;
use serde_json::{Value, json};

use crate::organization::Organization;
use crate::temp_dir::TempDir;
use crate::walk::File;

/// 2 March 2027, 12:00 UTC.
const NOON: u64 = 1_803_988_800;

fn up_to(seconds: u64) -> Builder {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    Sandbox::builder().now(now)
}

/// All records of a list.
async fn all(organization: &Organization, path: &str) -> Vec<Value> {
    let mut all = Vec::new();
    for page in 1.. {
        let page = organization
            .read(&format!("{path}?per_page=500&page={page}"))
            .await;
        let page = page.as_array().unwrap();
        all.extend(page.iter().cloned());
        if page.len() < 500 {
            break;
        }
    }
    all
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name}: {value}"))
}

#[tokio::test]
async fn feeds_tell_what_happened_in_order_and_up_to_the_present() {
    let organization = Organization::with(up_to(NOON)).await;
    let (mut notes, mut mails, mut moves, mut rejections) = (0, 0, 0, 0);
    let candidates = all(&organization, "/v1/candidates").await;
    for candidate in &candidates {
        let path = format!("/v1/candidates/{}/activity_feed", candidate["id"]);
        let feed = organization.read(&path).await;
        let entries = ["notes", "emails", "activities"];
        let times = entries.iter().flat_map(|it| feed[*it].as_array().unwrap());
        let mut times: Vec<&str> = times.map(|it| text(it, "created_at")).collect();
        times.sort_unstable();
        assert_eq!(times[0], text(candidate, "created_at"), "{path}");
        assert!(
            times.last().unwrap() <= &text(candidate, "last_activity"),
            "{path}"
        );
        assert!(
            text(candidate, "last_activity") < "2027-03-02T12",
            "{candidate}"
        );
        notes += feed["notes"].as_array().unwrap().len();
        mails += feed["emails"].as_array().unwrap().len();
        for activity in feed["activities"].as_array().unwrap() {
            moves += usize::from(activity["subject"] == "Candidate Stage Change");
            rejections += usize::from(activity["subject"] == "Candidate Rejected");
        }
        let rejected = candidate["applications"].as_array().unwrap().iter();
        for application in rejected.filter(|it| it["status"] == "rejected") {
            assert!(!application["rejection_reason"].is_null(), "{application}");
            assert!(
                times.contains(&text(application, "rejected_at")),
                "{application}"
            );
        }
    }
    let newest = candidates.iter().map(|it| text(it, "last_activity")).max();
    assert!(newest.unwrap() >= "2027-02-20", "{newest:?}");
    let count = candidates.len();
    assert!(notes > count / 4 && mails > count / 8 && moves > count && rejections > count / 5);
}

#[tokio::test]
async fn interviews_are_behind_and_ahead() {
    let organization = Organization::with(up_to(NOON)).await;
    organization
        .sandbox
        .clock()
        .freeze(SystemTime::UNIX_EPOCH + Duration::from_secs(NOON))
        .unwrap();
    let interviews = all(&organization, "/v1/scheduled_interviews").await;
    let start = |it: &Value| {
        let start = &it["start"];
        let at = start["date_time"].as_str().or(start["date"].as_str());
        at.unwrap().to_owned()
    };
    let (behind, ahead): (Vec<_>, Vec<_>) = interviews
        .iter()
        .partition(|it| start(it).as_str() < "2027-03-02T12");
    assert!(behind.len() > 3 && ahead.len() > 1, "{}", ahead.len());
    for interview in ahead {
        assert_eq!(interview["status"], "scheduled", "{interview}");
        let application = format!("/v1/applications/{}", interview["application_id"]);
        assert_eq!(organization.read(&application).await["status"], "active");
    }
    let status = |it: &&&Value, is: &str| it["status"] == is;
    assert!(behind.iter().any(|it| status(&it, "complete")));
    assert!(behind.iter().any(|it| status(&it, "awaiting_feedback")));
}

#[tokio::test]
async fn the_same_present_gives_the_same_organization_and_another_moves_it() {
    let first = Organization::with(up_to(NOON)).await;
    let same = Organization::with(up_to(NOON)).await;
    let day = 24 * 60 * 60;
    let later = Organization::with(up_to(NOON + 10 * day)).await;
    for path in [
        "/v1/candidates",
        "/v1/applications",
        "/v1/jobs",
        "/v1/offers",
        "/v1/users",
    ] {
        let path = format!("{path}?per_page=500");
        let one = first.get(&path).await.text.replace(first.sandbox.url(), "");
        let other = same.get(&path).await.text.replace(same.sandbox.url(), "");
        if path.starts_with("/v1/candidates") || path.starts_with("/v1/applications") {
            // Links to files are signed with a secret of their own.
            let (mut one, mut other): (Value, Value) = (
                serde_json::from_str(&one).unwrap(),
                serde_json::from_str(&other).unwrap(),
            );
            crate::support::drop_links(&mut one);
            crate::support::drop_links(&mut other);
            assert_eq!(one, other, "{path}");
        } else {
            assert_eq!(one, other, "{path}");
        }
    }
    let created = async |organization: &Organization| {
        let one = &organization.read("/v1/candidates?per_page=1").await[0];
        text(one, "created_at").to_owned()
    };
    let (one, moved) = (created(&first).await, created(&later).await);
    let parsed = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert_eq!(parsed(&moved) - parsed(&one), chrono::TimeDelta::days(10));
    // It is kept for a reset.
    later
        .write("PATCH", "/v1/departments/1", json!({"name": "x"}), 404)
        .await;
    later.sandbox.reset().unwrap();
    assert_eq!(created(&later).await, moved);
}

#[tokio::test]
async fn the_present_has_a_range() {
    for seconds in [0, 1_500_000_000, 300_000_000_000] {
        let refused = up_to(seconds).start().await;
        let words = refused.err().map(|it| it.to_string()).unwrap_or_default();
        assert!(words.contains("2020 to 9998"), "{words}");
    }
    let newest = Organization::with(Sandbox::builder()).await;
    let candidates = all(&newest, "/v1/candidates").await;
    let newest = candidates
        .iter()
        .map(|it| text(it, "last_activity"))
        .max()
        .unwrap();
    let now = chrono::Utc::now();
    let age = now - newest.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert!((0..15).contains(&age.num_days()), "{newest}");
}

#[tokio::test]
async fn people_were_hired_and_fill_openings() {
    let organization = Organization::with(up_to(NOON).candidates(200)).await;
    let hired = all(&organization, "/v1/applications").await;
    let hired: Vec<_> = hired.iter().filter(|it| it["status"] == "hired").collect();
    assert!(hired.len() > 3, "{}", hired.len());
    let mut filled = 0;
    for application in &hired {
        let (id, job) = (&application["id"], &application["jobs"][0]["id"]);
        assert!(application["current_stage"].is_null(), "{application}");
        let offer = format!("/v1/applications/{id}/offers/current_offer");
        let offer = organization.read(&offer).await;
        assert_eq!(offer["status"], "accepted", "{offer}");
        let openings = organization.read(&format!("/v1/jobs/{job}/openings")).await;
        let openings = openings.as_array().unwrap().iter();
        for opening in openings.filter(|it| it["application_id"] == *id) {
            assert_eq!(opening["status"], "closed", "{opening}");
            assert!(!opening["close_reason"].is_null(), "{opening}");
            assert!(text(opening, "closed_at") <= "2027-03-02", "{opening}");
            filled += 1;
        }
        let feed = format!(
            "/v1/candidates/{}/activity_feed",
            application["candidate_id"]
        );
        let feed = organization.read(&feed).await;
        let mut activities = feed["activities"].as_array().unwrap().iter();
        let hire = activities.find(|it| it["subject"] == "Candidate Hired");
        assert!(text(hire.unwrap(), "created_at") < "2027-03-02", "{feed}");
    }
    assert!(filled > 2, "{filled}");
}

#[tokio::test]
async fn some_were_there_twice_and_as_many_are_there_as_were_asked_for() {
    for count in [0, 1, 60, 200] {
        let organization = Organization::with(up_to(NOON).candidates(count)).await;
        let candidates = all(&organization, "/v1/candidates").await;
        assert_eq!(candidates.len(), count);
        let mut merged = 0;
        for candidate in candidates {
            if candidate["email_addresses"].as_array().unwrap().len() < 2 {
                continue;
            }
            let feed = format!("/v1/candidates/{}/activity_feed", candidate["id"]);
            let feed = organization.read(&feed).await;
            let mut activities = feed["activities"].as_array().unwrap().iter();
            merged += usize::from(activities.any(|it| it["subject"] == "Candidates Merged"));
        }
        assert!(merged >= count / 60, "{merged} of {count}");
    }
}

/// What happens to candidates, by the candidate, and to how many of a thousand at least.
const SHARES: [(&str, i64, &str); 6] = [
    (
        "rejections",
        200,
        "SELECT candidate_id FROM application WHERE status = 'rejected'",
    ),
    (
        "offers",
        80,
        "SELECT candidate_id FROM offer JOIN application ON application.id = offer.application_id",
    ),
    (
        "hires",
        20,
        "SELECT candidate_id FROM application WHERE status = 'hired'",
    ),
    (
        "openings that were filled",
        20,
        "SELECT candidate_id FROM job_opening
         JOIN application ON application.id = job_opening.application_id",
    ),
    (
        "notes",
        300,
        "SELECT candidate_id FROM activity WHERE section = 'notes'",
    ),
    (
        "merges",
        30,
        "SELECT candidate_id FROM activity WHERE state ->> 'subject' = 'Candidates Merged'",
    ),
];

#[tokio::test]
async fn every_thousand_candidates_have_as_much_of_a_past() {
    let folder = TempDir::new("past-shares");
    let builder = up_to(NOON).candidates(8_000).data(folder.path());
    let sandbox = builder.start().await.unwrap();
    let file = File::of(folder.path());
    let number = |sql: &str, parameters: (i64, i64)| match file.value(sql, parameters) {
        Sql::Integer(number) => number,
        other => panic!("{other:?}"),
    };
    let first = number("SELECT min(id) + ?1 + ?2 FROM candidate", (0, 0));
    for (what, at_least, candidates) in SHARES {
        let sql = format!(
            "SELECT count(*) FROM ({candidates}) WHERE candidate_id BETWEEN ?1 AND ?1 + ?2"
        );
        let thousands = (0..8).map(|place| number(&sql, (first + 1_000 * place, 999)));
        let thousands: Vec<i64> = thousands.collect();
        println!("{what} of every thousand candidates: {thousands:?}");
        let mean = thousands.iter().sum::<i64>() / 8;
        assert!(mean >= at_least, "{what}: {mean}");
        let is_even = |it: &i64| (mean / 2..mean * 2).contains(it);
        assert!(thousands.iter().all(is_even), "{what}: {thousands:?}");
    }
    drop(sandbox);
}
