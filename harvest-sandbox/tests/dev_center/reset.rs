//! Reset to the seed.

use serde_json::json;

use crate::support;
use crate::visitor::Visitor;

const RESET: &str = "/configure/dev_center/reset";

#[tokio::test]
async fn everything_becomes_what_it_was() {
    let visitor = Visitor::start().await;
    let sandbox = &visitor.sandbox;
    let before = support::get(sandbox, "/v1/departments").await.text;
    let dev_center = sandbox.dev_center().unwrap();
    let key = dev_center.create_key("Short-lived").unwrap();
    dev_center.permit(key.id, ["GET: List Users"]).unwrap();
    let client = reqwest::Client::new();
    let request = support::request(&client, sandbox, "POST", "/v1/departments");
    let request = request.header("On-Behalf-Of", sandbox.user_id());
    let request = support::with_body(request, json!({"name": "Lakes"}).to_string());
    assert_eq!(support::send(request).await.status, 201);

    let question = visitor.open(RESET).await;
    assert_ne!(support::get(sandbox, "/v1/departments").await.text, before);
    let done = visitor.submit(&question, RESET, &[]).await;
    assert!(done.has("The organization is again what it was at first."));
    assert_eq!(support::get(sandbox, "/v1/departments").await.text, before);
    assert_eq!(visitor.get_with_key(&key.key, "/v1/users").await, 401);
    let page = visitor.open("/configure/dev_center/requests").await;
    assert!(!page.has("POST"), "the log begins again");
}
