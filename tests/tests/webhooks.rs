//! The events of webhooks: each described example through the types, the documented facts, what is not described, and what the
//! sandbox sends.

#[allow(dead_code, reason = "it has more than these tests use")]
#[path = "../../harvest-sandbox/tests/v3/both.rs"]
mod both;
#[path = "webhooks/documented.rs"]
mod documented;
#[path = "webhooks/receiver.rs"]
mod receiver;
#[path = "../../harvest-sandbox/tests/webhooks/scene.rs"]
mod scene;
#[path = "../../harvest-sandbox/tests/state/schema_conformance.rs"]
mod schema_conformance;
#[path = "webhooks/sent.rs"]
mod sent;
#[path = "../../harvest-sandbox/tests/support/mod.rs"]
mod support;
#[path = "../../harvest-sandbox/tests/webhooks/until.rs"]
mod until;

use harvest_generated::runtime::custom_field::TypedValue;
use harvest_generated::runtime::webhook::{Secrets, Verifier};
use harvest_generated::runtime::{Bytes, decode, reqwest};
use harvest_generated::webhooks::types::{Action, ApplicationId, CandidateId};
use harvest_generated::webhooks::{Event, PROTOCOL};
use harvest_runtime::__private::count_unexpected;
use serde_json::{Value, json};

fn description() -> Value {
    serde_json::from_str(harvest_spec::WEBHOOKS.json).unwrap()
}

/// The described events, each with its example.
fn examples() -> Vec<(String, Value)> {
    let description = description();
    let events = description[harvest_openapi::EVENTS].as_object().unwrap();
    events
        .iter()
        .map(|(action, item)| {
            let body = &item["post"]["requestBody"]["content"]["application/json"];
            (action.clone(), body["example"].clone())
        })
        .collect()
}

fn example(action: &str) -> Value {
    let mut all = examples().into_iter();
    all.find(|(name, _)| name == action).unwrap().1
}

fn event(json: &Value) -> Event {
    decode::json(reqwest::StatusCode::OK, json.to_string().as_bytes()).unwrap()
}

/// Each of these records would be a model of a kilobyte.
#[test]
fn an_event_of_very_many_records_is_kept_as_it_came() {
    for (records, is_known) in [(10, true), (16_000, true), (100_000, false)] {
        let mut json = example("application_updated");
        let jobs = &mut json["payload"]["application"]["jobs"];
        let job = std::mem::take(&mut jobs[0]);
        *jobs = vec![job]
            .into_iter()
            .chain(vec![json!({}); records])
            .collect();
        let event = event(&json);
        assert_eq!(event.action(), Some("application_updated"), "{records}");
        assert_eq!(!matches!(event, Event::Unknown(_)), is_known, "{records}");
        assert_eq!(serde_json::to_value(&event).unwrap(), json, "{records}");
    }
}

#[test]
fn every_example_is_the_event_that_it_names_and_is_written_as_it_came() {
    let examples = examples();
    assert_eq!(examples.len(), 30);
    for (action, json) in &examples {
        let (event, unexpected) = count_unexpected(|| event(json));
        assert!(!matches!(event, Event::Unknown(_)), "{action}");
        assert_eq!(event.action(), Some(action.as_str()));
        assert_eq!(unexpected, 0, "{action}");
        assert_eq!(serde_json::to_value(&event).unwrap(), *json, "{action}");
        let again: Event = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(again, event);
    }
    let mut actions: Vec<_> = examples.iter().map(|(action, _)| action.as_str()).collect();
    actions.sort_unstable();
    assert_eq!(actions, Event::ACTIONS);
    let mut values = Action::VALUES.to_vec();
    values.sort_unstable();
    assert_eq!(actions, values);
}

#[test]
fn events_print_nothing_about_people() {
    for (action, json) in examples() {
        let event = event(&json);
        let printed = format!("{event:?} {event:#?}");
        let mut texts = Vec::new();
        collect(&json["payload"], &mut texts);
        for text in texts {
            assert!(!printed.contains(&text), "{action} prints {text}");
        }
    }
}

/// The longer texts in a payload.
fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) if text.len() > 9 => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(map) => map.values().for_each(|value| collect(value, texts)),
        _ => {}
    }
}

#[test]
fn unknown_keys_are_kept_at_every_depth() {
    for (action, mut json) in examples() {
        deepen(&mut json);
        let event = event(&json);
        assert!(!matches!(event, Event::Unknown(_)), "{action}");
        assert_eq!(serde_json::to_value(&event).unwrap(), json, "{action}");
    }
}

/// Adds a key to each object, and digits that 64 bits do not hold.
fn deepen(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(deepen),
        Value::Object(map) => {
            map.values_mut().for_each(deepen);
            map.insert("added later".to_owned(), json!({"é<p>": [null, 1.5, "x"]}));
        }
        _ => {}
    }
}

#[test]
fn every_property_may_be_null_or_missing() {
    for (action, json) in examples() {
        for nothing in [json!({}), Value::Null] {
            let mut bare = json.clone();
            bare["payload"] = nothing;
            let event = event(&bare);
            assert_eq!(event.action(), Some(action.as_str()));
            assert_eq!(serde_json::to_value(&event).unwrap(), bare, "{action}");
        }
        // Each value of the payload, one at a time.
        let mut pointers = Vec::new();
        walk(&json["payload"], "/payload", &mut pointers);
        for pointer in pointers {
            let mut changed = json.clone();
            *changed.pointer_mut(&pointer).unwrap() = Value::Null;
            let event = event(&changed);
            assert_eq!(event.action(), Some(action.as_str()));
            assert_eq!(serde_json::to_value(&event).unwrap(), changed, "{pointer}");
        }
    }
}

