//! The API reference.

use crate::visitor::{Visitor, between};

const REFERENCE: &str = "/configure/dev_center/reference";

#[tokio::test]
async fn it_is_the_description_of_this_sandbox() {
    let visitor = Visitor::start().await;
    let page = visitor.open(REFERENCE).await;
    let policy = page.answer.header("content-security-policy");
    assert!(
        policy.contains("connect-src 'self'") && !policy.contains("unsafe"),
        "{policy}"
    );
    // Everything that the page needs is there, and comes from here.
    for part in page
        .html()
        .split(['"'])
        .filter(|part| part.contains("/assets/"))
    {
        let asset = visitor.open(part).await.answer;
        assert_eq!(asset.status, 200, "{part}");
        assert!(!asset.text.is_empty(), "{part}");
    }
    assert!(!page.has("http://") && !page.has("https://"));
    let script = visitor.open("/configure/assets/reference.js").await;
    let path = between(script.html(), "url: \"", "\"");
    let description = visitor.open(path).await.answer.json();
    assert_eq!(description["servers"][0]["url"], "/");
    let paths = description["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|path| path.as_object().unwrap().values());
    let operations = operations.filter(|it| it.get("operationId").is_some());
    assert_eq!(operations.count(), visitor.sandbox.operations());
}
