//! Pages of the organization: what they show, to whom, and what can be done there.

use std::time::Duration;

use harvest_sandbox::Sandbox;
use reqwest::Client;
use serde_json::{Value, json};

use crate::support;
use crate::visitor::{Page, Visitor, between};

const VIEW_AS: &str = "/configure/view_as";

async fn read(sandbox: &Sandbox, path: &str) -> Value {
    let answer = support::get(sandbox, path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.json()
}

async fn write(sandbox: &Sandbox, method: &str, path: &str, body: Value) -> Value {
    let request = support::request(&Client::new(), sandbox, method, path);
    let request = request.header("On-Behalf-Of", sandbox.user_id());
    let answer = support::send(support::with_body(request, body.to_string())).await;
    assert!(
        answer.status < 300,
        "{path}: {} {}",
        answer.status,
        answer.text
    );
    serde_json::from_str(&answer.text).unwrap_or_default()
}

/// Looks as this user from now on.
async fn look_as(visitor: &Visitor, user_id: &Value) -> Page {
    let page = visitor.open("/configure/candidates").await;
    let id = user_id.to_string();
    let fields = [("user_id", id.as_str()), ("back", "/configure/candidates")];
    visitor.submit(&page, VIEW_AS, &fields).await
}

/// The pages that there are, one of each kind.
async fn pages(sandbox: &Sandbox) -> Vec<String> {
    let candidate = read(sandbox, "/v1/candidates?per_page=1").await[0]["id"].clone();
    let job = read(sandbox, "/v1/jobs?per_page=1").await[0]["id"].clone();
    let flows = read(sandbox, &format!("/v1/jobs/{job}/approval_flows")).await;
    let mut pages: Vec<String> = [
        "candidates",
        "jobs",
        "interviews",
        "offers",
        "approvals",
        "departments",
        "offices",
        "custom_fields",
        "candidates?search=a&status=active",
        "jobs?status=open",
        "interviews?when=ahead",
        "offers?status=accepted",
        "custom_fields?of=candidate",
    ]
    .map(|page| format!("/configure/{page}"))
    .into();
    pages.push(format!("/configure/candidates/{candidate}"));
    pages.push(format!("/configure/jobs/{job}"));
    pages.push(format!("/configure/candidates?job_id={job}"));
    pages.push(format!("/configure/approvals/{}", flows[0]["id"]));
    pages
}

#[tokio::test]
async fn each_page_names_calls_that_work_and_are_described() {
    let visitor = Visitor::start().await;
    let sandbox = &visitor.sandbox;
    let described = ["v1", "v3"].map(|version| {
        let json = harvest_spec::document(version).unwrap().json;
        (version, serde_json::from_str::<Value>(json).unwrap())
    });
    for path in pages(sandbox).await {
        let page = visitor.open(&path).await;
        let html = page.html();
        let calls: Vec<&str> = html.split("<code>GET ").skip(1).collect();
        assert!(calls.len() >= 2, "{path}");
        for call in calls {
            let (call, rest) = call.split_once("</code>").unwrap();
            let call = call.replace("&#38;", "&").replace("&amp;", "&");
            let answer = support::get(sandbox, &call).await;
            assert_eq!(answer.status, 200, "{path}: {call}: {}", answer.text);
            let link = between(rest, "href=\"", "\"");
            let (page, place) = link.split_once("#/").unwrap();
            let (tag, operation) = place.split_once('/').unwrap();
            let known = described.iter().any(|(version, description)| {
                page.ends_with(&format!("version={version}"))
                    && call.starts_with(&format!("/{version}/"))
                    && is_described(description, tag, operation)
            });
            assert!(known, "{path}: {link}");
        }
    }
}

fn is_described(description: &Value, tag: &str, operation: &str) -> bool {
    let items = description["paths"].as_object().unwrap().values();
    let mut operations = items.flat_map(|item| item.as_object().unwrap().values());
    operations.any(|it| it["operationId"] == operation && it["tags"][0] == tag)
}

#[tokio::test]
async fn what_the_api_writes_is_shown_as_text() {
    let visitor = Visitor::start().await;
    let sandbox = &visitor.sandbox;
    let evil = "<script>alert(1)</script> https://evil.example [x](https://evil.example)";
    let person = json!({
        "first_name": "<b>Iva</b>", "last_name": "Sol", "title": evil,
        "website_addresses": [{"value": "https://evil.example/", "type": "personal"}],
        "tags": ["<i>tagged</i>"],
    });
    let made = write(sandbox, "POST", "/v1/prospects", person).await;
    let id = &made["id"];
    let note = json!({"user_id": sandbox.user_id(), "body": evil, "visibility": "public"});
    write(
        sandbox,
        "POST",
        &format!("/v1/candidates/{id}/activity_feed/notes"),
        note,
    )
    .await;
    let file = json!({"filename": "<u>cv</u>.txt", "type": "resume",
        "url": "https://evil.example/cv.txt",
                      "content_type": "text/plain"});
    write(
        sandbox,
        "POST",
        &format!("/v1/candidates/{id}/attachments"),
        file,
    )
    .await;
    for path in [
        "/configure/candidates?search=%3Cb%3Eiva".to_owned(),
        format!("/configure/candidates/{id}"),
    ] {
        let page = visitor.open(&path).await;
        assert!(page.html().contains("&#60;b&#62;Iva"), "{path}");
        for markup in [
            "<b>",
            "<i>",
            "<u>",
            "<script>alert",
            "href=\"https:",
            "src=\"https:",
        ] {
            assert!(!page.has(markup), "{path}: {markup}");
        }
    }
    let page = visitor.open(&format!("/configure/candidates/{id}")).await;
    assert!(page.has("alert(1)") && page.has("https://evil.example/cv.txt"));
}

#[tokio::test]
async fn candidates_are_found() {
    let visitor = Visitor::with(Sandbox::builder().candidates(130)).await;
    let sandbox = &visitor.sandbox;
    let all = read(sandbox, "/v1/candidates?per_page=500").await;
    let all = all.as_array().unwrap();
    // Page after page, each once, and no more than a page holds.
    let mut seen = Vec::new();
    let mut path = "/configure/candidates".to_owned();
    loop {
        let page = visitor.open(&path).await;
        let rows: Vec<String> = ids(&page);
        assert!(rows.len() <= 50);
        seen.extend(rows);
        if !page.has("rel=\"next\"") {
            break;
        }
        path = page.link("Older").replace("&#38;", "&");
    }
    let admin = sandbox.user_id();
    let hidden = all.iter().filter(|it| it["is_private"] == true).count();
    assert_eq!(seen.len(), all.len() - hidden, "as {admin}");
    let mut distinct = seen.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), seen.len());

    let one = all.iter().find(|it| it["is_private"] == false).unwrap();
    let id = one["id"].to_string();
    let email = one["email_addresses"][0]["value"].as_str().unwrap();
    for search in [id.as_str(), email, &email.to_uppercase()] {
        let page = visitor
            .open(&format!("/configure/candidates?search={search}"))
            .await;
        assert_eq!(ids(&page).join(" "), id, "{search}");
    }
    let job = &read(sandbox, "/v1/jobs?per_page=1").await[0]["id"];
    let applied = read(
        sandbox,
        &format!("/v1/applications?job_id={job}&status=rejected&per_page=500"),
    )
    .await;
    let page = visitor
        .open(&format!(
            "/configure/candidates?job_id={job}&status=rejected"
        ))
        .await;
    let mut expected: Vec<String> = applied
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["candidate_id"].to_string())
        .collect();
    expected.sort();
    expected.dedup();
    let mut found = ids(&page);
    found.sort();
    assert!(found.len() <= expected.len() && found.iter().all(|id| expected.contains(id)));
    assert!(expected.len() > 50 || found.len() + hidden >= expected.len());
}

