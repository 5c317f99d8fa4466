//! Visibility with an acting user: of records one by one, and of lists.

use std::collections::BTreeSet;

use harvest_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::organization::{Organization, ids};

/// Lists, where one of their records is read, and the key that has its id.
const LISTS: [(&str, &str, &str, &str); 10] = [
    ("/v1/candidates", "/v1/candidates/", "", "id"),
    ("/v1/applications", "/v1/applications/", "", "id"),
    ("/v1/scorecards", "/v1/scorecards/", "", "id"),
    (
        "/v1/scheduled_interviews",
        "/v1/scheduled_interviews/",
        "",
        "id",
    ),
    ("/v1/offers", "/v1/offers/", "", "id"),
    ("/v1/eeoc", "/v1/applications/", "/eeoc", "application_id"),
    (
        "/v1/demographics/answers",
        "/v1/demographics/answers/",
        "",
        "id",
    ),
    ("/v1/jobs", "/v1/jobs/", "", "id"),
    ("/v1/job_stages", "/v1/job_stages/", "", "id"),
    ("/v1/job_posts", "/v1/job_posts/", "", "id"),
];

/// An organization in which something is hidden from everyone.
struct Secretive {
    organization: Organization,
    site_admin: i64,
    /// Of one job, and of no other.
    job_admin: i64,
    basic: i64,
    confidential: i64,
}

impl Secretive {
    async fn start() -> Self {
        let organization = Organization::with(Sandbox::builder().candidates(150)).await;
        let jobs = organization.read("/v1/jobs?status=open").await;
        let jobs = jobs.as_array().unwrap();
        let id_where = |confidential: bool| {
            let mut found = jobs
                .iter()
                .filter(|job| job["confidential"] == confidential);
            found.next().unwrap()["id"].as_i64().unwrap()
        };
        let mut basic = Vec::new();
        for email in ["first@example.com", "second@example.com"] {
            let user = json!({"first_name": "A", "last_name": "B", "email": email});
            let user = organization.write("POST", "/v1/users", user, 201).await;
            basic.push(user["id"].as_i64().unwrap());
        }
        let roles = organization.read("/v1/user_roles").await;
        let mut roles = roles.as_array().unwrap().iter();
        let role = roles.find(|role| role["type"] == "job_admin").unwrap();
        let permission = json!({"job_id": id_where(false), "user_role_id": role["id"]});
        let path = format!("/v1/users/{}/permissions/jobs", basic[0]);
        organization.write("PUT", &path, permission, 201).await;
        Self {
            site_admin: organization.sandbox.user_id(),
            job_admin: basic[0],
            basic: basic[1],
            confidential: id_where(true),
            organization,
        }
    }

    async fn read_as(&self, user: i64, path: &str) -> Value {
        let answer = self
            .organization
            .send_as(user, "GET", path, Value::Null)
            .await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer.json()
    }

    async fn status_as(&self, user: i64, path: &str) -> u16 {
        let answer = self
            .organization
            .send_as(user, "GET", path, Value::Null)
            .await;
        answer.status
    }
}

