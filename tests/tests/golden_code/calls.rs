//! Requests of generated operations, and what they return for an answer.

use std::future::Future;

use harvest_runtime::{ActingUser, Api, ClientBuilder, Error, Pagination, Response};

use crate::server::Server;
use crate::{
    bearer, deprecated, empty_body, object_request, open_enum, paging, path_names, query, statuses,
    times, union,
};

pub(crate) fn client<C: Api>(server: &Server) -> C {
    ClientBuilder::new()
        .credential("secret")
        .base_url(&server.url)
        .build()
        .expect("a client")
}

/// Makes one call that is answered with `status` and `body`. Returns what was sent, and what came of it.
async fn call<C: Api, T, F: Future<Output = Result<Response<T>, Error>>>(
    status: u16,
    body: &str,
    call: impl FnOnce(C) -> F,
) -> (String, Response<T>) {
    let server = Server::new(&[(status, "", body)]);
    let answer = call(client(&server))
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    (server.requests().remove(0), answer)
}

/// The mistake that keeps a call from being sent.
async fn mistake<C: Api, T, F: Future<Output = Result<Response<T>, Error>>>(
    call: impl FnOnce(C) -> F,
) -> String {
    // Nothing listens there: a request that was sent would be another error.
    let client = ClientBuilder::new()
        .credential("secret")
        .base_url("http://127.0.0.1:9")
        .build()
        .expect("a client");
    match call(client).await {
        Err(error) if error.is_invalid_request() || error.is_missing_acting_user() => {
            error.to_string()
        }
        Err(error) => panic!("not refused before it was sent: {error}"),
        Ok(_) => panic!("sent"),
    }
}

pub(crate) fn line(request: &str) -> &str {
    request.lines().next().unwrap_or_default()
}

pub(crate) fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

fn header<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    request
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(": "))
        .find_map(|(key, value)| key.eq_ignore_ascii_case(name).then_some(value))
}

#[tokio::test]
async fn lists_numbers_and_words_go_into_the_query() {
    let (request, _) = call(204, "", |client: query::Client| {
        client
            .list_books(["a b", "c"], 9)
            .author_ids([1, 2])
            .words(["x", "y", "z"])
            .per_page(500)
            .page(1)
            .temperature(-5)
            .shelf_id(7)
            .type_("t")
            .sold(true)
            .x_depth(2)
            .send()
    })
    .await;
    assert_eq!(
        line(&request),
        "GET /books?tags=a+b&tags=c&row=9&author_ids=1%2C2&words=x%2Cy%2Cz&\
             per_page=500&page=1&temperature=-5\
         &shelf_id=7&type=t&sold=true HTTP/1.1"
    );
    assert_eq!(header(&request, "X-Depth"), Some("2"));
}

#[tokio::test]
async fn what_is_out_of_bounds_is_refused_before_it_is_sent() {
    type Builder = query::ListBooks;
    let refused = async |parameter: &str, change: fn(Builder) -> Builder| {
        let text =
            mistake(|client: query::Client| change(client.list_books(["a"], 0)).send()).await;
        assert!(text.contains(&format!("`{parameter}`")), "{text}");
    };
    refused("author_ids", |b| b.author_ids([1, 2, 3])).await;
    refused("author_ids", |b| b.author_ids(Vec::<i64>::new())).await;
    refused("words", |b| b.words(["a,b"])).await;
    refused("per_page", |b| b.per_page(0)).await;
    refused("per_page", |b| b.per_page(501)).await;
    refused("page", |b| b.page(0)).await;
    refused("temperature", |b| b.temperature(31)).await;
    refused("shelf_id", |b| b.shelf_id(0)).await;
    let text = mistake(|client: query::Client| client.list_books(["a"], 10).send()).await;
    assert!(
        text.contains("`row` is 10; it has to be from 0 to 9"),
        "{text}"
    );
    let text = mistake(|client: query::Client| client.list_books(None::<String>, 0).send()).await;
    assert!(text.contains("`tags` has no items"), "{text}");
}