/// The ids of the candidates in the table.
fn ids(page: &Page) -> Vec<String> {
    let rows = page
        .html()
        .split("<th scope=\"row\"><a href=\"/configure/candidates/")
        .skip(1);
    rows.map(|row| row.split('"').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn without_the_permission_to_see_salaries_there_are_no_offers() {
    let visitor = Visitor::start().await;
    let user = visitor.sandbox.user_id();
    look_as(&visitor, &json!(user)).await;
    let dev_center = visitor.sandbox.dev_center().unwrap();
    let offers = |page: &Page| page.html().matches("<small>Offer ").count();
    let why = "does not have the permission to see salaries";
    let all = visitor.open("/configure/offers").await;
    assert!(offers(&all) > 0 && !all.has(why), "{}", all.html());
    dev_center.permit_salaries(user, false).unwrap();
    for path in ["/configure/offers", "/configure/offers?status=accepted"] {
        let page = visitor.open(path).await;
        assert_eq!(offers(&page), 0, "{path}");
        assert!(page.has(why), "{path}");
    }
    dev_center.permit_salaries(user, true).unwrap();
    assert_eq!(
        offers(&visitor.open("/configure/offers").await),
        offers(&all)
    );
}

#[tokio::test]
async fn a_page_shows_what_the_viewer_may_see() {
    let visitor = Visitor::start().await;
    let sandbox = &visitor.sandbox;
    let users = read(sandbox, "/v1/users?per_page=500").await;
    let users = users.as_array().unwrap();
    let basic = users
        .iter()
        .filter(|it| it["site_admin"] == false && it["disabled"] == false);
    let basic = basic.max_by_key(|it| it["id"].as_i64()).unwrap();
    let candidate = read(sandbox, "/v1/candidates?per_page=1").await[0].clone();
    let (id, last_name) = (&candidate["id"], candidate["last_name"].as_str().unwrap());
    let path = format!("/configure/candidates/{id}");
    let note = |visibility: &str| {
        let body = json!({"user_id": sandbox.user_id(), "body": format!("A {visibility} note."),
            "visibility": visibility});
        let path = format!("/v1/candidates/{id}/activity_feed/notes");
        async move { write(sandbox, "POST", &path, body).await }
    };
    note("admin_only").await;
    note("private").await;
    // Private, and looked after by the user as whom one looks.
    let body = json!({"is_private": true, "recruiter": {"id": basic["id"]}});
    write(sandbox, "PATCH", &format!("/v1/candidates/{id}"), body).await;

    assert_eq!(visitor.open(&path).await.answer.status, 404);
    assert!(!ids(&visitor.open("/configure/candidates").await).contains(&id.to_string()));
    let page = look_as(&visitor, &basic["id"]).await;
    assert!(page.has("You see what") && ids(&page).contains(&id.to_string()));
    let page = visitor.open(&path).await;
    assert!(page.html().contains(last_name) && page.has("A private note."));
    let is_admin = page.has("A admin_only note.");
    let permissions = read(
        sandbox,
        &format!("/v1/users/{}/permissions/jobs", basic["id"]),
    )
    .await;
    let jobs = candidate["applications"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|it| it["jobs"].as_array().unwrap());
    let managed = jobs.into_iter().any(|job| {
        permissions
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["job_id"] == job["id"])
    });
    assert_eq!(is_admin, managed, "a note for admins only");

    // A confidential job is there for those with a role on it.
    let job = read(sandbox, "/v1/jobs?per_page=1").await[0]["id"].clone();
    let path = format!("/configure/jobs/{job}");
    assert_eq!(visitor.open(&path).await.answer.status, 200);
    // Another visitor of the same sandbox looks as themselves.
    let other = visitor.another();
    assert!(
        !other
            .open("/configure/candidates")
            .await
            .has("You see what")
    );
}

#[tokio::test]
async fn one_can_look_as_active_users_only_and_stays_here() {
    let visitor = Visitor::start().await;
    let page = visitor.open("/configure/candidates").await;
    for id in ["", "0", "x"] {
        let answer = visitor.answer(&page, VIEW_AS, &[("user_id", id)]).await;
        assert_eq!(answer.status, 403, "{id}");
    }
    let id = visitor.sandbox.user_id().to_string();
    for back in [
        "https://evil.example/",
        "//evil.example",
        "",
        "/v1/users",
        "/configure/\r\nx: y",
    ] {
        let fields = [("user_id", id.as_str()), ("back", back)];
        let answer = visitor.answer(&page, VIEW_AS, &fields).await;
        assert_eq!(answer.header("location"), "/configure/candidates", "{back}");
    }
    // From the profile of a user, who may be one of very many.
    let users = read(&visitor.sandbox, "/v1/users?per_page=500").await;
    let mut users = users.as_array().unwrap().iter();
    let user = users.rfind(|it| it["disabled"] == false).unwrap();
    let profile = visitor
        .open(&format!("/configure/users/{}", user["id"]))
        .await;
    let other = user["id"].to_string();
    let page = visitor
        .submit(&profile, VIEW_AS, &[("user_id", &other)])
        .await;
    let name = user["name"].as_str().unwrap();
    assert!(page.has(&format!("You see what {name} sees.")), "{name}");

    let forged = visitor.request("POST", VIEW_AS).form(&[("user_id", &id)]);
    assert_eq!(visitor.send(forged).await.status, 403);
}

#[tokio::test]
async fn the_board_follows_applications() {
    let visitor = Visitor::start().await;
    let sandbox = &visitor.sandbox;
    let active = read(sandbox, "/v1/applications?status=active&per_page=500").await;
    let active = active.as_array().unwrap();
    let one = active
        .iter()
        .find(|it| it["current_stage"]["id"].is_number())
        .unwrap();
    let job = &one["jobs"][0]["id"];
    let path = format!("/configure/jobs/{job}");
    let column = |page: &Page, stage: &Value| {
        let name = stage["name"].as_str().unwrap();
        let column = between(
            page.html(),
            &format!("aria-label=\"{name}\">"),
            "</section>",
        )
        .to_owned();
        column.contains(&format!("/configure/candidates/{}\"", one["candidate_id"]))
    };
    let stages = read(sandbox, &format!("/v1/jobs/{job}/stages")).await;
    let from = &one["current_stage"];
    let to = stages
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["id"] != from["id"])
        .unwrap();
    let page = visitor.open(&path).await;
    assert!(column(&page, from) && !column(&page, to));
    let body = json!({"from_stage_id": from["id"], "to_stage_id": to["id"]});
    write(
        sandbox,
        "POST",
        &format!("/v1/applications/{}/move", one["id"]),
        body,
    )
    .await;
    let page = visitor.open(&path).await;
    assert!(!column(&page, from) && column(&page, to));
}

