use super::*;
use crate::json::json;

fn paging(kind: &str) -> Paging {
    let root = json!({});
    Paging::read(Source::new(&root), &json!({"x-harvest-pagination": kind}))
        .unwrap()
        .unwrap()
}

fn page(kind: &str, query: &str, len: usize) -> Result<Page, Vec<FieldError>> {
    grown_page(kind, query, len, 0)
}

fn grown_page(kind: &str, query: &str, len: usize, grown: usize) -> Result<Page, Vec<FieldError>> {
    let cursors = Cursors::new(b"secret").unwrap();
    let (paging, query) = (paging(kind), Query::parse(query));
    let now = Moment::UNIX_EPOCH;
    let resumed = paging.resume(&cursors, "/l", &query, now);
    let resumed = resumed.map_err(|error| vec![error])?;
    let target = Target {
        base: "http://h:1",
        path: "/l",
        ids: &[],
        query: resumed.as_ref().map_or(&query, |it| &it.query),
        after: resumed.as_ref().map(|it| it.after),
        cursors: &cursors,
        now,
    };
    paging.page(target, len, grown)
}

fn link(kind: &str, query: &str, len: usize) -> String {
    page(kind, query, len)
        .unwrap()
        .link
        .unwrap_or_default()
        .replace("http://h:1/l?", "")
}

#[test]
fn offset_names_next_prev_and_last() {
    assert_eq!(
        page("offset", "per_page=2&page=2", 5).unwrap(),
        Page {
            records: 2..4,
            link: Some(
                "<http://h:1/l?page=3&per_page=2>; rel=\"next\",<http://h:1/l?page=1&per_page=2>; \
                 rel=\"prev\",<http://h:1/l?page=3&per_page=2>; rel=\"last\""
                    .to_owned()
            ),
        }
    );
    assert_eq!(
        page("offset", "per_page=2&page=3", 5).unwrap().records,
        4..5
    );
    assert_eq!(
        link("offset", "per_page=2&page=3", 5),
        r#"<page=2&per_page=2>; rel="prev",<page=3&per_page=2>; rel="last""#
    );
}

#[test]
fn a_single_page_names_itself_as_the_last() {
    assert_eq!(
        link("offset", "", 5),
        r#"<page=1&per_page=100>; rel="last""#
    );
    assert_eq!(
        link("offset", "", 0),
        r#"<page=1&per_page=100>; rel="last""#
    );
    assert_eq!(page("offset", "skip_count=true", 5).unwrap().link, None);
}

#[test]
fn skip_count_drops_the_last() {
    assert_eq!(
        link("offset", "per_page=2&page=2&skip_count=true", 9),
        concat!(
            r#"<page=3&per_page=2&skip_count=true>; "#,
            r#"rel="next",<page=1&per_page=2&skip_count=true>; rel="prev""#
        )
    );
}

#[test]
fn beyond_the_end_there_is_nothing() {
    let beyond = page("offset", "per_page=2&page=99", 5).unwrap();
    assert!(beyond.records.is_empty());
    assert_eq!(
        link("offset", "per_page=2&page=99", 5),
        r#"<page=3&per_page=2>; rel="prev",<page=3&per_page=2>; rel="last""#
    );
    let far = format!("page={}", usize::MAX);
    assert!(page("offset", &far, 5).unwrap().records.is_empty());
}

#[test]
fn other_parameters_are_kept_and_encoded() {
    assert_eq!(
        link("next-only", "x=a,b%20c&page=1&per_page=1&page=1&x=2", 2),
        r#"<page=2&per_page=1&x=a%2Cb%20c&x=2>; rel="next""#
    );
    assert_eq!(
        page("next-only", "page=2&per_page=1", 2).unwrap().link,
        None
    );
}

