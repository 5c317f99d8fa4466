//! Job posts that are copied, and their locations.

use serde_json::{Value, json};

use super::{one, write};
use crate::both::{Both, ids};

/// A post on a job board, about a job that is not confidential, as v3 sends it.
async fn post_on(both: &Both, board: i64) -> Value {
    let jobs = both.list("/v1/jobs?per_page=500").await;
    let posts = both
        .list(&format!("/v3/job_posts?job_board_ids={board}"))
        .await;
    let is_open = |post: &Value| {
        let mut jobs = jobs.iter();
        jobs.any(|job| job["id"] == post["job_id"] && job["confidential"] == false)
    };
    posts.into_iter().find(is_open).unwrap()
}

async fn locations(both: &Both, post: &Value) -> Vec<Value> {
    let path = format!("/v3/job_post_locations?job_post_ids={}", post["id"]);
    both.list(&path).await
}

#[tokio::test]
async fn a_copy_has_what_its_board_takes() {
    let both = Both::start().await;
    let template = post_on(&both, 111).await;
    let copy = async |board: i64, more: Value| {
        let mut body = json!({"template_job_post_id": template["id"], "job_board_id": board});
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        write(&both, ("POST", "/v3/job_posts"), body, 201).await
    };
    let same = copy(111, json!({})).await;
    for name in ["title", "content", "job_id", "internal", "questions"] {
        assert_eq!(same[name], template[name], "{name}");
    }
    assert_eq!(
        (&same["live"], &same["active"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(same["first_published_at"], Value::Null);
    let own = locations(&both, &same).await;
    assert_eq!(own[0]["plain_text_location"], "Porto, Portugal");
    assert_ne!(own[0]["id"], locations(&both, &template).await[0]["id"]);
    // Posts on the internal board are in offices.
    let internal = copy(112, json!({"content": null, "status": "live"})).await;
    assert_eq!(internal["content"], template["content"]);
    let shown = |name: &str| (internal[name].clone(), json!(true));
    for name in ["internal", "live"] {
        let (is, wanted) = shown(name);
        assert_eq!(is, wanted, "{name}");
    }
    assert!(internal["first_published_at"].is_string());
    assert_eq!(locations(&both, &internal).await, Vec::<Value>::new());
    let v1 = both
        .read(&format!("/v1/job_posts/{}", internal["id"]))
        .await;
    assert_eq!(v1["location"], Value::Null);
}

#[tokio::test]
async fn a_copy_of_nothing_is_refused_by_field() {
    let both = Both::start().await;
    let template = post_on(&both, 111).await;
    let prospects = both.list("/v1/job_posts?per_page=500").await;
    let prospects = prospects.iter().find(|post| post["job_id"].is_null());
    let id = &template["id"];
    for (field, body) in [
        (
            "template_job_post_id",
            json!({"template_job_post_id": 1, "job_board_id": 111}),
        ),
        (
            "template_job_post_id",
            json!({"template_job_post_id": prospects.unwrap()["id"], "job_board_id": 111}),
        ),
        (
            "job_board_id",
            json!({"template_job_post_id": id, "job_board_id": 1}),
        ),
        (
            "demographic_question_set_id",
            json!({"template_job_post_id": id, "job_board_id": 111,
                "demographic_question_set_id": 1}),
        ),
    ] {
        let answer = both.send("POST", "/v3/job_posts", &body).await;
        assert_eq!(answer.status, 422, "{body}: {}", answer.text);
        assert_eq!(answer.json()["errors"][0]["field"], field, "{body}");
    }
}

#[tokio::test]
async fn v1_shows_the_first_location_of_a_post() {
    let both = Both::start().await;
    let post = post_on(&both, 111).await;
    let path = format!("/v1/job_posts/{}", post["id"]);
    let first = locations(&both, &post).await.remove(0);
    assert_eq!(both.read(&path).await["location"]["id"], first["id"]);
    let body = json!({"job_post_id": post["id"], "type": "free_text", "value": "Bergen, Norway"});
    let added = write(&both, ("POST", "/v3/job_post_locations"), body, 201).await;
    assert_eq!(both.read(&path).await["location"]["id"], first["id"]);
    // The places that are known are found.
    let places = format!(
        "/v3/job_post_searchable_locations?job_post_ids={}",
        post["id"]
    );
    let cities = async || {
        let places = both.list(&places).await;
        let mut cities: Vec<Value> = places.iter().map(|it| it["city"].clone()).collect();
        cities.sort_by_key(Value::to_string);
        cities
    };
    assert_eq!(cities().await, ["Bergen", "Porto"]);
    let gone = format!("/v3/job_post_locations/{}", first["id"]);
    write(&both, ("DELETE", &gone), Value::Null, 200).await;
    assert_eq!(both.send("DELETE", &gone, &Value::Null).await.status, 404);
    assert_eq!(cities().await, ["Bergen"]);
    let shown = both.read(&path).await;
    assert_eq!(shown["location"]["id"], added["id"]);
    assert_eq!(shown["location"]["name"], "Bergen, Norway");
    // What v1 writes is read by v3.
    let change = format!("/v2/job_posts/{}", post["id"]);
    write(
        &both,
        ("PATCH", &change),
        json!({"location": "Odda, Norway"}),
        200,
    )
    .await;
    let read = one(&both, "job_post_locations", &added["id"]).await;
    assert_eq!(read["plain_text_location"], "Odda, Norway");
    assert_eq!(cities().await, ["Odda"]);
    let last = format!("/v3/job_post_locations/{}", added["id"]);
    write(&both, ("DELETE", &last), Value::Null, 200).await;
    assert_eq!(both.read(&path).await["location"], Value::Null);
    write(&both, ("PATCH", &change), json!({"location": "Faro"}), 200).await;
    assert_eq!(locations(&both, &post).await.len(), 1);
    assert_eq!(cities().await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_board_takes_one_type_of_location() {
    let both = Both::start().await;
    let office = both.list("/v3/offices").await.remove(0);
    let stations = both.list("/v3/job_board_custom_locations").await;
    let value = |it: &Value| it["id"].to_string();
    let (office, station) = (value(&office), value(&stations[0]));
    for (board, taken, value) in [
        (111, "free_text", "Aveiro"),
        (112, "office", office.as_str()),
        (113, "custom_list", station.as_str()),
    ] {
        let post = post_on(&both, board).await;
        for other in ["free_text", "office", "custom_list"] {
            let body = json!({"job_post_id": post["id"], "type": other, "value": value});
            let answer = both.send("POST", "/v3/job_post_locations", &body).await;
            if other == taken {
                assert_eq!(answer.status, 201, "{body}: {}", answer.text);
                assert_eq!(answer.json()["type"], taken);
            } else {
                assert_eq!(answer.status, 422, "{body}: {}", answer.text);
                let field = answer.json()["errors"][0]["field"].clone();
                assert!(field == "type" || field == "value", "{body}: {field}");
            }
        }
        let mut unknown = json!({"job_post_id": post["id"], "type": taken, "value": " "});
        let answer = both.send("POST", "/v3/job_post_locations", &unknown).await;
        assert_eq!(answer.json()["errors"][0]["field"], "value", "{unknown}");
        unknown["job_post_id"] = 1.into();
        let answer = both.send("POST", "/v3/job_post_locations", &unknown).await;
        let field = &answer.json()["errors"][0]["field"];
        assert!(field == "job_post_id" || field == "value", "{field}");
    }
}

#[tokio::test]
async fn a_post_has_a_hundred_locations_at_most() {
    let both = Both::start().await;
    let post = post_on(&both, 111).await;
    let body = json!({"job_post_id": post["id"], "type": "free_text", "value": "Aveiro"});
    for _ in 1..100 {
        write(&both, ("POST", "/v3/job_post_locations"), body.clone(), 201).await;
    }
    let answer = both.send("POST", "/v3/job_post_locations", &body).await;
    assert_eq!(answer.json()["errors"][0]["field"], "job_post_id");
    let mut all = locations(&both, &post).await;
    assert_eq!(all.len(), 100);
    all.dedup_by_key(|it| it["id"].clone());
    assert_eq!(ids(&all).len(), 100);
}
