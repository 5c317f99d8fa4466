//! Cursors of v3: alone in the query, for a time, and stable while records come and go.

use std::time::Duration;

use harvest_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::both::{Both, ids};

const TAGS: &str = "/v3/candidate_tags";

async fn add(both: &Both, name: &str) -> i64 {
    let answer = both.send("POST", TAGS, &json!({ "name": name })).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["id"].as_i64().unwrap()
}

#[tokio::test]
async fn a_list_is_stable_while_records_come_and_go() {
    let both = Both::start().await;
    for number in 0..6 {
        add(&both, &format!("Tag {number}")).await;
    }
    let before = ids(&both.all(TAGS, 500).await);
    let mut sorted = before.clone();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(before, sorted, "the latest come first");

    let first = both.get(&format!("{TAGS}?per_page=3")).await;
    let mut seen = ids(first.json().as_array().unwrap());
    add(&both, "Added meanwhile").await;
    let gone = before[4];
    let path = format!("{TAGS}/{gone}");
    let deleted = both.send("DELETE", &path, &Value::Null).await;
    assert_eq!(deleted.status, 200);
    let mut next = both.next(&first);
    while let Some(path) = next {
        let page = both.get(&path).await;
        seen.extend(ids(page.json().as_array().unwrap()));
        next = both.next(&page);
    }
    let expected: Vec<i64> = before.into_iter().filter(|id| *id != gone).collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_cursor_stands_alone_is_of_its_list_and_expires() {
    let builder = Sandbox::builder().cursor_life(Duration::from_secs(90));
    let both = Both::with(builder).await;
    let now: chrono::DateTime<chrono::Utc> = "2027-02-03T04:05:06Z".parse().unwrap();
    both.sandbox.clock().freeze(now).unwrap();
    let first = both.get(&format!("{TAGS}?per_page=2")).await;
    let next = both.next(&first).unwrap();
    assert_eq!(both.get(&next).await.status, 200);

    let cursor = next.split_once("cursor=").unwrap().1;
    for (path, field) in [
        (format!("{next}&per_page=2"), "cursor"),
        (format!("{next}&ids=7"), "cursor"),
        (format!("/v3/close_reasons?cursor={cursor}"), "cursor"),
        (format!("{TAGS}?cursor=x{cursor}"), "cursor"),
        (format!("{TAGS}?cursor="), "cursor"),
    ] {
        let answer = both.get(&path).await;
        assert_eq!(answer.status, 422, "{path}");
        let body = answer.json();
        assert!(body["message"].is_string(), "{body}");
        assert_eq!(body["errors"][0]["field"], field, "{path}: {body}");
    }

    both.sandbox
        .clock()
        .advance(Duration::from_secs(90))
        .unwrap();
    assert_eq!(both.get(&next).await.status, 200);
    both.sandbox
        .clock()
        .advance(Duration::from_secs(1))
        .unwrap();
    let answer = both.get(&next).await;
    assert_eq!(answer.status, 422);
    let message = answer.json()["errors"][0]["message"].to_string();
    assert!(message.contains("expired"), "{message}");
}