#[test]
fn links_are_in_alphabetical_order_and_repeat_the_ids_in_the_path() {
    assert_eq!(
        link("next-only", "b=1&z=2&a=3&per_page=1&b=0&page=1", 2),
        r#"<a=3&b=1&b=0&page=2&per_page=1&z=2>; rel="next""#
    );
    let query = Query::parse("z=1&id=8&page=3&per_page=1");
    let cursors = Cursors::new(b"secret").unwrap();
    let target = Target {
        base: "http://h:1",
        path: "/l/7/m",
        ids: &[("id", "7")],
        query: &query,
        after: None,
        cursors: &cursors,
        now: Moment::UNIX_EPOCH,
    };
    let page = paging("offset").page(target, 3, 0).unwrap();
    assert_eq!(
        page.link.unwrap(),
        "<http://h:1/l/7/m?id=7&page=2&per_page=1&z=1>; rel=\"prev\",\
         <http://h:1/l/7/m?id=7&page=3&per_page=1&z=1>; rel=\"last\""
    );
}

#[test]
fn bounds() {
    for query in [
        "per_page=0",
        "per_page=501",
        "per_page=x",
        "per_page=",
        "page=0",
        "page=-1",
        "page=1.5",
    ] {
        for kind in ["offset", "next-only"] {
            assert_eq!(page(kind, query, 5).unwrap_err().len(), 1, "{query}");
        }
    }
    assert_eq!(page("offset", "page=0&per_page=0", 5).unwrap_err().len(), 2);
    assert!(page("offset", "per_page=500", 5).is_ok());
    assert!(page("cursor", "per_page=0", 5).is_err());
}

#[test]
fn a_cursor_stands_alone() {
    let first = page("cursor", "per_page=2&x=1", 5).unwrap();
    assert_eq!(first.records, 0..2);
    let link = first.link.unwrap();
    let cursor = link
        .strip_prefix("<http://h:1/l?")
        .unwrap()
        .strip_suffix(">; rel=\"next\"")
        .unwrap();
    assert!(
        cursor.starts_with("cursor=") && !cursor.contains('&'),
        "{cursor}"
    );
    assert_eq!(page("cursor", cursor, 5).unwrap().records, 2..4);
    let message = &page("cursor", &format!("{cursor}&x=1"), 5).unwrap_err()[0].message;
    assert!(message.contains("without other parameters"));
    // The last three were cursors once.
    for bad in ["", "x", "zz", "31", "é€", "312f30", "302f31", "312f353031"] {
        assert!(
            page("cursor", &format!("cursor={bad}"), 5).is_err(),
            "{bad}"
        );
    }
}

fn cursor_of(page: &Page) -> String {
    let link = page.link.as_ref().unwrap();
    let (_, rest) = link.split_once('?').unwrap();
    rest.strip_suffix(">; rel=\"next\"").unwrap().to_owned()
}

#[test]
fn a_cursor_goes_on_where_the_page_ended_however_the_list_grows() {
    let first = page("cursor", "per_page=2", 5).unwrap();
    assert_eq!(first.records, 0..2);
    // Three more in front: the two that were sent are at 3 and 4 now.
    let second = grown_page("cursor", &cursor_of(&first), 8, 3).unwrap();
    assert_eq!(second.records, 5..7);
    let third = grown_page("cursor", &cursor_of(&second), 9, 4).unwrap();
    assert_eq!((third.records, third.link), (8..9, None));
    // A page that ends among those that came.
    let early = grown_page("cursor", "per_page=2", 8, 3).unwrap();
    assert_eq!(early.records, 0..2);
    let next = grown_page("cursor", &cursor_of(&early), 10, 5).unwrap();
    assert_eq!(next.records, 4..6);
    assert_eq!(page("cursor", "", 0).unwrap().records, 0..0);
}

#[test]
fn sizes_come_from_the_document() {
    let root = json!({"components": {"parameters": {"P": {
        "name": "per_page", "in": "query",
        "schema": {"type": "integer", "maximum": 50, "default": 20},
    }}}});
    let operation = json!({
        "x-harvest-pagination": "offset",
        "parameters": [{"$ref": "#/components/parameters/P"}],
    });
    let paging = Paging::read(Source::new(&root), &operation)
        .unwrap()
        .unwrap();
    assert_eq!((paging.default_size, paging.max_size), (20, 50));
    assert_eq!(Paging::read(Source::new(&root), &json!({})), Ok(None));
    assert!(
        Paging::read(
            Source::new(&root),
            &json!({"x-harvest-pagination": "pages"})
        )
        .is_err()
    );
}
