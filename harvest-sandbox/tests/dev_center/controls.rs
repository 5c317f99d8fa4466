//! Faults, clock and snapshots as switches.

use harvest_sandbox::Sandbox;
use serde_json::json;

use crate::support;
use crate::visitor::Visitor;

const CONTROLS: &str = "/configure/dev_center/controls";

async fn turn(visitor: &Visitor, fields: &[(&str, &str)]) -> String {
    let page = visitor.open(CONTROLS).await;
    let page = visitor.submit(&page, CONTROLS, fields).await;
    page.answer.text
}

#[tokio::test]
async fn they_have_to_be_switched_on() {
    let visitor = Visitor::start().await;
    let page = visitor.open(CONTROLS).await;
    assert!(page.html().contains("--control") && !page.has("name=\"switch\""));
    // Nor with the token of another form.
    let other = visitor.open("/configure/dev_center/reset").await;
    let action = "/configure/dev_center/reset";
    let token = crate::visitor::between(other.html(), "csrf_token\" value=\"", "\"");
    let form = [("csrf_token", token), ("switch", "freeze")];
    let answer = visitor
        .send(visitor.request("POST", CONTROLS).form(&form))
        .await;
    assert_eq!(answer.status, 403, "{action}");
    assert!(!visitor.sandbox.clock().is_frozen());
}

#[tokio::test]
async fn faults_are_switched() {
    let visitor = Visitor::with(Sandbox::builder().control()).await;
    let sandbox = &visitor.sandbox;
    let fault = [("switch", "fault"), ("name", "unavailable")];
    let on = turn(&visitor, &fault).await;
    assert!(on.contains("aria-pressed=\"true\""));
    assert_eq!(support::get(sandbox, "/v1/users").await.status, 503);
    let off = turn(&visitor, &fault).await;
    assert!(!off.contains("aria-pressed=\"true\""));
    assert_eq!(support::get(sandbox, "/v1/users").await.status, 200);

    let script = json!({"effect": {"status": 418}, "on": ["list_users"]}).to_string();
    let page = turn(&visitor, &[("switch", "add_fault"), ("script", &script)]).await;
    assert!(page.contains("418"));
    assert_eq!(support::get(sandbox, "/v1/users").await.status, 418);
    for wrong in [
        "",
        "{",
        r#"{"effect": {"status": 7}}"#,
        r#"{"effect": "reset", "on": ["<b>"]}"#,
    ] {
        let page = turn(&visitor, &[("switch", "add_fault"), ("script", wrong)]).await;
        assert!(
            page.contains("role=\"alert\"") && !page.contains("<b>"),
            "{wrong}"
        );
    }
    turn(&visitor, &[("switch", "clear_faults")]).await;
    assert!(sandbox.faults().all().is_empty());
}

#[tokio::test]
async fn the_clock_is_set() {
    let visitor = Visitor::with(Sandbox::builder().control()).await;
    let sandbox = &visitor.sandbox;
    let at = "2027-03-01T12:00:00Z";
    let page = turn(&visitor, &[("switch", "freeze"), ("at", at)]).await;
    assert!(page.contains("2027-03-01T12:00:00") && page.contains("stands still"));
    let page = turn(&visitor, &[("switch", "advance"), ("seconds", "86400")]).await;
    assert!(page.contains("2027-03-02T12:00:00"));
    let wrong = turn(&visitor, &[("switch", "freeze"), ("at", "tomorrow")]).await;
    assert!(wrong.contains("Is not a time") && sandbox.clock().is_frozen());
    turn(&visitor, &[("switch", "run")]).await;
    assert!(!sandbox.clock().is_frozen());
}

#[tokio::test]
async fn records_are_kept_and_restored() {
    let visitor = Visitor::with(Sandbox::builder().control()).await;
    let sandbox = &visitor.sandbox;
    let before = support::get(sandbox, "/v1/departments").await.text;
    let name = ("name", "before");
    let page = turn(&visitor, &[("switch", "keep"), name]).await;
    assert!(page.contains("<code>before</code>"));
    let request = support::request(&reqwest::Client::new(), sandbox, "POST", "/v1/departments");
    let request = request.header("On-Behalf-Of", sandbox.user_id());
    support::send(support::with_body(request, r#"{"name": "Lakes"}"#)).await;
    assert_ne!(support::get(sandbox, "/v1/departments").await.text, before);
    turn(&visitor, &[("switch", "restore"), name]).await;
    assert_eq!(support::get(sandbox, "/v1/departments").await.text, before);
    let page = turn(&visitor, &[("switch", "drop"), name]).await;
    assert!(!page.contains("<code>before</code>"));
    let page = turn(&visitor, &[("switch", "keep"), ("name", "a b/..")]).await;
    assert!(page.contains("name:") && sandbox.snapshots().unwrap().is_empty());
}