#[tokio::test]
async fn values_go_into_the_query_as_the_service_writes_them() {
    let (request, answer) = call(
        200,
        r#"[{"binding":"new"}]"#,
        |client: open_enum::Client| client.list_books().binding("hard cover").send(),
    )
    .await;
    assert_eq!(line(&request), "GET /books?binding=hard+cover HTTP/1.1");
    assert_eq!(answer.value()[0].binding.as_str(), "new");

    let (request, _) = call(200, "[]", |client: times::Client| {
        let day: harvest_runtime::Date = "2026-01-02".parse().expect("a day");
        let moment: harvest_runtime::Timestamp = "2026-01-02T03:04:05Z".parse().expect("a moment");
        client.list_books(day).added_after(moment).send()
    })
    .await;
    assert_eq!(
        line(&request),
        "GET /books?printed_on=2026-01-02&added_after=2026-01-02T03%3A04%3A05Z HTTP/1.1"
    );
}

#[tokio::test]
async fn a_model_is_the_body() {
    let update = object_request::types::BookUpdate::default().clear_blurb();
    let (request, answer) = call(
        200,
        r#"{"row":1,"side":"left"}"#,
        |client: object_request::Client| client.update_books(&update).send(),
    )
    .await;
    assert_eq!(line(&request), "PATCH /books HTTP/1.1");
    assert_eq!(header(&request, "content-type"), Some("application/json"));
    assert_eq!(body(&request), r#"{"blurb":null}"#);
    assert!(*answer.value() == object_request::types::Place::new(1, "left"));

    let update = union::types::BookUpdate::new("a");
    let (request, _) = call(204, "", |client: union::Client| {
        client.update_book(3, &update).send()
    })
    .await;
    assert_eq!(
        (line(&request), body(&request)),
        ("PATCH /books/3 HTTP/1.1", r#"{"shelf":"a"}"#)
    );
}

#[tokio::test]
async fn a_body_that_has_nothing_to_say_is_no_argument() {
    let (request, _) = call(204, "", |client: empty_body::Client| {
        client.sell_book(3).send()
    })
    .await;
    assert_eq!(
        (line(&request), body(&request)),
        ("POST /books/3/sell HTTP/1.1", "{}")
    );
    let loan = empty_body::types::Loan::default();
    let (request, _) = call(204, "", |client: empty_body::Client| {
        client.lend_book(3, &loan).send()
    })
    .await;
    assert_eq!(body(&request), "{}");
}

#[tokio::test]
async fn what_an_answer_is_follows_from_its_status() {
    use statuses::ReplaceBookAnswer as Answer;
    let new = statuses::types::BookCreate::new("Sample");
    let replace = async |status, body: &str| {
        let (_, answer) = call(status, body, |client: statuses::Client| {
            client.replace_book(&new).send()
        })
        .await;
        answer.into_value()
    };
    assert!(
        matches!(replace(200, r#"{"title":"a"}"#).await, Answer::Book(b)
            if b.title.as_deref() == Some("a"))
    );
    assert!(matches!(
        replace(203, r#"{"title":"a"}"#).await,
        Answer::Book(_)
    ));
    assert!(
        matches!(replace(202, r#"{"ticket":"t"}"#).await, Answer::Job(j)
            if j.ticket.as_deref() == Some("t"))
    );
    assert!(matches!(replace(204, "").await, Answer::Empty));
    assert!(
        matches!(replace(206, r#"{"new":1}"#).await, Answer::Other(v)
            if v.as_str() == r#"{"new":1}"#)
    );

    let (_, found) = call(200, r#"{"title":"a"}"#, |client: statuses::Client| {
        client.find_book().send()
    })
    .await;
    assert!(found.value().is_some());
    let (_, found) = call(204, "", |client: statuses::Client| {
        client.find_book().send()
    })
    .await;
    assert!(found.value().is_none());
    let (_, made) = call(201, r#"{"title":"a"}"#, |client: statuses::Client| {
        client.create_book(&new).send()
    })
    .await;
    assert_eq!(made.into_value().title.as_deref(), Some("a"));
    let (_, gone) = call(202, "not even JSON", |client: statuses::Client| {
        client.delete_books().send()
    })
    .await;
    assert_eq!(gone.status(), 202);
}

#[tokio::test]
async fn a_list_comes_in_pages() {
    let next = "link: <{url}/books?page=2>; rel=\"next\"\r\n";
    let server = Server::new(&[
        (200, next, r#"[{"title":"a"},{"title":"b"}]"#),
        (200, "", r#"[{"title":"c"}]"#),
    ]);
    let mut items = client::<paging::Client>(&server).list_books().items();
    let mut titles = Vec::new();
    while let Some(book) = items.next().await {
        titles.extend(book.expect("a book").title);
    }
    assert_eq!(titles, ["a", "b", "c"]);
    let requests = server.requests();
    assert_eq!(line(&requests[0]), "GET /books HTTP/1.1");
    assert_eq!(line(&requests[1]), "GET /books?page=2 HTTP/1.1");

    let server = Server::new(&[(200, "", r#"[{"title":"a"}]"#)]);
    let mut pages = client::<paging::Client>(&server).list_readers().pages();
    assert_eq!(
        pages
            .next()
            .await
            .expect("a page")
            .expect("records")
            .value()
            .len(),
        1
    );
    assert!(pages.next().await.is_none());
}

#[test]
fn the_table_says_how_lists_are_paged() {
    let paged: Vec<_> = paging::operations::OPERATIONS
        .iter()
        .map(|o| (o.id, o.pagination))
        .collect();
    assert_eq!(
        paged,
        [
            ("list_books", Pagination::Offset),
            ("list_authors", Pagination::NextOnly),
            ("list_readers", Pagination::Cursor),
            ("list_shelves", Pagination::None),
        ]
    );
}

#[tokio::test]
async fn paths_have_the_names_of_the_documentation() {
    assert_eq!(
        path_names::operations::LIST_FIELDS.path,
        "/fields/{field_type}"
    );
    assert_eq!(path_names::operations::DELETE_FIELD.path, "/fields/{id}");
    let (request, _) = call(204, "", |client: path_names::Client| {
        client.list_fields("a/b").send()
    })
    .await;
    assert_eq!(line(&request), "GET /fields/a%2Fb HTTP/1.1");
    let (request, _) = call(204, "", |client: path_names::Client| {
        client.delete_field(5, "because").x_clerk("me").send()
    })
    .await;
    assert_eq!(line(&request), "DELETE /fields/5 HTTP/1.1");
    assert_eq!(header(&request, "X-Reason"), Some("because"));
    assert_eq!(header(&request, "X-Clerk"), Some("me"));
}

#[tokio::test]
async fn a_token_signs_in_and_a_user_acts() {
    assert_eq!(
        bearer::operations::GET_BOOK.acting_user,
        ActingUser::Optional
    );
    assert_eq!(
        bearer::operations::DELETE_BOOK.acting_user,
        ActingUser::Required
    );
    let (request, _) = call(204, "", |client: bearer::Client| {
        client.delete_book(1).x_clerk(7).send()
    })
    .await;
    assert_eq!(header(&request, "authorization"), Some("Bearer secret"));
    assert_eq!(header(&request, "X-Clerk"), Some("7"));
    // The client's own is for what needs one.
    let (request, _) = call(204, "", |client: bearer::Client| {
        client.with_x_clerk(8).delete_book(1).send()
    })
    .await;
    assert_eq!(header(&request, "X-Clerk"), Some("8"));
    let (request, _) = call(204, "", |client: bearer::Client| {
        client.with_x_clerk(8).get_book(1).send()
    })
    .await;
    assert_eq!(header(&request, "X-Clerk"), None);
    let server = Server::new(&[]);
    let error = client::<bearer::Client>(&server).acting().err();
    assert!(error.is_some_and(|error| error.is_configuration()));
    let (request, _) = call(204, "", |client: empty_body::Client| {
        client.sell_book(1).send()
    })
    .await;
    assert!(header(&request, "authorization").is_some_and(|value| value.starts_with("Basic ")));
}

#[tokio::test]
async fn a_deprecated_operation_says_what_took_its_place() {
    let facts = deprecated::operations::CREATE_BOOK_BY_NAME;
    assert!(facts.deprecated);
    assert_eq!(facts.replaced_by, Some("create_book"));
    let other = deprecated::operations::CREATE_BOOK;
    assert!(!other.deprecated);
    let book = deprecated::types::BookCreate::new("Sample", "c");
    #[allow(deprecated)]
    let (request, _) = call(204, "", |client: deprecated::Client| {
        client.create_book_by_name(&book).send()
    })
    .await;
    assert_eq!(line(&request), "POST /v1/books HTTP/1.1");
}
