//! Lists with and without what is no item.

use super::*;
use crate::json::careful;

fn read(json: &str) -> List<String> {
    let mut list = List::new();
    let mut deserializer = serde_json::Deserializer::from_str(json);
    assert!(matches!(list.read(&mut deserializer), Ok(Read::Described)));
    list
}

fn written(list: &impl Serialize) -> String {
    serde_json::to_string(list).unwrap()
}

#[test]
fn places_are_remembered() {
    let list = read(r#"[null,"a",5,null,["b"],"c"]"#);
    assert_eq!(list, ["a", "5", "c"]);
    let places: Vec<_> = list.places().map(|item| item.map(String::as_str)).collect();
    assert_eq!(places, [None, Some("a"), Some("5"), None, None, Some("c")]);
    assert_eq!((list.len(), list.places_len()), (3, 6));
    let unexpected: Vec<_> = list
        .unexpected()
        .map(|(place, json)| (place, json.text()))
        .collect();
    assert_eq!(unexpected, [(2, "5"), (4, r#"["b"]"#)]);
    assert_eq!(
        list.first_unread()
            .map(|(place, json)| (place, json.text())),
        Some((4, r#"["b"]"#))
    );
    assert_eq!(list.clone().map(|text| text.len()), [1, 1, 1]);
    for json in [
        "[]",
        "[null]",
        "[null,null,\"a\"]",
        "[\"a\",null]",
        "[5,[],5]",
    ] {
        assert_eq!(written(&read(json)), json);
    }
}

#[test]
fn a_list_is_a_slice_and_a_vec() {
    let mut list = read(r#"["b",null,"a"]"#);
    assert_eq!(list.first().map(String::as_str), Some("b"));
    assert!(list.contains(&"a".to_owned()));
    list.sort();
    assert_eq!(written(&list), r#"["a",null,"b"]"#);
    list.vec_mut().push("c".to_owned());
    assert_eq!(written(&list), r#"["a","b","c"]"#);
    for item in &mut list {
        item.push('!');
    }
    assert_eq!(list, ["a!", "b!", "c!"]);
    assert_eq!((&list).into_iter().count(), 3);
    assert_eq!(list.clone().into_iter().count(), 3);
    assert_eq!(format!("{list:?}"), r#"["a!", "b!", "c!"]"#);
    assert_eq!(list.clone().into_vec(), Vec::from(list.clone()));
    let optional = Some(list);
    assert_eq!(optional.as_deref().map(<[String]>::len), Some(3));
    assert!(List::<i64>::default().is_empty());
    assert_eq!((1..3).collect::<List<i64>>(), vec![1, 2]);
    assert_eq!(read("[null]"), read("[]"), "equal are equal items");
}

#[test]
fn the_records_of_an_answer_are_of_any_type() {
    let records: List<i64> = serde_json::from_str("[null,1,null,2]").unwrap();
    assert_eq!(records, [1, 2]);
    assert_eq!(written(&records), "[null,1,null,2]");
    // Null is a value of some types.
    let records: List<Option<i64>> = serde_json::from_str("[null,1]").unwrap();
    assert_eq!(records, [None, Some(1)]);
    let records: List<serde_json::Value> = serde_json::from_str("[null]").unwrap();
    assert_eq!(records.len(), 1);
    // Only a careful reader can look at a record twice.
    assert!(serde_json::from_str::<List<i64>>(r#"[1,"a"]"#).is_err());
    let records: List<i64> = careful::from_str(r#"[1,"a",null,[1.10],2]"#).unwrap();
    assert_eq!(records, [1, 2]);
    assert_eq!(written(&records), r#"[1,"a",null,[1.10],2]"#);
    assert!(careful::from_str::<List<i64>>("{}").is_err());
}
