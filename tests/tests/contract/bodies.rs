//! Answers that once failed as a whole.

use harvest_generated::v1::types::{Candidate, Job};
use harvest_runtime::custom_field::TypedValue;
use harvest_runtime::{List, StatusCode, decode};

use super::difference::text_difference;
use super::proxy::Proxy;
use super::table::table;

const BODIES: &str = include_str!("bodies.txt");
const AMOUNTS: &str = include_str!("amounts.json");

fn candidate(body: &[u8]) -> Candidate {
    decode::json(StatusCode::OK, body).unwrap()
}

#[test]
fn each_body_is_read_and_comes_back() {
    let table = table();
    let mut lines = 0;
    for line in BODIES.lines().filter(|line| !line.starts_with('#')) {
        let (operation, body) = line.split_once('\t').expect("an operation and a body");
        let row = table.iter().find(|row| row.id == operation);
        let row = row.unwrap_or_else(|| panic!("there is no operation {operation}"));
        let again = (row.answer.recode)(body).unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!(text_difference(&again, body), None, "{line}");
        lines += 1;
    }
    assert!(lines > 0);
    println!("{lines} bodies");
}

#[tokio::test]
async fn they_reach_the_caller() {
    let proxy = Proxy::alone(
        200,
        r#"[{"id":"7","departments":[null],"confidential":"true"}]"#.to_owned(),
    )
    .await;
    let client = proxy.client();
    let jobs = client.list_jobs().send().await.unwrap().into_value();
    let check = |job: &Job| {
        assert_eq!((job.id.0, job.confidential), (7, Some(true)));
        assert_eq!(job.departments.as_deref().map(<[_]>::len), Some(0));
        assert_eq!(job.departments.as_ref().map(List::places_len), Some(1));
        let id = job.unexpected().get("id").map(harvest_runtime::Json::text);
        assert_eq!(id, Some(r#""7""#));
    };
    check(&jobs[0]);
    let mut items = client.list_jobs().items();
    check(&items.next().await.unwrap().unwrap());
    assert!(items.next().await.is_none());
}

#[test]
fn amounts_keep_every_digit() {
    let amounts = candidate(AMOUNTS.as_bytes());
    assert_eq!(serde_json::to_string(&amounts).unwrap(), AMOUNTS.trim_end());
    let fields = amounts.keyed_custom_fields.unwrap();
    let TypedValue::Currency(money) = fields.typed("a") else {
        panic!("not money");
    };
    assert_eq!(money.amount.to_string(), "12345678901234567.89");
    let TypedValue::Number(number) = fields.typed("f") else {
        panic!("not a number");
    };
    assert_eq!(number.to_string(), "12345678901234567890123");
    // Written as JSON by itself, a number that would be rounded is a text.
    assert_eq!(serde_json::Value::from(number), "12345678901234567890123");
}

#[test]
fn one_text_is_lost_and_not_the_answer() {
    for (body, first_name) in [
        (
            &br#"{"id":7,"first_name":"a\ud83d b","last_name":"ok"}"#[..],
            "a\u{fffd} b",
        ),
        (
            b"\xef\xbb\xbf{\"id\":7,\"first_name\":\"A\",\"last_name\":\"ok\"}",
            "A",
        ),
        (
            b"{\"id\":7,\"first_name\":\"gr\xf6\xdfe\",\"last_name\":\"ok\"}",
            "gr\u{fffd}\u{fffd}e",
        ),
        (
            b"{\"id\":7,\"first_name\":\"a\nb\",\"last_name\":\"ok\"}",
            "a\nb",
        ),
        (
            br#"{"id":7,"first_name":"A","last_name":"ok","\udc00":"\udc00"}"#,
            "A",
        ),
        (
            br#"{"id":7,"first_name":"A","last_name":"ok","custom_fields":{"\ud83d":["\ud83d"]}}"#,
            "A",
        ),
        (
            br#"{"id":7,"first_name":"A","last_name":"ok","tags":[1e999],"made_up":1e999}"#,
            "A",
        ),
    ] {
        let candidate = candidate(body);
        assert_eq!(candidate.id.0, 7);
        assert_eq!(candidate.first_name.as_deref(), Some(first_name));
        assert_eq!(candidate.last_name.as_deref(), Some("ok"));
        // And so it can be stored anywhere.
        let written = serde_json::to_string(&candidate).unwrap();
        let again: Candidate = decode::json(StatusCode::OK, written.as_bytes()).unwrap();
        assert_eq!(written, serde_json::to_string(&again).unwrap());
        assert!(serde_json::to_value(&candidate).is_ok());
    }
}
