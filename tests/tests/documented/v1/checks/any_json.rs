//! Documented answers with other JSON in every place.

use serde_json::Value;

use crate::described::Described;
use crate::folder::text;
use crate::odd::{MARK, ODD, places, put};
use crate::v1::decode::row;
use crate::v1::facts::Facts;

/// That an answer survives its type whatever stands in one of its places.
///
/// # Panics
///
/// If one does not.
pub fn any_json(facts: &Facts, described: &Described) {
    let mark = format!("{MARK:?}");
    let mut tried = 0;
    for documented in &facts.operations {
        let operation = described.operation(&documented.method, &documented.path);
        let decode = operation.and_then(|operation| row(operation.id())?.any_answer);
        let Some(decode) = decode else {
            continue;
        };
        for example in documented
            .response_examples
            .iter()
            .filter(|e| !e.is_error())
        {
            let text = text(&facts.file(documented, example));
            let Ok(value) = serde_json::from_str::<Value>(&text) else {
                continue;
            };
            let mut found = Vec::new();
            places(&value, &[], &mut found);
            for (at, (place, _)) in found.iter().enumerate() {
                let mut marked = value.clone();
                put(&mut marked, place);
                let odd = ODD[at % ODD.len()];
                let sent = marked.to_string().replace(&mark, odd);
                let place = format!("{} {}: {odd}", documented.name(), place.join("/"));
                let again = decode(&sent).unwrap_or_else(|error| panic!("{place}: {error}"));
                // As far as 64 bits hold the numbers.
                if let Ok(sent) = serde_json::from_str::<Value>(&sent) {
                    assert!(again == sent, "{place}");
                }
                tried += 1;
            }
        }
    }
    println!("{tried} documented answers with other JSON in one place");
    assert!(tried > 0);
}
