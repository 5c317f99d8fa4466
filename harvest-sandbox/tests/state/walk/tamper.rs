//! Changes behind the back of the sandbox, to see whether an answer follows.

use serde_json::Value;

/// Texts of the answer as they are in the records, each with one that isn't there: first words, then numbers.
pub fn ideas(answer: &Value) -> Vec<(String, String)> {
    let (mut words, mut numbers) = (Vec::new(), Vec::new());
    leaves(answer, &mut words, &mut numbers);
    words.append(&mut numbers);
    words.truncate(200);
    words
}

type Ideas = Vec<(String, String)>;

fn leaves(value: &Value, words: &mut Ideas, numbers: &mut Ideas) {
    match value {
        Value::Object(fields) => fields.values().for_each(|it| leaves(it, words, numbers)),
        Value::Array(items) => items.iter().for_each(|it| leaves(it, words, numbers)),
        Value::String(text) if is_a_word(text) => {
            let other: String = text.chars().rev().collect();
            words.push((format!("\"{text}\""), format!("\"{other}~\"")));
        }
        Value::Number(number) if number.as_i64().is_some_and(|it| it > 1000) => {
            numbers.push((number.to_string(), format!("90{number}")));
        }
        _ => {}
    }
}

/// Not a time, nor a link, nor anything that JSON writes otherwise.
fn is_a_word(text: &str) -> bool {
    let may_be = |one: char| one.is_alphabetic() || [' ', '.', '@'].contains(&one);
    text.len() > 2 && text.chars().all(may_be)
}
