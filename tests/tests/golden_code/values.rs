//! Reading and writing of generated models.

use std::fmt::Write as _;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{
    deprecated, ids, many_nullables, map_and_any, object_answer, object_request, open_enum,
    recursion, roles, times, union,
};

fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("JSON")
}

/// What is read is written as it came.
fn round_trip<T: DeserializeOwned + Serialize>(json: &str) -> T {
    let value = read::<T>(json);
    assert_eq!(text(&value), json);
    value
}

#[test]
fn ids_are_numbers_on_the_wire_and_types_in_code() {
    let book: ids::types::Book = round_trip(r#"{"id":7,"author_id":null,"translator_ids":[1,2]}"#);
    assert_eq!(book.id, ids::types::BookId(7));
    assert_eq!(book.author_id, None);
    assert_eq!(
        book.translator_ids,
        Some([ids::types::AuthorId(1), ids::types::AuthorId(2)].into())
    );
    // A number of one kind is no number of another; both are made from plain numbers.
    assert_eq!(i64::from(ids::types::AuthorId::from(7)), i64::from(book.id));
    assert_eq!(format!("{book:?}"), "Book { id: BookId(7), .. }");
}

#[test]
fn an_enumeration_keeps_what_it_does_not_know() {
    use open_enum::types::{Binding, Book};
    assert_eq!(Binding::VALUES, ["paperback", "hard cover", "1st-edition"]);
    for value in Binding::VALUES {
        let binding: Binding = round_trip(&format!("{value:?}"));
        assert!(!matches!(binding, Binding::Unknown(_)), "{value}");
        assert_eq!(binding.as_str(), *value);
    }
    let book: Book = round_trip(r#"{"binding":"leather","was":"paperback"}"#);
    assert!(matches!(&book.binding, Binding::Unknown(value) if value.as_str() == "leather"));
    assert_eq!(book.was, Some(Binding::Paperback));
    round_trip::<Book>(r#"{"binding":5,"was":{"odd":true}}"#);
    // What is not there is no value that anyone could take for one.
    assert!(matches!(read::<Book>("{}").binding, Binding::Unknown(_)));
}

#[test]
fn an_answer_remembers_of_any_number_of_properties_what_was_null() {
    // Every combination of null, missing and there, over all 400 properties.
    for shift in 0..3 {
        let mut json = r#"{"id":7"#.to_owned();
        for property in 0..400 {
            match (property + property / 64 + shift) % 3 {
                0 => write!(json, r#","p{property}":null"#).unwrap(),
                1 => write!(json, r#","p{property}":"{property}""#).unwrap(),
                _ => {}
            }
        }
        json.push('}');
        let book: many_nullables::types::Book = round_trip(&json);
        assert_eq!(book.p399.is_some(), json.contains(r#""p399":"399""#));
    }
    // What was null and is set is written, and nothing beside it changes.
    let mut book: many_nullables::types::Book =
        read(r#"{"id":7,"p1":null,"p200":null,"p398":null,"p399":null}"#);
    book.p200 = Some("two hundred".to_owned());
    book.p399 = Some("last".to_owned());
    assert_eq!(
        text(&book),
        r#"{"id":7,"p1":null,"p200":"two hundred","p398":null,"p399":"last"}"#
    );
}

#[test]
fn an_answer_remembers_what_was_null() {
    use object_answer::types::Book;
    for json in [
        concat!(
            r#"{"id":1,"title":"Sample","blurb":"b","pages":2,"price":1.5,"type":"t","#,
            r#""isOld":true,"publisher":{"name":"P"},"isbn":"i"}"#
        ),
        concat!(
            r#"{"id":1,"title":"Sample","blurb":null,"pages":null,"price":null,"type":null,"#,
            r#""isOld":null,"publisher":null,"isbn":null}"#
        ),
        r#"{"id":1,"title":"Sample"}"#,
        r#"{"id":1,"title":"Sample","price":null,"publisher":{"name":null}}"#,
    ] {
        round_trip::<Book>(json);
    }
    let missing: Book = read(r#"{"id":1,"title":"Sample"}"#);
    let null: Book = read(r#"{"id":1,"title":"Sample","pages":null}"#);
    assert_eq!(missing, null);
    assert_ne!(text(&missing), text(&null));
}

#[test]
fn an_answer_is_read_leniently() {
    use object_answer::types::Book;
    let book: Book = read(r#"{"made_up":[{"a":1}],"id":null,"type":"novel","isOld":true}"#);
    assert_eq!((i64::from(book.id), book.title.as_str()), (0, ""));
    assert_eq!(book.type_.as_deref(), Some("novel"));
    assert_eq!(book.is_old, Some(true));
    // What is of another type than described is kept beside.
    let book: Book = round_trip(r#"{"id":"3","pages":"many"}"#);
    assert_eq!((i64::from(book.id), book.pages), (3, None));
    let pages = book
        .unexpected()
        .get("pages")
        .map(harvest_runtime::Json::text);
    assert_eq!(pages, Some(r#""many""#));
    assert!(serde_json::from_str::<Book>("[]").is_err());
    // Titles are data, and not printed.
    let book: Book = read(r#"{"id":3,"title":"Sample"}"#);
    assert_eq!(format!("{book:?}"), "Book { id: BookId(3), .. }");
}

#[test]
fn a_request_sends_what_was_set() {
    use object_request::types::{BookCreate, Place};
    assert_eq!(
        text(&BookCreate::new("Sample", None)),
        r#"{"title":"Sample","shelf":null}"#
    );
    let book = BookCreate::new("Sample", "s".to_owned())
        .pages(5)
        .type_("novel")
        .default(true)
        .place(Place::new(1, "left"));
    assert_eq!(
        text(&book),
        concat!(
            r#"{"title":"Sample","shelf":"s","pages":5,"type":"novel","default":true,"#,
            r#""place":{"row":1,"side":"left"}}"#
        )
    );
}

#[test]
fn a_change_leaves_clears_or_sets() {
    use harvest_runtime::Patch;
    use object_request::types::{BookUpdate, Place};
    assert_eq!(text(&BookUpdate::default()), "{}");
    let update = BookUpdate::default()
        .title("Sample")
        .clear_blurb()
        .type_("novel")
        .clear_place()
        .tags(vec!["a".to_owned()]);
    assert_eq!(
        text(&update),
        r#"{"title":"Sample","blurb":null,"type":"novel","place":null,"tags":["a"]}"#
    );
    assert_eq!(update.blurb, Patch::Clear);
    let update = update.blurb("b").clear_type().place(Place::new(2, "right"));
    assert_eq!(
        text(&update),
        concat!(
            r#"{"title":"Sample","blurb":"b","type":null,"place":{"row":2,"side":"right"},"#,
            r#""tags":["a"]}"#
        )
    );
    assert!(BookUpdate::default().place.is_leave());
}

#[test]
fn what_goes_both_ways_is_the_same_both_ways() {
    let place: object_request::types::Place = round_trip(r#"{"row":1,"side":"left"}"#);
    assert!(place == object_request::types::Place::new(1, "left"));
}

#[test]
fn maps_keep_their_keys_and_values_of_any_shape_their_shape() {
    use map_and_any::types::{Book, Labels};
    let book: Book = round_trip(concat!(
        r#"{"prices":{"gbp":1.5,"usd":2.0},"labels":{"x":{"text":null},"a":{}},"extra":[1,"#,
        r#"{"b":null}],"loose":"x"}"#
    ));
    assert_eq!(book.prices.as_ref().and_then(|p| p.get("gbp")), Some(&1.5));
    assert_eq!(
        *book.extra.clone().expect("extra"),
        serde_json::json!([1, {"b": null}])
    );
    assert_eq!(format!("{:?}", book.prices), "Some(Prices { .. })");
    // Maps and values of which the runtime knows nothing are kept as a whole where they do not fit.
    let odd: Book = round_trip(r#"{"prices":{"gbp":null},"labels":[1],"loose":1.5}"#);
    assert!(odd.prices.is_none() && odd.labels.is_none() && odd.loose == Some(1.5.into()));
    assert_eq!(odd.unexpected().iter().count(), 2);
    let labels: Labels = round_trip(r#"{"z":"1","colour":"red"}"#);
    assert_eq!(
        labels.keys().collect::<Vec<_>>(),
        ["z", "colour"],
        "in the order in which they came"
    );
}

#[test]
fn the_json_tells_which_shape_of_a_union_came() {
    use union::types::{Book, BookSold, Shelf};
    let shelf = |json: &str| {
        let book: Book = round_trip(&format!(r#"{{"shelf":{json}}}"#));
        book.shelf
    };
    assert!(shelf("5") == Some(Shelf::Int64(5)));
    assert!(shelf(r#""a""#) == Some(Shelf::from("a")));
    assert!(shelf("null").is_none());
    assert!(matches!(shelf(r#"{"row":1}"#), Some(Shelf::Row(place)) if place.row == 1));
    assert!(matches!(
        shelf(r#"{"row":1,"side":"left"}"#),
        Some(Shelf::RowAndSide(place)) if place.row == 1 && place.side == "left"
    ));
    // Nothing that was described, and yet not lost.
    assert!(matches!(shelf(r#"[1,{"a":null}]"#), Some(Shelf::Other(_))));
    assert!(matches!(shelf("true"), Some(Shelf::Other(_))));
    let sold = round_trip::<Book>(r#"{"sold":"to someone"}"#).sold;
    assert!(sold == Some(BookSold::from("to someone")));
    assert!(round_trip::<Book>(r#"{"sold":false}"#).sold == Some(BookSold::Boolean(false)));
    assert!(!format!("{sold:?}").contains("someone"));
}

#[test]
fn a_union_of_a_request_is_made_of_any_member() {
    use union::types::{BookUpdate, ShelfDraft};
    assert_eq!(text(&BookUpdate::new("a")), r#"{"shelf":"a"}"#);
    assert_eq!(
        text(&BookUpdate::new(vec!["a".to_owned()])),
        r#"{"shelf":["a"]}"#
    );
    assert_eq!(text(&ShelfDraft::default()), r#""""#);
}

#[test]
fn moments_and_days_are_kept_as_they_came() {
    let json = concat!(
        r#"{"added_at":"2026-01-02T03:04:05.000Z","sold_at":"2026-01-02","#,
        r#""printed_on":"2026-01-02","reprints":["2027-03-04"]}"#
    );
    let book: times::types::Book = round_trip(json);
    let moment = book.added_at.to_utc().expect("a moment");
    assert_eq!(moment.to_rfc3339(), "2026-01-02T03:04:05+00:00");
    round_trip::<times::types::Book>(r#"{"added_at":"soon","sold_at":null}"#);
}

#[test]
fn what_holds_its_own_kind_is_read_to_the_bottom() {
    use recursion::types::{Content, Shelf, ShelfCreate};
    let shelf: Shelf = round_trip(concat!(
        r#"{"name":"a","above":{"name":"b","above":null},"below":[{"name":"c","below":[]}],"#,
        r#""content":{"lid":true,"content":{"lid":false,"content":"books"}}}"#
    ));
    assert!(
        shelf
            .above
            .as_ref()
            .is_some_and(|s| s.name.as_deref() == Some("b"))
    );
    let Some(Content::Crate(outer)) = shelf.content else {
        panic!("no crate");
    };
    let Some(Content::Crate(inner)) = outer.content.as_deref() else {
        panic!("no crate in the crate");
    };
    assert!(inner.content.as_deref() == Some(&Content::from("books")));
    assert_eq!(
        text(&ShelfCreate::new("a").above(ShelfCreate::new("b"))),
        r#"{"name":"a","above":{"name":"b"}}"#
    );
}

#[test]
fn a_deprecated_property_is_still_sent() {
    use deprecated::types::BookCreate;
    assert_eq!(
        text(&BookCreate::new("Sample", "c")),
        r#"{"title":"Sample","code":"c"}"#
    );
    #[allow(deprecated)]
    let book = BookCreate::new("Sample", "c").name("Sample").clear_kind();
    assert_eq!(
        text(&book),
        r#"{"title":"Sample","name":"Sample","kind":null,"code":"c"}"#
    );
}

#[test]
fn a_role_gets_what_the_runtime_has_for_it() {
    use harvest_runtime::custom_field::{CustomFieldInput, TypedValue};
    use roles::types::{Book, BookUpdate, NoteKind};
    let book: Book = round_trip(concat!(
        r#"{"notes":{"binding":"cloth","pages":5.0},"keyed_notes":{"pages":{"name":"Pages","#,
        r#""type":"number","value":"12"},"size":null},"best_note":null,"kinds":[{"id":7,"#,
        r#""name_key":"pages","value_type":"number"}]}"#
    ));
    let notes = book.notes.as_ref().expect("notes");
    assert_eq!(notes.typed("binding"), TypedValue::Text("cloth"));
    let keyed = book.keyed_notes.as_ref().expect("notes");
    assert!(
        matches!(keyed.typed("pages"), TypedValue::Number(pages) if pages.as_i64() == Some(12))
    );
    let kind: &NoteKind = &book.kinds.as_ref().expect("kinds")[0];
    let input = CustomFieldInput::for_field(kind);
    assert!(input.clone().text("many").checked(kind).is_err());
    let update = BookUpdate::default().notes([input.number(13).checked(kind).expect("fits")]);
    assert_eq!(
        text(&update),
        r#"{"notes":[{"name_key":"pages","value":13}]}"#
    );
}
