use serde_json::{Value, json};

use crate::jobs::open_job;
use crate::organization::{Organization, ids};

/// All posts of jobs that are not confidential.
async fn posts(organization: &Organization) -> Vec<Value> {
    let jobs = organization.read("/v1/jobs?per_page=500").await;
    let open = jobs.as_array().unwrap().iter();
    let open: Vec<&Value> = open
        .filter(|job| job["confidential"] == false)
        .map(|job| &job["id"])
        .collect();
    let posts = organization.read("/v1/job_posts?per_page=500").await;
    let posts = posts.as_array().unwrap().iter();
    let posts = posts.filter(|post| open.contains(&&post["job_id"]) && post["active"] == true);
    posts.cloned().collect()
}

/// The first post whose location is of this type.
async fn located(organization: &Organization, kind: i64) -> Value {
    let posts = posts(organization).await;
    let mut posts = posts.into_iter();
    posts
        .find(|post| post["location"]["job_post_location_type"]["id"] == kind)
        .unwrap()
}

#[tokio::test]
async fn posts_are_listed_and_filtered() {
    let organization = Organization::start().await;
    let all = organization.read("/v1/job_posts?per_page=500").await;
    let all = all.as_array().unwrap();
    for (filter, test) in [
        ("live=true", (|it| it["live"] == true) as fn(&Value) -> bool),
        ("live=false", |_| true),
        ("active=true", |it| it["active"] == true),
        ("active=false", |it| it["active"] == false),
        ("internal=true", |it| it["internal"] == true),
        ("internal=false", |it| it["external"] == true),
        ("created_after=2100-01-01T00:00:00Z", |_| false),
    ] {
        let path = format!("/v1/job_posts?per_page=500&{filter}");
        let found = organization.read(&path).await;
        let expected: Vec<&Value> = all.iter().filter(|it| test(it)).collect();
        let found: Vec<&Value> = found.as_array().unwrap().iter().collect();
        assert_eq!(found, expected, "{filter}");
        if !filter.contains("2100") {
            assert!(!found.is_empty(), "{filter}");
        }
    }
    let post = &all[0];
    let path = format!("/v1/job_posts/{}", post["id"]);
    assert_eq!(&organization.read(&path).await, post);
    let full = organization
        .read(&format!("{path}?full_content=true"))
        .await;
    let (full, short) = (full["content"].as_str(), post["content"].as_str());
    let (full, short) = (full.unwrap(), short.unwrap());
    assert!(full.contains(short) && full.len() > short.len());
    assert_eq!(organization.get("/v1/job_posts/1").await.status, 404);
}

#[tokio::test]
async fn posts_of_a_job_are_read() {
    let organization = Organization::start().await;
    let post = posts(&organization).await.remove(0);
    let job = format!("/v1/jobs/{}", post["job_id"]);
    let list = organization
        .read(&format!("{job}/job_posts?active=true"))
        .await;
    assert_eq!(list[0], post);
    let mut brief = organization.read(&format!("{job}/job_post")).await;
    assert!(brief.get("content").is_none() && brief.get("questions").is_none());
    brief["content"] = post["content"].clone();
    brief["questions"] = post["questions"].clone();
    assert_eq!(brief, post);
    let path = format!("{job}/job_post?content=true&questions=true");
    assert_eq!(organization.read(&path).await, post);
    for what in ["job_post", "job_posts"] {
        let answer = organization.get(&format!("/v1/jobs/1/{what}")).await;
        assert_eq!(answer.status, 404);
    }
}

#[tokio::test]
async fn a_post_is_edited_and_published() {
    let organization = Organization::start().await;
    let post = located(&organization, 1).await;
    let path = format!("/v1/job_posts/{}", post["id"]);
    let edit = path.replace("/v1/", "/v2/");
    let body = json!({"title": "Ice", "location": "Aveiro", "content": "<p>Cold.</p>"});
    let answer = organization.write("PATCH", &edit, body, 200).await;
    assert_eq!(answer, json!({"success": true}));
    let edited = organization.read(&path).await;
    assert_eq!(edited["title"], "Ice");
    assert_eq!(edited["content"], "<p>Cold.</p>");
    assert_eq!(edited["location"]["name"], "Aveiro");
    assert_eq!(edited["location"]["id"], post["location"]["id"]);
    assert_eq!(edited["live"], post["live"]);
    assert!(edited["updated_at"].as_str() > post["updated_at"].as_str());
    let of_job = format!("/v1/jobs/{}/job_posts", post["job_id"]);
    let of_job = organization.read(&of_job).await;
    assert!(of_job.as_array().unwrap().contains(&edited));
    for (status, live) in [("offline", false), ("live", true)] {
        let body = json!({ "status": status });
        organization
            .write("PATCH", &format!("{edit}/status"), body, 200)
            .await;
        assert_eq!(organization.read(&path).await["live"], live);
    }
}

