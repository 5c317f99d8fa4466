//! The IP allowlist.

use harvest_sandbox::Sandbox;

use crate::support;
use crate::visitor::Visitor;

const LIST: &str = "/configure/dev_center/ip_allowlist";

#[tokio::test]
async fn addresses_are_listed() {
    let builder = Sandbox::builder().trusted_proxy("127.0.0.1");
    let visitor = Visitor::signed_in(builder).await;
    let page = visitor.open(LIST).await;
    let ranges = "192.0.2.9/24\r\n\r\n 2001:db8::7 \r\n127.0.0.1\r\n192.0.2.0/24";
    let saved = visitor.submit(&page, LIST, &[("ranges", ranges)]).await;
    assert!(
        saved.has("Saved: requests are taken from 3 addresses"),
        "{}",
        saved.answer.text
    );
    assert!(
        saved.has("192.0.2.0/24\n2001:db8::7/128\n127.0.0.1/32</textarea>"),
        "{}",
        saved.answer.text
    );
    for path in [
        "/v1/users",
        "/configure",
        "/configure/assets/style.css",
        "/configure/sign_in",
    ] {
        for (from, refused) in [("192.0.2.1", false), ("203.0.113.1", true)] {
            let request = visitor.request("GET", path).header("X-Forwarded-For", from);
            let answer = support::send(request.basic_auth(visitor.sandbox.key(), Some(""))).await;
            assert_eq!(answer.status == 403, refused, "{path} from {from}");
        }
    }
    let saved = visitor.submit(&saved, LIST, &[("ranges", " ")]).await;
    assert!(saved.has("Saved: requests are taken from everywhere."));
}

#[tokio::test]
async fn what_is_no_address_is_refused() {
    let visitor = Visitor::start().await;
    let page = visitor.open(LIST).await;
    let page = visitor
        .submit(&page, LIST, &[("ranges", "127.0.0.1\nthere\n10.0.0.0/99")])
        .await;
    assert_eq!(page.answer.status, 422);
    assert!(page.has("`there` is neither") && page.has("`10.0.0.0/99` is neither"));
    // Nothing of it was saved, and what was typed is still there.
    assert!(page.has("127.0.0.1\nthere\n10.0.0.0/99</textarea>"));
    assert!(visitor.open(LIST).await.has("></textarea>"));
}

#[tokio::test]
async fn shutting_oneself_out_has_to_be_meant() {
    let visitor = Visitor::start().await;
    let page = visitor.open(LIST).await;
    let asked = visitor
        .submit(&page, LIST, &[("ranges", "192.0.2.7")])
        .await;
    assert_eq!(asked.answer.status, 422);
    assert!(asked.has("Your own address, 127.0.0.1, is not among them"));
    assert_eq!(visitor.open("/configure").await.answer.status, 200);
    let fields = [("ranges", "192.0.2.7"), ("lock_me_out", "yes")];
    let answer = visitor.answer(&asked, LIST, &fields).await;
    assert_eq!(answer.status, 303);
    assert_eq!(visitor.open("/configure").await.answer.status, 403);
    assert_eq!(
        visitor
            .get_with_key(visitor.sandbox.key(), "/v1/users")
            .await,
        403
    );
}
