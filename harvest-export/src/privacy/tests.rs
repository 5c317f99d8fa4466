//! Values that are left out, and those that are not.

use super::*;
use crate::catalog::Form;

fn field(name: &'static str, class: Option<&'static str>, fields: Vec<Field>) -> Field {
    Field {
        name,
        kind: Kind::Json,
        class,
        fields,
        form: Form::default(),
    }
}

fn shape() -> Vec<Field> {
    vec![
        field("id", None, Vec::new()),
        field("name", Some("identity"), Vec::new()),
        field("notes", Some("free_text"), Vec::new()),
        field(
            "emails",
            None,
            vec![
                field("value", Some("contact"), Vec::new()),
                field("type", None, Vec::new()),
            ],
        ),
    ]
}

const RECORD: &str = concat!(
    r#"{"id":7,"name":"Mira","notes":"x","emails":[{"value":"m@example.com","type":"home"}],"#,
    r#""new":1.50}"#
);

fn names(all: &[&str]) -> Vec<String> {
    all.iter().map(|it| (*it).to_owned()).collect()
}

#[test]
fn classes_are_left_out_wherever_they_are() {
    let fields = shape();
    let usual = Privacy::default();
    assert!(usual.redaction(&fields).is_none(), "bytes stay");
    let privacy = Privacy::new(&names(&["contact", "free_text"]), &[], None).expect("known");
    let redaction = privacy.redaction(&fields).expect("it is touched");
    let expected = r#"{"id":7,"name":"Mira","emails":[{"type":"home"}]}"#;
    assert_eq!(redaction.apply(RECORD), expected);
    assert!(Privacy::new(&names(&["contacts"]), &[], None).is_err());
}

#[test]
fn what_is_left_out_does_not_come_back_in_another_shape() {
    let kinds = [
        ("title", Kind::Text),
        ("count", Kind::Integer),
        ("pay", Kind::Number),
        ("private", Kind::Boolean),
        ("changed_at", Kind::Time),
        ("labels", Kind::List(Box::new(Kind::Text))),
    ];
    let plain = kinds.map(|(name, kind)| Field {
        kind,
        ..field(name, None, Vec::new())
    });
    let object = |name| {
        let within = vec![field("value", Some("contact"), Vec::new())];
        field(name, None, within)
    };
    let listed = Field {
        kind: Kind::List(Box::new(Kind::Json)),
        ..object("emails")
    };
    let fields: Vec<_> = [object("owner"), listed].into_iter().chain(plain).collect();
    let text = r#""mira@example.com""#;
    let others = [
        text.to_owned(),
        format!("[{text}]"),
        format!("[[{text}]]"),
        format!(r#"{{"value":{text}}}"#),
        format!(r#"{{"new":{text}}}"#),
        format!(r#"{{"new":{{"value":{text}}}}}"#),
        format!(r#"[{{"value":{text}}},{text},[{{"new":[{text}]}}]]"#),
    ];
    let key = Some(vec![1; 32]);
    let classes = names(&["contact", "free_text"]);
    for privacy in [
        Privacy::new(&classes, &[], None).expect("known"),
        Privacy::new(&[], &[], key).expect("a key"),
    ] {
        let redaction = privacy.redaction(&fields).expect("it is touched");
        for other in &others {
            for it in &fields {
                let is_text = it.kind == Kind::Text || it.kind == Kind::Time;
                let is_texts = it.name == "labels" && other.starts_with("[\"");
                if is_text && other == text || is_texts {
                    continue;
                }
                let record = format!(r#"{{"id":7,"{}":{other}}}"#, it.name);
                let left = redaction.apply(&record);
                assert!(!left.contains("mira"), "{record}: {left}");
                assert!(left.starts_with(r#"{"id":7"#), "{left}");
                serde_json::from_str::<serde_json::Value>(&left).expect("JSON");
            }
            if !other.contains("value") {
                let left = redaction.apply(other);
                assert!(!left.contains("mira"), "{other}: {left}");
            }
        }
        // What is as described stays.
        let record = concat!(
            r#"{"id":7,"title":"x","count":-5,"pay":1.50,"private":true,"changed_at":null,"#,
            r#""labels":["a"]}"#
        );
        assert_eq!(redaction.apply(record), record);
    }
}

#[test]
fn pseudonyms_are_the_same_for_the_same_text_and_key() {
    let fields = shape();
    let made = |key: &[u8]| {
        let privacy = Privacy::new(&[], &[], Some(key.to_vec())).expect("a key");
        let redaction = privacy.redaction(&fields).expect("it is touched");
        redaction.apply(RECORD)
    };
    let (one, same, other) = (made(&[1; 32]), made(&[1; 32]), made(&[2; 32]));
    assert_eq!(one, same);
    assert_ne!(one, other);
    for lost in ["Mira", "m@example.com", "notes", "new"] {
        assert!(!one.contains(lost), "{lost}: {one}");
    }
    assert!(one.starts_with(r#"{"id":7,"name":"p-"#) && one.contains(r#""type":"home""#));
    assert!(Privacy::new(&[], &[], Some(vec![1; 8])).is_err());
}

#[test]
fn answers_about_oneself_are_off_unless_they_are_asked_for() {
    let fields = vec![field(
        "race",
        None,
        vec![field("id", Some(SENSITIVE), Vec::new())],
    )];
    assert!(Privacy::default().leaves_out(&fields));
    let asked = Privacy::new(&[], &names(&[SENSITIVE]), None).expect("known");
    assert!(!asked.leaves_out(&fields) && asked.redaction(&fields).is_none());
}