fn keys(list: &Value, key: &str) -> BTreeSet<i64> {
    let list = list.as_array().unwrap().iter();
    list.map(|one| one[key].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn what_is_listed_is_what_can_be_read() {
    let it = Secretive::start().await;
    for (list, one, rest, key) in LISTS {
        let path = format!("{list}?per_page=500");
        let all = keys(&it.organization.read(&path).await, key);
        let mut counts = Vec::new();
        for user in [it.site_admin, it.job_admin, it.basic] {
            let listed = keys(&it.read_as(user, &path).await, key);
            for id in &all {
                let expected = if listed.contains(id) { 200 } else { 404 };
                let path = format!("{one}{id}{rest}");
                assert_eq!(it.status_as(user, &path).await, expected, "{user}: {path}");
            }
            counts.push(listed.len());
        }
        let [by_site_admin, by_job_admin, by_basic] = counts[..] else {
            unreachable!()
        };
        assert!(by_site_admin < all.len(), "{list} hides something");
        assert!(
            by_job_admin <= by_site_admin && by_basic <= by_job_admin,
            "{list}"
        );
        assert!(by_site_admin > 0, "{list}");
        if !list.starts_with("/v1/job") {
            assert!(by_job_admin < by_site_admin, "{list}");
        }
    }
}

#[tokio::test]
async fn private_candidates_are_seen_by_those_who_look_after_them() {
    let it = Secretive::start().await;
    let all = it.organization.read("/v1/candidates?per_page=500").await;
    let shown = it
        .read_as(it.site_admin, "/v1/candidates?per_page=500")
        .await;
    let shown = ids(&shown);
    let mut hidden = 0;
    for candidate in all.as_array().unwrap() {
        let own = [
            &candidate["recruiter"]["id"],
            &candidate["coordinator"]["id"],
        ]
        .contains(&&json!(it.site_admin));
        let seen = candidate["is_private"] == false || own;
        assert_eq!(shown.contains(&candidate["id"].as_i64().unwrap()), seen);
        hidden += usize::from(!seen);
    }
    assert!(hidden > 0);

    // Made private by someone who looks after it, and then by no user who acts here.
    let body = json!({"first_name": "A", "last_name": "B", "is_private": true,
                      "recruiter": {"id": it.basic}});
    let prospect = it
        .organization
        .write("POST", "/v1/prospects", body, 201)
        .await;
    // Nothing but the id is said to who may not see what was made.
    assert_eq!(prospect, json!({"id": prospect["id"]}));
    let path = format!("/v1/candidates/{}", prospect["id"]);
    let prospect = it.organization.read(&path).await;
    let listed = async |user| {
        let list = it.read_as(user, "/v1/candidates?per_page=500").await;
        ids(&list).contains(&prospect["id"].as_i64().unwrap())
    };
    assert!(listed(it.basic).await && !listed(it.site_admin).await);
    for rest in ["", "/activity_feed", "/tags"] {
        let path = format!("{path}{rest}");
        assert_eq!(it.status_as(it.basic, &path).await, 200, "{path}");
        assert_eq!(it.status_as(it.site_admin, &path).await, 404, "{path}");
        assert_eq!(it.organization.get(&path).await.status, 200, "{path}");
    }
    for of in [
        "offers",
        "scorecards",
        "scheduled_interviews",
        "demographics/answers",
    ] {
        let path = format!("/v1/applications/{}/{of}", prospect["application_ids"][0]);
        assert_eq!(it.status_as(it.basic, &path).await, 200, "{path}");
        assert_eq!(it.status_as(it.site_admin, &path).await, 404, "{path}");
    }
}

#[tokio::test]
async fn nothing_is_said_of_a_confidential_job() {
    let it = Secretive::start().await;
    let job = &it.confidential;
    for path in [
        format!("/v1/jobs/{job}"),
        format!("/v1/jobs/{job}/hiring_team"),
        format!("/v1/jobs/{job}/openings"),
        format!("/v1/jobs/{job}/stages"),
        format!("/v1/jobs/{job}/job_posts"),
        format!("/v1/jobs/{job}/approval_flows"),
    ] {
        assert_eq!(it.organization.get(&path).await.status, 200, "{path}");
        assert_eq!(it.status_as(it.site_admin, &path).await, 404, "{path}");
        assert_eq!(it.status_as(it.basic, &path).await, 404, "{path}");
    }
    let path = "/v1/candidates?per_page=500";
    let on_it = |candidate: &&Value| candidate.to_string().contains(&job.to_string());
    let all = it.organization.read(path).await;
    assert!(all.as_array().unwrap().iter().any(|one| on_it(&one)));
    let shown = it.read_as(it.site_admin, path).await;
    let shown = shown.as_array().unwrap();
    assert_eq!(shown.iter().find(on_it), None);
    // The candidate is shown, without that application and what is attached to it.
    let with_less = all.as_array().unwrap().iter().filter(on_it);
    let mut counted = 0;
    for candidate in with_less {
        let Some(less) = shown.iter().find(|one| one["id"] == candidate["id"]) else {
            assert_eq!(candidate["is_private"], true);
            continue;
        };
        let path = format!("/v1/candidates/{}", candidate["id"]);
        let alone = it.read_as(it.site_admin, &path).await;
        assert_eq!(alone["application_ids"], less["application_ids"]);
        assert_eq!(
            ids(&less["applications"]),
            keys_in_order(&less["application_ids"])
        );
        let own = less["applications"].as_array().unwrap().iter();
        let attached: usize = own
            .map(|one| one["attachments"].as_array().unwrap().len())
            .sum();
        assert_eq!(less["attachments"].as_array().unwrap().len(), attached);
        assert!(less["application_ids"] != candidate["application_ids"]);
        counted += 1;
    }
    assert!(counted > 0);
}

fn keys_in_order(list: &Value) -> Vec<i64> {
    let list = list.as_array().unwrap().iter();
    list.map(|id| id.as_i64().unwrap()).collect()
}

#[tokio::test]
async fn pages_are_cut_from_what_is_seen() {
    let it = Secretive::start().await;
    for list in ["/v1/candidates", "/v1/applications"] {
        for user in [it.site_admin, it.job_admin] {
            for filter in ["", "&created_after=2000-01-01"] {
                let all = it
                    .read_as(user, &format!("{list}?per_page=500{filter}"))
                    .await;
                let mut paged = Vec::new();
                for page in 1.. {
                    let path = format!("{list}?per_page=7&page={page}{filter}");
                    let answer = it
                        .organization
                        .send_as(user, "GET", &path, Value::Null)
                        .await;
                    paged.extend(ids(&answer.json()));
                    let link = answer.header("link");
                    let last = ids(&all).len().div_ceil(7);
                    assert!(link.contains(&format!("page={last}&per_page=7")), "{link}");
                    if !link.contains("rel=\"next\"") {
                        break;
                    }
                }
                assert_eq!(paged, ids(&all), "{list} {filter}");
            }
        }
    }
}

#[tokio::test]
async fn who_is_unknown_or_disabled_reads_nothing() {
    let it = Secretive::start().await;
    let body = json!({"user": {"user_id": it.basic}});
    it.organization
        .write("PATCH", "/v2/users/disable", body, 200)
        .await;
    for path in ["/v1/candidates", "/v1/users", "/v1/sources"] {
        assert_eq!(it.status_as(7, path).await, 404, "{path}");
        assert_eq!(it.status_as(it.basic, path).await, 403, "{path}");
        assert_eq!(it.status_as(it.job_admin, path).await, 200, "{path}");
    }
}
