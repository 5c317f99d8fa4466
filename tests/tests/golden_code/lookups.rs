//! Ranges as parameters, one record out of a list, and jobs that say themselves when they are done.

use std::time::Duration;

use harvest_runtime::{PollOptions, TimeRange, Timestamp};

use crate::calls::{client, line};
use crate::ranges_and_jobs as shop;
use crate::server::Server;

#[tokio::test]
async fn ranges_are_joined_by_bars() {
    let server = Server::new(&[(200, "", "[]"), (200, "", "[]"), (200, "", "[]")]);
    let client: shop::Client = client(&server);
    let [first, last] = ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"].map(Timestamp::from);
    let range = TimeRange::since(first.clone()).before(last.clone());
    client.list_books().added_at(range).await.expect("a list");
    let day = "2026-01-02"
        .parse::<harvest_runtime::Date>()
        .expect("a day");
    let days = client
        .list_books()
        .printed_on(..=day)
        .added_at(TimeRange::after(first));
    days.await.expect("a list");
    // No bound, no condition; the last word counts.
    let all = client
        .list_books()
        .added_at(..last)
        .added_at(TimeRange::any());
    all.await.expect("a list");
    let requests = server.requests();
    let lines: Vec<_> = requests.iter().map(|request| line(request)).collect();
    assert_eq!(
        lines,
        [
            "GET /books?added_at=gte%7C2026-01-01T00%3A00%3A00Z%7Clt%7C2026-02-01T00%3A00%3A00Z \
             HTTP/1.1",
            "GET /books?printed_on=lte%7C2026-01-02&added_at=gt%7C2026-01-01T00%3A00%3A00Z \
             HTTP/1.1",
            "GET /books HTTP/1.1",
        ]
    );
}

#[tokio::test]
async fn a_cursor_takes_no_other_parameter_beside_it() {
    let server = Server::new(&[(200, "", "[]")]);
    let client: shop::Client = client(&server);
    let day = "2026-01-02"
        .parse::<harvest_runtime::Date>()
        .expect("a day");
    let error = client.list_books().printed_on(day..).cursor("abc").await;
    assert!(error.expect_err("refused").is_invalid_request());
    client.list_books().cursor("abc").await.expect("a list");
    assert_eq!(
        line(&server.requests()[0]),
        "GET /books?cursor=abc HTTP/1.1"
    );
}

#[tokio::test]
async fn a_record_is_found_in_a_list() {
    let server = Server::new(&[(200, "", r#"[{"id":7}]"#), (200, "", "[]"), (403, "", "{}")]);
    let client: shop::Client = client(&server);
    let found = client.find_book(7).await.expect("an answer").into_value();
    assert_eq!(found.expect("a book").id, 7.into());
    let none = client.find_book(8).send().await.expect("an answer");
    assert!(none.value().is_none());
    // What may not be read is no record that is not there.
    assert!(
        client
            .find_book(9)
            .await
            .expect_err("refused")
            .is_forbidden()
    );
    let requests = server.requests();
    assert_eq!(line(&requests[0]), "GET /books?ids=7 HTTP/1.1");
    assert_eq!(line(&requests[2]), "GET /books?ids=9 HTTP/1.1");
}

#[tokio::test]
async fn a_job_is_waited_for_until_it_says_that_it_is_done() {
    let server = Server::new(&[
        (202, "", r#"{"task_id":"t/1"}"#),
        (200, "", r#"[{"task_id":"t/1","status":"building"}]"#),
        (200, "", r#"{"task_id":"t/1"}"#),
        (200, "", r#"[{"task_id":"t/1","status":"failed"}]"#),
    ]);
    let client: shop::Client = client(&server);
    let poll = PollOptions::new().interval(Duration::from_millis(1));
    let new = shop::types::BooksCreate::new(vec!["Sample".to_owned()]);
    let created = client
        .bulk_create_books(&new)
        .send_and_wait(poll)
        .await
        .expect("a job");
    assert_eq!(created.answer().task_id, "t/1".into());
    let task = created.into_ready().expect("done").into_value();
    let shop::types::TaskAnswer::Array(tasks) = task else {
        panic!("{task:?}");
    };
    assert_eq!(tasks[0].status, Some(shop::types::TaskStatus::Failed));
    let requests = server.requests();
    let lines: Vec<_> = requests.iter().map(|request| line(request)).collect();
    assert_eq!(lines[0], "POST /books/bulk HTTP/1.1");
    assert_eq!(lines[1..], ["GET /tasks/t%2F1 HTTP/1.1"; 3]);
}

#[tokio::test]
async fn a_job_that_cannot_be_read_is_not_waited_for() {
    let server = Server::new(&[
        (202, "", r#"{"task_id":"t-1"}"#),
        (404, "", "{}"),
        (200, "", r#"{"task_id":"t-1","status":"building"}"#),
    ]);
    let client: shop::Client = client(&server);
    let poll = PollOptions::new().interval(Duration::from_millis(1));
    let new = shop::types::BooksCreate::new(vec!["Sample".to_owned()]);
    let created = client.bulk_create_books(&new).send_and_wait(poll).await;
    let error = created.expect("begun").into_ready().expect_err("unknown");
    assert!(error.is_not_found() && !error.is_not_ready());
    // It has the time for one look only.
    let poll = PollOptions::new().timeout(Duration::ZERO);
    let short = client.get_task("t-1").wait_until_ready(poll).await;
    assert!(short.expect_err("not done").is_not_ready());
}
