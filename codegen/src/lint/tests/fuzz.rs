//! Random documents: nothing panics, and those without findings compile.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::{findings, good, remove, set};

/// Runs a document through all stages. What has no findings has to compile. Of the rest, nothing is asked but that
/// nothing of ours panics (progenitor's panics are errors); every eighth is enough, since progenitor takes its time.
fn through_all_stages(document: &Value, what: &str, problems: &mut Vec<String>) {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    let findings = findings(document.clone());
    let (conventions, _) = crate::conventions::Conventions::of(document);
    if !conventions.client {
        return;
    }
    let lowered = crate::lower::lower(document);
    if !findings.is_empty() && !RUNS.fetch_add(1, Ordering::Relaxed).is_multiple_of(8) {
        return;
    }
    let compiled = lowered.map_err(crate::Error::from).and_then(|lowered| {
        let tree = crate::generate::generate(&lowered.document)?;
        Ok(crate::refine::refine(tree, lowered.facts)?)
    });
    match compiled {
        Err(error) if findings.is_empty() => {
            problems.push(format!("{what}: no findings, and yet: {error}"));
        }
        _ => {}
    }
}

#[test]
fn the_good_description_compiles() {
    let mut problems = Vec::new();
    through_all_stages(&good(), "the good description", &mut problems);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn garbage_is_no_reason_to_panic() {
    for document in [
        json!(null),
        json!(true),
        json!(0),
        json!(""),
        json!([]),
        json!({}),
        json!([[[{}]]]),
        json!({"openapi": 3}),
        json!({"openapi": "3.0.3"}),
        json!({"openapi": "3.0.3", "paths": []}),
        json!({"paths": {"": {"get": {}}}}),
        json!({"paths": {"{": {"get": {"parameters": [{"in": "path"}, null, {"$ref": "#"}]}}}}),
        json!({"paths": {"/a": null, "/b": [], "/c": {"get": null, "post": [], "put": 1}}}),
        json!({"components": {"schemas": {"A": {"$ref": "#/components/schemas/A"}}}}),
        json!({"components": {"schemas": {"A": {"oneOf": [{"$ref": "#/components/schemas/A"}]}}}}),
        json!({"components": {"schemas": {"": {}, "/": {"properties": {"/": 1, "": []}}}}}),
        json!({"components": {"schemas": [], "securitySchemes": ["basic"]}, "servers": {},
            "tags": "none"}),
    ] {
        assert!(!findings(document.clone()).is_empty(), "{document}");
        assert!(crate::lower::lower(&document).is_err(), "{document}");
        crate::load::Bundle::from_document(document).to_json();
    }
}

/// The pointers to all values of a document, in order.
fn pointers(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                pointers(inner, &format!("{at}/{}", crate::load::escape(key)), out);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                pointers(inner, &format!("{at}/{index}"), out);
            }
        }
        _ => {}
    }
}

/// Runs `attempt` for each pointer, on as many threads as there are cores: it is the same work thousands of times.
fn for_each_pointer(pointers: &[String], attempt: impl Fn(&str, &mut Vec<String>) + Sync) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let size = pointers.len().div_ceil(threads).max(1);
    let attempt = &attempt;
    let problems = std::thread::scope(|scope| {
        let running: Vec<_> = pointers
            .chunks(size)
            .map(|part| {
                scope.spawn(move || {
                    let mut problems = Vec::new();
                    for pointer in part {
                        attempt(pointer, &mut problems);
                    }
                    problems
                })
            })
            .collect();
        let done = running.into_iter().map(|it| it.join().unwrap());
        done.collect::<Vec<_>>().concat()
    });
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn whatever_stands_in_a_place_nothing_panics() {
    let good = good();
    let mut all = Vec::new();
    pointers(&good, "", &mut all);
    assert!(all.len() > 300);
    for_each_pointer(&all, |pointer, problems| {
        for value in [
            json!(null),
            json!(""),
            json!([]),
            json!({}),
            json!(0),
            json!(true),
            json!("2a b"),
            json!({"$ref": "#/components/parameters/ActingUser"}),
            json!({"$ref": "#/components/schemas/Labels"}),
            json!({"type": "array", "items": {"$ref": "#/components/schemas/Shelf"}}),
        ] {
            let mut document = good.clone();
            let what = format!("{value} at {pointer}");
            *document.pointer_mut(pointer).expect("a place") = value;
            through_all_stages(&document, &what, problems);
        }
    });
}

#[test]
fn whatever_is_missing_nothing_panics() {
    let good = good();
    let mut all = Vec::new();
    pointers(&good, "", &mut all);
    all.retain(|pointer| !pointer.is_empty());
    for_each_pointer(&all, |pointer, problems| {
        let mut document = good.clone();
        remove(&mut document, pointer);
        through_all_stages(&document, &format!("without {pointer}"), problems);
    });
}

#[test]
fn whatever_a_thing_is_called_nothing_panics() {
    let names = [
        "", "2a", "type", "self", "Self", "a-b", "a/b", "ü", "²", "名前", "x y", "default", "new",
        "send", "_", "r#x",
    ];
    let good = good();
    let mut all = Vec::new();
    pointers(&good, "", &mut all);
    let mut problems = Vec::new();
    for name in names {
        // Values that are names.
        for pointer in all.iter().filter(|p| {
            [
                "/operationId",
                "/name",
                "/enum/0",
                "get/tags/0",
                "/x-harvest-documented-name",
                "/required/0",
            ]
            .iter()
            .any(|end| p.ends_with(end))
        }) {
            let mut document = good.clone();
            *document.pointer_mut(pointer).expect("a place") = json!(name);
            if pointer.starts_with("/tags/0/") || pointer.ends_with("/tags/0") {
                // Declared and used, so that nothing but the name itself can be wrong.
                set(&mut document, "/tags/0/name", json!(name));
                set(&mut document, "/paths/~1books/get/tags", json!([name]));
                set(&mut document, "/paths/~1books/post/tags", json!([name]));
            }
            through_all_stages(&document, &format!("{name:?} at {pointer}"), &mut problems);
        }
        // Keys that are names.
        for holder in [
            "/components/schemas",
            "/components/schemas/Book/properties",
            "/components/schemas/BookCreate/properties",
        ] {
            let mut document = good.clone();
            let entry = json!({"type": "string", "nullable": true, "description": "Named."});
            let Some(Value::Object(map)) = document.pointer_mut(holder) else {
                panic!("{holder}");
            };
            map.insert(name.to_owned(), entry);
            if holder == "/components/schemas" {
                let used = json!({"$ref": format!("#/components/schemas/{name}")});
                set(
                    &mut document,
                    "/components/schemas/BookCreate/properties/used",
                    used,
                );
            }
            through_all_stages(&document, &format!("{name:?} in {holder}"), &mut problems);
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
