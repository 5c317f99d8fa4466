//! Custom fields of v3: written as a list, read as a map, each type in each model that has them.

use std::collections::{BTreeMap, BTreeSet};

use harvest_generated::v3::Client;
use harvest_generated::v3::types::{
    ApplicationUpdate, CandidateUpdate, CustomFieldCreate, CustomFieldFieldType,
    CustomFieldOptionInput, JobOpeningUpdate, JobUpdate, OfferUpdate, RejectionDetailUpdate,
    UserUpdate,
};
use harvest_openapi::extension;
use harvest_runtime::chrono::NaiveDate;
use harvest_runtime::custom_field::{
    CustomFieldEntry, Definition, Definitions, EntrySetter, FieldDefinition as _,
    KeyedCustomFields, TypedValue,
};
use harvest_runtime::{Error, Limiter};
use harvest_sandbox::Sandbox;
use serde_json::{Value, json};

use super::super::calls::call;
use super::super::description::{V3, items, members};
use super::super::operation_row::{BoxFuture, Call};
use super::super::proxy::Proxy;
use super::super::strict::validator;
use super::calls::{client, rows};

/// The options of fields that have some.
const OPTIONS: [&str; 3] = ["Ebb", "Flood", "Slack"];

/// Sets a value, where one is wanted that of the user with this id.
type Set = fn(EntrySetter, i64) -> CustomFieldEntry;

/// The type of a field, how a value of it is set, and how it is read again.
type Written = (&'static str, Set, &'static str);

/// A value of each type that can be written.
static VALUES: [Written; 12] = [
    ("short_text", |it, _| it.text("Tide"), "Tide"),
    ("long_text", |it, _| it.text("Tide\nMoon"), "Tide\nMoon"),
    ("yes_no", |it, _| it.yes_no(true), "true"),
    ("single_select", |it, _| it.option_named("Flood"), "Flood"),
    (
        "multi_select",
        |it, _| it.options_named(["Ebb", "Slack"]),
        "Ebb, Slack",
    ),
    (
        "currency",
        |it, _| it.currency("81500.5", "EUR"),
        "81500.5 EUR",
    ),
    (
        "currency_range",
        |it, _| it.currency_range(70_000, "90000.25", "SEK"),
        "70000 to 90000.25 SEK",
    ),
    ("number", |it, _| it.number("5.25"), "5.25"),
    ("number_range", |it, _| it.number_range(1, 2), "1 to 2"),
    (
        "date",
        |it, _| it.date(NaiveDate::from_ymd_opt(2026, 1, 2).unwrap()),
        "2026-01-02",
    ),
    (
        "url",
        |it, _| it.url("https://example.com/tides"),
        "https://example.com/tides",
    ),
    ("user", |it, user| it.user(user), "the user"),
];

/// What cannot be written, by the model of an entry: as documented.
const REFUSED: [(&str, &[&str]); 4] = [
    ("CustomFieldInput", &[]),
    ("OfferCustomFieldInput", &[]),
    (
        "ApplicationCustomFieldInput",
        &["currency_range", "number_range"],
    ),
    (
        "UserCustomFieldInput",
        &["currency", "currency_range", "number_range"],
    ),
];

/// What a typed value holds.
fn text(value: &TypedValue<'_>, user: i64) -> String {
    let range = |of: &harvest_runtime::custom_field::Range<'_>| {
        let [min, max] = [&of.min, &of.max].map(|end| end.as_ref().unwrap().to_string());
        let unit = of.currency.map_or_else(String::new, |of| format!(" {of}"));
        format!("{min} to {max}{unit}")
    };
    match value {
        TypedValue::Text(text) | TypedValue::SingleSelect(text) | TypedValue::Url(text) => {
            (*text).to_owned()
        }
        TypedValue::Number(number) => number.to_string(),
        TypedValue::Date(day) => day.to_string(),
        TypedValue::YesNo(yes) => yes.to_string(),
        TypedValue::MultiSelect(names) => names.join(", "),
        TypedValue::Currency(money) => format!("{} {}", money.amount, money.currency.unwrap()),
        TypedValue::CurrencyRange(of) | TypedValue::NumberRange(of) => range(of),
        TypedValue::User(found) if found.id == Some(user) => "the user".to_owned(),
        other => format!("{other:?}"),
    }
}