#[tokio::test]
async fn approvals_are_given_one_by_one() {
    let visitor = Visitor::start().await;
    let sandbox = &visitor.sandbox;
    // A draft that two site admins have yet to approve, one after the other.
    let drafts = read(sandbox, "/v1/jobs?status=draft").await;
    let job = &drafts[0]["id"];
    let flows = read(sandbox, &format!("/v1/jobs/{job}/approval_flows")).await;
    let flow = flows
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["approval_type"] == "open_job")
        .unwrap();
    assert_eq!(flow["approval_status"], "pending");
    let path = format!("/configure/approvals/{}", flow["id"]);
    assert!(
        visitor
            .open("/configure/approvals")
            .await
            .has(&format!("href=\"{path}\""))
    );
    let approvers: Vec<Value> = flow["approver_groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| group["approvers"][0]["id"].clone())
        .collect();
    assert_eq!(approvers.len(), 2);
    // It is not yet the turn of the second.
    look_as(&visitor, &approvers[1]).await;
    assert!(!visitor.open(&path).await.has("name=\"approval_id\""));
    for (turn, approver) in approvers.iter().enumerate() {
        look_as(&visitor, approver).await;
        let page = visitor.open(&path).await;
        let own = between(page.html(), "name=\"approval_id\" value=\"", "\"").to_owned();
        let page = visitor
            .submit(
                &page,
                &path,
                &[("approval_id", &own), ("decision", "approve")],
            )
            .await;
        assert!(page.has("You approved."), "turn {turn}");
        let job = read(sandbox, &format!("/v1/jobs/{job}")).await;
        assert_eq!(job["status"], if turn == 1 { "open" } else { "draft" });
        if turn == 0 {
            // Once is enough, and no one can give another's.
            let page = visitor
                .submit(
                    &page,
                    &path,
                    &[("approval_id", &own), ("decision", "approve")],
                )
                .await;
            assert!(page.has("Nothing was changed"));
        }
    }
    let flow = read(sandbox, &format!("/v1/approval_flows/{}", flow["id"])).await;
    assert_eq!(flow["approval_status"], "approved");
    assert!(!visitor.open(&path).await.has(&format!("action=\"{path}\"")));
}

