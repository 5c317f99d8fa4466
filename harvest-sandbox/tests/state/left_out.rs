//! The acting user of a read: what the user may not see is left out, and the answer and the log say how much that is.

use harvest_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::organization::Organization;
use crate::support::Answer;

const LEFT_OUT: &str = "x-sandbox-left-out";

/// The addresses of all lists that are there without the id of a record.
fn lists() -> Vec<String> {
    let document = harvest_spec::document("v1").unwrap();
    let document: Value = serde_json::from_str(document.json).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let lists = paths.filter(|(path, item)| item["get"].is_object() && !path.contains('{'));
    lists
        .map(|(path, _)| format!("{path}?per_page=500"))
        .collect()
}

async fn read(organization: &Organization, user: Option<i64>, path: &str) -> Answer {
    let answer = organization.fetch(user, "GET", path, &Value::Null).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer
}

fn length(answer: &Answer) -> usize {
    answer.json().as_array().unwrap().len()
}

/// Makes a candidate private. Their id, and that of a user who is no admin.
async fn with_secrets(organization: &Organization) -> (i64, i64) {
    let candidate = first(organization, "/v1/candidates").await;
    let path = format!("/v1/candidates/{candidate}");
    let private = json!({"is_private": true});
    organization.write("PATCH", &path, private, 200).await;
    (candidate, organization.basic_user().await)
}

async fn first(organization: &Organization, path: &str) -> i64 {
    organization.read(path).await[0]["id"].as_i64().unwrap()
}

#[tokio::test]
async fn every_list_says_how_much_it_leaves_out() {
    let organization = Organization::start().await;
    let (candidate, basic) = with_secrets(&organization).await;
    let admin = organization.sandbox.user_id();
    let (mut lists_read, mut narrowed) = (0, 0);
    for path in lists() {
        let everything = read(&organization, None, &path).await;
        assert_eq!(everything.header(LEFT_OUT), "", "{path}");
        for user in [admin, basic] {
            let seen = read(&organization, Some(user), &path).await;
            let missing = length(&everything) - length(&seen);
            let told = seen.header(LEFT_OUT);
            let count = told.split(' ').next().unwrap_or_default();
            assert_eq!(count.parse().unwrap_or(0), missing, "{path}: {told}");
            let log = organization.sandbox.requests();
            let logged = log.last().unwrap().left_out.clone();
            assert_eq!(logged.unwrap_or_default(), told, "{path}");
            if missing > 0 {
                assert!(
                    told.contains(&format!("which user {user} may not see: ")),
                    "{told}"
                );
                narrowed += 1;
            }
            // However it is cut into pages.
            let page = format!("{}&page=2", path.replace("500", "3"));
            let page = read(&organization, Some(user), &page).await;
            assert_eq!(page.header(LEFT_OUT), told, "{path}");
        }
        lists_read += 1;
    }
    assert!(lists_read > 20 && narrowed >= 6, "{lists_read}, {narrowed}");

    let one = format!("/v1/candidates/{candidate}");
    let hidden = organization
        .fetch(Some(basic), "GET", &one, &Value::Null)
        .await;
    assert_eq!(hidden.status, 404);
    assert_eq!(
        hidden.header(LEFT_OUT),
        format!(
            "1 of candidate, which user {basic} may not see: of a candidate whom the user does not \
             look after"
        )
    );
    let unknown = organization
        .fetch(Some(basic), "GET", "/v1/candidates/7", &Value::Null)
        .await;
    assert_eq!((unknown.status, unknown.header(LEFT_OUT)), (404, ""));
    let feed = format!("{one}/activity_feed");
    let feed = organization
        .fetch(Some(basic), "GET", &feed, &Value::Null)
        .await;
    assert!(feed.status == 404 && feed.header(LEFT_OUT).starts_with("1 of candidate"));
}

#[tokio::test]
async fn the_acting_user_of_a_read_can_be_ignored() {
    let builder = Sandbox::builder().ignore_acting_user_on_reads();
    let organization = Organization::with(builder).await;
    let (candidate, basic) = with_secrets(&organization).await;
    for path in lists() {
        let everything = read(&organization, None, &path).await;
        let seen = read(&organization, Some(basic), &path).await;
        assert_eq!(length(&seen), length(&everything), "{path}");
        assert_eq!(seen.header(LEFT_OUT), "", "{path}");
    }
    let one = format!("/v1/candidates/{candidate}");
    read(&organization, Some(7), &one).await;
    // A write is in the name of the user as ever.
    let body = json!({"title": "Porter"});
    let refused = organization.fetch(Some(basic), "PATCH", &one, &body).await;
    assert!(
        refused.status == 404 || refused.status == 403,
        "{}",
        refused.status
    );
    let unknown = organization.fetch(Some(7), "PATCH", &one, &body).await;
    assert_eq!(unknown.status, 404);
}
