//! Selectors, lists and switches of request bodies, as a caller writes them and as they are sent.

use std::future::Future;

use harvest_runtime::{Error, Response};

use crate::calls::{body, client};
use crate::selector::Client;
use crate::selector::types::{BookId, BookSelector, BookUpdate, OrderCreate};
use crate::server::Server;

/// The body that a call sends.
async fn sent<F: Future<Output = Result<Response<()>, Error>>>(
    call: impl FnOnce(Client) -> F,
) -> String {
    let server = Server::new(&[(204, "", "")]);
    call(client(&server)).await.expect("an answer");
    body(&server.requests().remove(0)).to_owned()
}

#[tokio::test]
async fn a_selector_is_made_of_what_it_selects_by() {
    // The order of the group decides which property a bare text is, not that of the properties.
    for (selector, json) in [
        (BookSelector::from(BookId(7)), r#"{"book_id":7}"#),
        (7.into(), r#"{"book_id":7}"#),
        ("3-16".into(), r#"{"isbn":"3-16"}"#),
        ("3-16".to_owned().into(), r#"{"isbn":"3-16"}"#),
        (
            BookSelector::Title("Sample".into()),
            r#"{"title":"Sample"}"#,
        ),
    ] {
        let asked = selector.clone();
        let found = sent(async |client| client.find_book(asked).send().await).await;
        assert_eq!(found, json);
        let lent = sent(async |client| client.lend_book(selector).send().await).await;
        assert_eq!(lent, format!(r#"{{"book":{json}}}"#));
    }
}

#[tokio::test]
async fn a_group_in_a_larger_model_is_one_argument() {
    let day: harvest_runtime::Date = "2026-01-02".parse().expect("a day");
    let order = OrderCreate::new("3-16", 2, [day]).express(true);
    assert_eq!(
        sent(async |client| client.create_order(&order).send().await).await,
        r#"{"copies":2,"isbn":"3-16","gift":false,"express":true,"dates":["2026-01-02"]}"#
    );
    // What could be null has three states, of which a selector sets one.
    let order = OrderCreate::new(
        BookSelector::Title("Sample".into()),
        1,
        None::<harvest_runtime::Date>,
    );
    assert_eq!(
        sent(async |client| client.create_order(&order).send().await).await,
        r#"{"copies":1,"title":"Sample","gift":false,"express":false,"dates":[]}"#
    );
    // A group of which none is required stays a matter of setters.
    let order = OrderCreate::new(7, 1, None::<harvest_runtime::Date>).voucher("V-1");
    assert_eq!(
        sent(async |client| client.create_order(&order).send().await).await,
        r#"{"copies":1,"book_id":7,"gift":false,"express":false,"dates":[],"voucher":"V-1"}"#
    );
}

#[tokio::test]
async fn a_list_is_set_from_anything_that_converts_and_cleared_by_name() {
    let names = vec!["Mira Whitcombe".to_owned()];
    for (update, json) in [
        (
            BookUpdate::new("3-16").authors(names.iter().map(String::as_str)),
            r#"{"book":{"isbn":"3-16"},"authors":["Mira Whitcombe"]}"#,
        ),
        (
            BookUpdate::new("3-16")
                .authors(names.clone())
                .clear_authors(),
            r#"{"book":{"isbn":"3-16"},"authors":[]}"#,
        ),
        (
            BookUpdate::new("3-16").shelves(["A", "B"]),
            r#"{"book":{"isbn":"3-16"},"shelves":["A","B"]}"#,
        ),
    ] {
        let found = sent(async |client| client.update_book(&update).send().await).await;
        assert_eq!(found, json);
    }
}