#[tokio::test]
async fn a_rejection_ends_a_flow() {
    let visitor = Visitor::start().await;
    let sandbox = &visitor.sandbox;
    let drafts = read(sandbox, "/v1/jobs?status=draft").await;
    let job = &drafts[0]["id"];
    let flows = read(sandbox, &format!("/v1/jobs/{job}/approval_flows")).await;
    let flow = flows
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["approval_type"] == "open_job")
        .unwrap();
    let path = format!("/configure/approvals/{}", flow["id"]);
    look_as(&visitor, &flow["approver_groups"][0]["approvers"][0]["id"]).await;
    let page = visitor.open(&path).await;
    let own = between(page.html(), "name=\"approval_id\" value=\"", "\"").to_owned();
    let page = visitor
        .submit(
            &page,
            &path,
            &[("approval_id", &own), ("decision", "reject")],
        )
        .await;
    assert!(page.has("It is rejected."));
    let flow = read(sandbox, &format!("/v1/approval_flows/{}", flow["id"])).await;
    assert_eq!(flow["approval_status"], "rejected");
}

/// The next event of a stream, which has to come soon.
async fn event(stream: &mut reqwest::Response) -> Option<String> {
    let chunk = tokio::time::timeout(Duration::from_secs(10), stream.chunk()).await;
    let chunk = chunk.expect("nothing came").ok().flatten();
    chunk.map(|it| String::from_utf8(it.to_vec()).unwrap())
}

