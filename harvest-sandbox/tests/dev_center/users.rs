//! Configure, Users.

use harvest_sandbox::Sandbox;
use serde_json::json;

use crate::support;
use crate::visitor::{Page, Visitor, between};

/// The fields of the form for a new user.
fn new_user<'a>(
    [first_name, last_name]: [&'a str; 2],
    email: &'a str,
    level: &'a str,
) -> [(&'static str, &'a str); 4] {
    [
        ("first_name", first_name),
        ("last_name", last_name),
        ("email", email),
        ("level", level),
    ]
}

#[tokio::test]
async fn the_address_of_a_user_ends_in_the_id() {
    let visitor = Visitor::start().await;
    let configure = visitor.open("/configure").await;
    let users = visitor.open(configure.link("Users")).await;
    let profile = visitor.open(users.link("Integration User")).await;
    assert!(profile.path.ends_with("/1049756"));
    assert!(profile.has("integrationuser@gmail.com") && profile.has("Site Admin"));
    assert_eq!(visitor.open("/configure/users/7").await.answer.status, 404);
    assert_eq!(visitor.open("/configure/users/x").await.answer.status, 404);
}

#[tokio::test]
async fn ones_own_profile_can_not_be_viewed() {
    let visitor = Visitor::start().await;
    let answer = support::get(&visitor.sandbox, "/v1/users").await.json();
    let own = answer
        .as_array()
        .unwrap()
        .iter()
        .filter(|user| user["site_admin"] == true)
        .nth(1);
    let own = own.unwrap();
    let users = visitor.open("/configure/users").await;
    let name = own["name"].as_str().unwrap();
    assert!(users.has(&format!("{name} <span class=\"tag\">You</span>")));
    let path = format!("/configure/users/{}", own["id"]);
    assert!(!users.has(&format!("{path}\"")));
    let page = visitor.open(&path).await;
    assert_eq!(page.answer.status, 403);
    assert!(page.has("You cannot view your own user profile."));
    assert!(!page.has(own["primary_email_address"].as_str().unwrap()));
}

#[tokio::test]
async fn salaries_are_hidden_from_a_user_and_shown_again() {
    let visitor = Visitor::start().await;
    let path = "/configure/users/1049756";
    let token = || visitor.sandbox.access_token(Some(1_049_756)).unwrap();
    let offers = async || {
        let url = format!("{}/v3/offers", visitor.sandbox.url());
        let request = reqwest::Client::new().get(url).bearer_auth(token());
        support::send(request)
            .await
            .json()
            .as_array()
            .unwrap()
            .len()
    };
    let before = offers().await;
    let page = visitor.open(path).await;
    assert!(before > 0 && page.has("name=\"salaries\" checked"));
    let page = visitor.submit(&page, path, &[]).await;
    assert!(page.has("This user may not see salaries") && !page.has("name=\"salaries\" checked"));
    assert_eq!(offers().await, 0);
    let page = visitor.submit(&page, path, &[("salaries", "on")]).await;
    assert!(page.has("name=\"salaries\" checked"));
    assert_eq!(offers().await, before);
}

#[tokio::test]
async fn users_are_searched() {
    let visitor = Visitor::start().await;
    let new = "/configure/users/new";
    let form = visitor.open(new).await;
    let fields = new_user(["Élodie", "Marchetti"], "elodie@example.com", "basic");
    visitor.submit(&form, new, &fields).await;
    for (search, found) in [
        ("%C3%89LODIE", "1 user "),
        ("INTEGRATION", "1 user "),
        ("integrationuser%40gmail", "1 user "),
        ("%25", "0 users "),
        ("nobody", "0 users "),
    ] {
        let page = visitor
            .open(&format!("/configure/users?search={search}"))
            .await;
        assert!(
            page.has(&format!("<p>{found}with")),
            "{search}: {}",
            page.answer.text
        );
    }
    let page = visitor
        .open("/configure/users?search=%22%3E%3Cscript%3E")
        .await;
    assert!(page.has("value=\"&#34;&#62;&#60;script&#62;\"") && !page.has("<script>"));
}

#[tokio::test]
async fn an_integration_system_user_is_created() {
    let visitor = Visitor::start().await;
    let users = visitor.open("/configure/users").await;
    let new = users.link("+ New Users").to_owned();
    let form = visitor.open(&new).await;
    for (level, may) in [("basic", false), ("site_admin", true)] {
        let email = format!("{level}@example.com");
        let fields = new_user(["Export", level], email.as_str(), level);
        let profile = visitor.submit(&form, &new, &fields).await;
        let id = profile.path.rsplit_once('/').unwrap().1.to_owned();
        assert!(
            profile
                .html()
                .contains(&format!("The user id for On-Behalf-Of is {id}."))
        );
        let request = support::request(
            &reqwest::Client::new(),
            &visitor.sandbox,
            "POST",
            "/v1/departments",
        );
        let body = json!({"name": format!("Made by {level}")}).to_string();
        let answer =
            support::send(support::with_body(request, body).header("On-Behalf-Of", &id)).await;
        assert_eq!(answer.status == 201, may, "{}", answer.text);
        let shown = support::get(&visitor.sandbox, &format!("/v1/users/{id}"))
            .await
            .json();
        assert_eq!(shown["name"], format!("Export {level}"));
        assert_eq!(shown["emails"], json!([email]));
    }
}

