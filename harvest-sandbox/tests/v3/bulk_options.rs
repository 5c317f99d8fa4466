//! Bulk jobs about options of custom fields: rows on their own, as the operation on a single option does them, at a cost that
//! does not grow with the square of them; and results, which are for those who started a job.

use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::{Value, json};

use crate::both::Both;
use crate::support;

const PATH: &str = "/v3/custom_field_options/bulk";

/// Starts a job, waits until it is done, and says what became of its rows: the ids of those that were done, and all that is
/// said of the others.
async fn run(both: &Both, method: &str, data: Value) -> (Vec<Option<i64>>, Vec<Value>) {
    let (path, _) = begin(both, method, data).await;
    let job = both.list(&path).await.remove(0);
    let results = async |url: &Value| match url.as_str() {
        Some(url) => support::send(Client::new().get(url)).await.json(),
        None => json!([]),
    };
    let done = results(&job["success_results_url"]).await;
    let done = done.as_array().unwrap().iter();
    let refused = results(&job["failure_results_url"]).await;
    (
        done.map(|it| it["id"].as_i64()).collect(),
        refused.as_array().unwrap().clone(),
    )
}

async fn begin(both: &Both, method: &str, data: Value) -> (String, Duration) {
    let began = Instant::now();
    let answer = both.send(method, PATH, &json!({ "data": data })).await;
    let took = began.elapsed();
    assert_eq!(answer.status, 202, "{}", answer.text);
    let minute = Duration::from_secs(61);
    both.sandbox.clock().advance(minute).unwrap();
    let url = answer.json()["status_url"].as_str().unwrap().to_owned();
    (format!("/{url}"), took)
}

/// The fields with options, and one without.
async fn fields(both: &Both) -> (Vec<i64>, i64) {
    let fields = both.list("/v3/custom_fields?per_page=500").await;
    let selects = |it: &&Value| it["value_type"].as_str().unwrap().contains("select");
    let ids = |it: &Value| it["id"].as_i64().unwrap();
    let other = fields.iter().find(|it| !selects(it)).map(ids).unwrap();
    (fields.iter().filter(selects).map(ids).collect(), other)
}

#[tokio::test]
async fn each_row_is_done_as_a_single_option_is() {
    let both = Both::start().await;
    let (selects, other) = fields(&both).await;
    let field = selects[0];
    let new =
        |field: i64, name: &str| json!({"custom_field_id": field, "name": name, "sort_order": 7});
    // What is refused of the same by itself.
    let refused_alone = async |body: &Value| {
        let answer = both.send("POST", "/v3/custom_field_options", body).await;
        assert!(answer.status >= 400, "{}", answer.text);
        (answer.status, answer.json()["errors"].clone())
    };
    let rows = [
        new(field, "Reed"),
        new(field, "Sedge"),
        new(field, "Reed"),
        new(selects[1], "Reed"),
        new(other, "Reed"),
        new(1, "Reed"),
    ];
    let (done, refused) = run(&both, "POST", json!(rows)).await;
    assert_eq!(done.len(), 3);
    let places: Vec<_> = refused
        .iter()
        .map(|it| it["index"].as_u64().unwrap())
        .collect();
    assert_eq!(places, [2, 4, 5]);
    for row in &refused {
        let place = usize::try_from(row["index"].as_u64().unwrap()).unwrap();
        let (status, errors) = refused_alone(&rows[place]).await;
        assert_eq!(row["status"], status, "{row}");
        assert_eq!(row["errors"], errors, "{row}");
    }
    let listed = both
        .list(&format!(
            "/v3/custom_field_options?custom_field_ids={field}&per_page=500"
        ))
        .await;
    let shown = |name: &str| listed.iter().filter(|it| it["name"] == name).count();
    assert_eq!((shown("Reed"), shown("Sedge")), (1, 1));
    // v1 shows the same field.
    let v1 = both.read(&format!("/v1/custom_field/{field}")).await;
    assert!(
        v1["custom_field_options"]
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["name"] == "Sedge")
    );

    let [reed, sedge] = [done[0].unwrap(), done[1].unwrap()];
    let rows = json!([
        {"id": sedge, "name": "Reed"},
        {"id": reed, "name": "Rush"},
        {"id": sedge, "name": "Reed", "sort_order": 9},
        {"id": 1, "name": "Of none"},
    ]);
    let (done, refused) = run(&both, "PATCH", rows).await;
    assert_eq!(done, [Some(reed), Some(sedge)]);
    assert_eq!(refused[0]["errors"][0]["field"], "name");
    assert_eq!(refused[1]["status"], 404);

    let (done, refused) = run(&both, "DELETE", json!([reed, 1, reed])).await;
    assert_eq!((done.len(), refused.len()), (2, 1));
    let rows = json!([{"id": reed, "name": "Too late"}, {"id": sedge, "name": "Rush"}]);
    let (done, refused) = run(&both, "PATCH", rows).await;
    assert_eq!(done, [Some(sedge)], "the name of one that is gone is free");
    assert_eq!(refused[0]["errors"][0]["field"], "id");
}

#[tokio::test]
async fn a_thousand_rows_take_no_longer_for_each_than_a_few() {
    let both = Both::start().await;
    let (selects, _) = fields(&both).await;
    let new = |at: usize| {
        json!({"custom_field_id": selects[0], "name": format!("Reed {at}"),
        "sort_order": 1})
    };
    let mut options = Vec::new();
    for begin_at in [0, 1_000] {
        let rows: Vec<_> = (begin_at..begin_at + 1_000).map(new).collect();
        let (path, took) = begin(&both, "POST", json!(rows)).await;
        assert!(took < Duration::from_secs(10), "{took:?}");
        assert_eq!(both.list(&path).await[0]["success_count"], 1_000);
        let list = format!(
            "/v3/custom_field_options?custom_field_ids={}&per_page=500",
            selects[0]
        );
        options.extend(both.list(&list).await);
    }
    let ids: Vec<_> = options.iter().map(|it| &it["id"]).collect();
    let rename: Vec<_> = ids
        .iter()
        .map(|id| json!({"id": id, "name": format!("Rush {id}")}))
        .collect();
    for (method, rows) in [("PATCH", json!(rename)), ("DELETE", json!(ids))] {
        let (_, took) = begin(&both, method, rows).await;
        assert!(took < Duration::from_secs(10), "{method}: {took:?}");
    }
}

#[tokio::test]
async fn results_are_for_those_who_started_the_job() {
    let both = Both::start().await;
    let (selects, _) = fields(&both).await;
    let rows = json!([{"custom_field_id": selects[0], "name": "Reed", "sort_order": 1}]);
    let (path, _) = begin(&both, "POST", rows).await;
    let users = both.list("/v3/users?deactivated=false&per_page=500").await;
    let others = users
        .iter()
        .filter(|it| it["site_admin"] == true && it["id"] != both.sandbox.user_id());
    let other = others.map(|it| it["id"].as_i64().unwrap()).next().unwrap();
    for (user, is_shown) in [
        (Some(both.sandbox.user_id()), true),
        (None, true),
        (Some(other), false),
    ] {
        let token = both.sandbox.access_token(user).unwrap();
        let url = format!("{}{path}", both.sandbox.url());
        let answer = support::send(Client::new().get(url).bearer_auth(token)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let job = &answer.json()[0];
        assert_eq!(job["success_count"], 1);
        assert_eq!(job["success_results_url"].is_string(), is_shown, "{user:?}");
    }
}