fn walk(value: &Value, at: &str, pointers: &mut Vec<String>) {
    pointers.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &format!("{at}/{index}"), pointers);
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                walk(value, &format!("{at}/{key}"), pointers);
            }
        }
        _ => {}
    }
}

#[test]
fn what_is_not_described_is_an_unknown_event_with_its_json() {
    for (text, action) in [
        (
            r#"{"action":"hiring_team_updated","payload":{"x":1.10}}"#,
            Some("hiring_team_updated"),
        ),
        (r#"{"action":null,"payload":{}}"#, None),
        (r#"{"action":7}"#, None),
        (r#"{"payload":{}}"#, None),
        (r#"[{"action":"ping"}]"#, None),
        (r#""ping""#, None),
        ("null", None),
        // An envelope of another product.
        (r#"{"event_type":"employee:updated","id":"x"}"#, None),
    ] {
        let event: Event = serde_json::from_str(text).unwrap();
        assert_eq!(event.action(), action, "{text}");
        let Event::Unknown(unknown) = &event else {
            panic!("{text} is known");
        };
        assert_eq!(unknown.json().text(), text);
        assert_eq!(serde_json::to_string(&event).unwrap(), text);
    }
}

#[test]
fn the_record_is_the_payload_itself_or_under_a_key() {
    let Event::OfferCreated(offer) = event(&example("offer_created")) else {
        panic!("no offer");
    };
    assert_eq!(
        offer.payload.application_id,
        Some(ApplicationId(119_540_990_301))
    );
    assert_eq!(offer.payload.start_date.as_deref(), Some("04/15/2026"));
    let Event::MergeCandidate(merge) = event(&example("merge_candidate")) else {
        panic!("no merge");
    };
    let person = merge.payload.person.unwrap();
    assert_eq!(person.new_candidate_id, Some(CandidateId(119_540_880_217)));
    let Event::JobApproved(job) = event(&example("job_approved")) else {
        panic!("no approval");
    };
    assert!(job.payload.job.is_some() && job.payload.approval_flow.is_some());
    let Event::JobPostCreated(post) = event(&example("job_post_created")) else {
        panic!("no post");
    };
    assert_eq!(post.payload.job_id, None, "a prospect post has no job");
}

#[test]
fn custom_fields_are_typed_and_an_empty_list_is_none() {
    let mut json = example("job_created");
    json["payload"]["job"]["openings"][0]["custom_fields"] = json!([]);
    let field = json!({
        "name": "Salary", "type": "currency", "value": {"amount": 61_000.5, "unit": "EUR"},
        "compensation_type": "salary", "frequency": "yearly", "rationale": "As before",
    });
    json["payload"]["job"]["custom_fields"]["salary"] = field;
    let event = event(&json);
    assert_eq!(serde_json::to_value(&event).unwrap(), json);
    let Event::JobCreated(delivery) = &event else {
        panic!("no job");
    };
    let job = delivery.payload.job.as_ref().unwrap();
    let openings = job.openings.as_ref().unwrap();
    assert!(openings[0].custom_fields.as_ref().unwrap().is_empty());
    assert_eq!(openings[1].custom_fields.as_ref().unwrap().len(), 1);
    let fields = job.custom_fields.as_ref().unwrap();
    let TypedValue::Currency(pay) = fields.typed("salary") else {
        panic!("no pay");
    };
    assert_eq!(
        (pay.amount.to_string().as_str(), pay.currency),
        ("61000.5", Some("EUR"))
    );
    let salary = fields.field("salary").unwrap().unexpected().unwrap();
    assert_eq!(salary.get("frequency").unwrap().text(), "\"yearly\"");
    assert!(matches!(
        fields.typed("pay_range"),
        TypedValue::CurrencyRange(_)
    ));
    assert!(matches!(fields.typed("levels"), TypedValue::NumberRange(_)));
    let Event::UpdateCandidate(delivery) = self::event(&example("update_candidate")) else {
        panic!("no candidate");
    };
    let candidate = delivery.payload.candidate.unwrap();
    assert_eq!(candidate.external_id.as_deref(), Some("00417"));
    let fields = candidate.custom_fields.unwrap();
    assert!(matches!(
        fields.typed("may_travel"),
        TypedValue::YesNo(true)
    ));
    // No date at all, as it was seen: its text is kept.
    assert_eq!(
        fields.field("visited_on").unwrap().value(),
        Some(&json!(""))
    );
}

#[test]
fn a_delivery_is_verified_by_the_described_protocol() {
    let verifier = Verifier::new(PROTOCOL, Secrets::new(["nest of wrens"]).unwrap());
    let body = concat!(
        r#"{"action":"job_post_updated","#,
        r#""payload":{"content":"\u003cp\u003eCaf\u00e9\u003c/p\u003e"}}"#
    );
    let signature = verifier.signature(body.as_bytes());
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("Signature", signature.parse().unwrap());
    headers.insert("Greenhouse-Event-ID", "4100042".parse().unwrap());
    let delivery = verifier
        .verify(&headers, Bytes::from_static(body.as_bytes()))
        .unwrap();
    assert_eq!(delivery.event_id(), Some("4100042"));
    let Event::JobPostUpdated(post) = delivery.decode().unwrap() else {
        panic!("no post");
    };
    assert_eq!(post.payload.content.as_deref(), Some("<p>Café</p>"));
    // 1 + 15 + 60 + 120 + 240 + 480 minutes.
    assert_eq!(PROTOCOL.span().as_secs(), 916 * 60);
    assert_eq!((PROTOCOL.waits.len(), PROTOCOL.success), (6, 200));
}