#[tokio::test]
async fn a_job_admin_has_jobs() {
    let visitor = Visitor::start().await;
    let new = "/configure/users/new";
    let form = visitor.open(new).await;
    let fields = new_user(["Jobs", "Import"], "jobs@example.com", "job_admin");
    let page = visitor.submit(&form, new, &fields).await;
    assert_eq!(page.answer.status, 422);
    assert!(page.has("Choose at least one job") && page.has("value=\"jobs@example.com\""));
    let role = between(form.html(), "<option value=\"", "\"");
    let job = between(form.html(), "name=\"job_ids\" value=\"", "\"");
    let mut fields = fields.to_vec();
    fields.extend([("role_id", role), ("job_ids", job)]);
    let profile = visitor.submit(&form, new, &fields).await;
    assert!(profile.html().contains("Job Admin") && profile.has("<h2>Jobs</h2>"));
}

#[tokio::test]
async fn what_is_wrong_with_a_new_user_is_said() {
    let visitor = Visitor::start().await;
    let new = "/configure/users/new";
    let form = visitor.open(new).await;
    let fields = [
        ("first_name", ""),
        ("last_name", "B"),
        ("email", "IntegrationUser@gmail.com"),
        ("employee_id", "INTUSER123"),
    ];
    let page = visitor.submit(&form, new, &fields).await;
    assert_eq!(page.answer.status, 422);
    for problem in [
        "first_name-problem\">Enter a name",
        "email-problem\">Is already taken",
        "employee_id-problem\">Is already taken",
    ] {
        assert!(page.has(problem), "{problem}: {}", page.answer.text);
    }
    assert!(!page.has("last_name-problem\">"));
}

#[tokio::test]
async fn names_are_text() {
    let visitor = Visitor::start().await;
    let new = "/configure/users/new";
    let form = visitor.open(new).await;
    let name = "<img src=x onerror=alert(1)>";
    let fields = new_user([name, "\"'&</title>"], "x@example.com", "basic");
    let profile = visitor.submit(&form, new, &fields).await;
    for page in [
        profile,
        visitor.open("/configure/users?search=onerror").await,
    ] {
        assert!(!page.html().contains("<img"));
        assert!(
            page.has("&#60;img src=x onerror=alert(1)&#62;"),
            "{}",
            page.answer.text
        );
    }
}

#[tokio::test]
async fn a_long_list_comes_in_pages() {
    let visitor = Visitor::with(Sandbox::builder().candidates(0)).await;
    let new = "/configure/users/new";
    let form = visitor.open(new).await;
    for number in 0..40 {
        let email = format!("many-{number}@example.com");
        let fields = [
            ("first_name", "Many"),
            ("last_name", "Users"),
            ("email", email.as_str()),
        ];
        assert_eq!(visitor.answer(&form, new, &fields).await.status, 303);
    }
    let lines = |page: &Page| page.html().matches("<th scope=\"row\">").count();
    let first = visitor.open("/configure/users").await;
    assert!(first.has("<p>55 users</p>") && first.has("Page 1 of 2"));
    assert_eq!(lines(&first), 50);
    let next = first.link("Next").replace("&#38;", "&");
    let second = visitor.open(&next).await;
    assert_eq!(lines(&second), 5);
    assert!(second.has("many-39@example.com") && second.has(">Previous<"));
    // Beyond the end is the last page, and what is searched for stays.
    let beyond = visitor.open("/configure/users?page=99&search=many-").await;
    assert!(beyond.has("<p>40 users with"));
    assert_eq!(lines(&beyond), 40);
}

#[tokio::test]
async fn a_profile_names_no_jobs_that_the_visitor_may_not_see() {
    let visitor = Visitor::start().await;
    let sandbox = &visitor.sandbox;
    let read = async |path: &str| support::get(sandbox, path).await.json();
    let jobs = read("/v1/jobs?per_page=500").await;
    let jobs = jobs.as_array().unwrap();
    let job = jobs.iter().find(|it| it["confidential"] == true).unwrap();
    let mut looked = 0;
    for user in read("/v1/users?per_page=500").await.as_array().unwrap() {
        let path = format!("/v1/users/{}/permissions/jobs", user["id"]);
        let roles = read(&path).await;
        let mut roles = roles.as_array().unwrap().iter();
        if user["id"] == sandbox.user_id() || !roles.any(|it| it["job_id"] == job["id"]) {
            continue;
        }
        let page = visitor
            .open(&format!("/configure/users/{}", user["id"]))
            .await;
        assert_eq!(page.answer.status, 200);
        assert!(!page.has(job["name"].as_str().unwrap()));
        looked += 1;
    }
    assert!(looked > 0);
}