#[tokio::test]
async fn boards_restrict_locations() {
    let organization = Organization::start().await;
    let office = organization.read("/v1/offices").await[0].clone();
    let by_office = located(&organization, 2).await;
    let edit = format!("/v2/job_posts/{}", by_office["id"]);
    let body = json!({"location": {"office_id": office["id"]}});
    organization.write("PATCH", &edit, body, 200).await;
    let rename = format!("/v1/offices/{}", office["id"]);
    organization
        .write("PATCH", &rename, json!({"name": "Renamed"}), 200)
        .await;
    let shown = organization.read(&edit.replace("/v2/", "/v1/")).await;
    assert_eq!(shown["location"]["name"], "Renamed");
    assert_eq!(shown["location"]["office_id"], office["id"]);
    for location in [json!("Porto"), json!({"custom_location_id": 1})] {
        let body = json!({ "location": location });
        assert_eq!(
            organization.problems("PATCH", &edit, body).await,
            ["location"]
        );
    }
    let body = json!({"location": {"office_id": 1}});
    let problems = organization.problems("PATCH", &edit, body).await;
    assert_eq!(problems, ["location.office_id"]);

    let by_list = located(&organization, 3).await;
    let path = format!("/v1/job_posts/{}", by_list["id"]);
    let edit = path.replace("/v1/", "/v2/");
    let locations = organization.read(&format!("{path}/custom_locations")).await;
    assert_eq!(ids(&locations).len(), 3);
    let body = json!({"location": {"custom_location_id": locations[2]["id"]}});
    organization.write("PATCH", &edit, body, 200).await;
    let shown = organization.read(&path).await;
    assert_eq!(shown["location"]["name"], locations[2]["value"]);
    let body = json!({"location": {"custom_location_id": 1}});
    let problems = organization.problems("PATCH", &edit, body).await;
    assert_eq!(problems, ["location.custom_location_id"]);
    assert_eq!(organization.read(&path).await, shown);
}

#[tokio::test]
async fn wrong_edits_change_nothing() {
    let organization = Organization::start().await;
    let before = organization.read("/v1/job_posts?per_page=500").await;
    let deleted = organization.read("/v1/job_posts?active=false").await;
    let status = format!("/v2/job_posts/{}/status", deleted[0]["id"]);
    let live = json!({"status": "live"});
    assert_eq!(
        organization.problems("PATCH", &status, live.clone()).await,
        ["status"]
    );
    let post = located(&organization, 1).await;
    let edit = format!("/v2/job_posts/{}", post["id"]);
    let body = json!({"title": " ", "content": "<p>X</p>"});
    assert_eq!(organization.problems("PATCH", &edit, body).await, ["title"]);
    let basic = organization.basic_user().await;
    let answer = organization
        .send_as(basic, "PATCH", &edit, json!({"title": "X"}))
        .await;
    assert_eq!(answer.status, 403);
    let status = format!("{edit}/status");
    let answer = organization
        .send_as(basic, "PATCH", &status, live.clone())
        .await;
    assert_eq!(answer.status, 403);
    let answer = organization
        .send("PATCH", "/v2/job_posts/1/status", live)
        .await;
    assert_eq!(answer.status, 404);
    let after = organization.read("/v1/job_posts?per_page=500").await;
    assert_eq!(after, before);
}

#[tokio::test]
async fn copied_jobs_have_posts_of_their_own() {
    let organization = Organization::start().await;
    let template = open_job(&organization).await["id"].clone();
    let body =
        json!({"template_job_id": template, "number_of_openings": 1, "job_post_name": "Wanted"});
    let job = organization.write("POST", "/v1/jobs", body, 201).await["id"].clone();
    let path = format!("/v1/jobs/{job}/job_posts");
    let posts = organization.read(&path).await;
    let theirs = organization
        .read(&format!("/v1/jobs/{template}/job_posts?active=true"))
        .await;
    assert_eq!(ids(&posts).len(), ids(&theirs).len());
    assert_eq!(posts[0]["title"], "Wanted");
    assert_eq!(posts[0]["live"], false);
    assert_eq!(posts[0]["first_published_at"], Value::Null);
    assert_eq!(posts[0]["content"], theirs[0]["content"]);
}
