//! Names and addresses that agree up to U+0000, where texts end for some: in each version they are of different records, and
//! read as they were written.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::both::{Both, ids};
use crate::people::write;

const ONE: &str = "rota\0one";
const TWO: &str = "ROTA\0two";

/// The texts at a path in the records of a list, as far as they are of this test.
async fn listed(both: &Both, list: &str, at: &str) -> Vec<String> {
    let records = both.list(list).await;
    let texts = records.iter().filter_map(|it| it.pointer(at)?.as_str());
    texts
        .filter(|text| text.contains('\0'))
        .map(str::to_owned)
        .collect()
}

/// The path of a list in which a text is looked for.
fn search(list: &str, text: &str) -> String {
    format!("{list}={}", text.replace('\0', "%00").replace('@', "%40"))
}

#[tokio::test]
async fn names_that_agree_up_to_a_nul_are_of_different_records() {
    for list in [
        "/v1/tags/candidate",
        "/v3/candidate_tags",
        "/v1/departments",
        "/v3/departments",
        "/v1/offices",
        "/v3/offices",
    ] {
        let both = Both::start().await;
        let mut made = Vec::new();
        for name in [ONE, TWO] {
            let body = json!({"name": name, "external_id": name});
            let body = if list.contains("tag") {
                json!({"name": name})
            } else {
                body
            };
            let record = write(&both, ("POST", list), body, 201).await;
            assert_eq!(record["name"], name, "{list}");
            made.push(record);
        }
        let [one, other] = <[i64; 2]>::try_from(ids(&made)).unwrap();
        assert_ne!(one, other, "{list}");
        let all = format!("{list}?per_page=500");
        let mut names = listed(&both, &all, "/name").await;
        names.sort();
        assert_eq!(names, [TWO, ONE], "{list}");
    }
}

#[tokio::test]
async fn tags_of_a_candidate_that_agree_up_to_a_nul_are_all_kept() {
    let both = Both::start().await;
    let candidate = ids(&both.list("/v1/candidates?per_page=1").await)[0];
    for version in ["/v1/candidates", "/v3/candidates"] {
        let tags = [ONE, TWO, "rota\0ONE", "rota", "rota\0"].map(|it| format!("{version} {it}"));
        let body = json!({ "tags": tags });
        let path = format!("{version}/{candidate}");
        write(&both, ("PATCH", &path), body, 200).await;
        let read = both.read(&format!("/v1/candidates/{candidate}")).await;
        // The third is the first in other letters.
        assert_eq!(
            read["tags"],
            json!([tags[0], tags[1], tags[3], tags[4]]),
            "{version}"
        );
    }
}

#[tokio::test]
async fn addresses_of_candidates_that_agree_up_to_a_nul_find_their_own() {
    let both = Both::start().await;
    let candidates = ids(&both.list("/v1/candidates?per_page=2").await);
    let addresses = ["q\0a@x.com", "q\0b@x.com"];
    for (candidate, address) in candidates.iter().zip(addresses) {
        let body = json!({"email_addresses": [{"value": address, "type": "personal"}]});
        let path = format!("/v1/candidates/{candidate}");
        let read = write(&both, ("PATCH", &path), body, 200).await;
        assert_eq!(read["email_addresses"][0]["value"], address);
    }
    for (candidate, address) in candidates.iter().zip(["Q\0A@x.com", "Q\0B@x.com"]) {
        for list in ["/v1/candidates?email", "/v3/candidates?email"] {
            let found = both.list(&search(list, address)).await;
            assert_eq!(ids(&found), [*candidate], "{list}");
        }
    }
    for list in ["/v1/candidates?email", "/v3/candidates?email"] {
        assert!(both.list(&search(list, "q\0c@x.com")).await.is_empty());
    }
}

/// Two users, the first added by v1 and the second by v3, with their addresses.
async fn users(both: &Both) -> [(i64, &'static str); 2] {
    let (one, other) = ("q\0a@x.com", "q\0b@x.com");
    let body = json!({"first_name": "Ann", "last_name": "B", "email": one, "employee_id": ONE});
    let ann = write(both, ("POST", "/v1/users"), body, 201).await;
    let body = json!({"first_name": "Bea", "last_name": "C", "primary_email": other,
        "employee_id": TWO});
    let bea = write(both, ("POST", "/v3/users"), body, 201).await;
    [(ann, one), (bea, other)].map(|(user, address)| (user["id"].as_i64().unwrap(), address))
}

async fn user(both: &Both, id: i64) -> Value {
    both.read(&format!("/v1/users/{id}")).await
}

#[tokio::test]
async fn users_whose_addresses_agree_up_to_a_nul_are_found_by_their_own() {
    let both = Both::start().await;
    for (id, address) in users(&both).await {
        assert_eq!(user(&both, id).await["primary_email_address"], address);
        for list in [
            "/v1/users?email",
            "/v3/users?primary_email",
            "/v3/user_emails?email",
        ] {
            let found = both.list(&search(list, address)).await;
            let owner = if list.contains("emails") {
                "user_id"
            } else {
                "id"
            };
            assert_eq!(found.len(), 1, "{list}");
            assert_eq!(found[0][owner], id, "{list}");
            let none = both.list(&search(list, "q\0z@x.com")).await;
            assert!(none.is_empty(), "{list}");
        }
    }
}

#[tokio::test]
async fn users_whose_addresses_agree_up_to_a_nul_are_changed_by_their_own() {
    let both = Both::start().await;
    let [(ann, _), (bea, address)] = users(&both).await;
    let added = "q\0d@x.com";
    let path = format!("/v1/users/{bea}/email_addresses");
    let body = json!({"email": added, "send_verification": false});
    write(&both, ("POST", &path), body, 201).await;
    let by = |email: &str| json!({"email": email});
    let renamed = |email: &str| json!({"user": by(email), "payload": {"first_name": "Noor"}});
    let disabled = |email: &str| json!({"user": by(email)});
    let no_one = "q\0z@x.com";
    for (path, body) in [
        ("/v2/users", renamed(no_one)),
        ("/v2/users/disable", disabled(no_one)),
    ] {
        let answer = both.send("PATCH", path, &body).await;
        let refused = [404, 422].contains(&answer.status);
        assert!(refused, "{path}: {} {}", answer.status, answer.text);
    }
    write(&both, ("PATCH", "/v2/users"), renamed(address), 200).await;
    write(&both, ("PATCH", "/v2/users/disable"), disabled(added), 200).await;
    let (ann, bea) = (user(&both, ann).await, user(&both, bea).await);
    for (user, first_name, disabled, employee_id) in
        [(&ann, "Ann", false, ONE), (&bea, "Noor", true, TWO)]
    {
        assert_eq!(user["first_name"], first_name);
        assert_eq!(user["disabled"], disabled);
        assert_eq!(user["employee_id"], employee_id);
    }
    let emails = both
        .list(&format!("/v3/user_emails?user_ids={}", bea["id"]))
        .await;
    let emails = emails.iter().map(|it| it["email"].as_str().unwrap());
    let emails: BTreeSet<&str> = emails.collect();
    assert_eq!(emails, BTreeSet::from([address, added]));
}
