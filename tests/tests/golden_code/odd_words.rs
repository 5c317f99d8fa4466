//! Names that mean something in Rust, and what an operation was called before.

use crate::calls::{client, line};
use crate::odd_names::types::{Date, Error, ErrorCreate, Value, Word};
use crate::odd_names::{Client, operations};
use crate::server::Server;

#[test]
fn a_value_may_be_called_like_a_word_of_rust() {
    assert_eq!(Word::VALUES, ["err", "Self", "ok", "a , b (c : d"]);
    for value in Word::VALUES {
        let word: Word = value.parse().expect("any text is a value");
        assert!(!matches!(word, Word::Unknown(_)), "{value}");
        assert_eq!(word.to_string(), *value);
        let json = serde_json::to_string(&word).expect("JSON");
        assert_eq!(json, format!("{value:?}"));
        assert_eq!(serde_json::from_str::<Word>(&json).expect("a word"), word);
    }
    assert_eq!(Word::from("err"), Word::Err);
}

#[test]
fn a_model_may_be_called_like_a_type_of_the_runtime() {
    let json = r#"{"type":"a","word":"ok","when":{"day":3},"odd : name (here":"x","any":[1]}"#;
    let book: Error = serde_json::from_str(json).expect("a book");
    assert!(matches!(&book.when, Some(Value::Date(Date { day: 3, .. }))));
    assert_eq!(book.odd_name_here.as_deref(), Some("x"));
    assert_eq!(serde_json::to_string(&book).expect("JSON"), json);
    // The setter of that name stands before the trait's function.
    let new: ErrorCreate = <ErrorCreate as Default>::default();
    let new = new.clone("c").clear_default();
    assert_eq!(
        serde_json::to_string(&new).expect("JSON"),
        r#"{"clone":"c","default":null}"#
    );
}

#[tokio::test]
#[allow(deprecated, reason = "that is what is tried")]
async fn what_an_operation_was_called_goes_on_working() {
    let server = Server::new(&[(200, "", "[]"), (200, "", "[]"), (202, "", r#"{"day":1}"#)]);
    let client: Client = client(&server);
    // The types by their former names, too.
    let request: crate::odd_names::FindBooks = client.find_books("novel").self_("err");
    let page = request.send().await.expect("a page");
    assert!(page.is_empty());
    client.search_books("novel").send().await.expect("a page");
    let answer = client
        .add_book("novel", &<ErrorCreate as Default>::default())
        .send()
        .await;
    let answer: crate::odd_names::AddBookAnswer = answer.expect("an answer").into_value();
    assert!(matches!(
        answer,
        crate::odd_names::CreateBookAnswer::Date(Date { day: 1, .. })
    ));
    for request in server.requests() {
        assert!(line(&request).contains(" /books/novel"), "{request}");
    }
    assert_eq!(operations::FIND_BOOKS.id, "list_books");
    assert_eq!(operations::OPERATIONS.len(), 2);
}
