//! Long lists with a condition: their pages are those of one list, however often it is read and whatever is written.

use serde_json::json;

use crate::organization::{Organization, ids};

const ALL: &str = "/v1/candidates?created_after=2001-01-01T00:00:00Z&per_page=500";
const CANDIDATES: usize = 2_300;
const IN_TURN: [usize; 5] = [1, 2, 3, 4, 5];

/// The ids of a list whose pages are read in this order.
async fn read(organization: &Organization, list: &str, order: [usize; 5]) -> Vec<i64> {
    let mut pages = [const { Vec::new() }; 5];
    for page in order {
        let answer = organization.get(&format!("{list}&page={page}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        pages[page - 1] = ids(&answer.json());
    }
    pages.concat()
}

#[tokio::test]
async fn pages_with_a_condition_are_of_one_list_until_something_is_written() {
    let builder = crate::support::builder().candidates(CANDIDATES);
    let organization = Organization::with(builder).await;
    let mut expected = read(&organization, "/v1/candidates?per_page=500", IN_TURN).await;
    assert_eq!(expected.len(), CANDIDATES);
    for order in [IN_TURN, [5, 4, 3, 2, 1], [3, 1, 5, 2, 4]] {
        for list in [ALL.to_owned(), format!("{ALL}&skip_count=true")] {
            let found = read(&organization, &list, order).await;
            assert_eq!(found, expected, "{list}");
        }
    }
    let past = organization.read(&format!("{ALL}&page=6")).await;
    assert_eq!(past, json!([]));

    // A candidate who was deleted is in no page, and all that come later move up.
    let (gone, job) = (
        expected[700],
        organization.read("/v1/jobs").await[0]["id"].clone(),
    );
    let path = format!("/v1/candidates/{gone}");
    organization.write("DELETE", &path, json!({}), 200).await;
    let body = json!({"first_name": "Orla", "last_name": "Penhallow",
        "applications": [{"job_id": job}]});
    let new = organization
        .write("POST", "/v1/candidates", body, 201)
        .await;
    expected.remove(700);
    expected.push(new["id"].as_i64().unwrap());
    for _ in 0..3 {
        let found = read(&organization, ALL, IN_TURN).await;
        assert_eq!(found, expected);
    }

    // A list for one user is not one for another.
    let private = json!({"is_private": true});
    let path = format!("/v1/candidates/{}", expected[3]);
    organization.write("PATCH", &path, private, 200).await;
    let user = organization.basic_user().await;
    for _ in 0..3 {
        let found = read(&organization, ALL, IN_TURN).await;
        assert_eq!(found, expected);
        let page = format!("{ALL}&page=1");
        let seen = organization
            .fetch(Some(user), "GET", &page, &json!(null))
            .await;
        assert!(!ids(&seen.json()).contains(&expected[3]));
    }
}