/// Whether a schema is an entry of a list of custom fields; then the name of its model.
fn entry_model(schema: &'static Value) -> Option<&'static str> {
    let is_entry = V3.schema(schema)[extension::RUNTIME_TYPE] == "custom-field-entry";
    let reference = is_entry.then(|| schema["$ref"].as_str()).flatten()?;
    Some(reference.rsplit_once('/').unwrap().1)
}

/// Puts a value of each type into every list of custom fields of a body, and says of which models. What the example of the
/// body has not, it gets.
fn fill(schema: &'static Value, body: &mut Value, models: &mut Vec<&'static str>) {
    let schema = V3.member(schema, body);
    if let Value::Array(values) = body {
        for value in values {
            fill(&schema["items"], value, models);
        }
        return;
    }
    for (name, property) in members(&schema["properties"]) {
        if let Some(model) = entry_model(&V3.schema(property)["items"]) {
            let refused = REFUSED.iter().find(|(of, _)| *of == model);
            let (_, refused) = refused.unwrap_or_else(|| panic!("{model} is not known here"));
            let taken = VALUES.iter().filter(|(of, ..)| !refused.contains(of));
            let entries = taken.enumerate().map(|(place, (of, set, _))| {
                let by_key = CustomFieldEntry::by_key(*of);
                let by_id = CustomFieldEntry::by_id(4_000 + i64::try_from(place).unwrap());
                set(if place % 2 == 0 { by_key } else { by_id }, 7)
            });
            let cleared = CustomFieldEntry::by_key("gone").clear();
            let entries: Vec<_> = entries.chain([cleared]).collect();
            body[name] = serde_json::to_value(entries).unwrap();
            models.push(model);
        } else if body.get(name).is_some() {
            fill(property, &mut body[name], models);
        }
    }
}

/// How many lists of custom fields a body can have, whatever its example has.
fn lists_in(schema: &'static Value) -> usize {
    let schema = V3.schema(schema);
    if schema.get("items").is_some() {
        return lists_in(&schema["items"]);
    }
    if let Some(most) = items(&schema["oneOf"]).map(lists_in).max() {
        return most;
    }
    let properties = members(&schema["properties"]);
    let lists = properties.map(|(_, property)| {
        let is_list = entry_model(&V3.schema(property)["items"]).is_some();
        if is_list { 1 } else { lists_in(property) }
    });
    lists.sum()
}

#[tokio::test]
async fn every_body_with_custom_fields_takes_each_type_as_an_entry_of_a_list() {
    let proxy = Proxy::alone(200, "").await;
    let client: Client = client(&proxy);
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for (row, operation) in rows() {
        let Some(example) = operation.requests.first() else {
            continue;
        };
        let most = lists_in(example.schema);
        // The examples of a body show its forms.
        let mut seen = 0;
        for example in &operation.requests {
            let (mut body, mut models) = (example.in_order(), Vec::new());
            fill(example.schema, &mut body, &mut models);
            if models.is_empty() {
                continue;
            }
            seen = seen.max(models.len());
            let validator = validator(&V3.root, example.schema);
            let faults: Vec<_> = validator.iter_errors(&body).collect();
            assert!(faults.is_empty(), "{}: {faults:?}", example.place);

            let success = operation.success();
            let answer = success.examples.first().map(|of| of.value.to_string());
            proxy.answer(success.status, answer.unwrap_or_default());
            let call = Call {
                body: Some(body.to_string()),
                ..call(&operation)
            };
            let called = (row.call)(client.clone(), call).await;
            called.outcome.unwrap_or_else(|error| panic!("{error}"));
            let arrived: Value = serde_json::from_str(&proxy.only().body).unwrap();
            assert_eq!(arrived, body, "{}", example.place);
            for model in models {
                *found.entry(model).or_default() += 1;
            }
        }
        assert!(seen >= most, "{}: {seen} of {most} lists", row.id);
    }
    println!("v3: lists of custom fields that were sent, by model: {found:?}");
    let known: BTreeSet<_> = REFUSED.iter().map(|(model, _)| *model).collect();
    assert_eq!(found.keys().copied().collect::<BTreeSet<_>>(), known);
}

#[test]
fn what_a_model_does_not_take_is_not_described() {
    for (model, refused) in REFUSED {
        let schema = json!({ "$ref": format!("#/components/schemas/{model}") });
        let validator = validator(&V3.root, &schema);
        for (value_type, set, _) in &VALUES {
            let entry = set(CustomFieldEntry::by_key("tide"), 7);
            let entry = serde_json::to_value(&entry).unwrap();
            let is_taken = !refused.contains(value_type);
            assert_eq!(validator.is_valid(&entry), is_taken, "{model}: {entry}");
        }
    }
}

/// What came of a write.
type Outcome = Result<(), Error>;

/// A kind of record with custom fields.
struct Kind {
    /// The name of its model.
    model: &'static str,
    field_type: CustomFieldFieldType,
    /// The id of some record.
    any: fn(Client) -> BoxFuture<i64>,
    write: fn(Client, i64, Vec<CustomFieldEntry>) -> BoxFuture<Outcome>,
    read: fn(Client, i64) -> BoxFuture<KeyedCustomFields>,
}

macro_rules! kind {
    ($model:ident, $field_type:ident: $list:ident, $find:ident.$shown:ident,
        $update:ident $body:ident) => {
        Kind {
            model: stringify!($model),
            field_type: CustomFieldFieldType::$field_type,
            any: |client| {
                Box::pin(async move {
                    let record = client.$list().items().first().await.unwrap();
                    record.and_then(|of| of.id).expect("a record").0
                })
            },
            write: |client, id, entries| {
                Box::pin(async move {
                    let body = $body::default().custom_fields(entries);
                    client.$update(id, &body).send().await.map(drop)
                })
            },
            read: |client, id| {
                Box::pin(async move {
                    let record = client.$find(id).send().await.unwrap().into_value();
                    record.and_then(|of| of.$shown).expect("custom fields")
                })
            },
        }
    };
}

#[rustfmt::skip]
fn kinds() -> Vec<Kind> {
    vec![
        kind!(Candidate, Candidate:
            list_candidates, find_candidate.custom_fields, update_candidate CandidateUpdate),
        kind!(Application, Application:
            list_applications, find_application.custom_fields,
            update_application ApplicationUpdate),
        kind!(Job, Job: list_jobs, find_job.custom_fields, update_job JobUpdate),
        kind!(JobOpening, Opening:
            list_job_openings, find_job_opening.custom_fields, update_job_opening JobOpeningUpdate),
        kind!(Offer, Offer: list_offers, find_offer.custom_fields, update_offer OfferUpdate),
        kind!(RejectionDetail, RejectionQuestion:
            list_rejection_details, find_rejection_detail.question_custom_fields,
            update_rejection_detail RejectionDetailUpdate),
        kind!(User, UserAttribute: list_users, find_user.custom_fields, update_user UserUpdate),
    ]
}

/// The types of a kind of record: users have few, applications no ranges.
fn types_of(kind: &Kind) -> Vec<&'static Written> {
    let is_taken = |of: &str| match kind.field_type {
        CustomFieldFieldType::UserAttribute => {
            ["yes_no", "single_select", "multi_select", "user"].contains(&of)
        }
        CustomFieldFieldType::Application => !of.ends_with("_range"),
        _ => true,
    };
    VALUES.iter().filter(|(of, ..)| is_taken(of)).collect()
}

