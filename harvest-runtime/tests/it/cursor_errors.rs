//! Errors of an API with cursors and scopes: an expired cursor, and refusals in their forms.

use serde_json::Value;

use crate::server::{reply, reply_with};
use crate::tokens::{LIST, client, list, serving};

#[tokio::test]
async fn a_cursor_that_expired_says_where_to_begin_again() {
    let server = serving(|asked, url, _| {
        if asked.target.contains("cursor=") {
            return reply(422, r#"{"message":"Cursor is invalid"}"#);
        }
        let next = format!("<{url}/v3/users?cursor=p2>; rel=\"next\"");
        reply_with(200, &[("link", &next)], r#"[{"id":9},{"id":8}]"#)
    })
    .await;
    let core = client(&server);
    let mut request = core.request(&LIST);
    request.query("site_admin", "true");
    let mut items = request.items::<Value>();
    for id in [9, 8] {
        assert_eq!(items.next().await.unwrap().unwrap()["id"], id);
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert!(error.is_cursor_expired() && error.is_validation());
    assert_eq!(error.delivered(), Some(2));
    let url = error.resume_url().unwrap();
    assert!(url.ends_with("/v3/users?site_admin=true"), "{url}");
    let text = error.to_string();
    assert!(
        text.contains("begin the list again at its first page"),
        "{text}"
    );
    assert!(!items.completeness().is_proven());

    // A first page that is refused has no cursor.
    let server = serving(|_, _, _| reply(422, "{}")).await;
    let mut items = client(&server).request(&LIST).items::<Value>();
    let error = items.next().await.unwrap().unwrap_err();
    assert!(error.is_validation() && !error.is_cursor_expired());
}

#[tokio::test]
async fn refusals_in_all_their_forms() {
    for (body, says) in [
        (
            r#"{"message":"Invalid query params: job_ids"}"#,
            "does not know the query parameters job_ids",
        ),
        (
            r#"{"message":"m","errors":[{"message":"is taken","field":"email"}]}"#,
            "refused: email (1 field error",
        ),
        (
            r#"{"message":"m","errors":"No user found"}"#,
            "1 field error",
        ),
        (r#"{"error":"m"}"#, "see Error::message"),
    ] {
        let server = serving(move |_, _, _| reply(422, body)).await;
        let error = list(&client(&server)).await.unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
    }
    let server = serving(|_, _, _| reply(403, r#"{"message":"Token lacks the scope"}"#)).await;
    let error = list(&client(&server)).await.unwrap_err();
    assert!(error.is_missing_permission());
    let text = error.to_string();
    assert!(
        text.contains("the token lacks the scope \"harvest:users:list\""),
        "{text}"
    );
}
