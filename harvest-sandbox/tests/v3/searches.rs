//! Searches: what their filters reach beyond the record itself, and what they do not give away.

use serde_json::{Value, json};

use crate::both::{Both, ids};
use crate::people::{candidate, job, stages, write};

async fn found(both: &Both, query: &str) -> Vec<i64> {
    ids(&both.list(&format!("/v3/{query}")).await)
}

fn id(record: &Value) -> i64 {
    record["id"].as_i64().unwrap()
}

#[tokio::test]
async fn candidates_are_found_by_words_and_by_one_application() {
    let both = Both::start().await;
    let job = job(&both).await;
    let stages = stages(&both, &job).await;
    let (person, application) = candidate(&both, &job).await;
    for word in ["ILSE%20B", "se%20Brand", "ilse@example.c"] {
        let query = format!("candidates/search?search={word}");
        assert_eq!(found(&both, &query).await, [id(&person)], "{word}");
        let query = format!("applications/search?search={word}");
        assert_eq!(found(&both, &query).await, [id(&application)], "{word}");
    }
    assert!(
        found(&both, "candidates/search?search=%25")
            .await
            .is_empty(),
        "a text is no pattern"
    );
    let named = |name: &Value| name.as_str().unwrap().replace(' ', "%20");
    let first = named(&stages[0]["name"]);
    let last = named(&stages[stages.len() - 1]["name"]);
    let search = format!(
        "candidates/search?search=ilse@example.com&job_id={}",
        job["id"]
    );
    for (query, is_found) in [
        (format!("stage_name={first}"), true),
        (format!("stage_name={last}"), false),
        ("stage_status=in_process".to_owned(), true),
        ("stage_status=rejected".to_owned(), false),
        ("status=candidates".to_owned(), true),
        ("status=prospects".to_owned(), false),
        ("job_status=open".to_owned(), true),
        ("job_status=closed".to_owned(), false),
        (format!("stage_id={}", application["stage_id"]), true),
    ] {
        let found = found(&both, &format!("{search}&{query}")).await;
        assert_eq!(found.len(), usize::from(is_found), "{query}");
    }

    // On another job, the candidate is in another stage: the two filters are about one application.
    let jobs = both.list("/v1/jobs?status=open").await;
    let other = jobs
        .iter()
        .find(|it| it["confidential"] == false && it["id"] != job["id"]);
    let other = other.unwrap();
    let body = json!({"candidate_id": person["id"], "job_id": other["id"]});
    write(&both, ("POST", "/v3/applications"), body, 201).await;
    let path = format!("/v3/applications/{}/move", application["id"]);
    let body = json!({
        "from_stage_id": stages[0]["id"], "to_stage_id": stages[stages.len() - 1]["id"],
    });
    write(&both, ("POST", &path), body, 204).await;
    let search = format!("{search}&stage_name={first}");
    assert!(found(&both, &search).await.is_empty());
}

#[tokio::test]
async fn last_activity_is_compared_by_the_day_with_both_ends() {
    let both = Both::start().await;
    let all = both.list("/v3/candidates").await;
    let day = all[0]["last_activity_at"]
        .as_str()
        .unwrap()
        .split('T')
        .next();
    let day = day.unwrap();
    let on_day = all
        .iter()
        .filter(|it| it["last_activity_at"].as_str().unwrap().starts_with(day));
    let query =
        format!("candidates/search?last_activity_at=gt%7C{day}T23:00:00Z%7Clt%7C{day}T01:00:00Z");
    assert_eq!(found(&both, &query).await.len(), on_day.count());
}

#[tokio::test]
async fn jobs_are_found_by_words_roles_and_choices() {
    let both = Both::start().await;
    let jobs = both.list("/v3/jobs").await;
    let job = jobs.iter().find(|job| job["status"] == "open").unwrap();
    let name = job["name"].as_str().unwrap().to_uppercase();
    let query = format!("jobs/search?search={}", name.replace(' ', "%20"));
    assert!(found(&both, &query).await.contains(&id(job)));
    let managers = both.list("/v3/job_hiring_managers").await;
    let manager = &managers[0];
    let mut theirs: Vec<i64> = managers
        .iter()
        .filter(|it| it["user_id"] == manager["user_id"])
        .map(|it| it["job_id"].as_i64().unwrap())
        .collect();
    theirs.sort_unstable_by(|a, b| b.cmp(a));
    let query = format!("jobs/search?user_id={}", manager["user_id"]);
    let as_manager = format!("{query}&user_role=hiring_manager");
    assert_eq!(found(&both, &as_manager).await, theirs);
    assert!(found(&both, &query).await.len() >= theirs.len());
    assert!(
        found(&both, &format!("{query}&user_role=following"))
            .await
            .is_empty()
    );
    let all = found(&both, "jobs/search?per_page=100&user_role=following").await;
    assert_eq!(all.len(), jobs.len(), "without a user a role has no effect");
    assert!(found(&both, "jobs/search?templates=only").await.is_empty());

    let fields = both.list("/v3/custom_fields?field_type=job").await;
    let field = fields.iter().find(|it| it["value_type"] == "single_select");
    let field = field.unwrap();
    let options = format!("/v3/custom_field_options?custom_field_ids={}", field["id"]);
    let option = both.list(&options).await.remove(0);
    let body = json!({
        "custom_fields": [{"custom_field_id": field["id"], "value": option["id"]}],
    });
    let path = format!("/v3/jobs/{}", job["id"]);
    write(&both, ("PATCH", &path), body, 200).await;
    let query = format!("jobs/search?job_custom_field_id={}", field["id"]);
    assert!(found(&both, &query).await.contains(&id(job)));
    let query = format!("{query}&job_custom_field_answer_id={}", option["id"]);
    assert!(found(&both, &query).await.contains(&id(job)));
    let other = "jobs/search?job_custom_field_id=1&job_custom_field_answer_id=";
    let other = format!("{other}{}", option["id"]);
    assert!(found(&both, &other).await.is_empty());
}

#[tokio::test]
async fn a_search_is_in_small_pages() {
    let both = Both::start().await;
    let path = "/v3/candidates/search";
    assert_eq!(both.list(path).await.len(), 10);
    assert_eq!(both.get(&format!("{path}?per_page=101")).await.status, 422);
    let all = both.all(path, 7).await;
    assert_eq!(all, both.all("/v3/candidates", 500).await);
}

#[tokio::test]
async fn a_text_that_no_name_is_as_long_as_is_refused() {
    let both = Both::start().await;
    for list in ["candidates", "applications", "jobs"] {
        for (length, status) in [(255, 200), (256, 422), (1_000, 422)] {
            let path = format!("/v3/{list}/search?search={}", "é".repeat(length));
            let answer = both.get(&path).await;
            assert_eq!(answer.status, status, "{list} {length}: {}", answer.text);
            if status == 422 {
                assert_eq!(answer.json()["errors"][0]["field"], "search");
            }
        }
    }
}