/// A field of each type, with its options.
async fn define(client: &Client, kind: &Kind) -> Vec<(Definition, &'static Written)> {
    let mut defined = Vec::new();
    for row in types_of(kind) {
        let name = format!("Of {}", row.0);
        let mut new = CustomFieldCreate::new(name, row.0, kind.field_type.clone());
        if row.0.ends_with("_select") {
            let options = OPTIONS.iter().zip(0..);
            new = new.custom_field_options(
                options.map(|(name, place)| CustomFieldOptionInput::new(*name, place)),
            );
        }
        let field = client.create_custom_field(&new).send().await.unwrap();
        let options = client
            .list_custom_field_options()
            .custom_field_ids(field.id);
        let options: Vec<_> = options.items().collect().await.unwrap();
        let definition = field.definition().into_owned();
        defined.push((definition.with_options(options).unwrap(), row));
    }
    defined
}

/// An organization, and a client of a site admin before it.
async fn organization() -> (Proxy, Client, i64) {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let user = sandbox.user_id();
    let token = sandbox.access_token(Some(user)).unwrap();
    let proxy = Proxy::before(sandbox).await;
    let client = Client::builder()
        .access_token(token)
        .base_url(&proxy.url)
        .limiter(Limiter::unlimited())
        .build()
        .unwrap();
    (proxy, client, user)
}

