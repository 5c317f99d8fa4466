//! Reference data, which no scenario changes: fixed lists, definitions, and answers to questions.

use std::collections::{BTreeMap, BTreeSet};

use harvest_generated::v1::Client;
use harvest_generated::v1::types::CustomFieldFieldType;
use serde_json::{Value, json};

use super::read::{all, id, one};

/// Records by the name of their list.
pub type Catalogue = BTreeMap<String, Vec<Value>>;

/// Reads all of it: each list, and each record of it that can be read on its own.
pub async fn read(client: &Client) -> Catalogue {
    let mut catalogue = Catalogue::new();
    let mut insert = |name: &str, records| catalogue.insert(name.to_owned(), records);
    insert("roles", all(client.list_user_roles().items()).await);
    insert("sources", all(client.list_sources().items()).await);
    insert(
        "close reasons",
        all(client.list_close_reasons().items()).await,
    );
    let reasons = client.list_rejection_reasons();
    let reasons = all(reasons.include_defaults(true).items()).await;
    let own = all(client.list_rejection_reasons().items()).await;
    assert!(reasons.ends_with(&own) && reasons != own);
    insert("rejection reasons", reasons);
    insert("schools", all(client.list_schools().items()).await);
    insert("degrees", all(client.list_degrees().items()).await);
    insert("disciplines", all(client.list_disciplines().items()).await);
    insert("pools", pools(client).await);
    insert("templates", templates(client).await);
    insert("EEOC answers", all(client.list_eeoc().items()).await);
    let link = client.get_tracking_link("fieldwork").send().await;
    insert("tracking link", one(link).into_iter().collect());
    let mut of_types = BTreeSet::new();
    for field_type in CustomFieldFieldType::VALUES {
        let fields = custom_fields(client, field_type).await;
        of_types.extend(fields.iter().map(id));
        insert(&format!("{field_type} fields"), fields);
    }
    let of_all_types = all(client.list_all_custom_fields().items()).await;
    let of_all_types: BTreeSet<_> = of_all_types.iter().map(id).collect();
    assert_eq!(of_all_types, of_types);
    insert("questions", questions(client).await);
    insert("answers", answers(client).await);
    catalogue
}

async fn pools(client: &Client) -> Vec<Value> {
    let pools = all(client.list_prospect_pools().items()).await;
    for pool in &pools {
        let own = client.get_prospect_pool(id(pool)).send().await;
        assert_eq!(one(own).as_ref(), Some(pool));
    }
    pools
}

async fn templates(client: &Client) -> Vec<Value> {
    let templates = all(client.list_email_templates().items()).await;
    for template in &templates {
        let own = client.get_email_template(id(template)).send().await;
        assert_eq!(one(own).as_ref(), Some(template));
    }
    templates
}

/// Fields of a type, with their options.
async fn custom_fields(client: &Client, field_type: &str) -> Vec<Value> {
    let list = client.list_custom_fields(CustomFieldFieldType::from_wire(field_type));
    let fields = all(list.items()).await;
    for field in &fields {
        let own = client.get_custom_field(id(field)).send().await;
        assert_eq!(one(own).as_ref(), Some(field));
        let options = client.list_custom_field_options(id(field));
        let options = all(options.items()).await;
        assert_eq!(field["custom_field_options"], json!(options));
    }
    fields
}

/// Demographic questions with their options, as the sets that they are in have them.
async fn questions(client: &Client) -> Vec<Value> {
    let questions = all(client.list_demographic_questions().items()).await;
    let options = all(client.list_demographic_answer_options().items()).await;
    let (mut in_sets, mut of_questions) = (Vec::new(), Vec::new());
    for set in all(client.list_demographic_question_sets().items()).await {
        let own = client.get_demographic_question_set(id(&set)).send().await;
        assert_eq!(one(own), Some(set.clone()));
        let theirs = client.list_demographic_question_set_questions(id(&set));
        in_sets.extend(all(theirs.items()).await);
    }
    for question in &questions {
        let own = client.get_demographic_question(id(question)).send().await;
        assert_eq!(one(own).as_ref(), Some(question));
        let theirs = client.list_demographic_question_answer_options(id(question));
        of_questions.extend(all(theirs.items()).await);
    }
    for option in &options {
        let own = client
            .get_demographic_answer_option(id(option))
            .send()
            .await;
        assert_eq!(one(own).as_ref(), Some(option));
    }
    assert_eq!(in_sets, questions);
    assert_eq!(of_questions, options);
    [questions, options].concat()
}

/// What applicants answered to them.
async fn answers(client: &Client) -> Vec<Value> {
    let answers = all(client.list_demographic_answers().items()).await;
    for answer in &answers {
        let own = one(client.get_demographic_answer(id(answer)).send().await).unwrap();
        // On its own, an answer doesn't say when it was changed.
        let mut answer = answer.clone();
        answer.as_object_mut().unwrap().shift_remove("updated_at");
        assert_eq!(own, answer);
    }
    answers
}