#[tokio::test]
async fn changes_are_announced_and_say_nothing() {
    let visitor = Visitor::start().await;
    let sandbox = &visitor.sandbox;
    let listen = |of: &str| {
        visitor
            .request("GET", &format!("/configure/changes?of={of}"))
            .send()
    };
    let mut records = listen("records").await.unwrap();
    assert_eq!(records.headers()["content-type"], "text/event-stream");
    let first = event(&mut records).await.unwrap();
    let page = visitor.open("/configure/candidates").await;
    let at = between(page.html(), "data-at=\"", "\"");
    assert!(first.contains(&format!("data: {at}\n")));
    write(sandbox, "POST", "/v1/departments", json!({"name": "Lakes"})).await;
    let changed = event(&mut records).await.unwrap();
    assert!(changed != first && !changed.contains("Lakes"));
    let mut log = listen("requests").await.unwrap();
    let first = event(&mut log).await.unwrap();
    support::get(sandbox, "/v1/users").await;
    assert_ne!(event(&mut log).await.unwrap(), first);
}

#[tokio::test]
async fn listeners_are_few_and_end_with_the_sandbox() {
    let visitor = Visitor::start().await;
    let mut streams = Vec::new();
    for _ in 0..64 {
        let stream = visitor
            .request("GET", "/configure/changes")
            .send()
            .await
            .unwrap();
        assert_eq!(stream.status(), 200);
        streams.push(stream);
    }
    let answer = visitor
        .send(visitor.request("GET", "/configure/changes"))
        .await;
    assert_eq!(answer.status, 503);
    // The API is there meanwhile.
    assert_eq!(
        support::get(&visitor.sandbox, "/v1/users").await.status,
        200
    );
    let mut last = streams.pop().unwrap();
    event(&mut last).await;
    drop(streams);
    let stop = async {
        let Visitor { sandbox, .. } = visitor;
        std::sync::Arc::into_inner(sandbox).unwrap().stop().await;
    };
    let ended = async { while event(&mut last).await.is_some() {} };
    let both = async { tokio::join!(stop, ended) };
    tokio::time::timeout(Duration::from_secs(3), both)
        .await
        .expect("the stream goes on");
}

#[tokio::test]
async fn strangers_see_nothing() {
    let visitor = Visitor::signed_in(Sandbox::builder().public_url("https://hire.example")).await;
    let stranger = visitor.another();
    for path in pages(&visitor.sandbox)
        .await
        .iter()
        .map(String::as_str)
        .chain(["/configure/changes"])
    {
        let answer = stranger.send(stranger.request("GET", path)).await;
        assert_eq!(answer.status, 303, "{path}");
    }
}