#[tokio::test]
async fn each_type_is_written_as_a_list_and_read_as_a_map_in_each_kind_of_record() {
    let (proxy, client, user) = organization().await;
    let mut values = 0;
    for kind in kinds() {
        let of = kind.model;
        let id = (kind.any)(client.clone()).await;
        let fields = define(&client, &kind).await;
        let definitions: Definitions = fields.iter().map(|(definition, _)| definition).collect();
        let by_key: Vec<_> = fields
            .iter()
            .map(|(field, (_, set, _))| set(CustomFieldEntry::for_field(field), user))
            .collect();
        // Checked entries name options by id.
        let by_id: Vec<_> = fields
            .iter()
            .map(|(field, (_, set, _))| set(CustomFieldEntry::by_id(field.id.unwrap()), user))
            .collect();
        let by_id: Vec<_> = definitions.check(by_id).unwrap().into_iter().collect();
        assert_ne!(json!(by_key), json!(by_id));
        for entries in [by_key, by_id] {
            proxy.arrived();
            let written = (kind.write)(client.clone(), id, entries.clone()).await;
            written.unwrap_or_else(|error| panic!("{of}: {error} {:?}", error.message()));
            let sent: Value = serde_json::from_str(&proxy.only().body).unwrap();
            assert_eq!(sent, json!({ "custom_fields": entries }), "{of}");
            assert!(sent["custom_fields"].is_array(), "{of}");

            let read = (kind.read)(client.clone(), id).await;
            assert!(serde_json::to_value(&read).unwrap().is_object(), "{of}");
            for (field, (value_type, _, expected)) in &fields {
                let key = field.name_key.as_deref().unwrap();
                let found = text(&read.typed(key), user);
                assert_eq!(found, *expected, "{of}: {value_type}");
                values += 1;
            }
            // None of them stays for the next form.
            let cleared = fields
                .iter()
                .map(|(field, _)| CustomFieldEntry::for_field(field).clear());
            let cleared = (kind.write)(client.clone(), id, cleared.collect()).await;
            cleared.unwrap_or_else(|error| panic!("{of}: {error} {:?}", error.message()));
            let read = (kind.read)(client.clone(), id).await;
            for (field, (value_type, ..)) in &fields {
                let key = field.name_key.as_deref().unwrap();
                assert!(read.typed(key).is_empty(), "{of}: {value_type}");
            }
        }
        // What the service would refuse is found before.
        let other = set_wrongly(&fields[0].0);
        assert!(definitions.check([other]).is_err(), "{of}");
    }
    println!("v3: {values} values written as lists and read as maps");
}

/// A value that no type takes.
fn set_wrongly(field: &Definition) -> CustomFieldEntry {
    CustomFieldEntry::for_field(field).json(json!({ "tide": true }))
}

#[test]
fn the_kinds_are_those_of_the_description() {
    let schemas = members(&V3.root["components"]["schemas"]);
    let models = schemas.filter(|(_, schema)| {
        let is_copy = schema.get(extension::NULLABLE_OF).is_some()
            || schema.get(extension::ITEM_OF).is_some();
        let is_map =
            |(_, property)| V3.schema(property)[extension::RUNTIME_TYPE] == "keyed-custom-fields";
        !is_copy && members(&schema["properties"]).any(is_map)
    });
    let models: BTreeSet<_> = models.map(|(name, _)| name).collect();
    let kinds: BTreeSet<_> = kinds().iter().map(|kind| kind.model).collect();
    assert_eq!(kinds, models);
}
