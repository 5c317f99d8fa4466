//! Bodies that are made to be slow.

use serde_json::{Value, json};

use super::schema::{Like, Schemas};

/// The longest body.
const BYTES: usize = 1 << 20;

/// The longest list.
const ITEMS: usize = 1_000;

/// What stands in the place of a text that is put in later.
const HOLE: &str = "\"a hole\"";

/// Bodies for an operation, each with a name, made from one that is right.
pub fn bodies(schemas: &Schemas, operation: &str, right: &Value) -> Vec<(String, String)> {
    let mut bodies = vec![
        ("unknown keys".to_owned(), keys(900)),
        ("endless unknown keys".to_owned(), keys(usize::MAX)),
        ("deep lists".to_owned(), "[".repeat(BYTES)),
        ("deep objects".to_owned(), "{\"a\":".repeat(BYTES / 5)),
        ("a list".to_owned(), long_list(2)),
        ("nothing but space".to_owned(), " ".repeat(BYTES)),
    ];
    let Some(schema) = schemas.body(operation) else {
        return bodies;
    };
    for (path, items) in schemas.lists(schema) {
        let name = path.join(".").replace(".[]", "[]");
        let mut add = |how: &str, list: Value| {
            let mut body = right.clone();
            put(schemas, schema, &mut body, &path, list);
            let text = body.to_string();
            if text.len() <= BYTES {
                bodies.push((format!("{name}: {how}"), text));
            }
        };
        let last = path.iter().rfind(|it| **it != "[]").unwrap_or(&"");
        let item = |like| schemas.sample(last, items, like, None);
        add("all the same", vec![item(Like::Known); ITEMS].into());
        add(
            "all different",
            (0..ITEMS).map(|it| item(Like::Number(it))).collect(),
        );
        let wrong = if item(Like::Known).is_object() {
            json!("x")
        } else {
            json!({"x": 1})
        };
        add("all wrong", vec![wrong; ITEMS].into());
        add(
            "with unknown keys",
            vec![json!({"a": 1, "b": [1], "c": {}}); ITEMS].into(),
        );
        let mut body = right.clone();
        put(schemas, schema, &mut body, &path, json!("a hole"));
        let body = body.to_string();
        let endless = body.replace(HOLE, &long_list(body.len()));
        bodies.push((format!("{name}: endless"), endless));
    }
    bodies.extend(texts(right));
    // Everything that is documented, with lists as long as fit.
    for like in [Like::Known, Like::Number(0)] {
        let full = |width: usize| schemas.sample("", schema, like, Some(width)).to_string();
        let mut body = full(1);
        // Lists are inside of lists: the first that is too long is not much too long.
        for width in [2, 3, 5, 8, 12, 20, 40, 100, 300, ITEMS] {
            let longer = full(width);
            if longer.len() > BYTES {
                break;
            }
            body = longer;
        }
        let how = if matches!(like, Like::Known) {
            "the same"
        } else {
            "different"
        };
        bodies.push((format!("everything, {how}"), body));
    }
    bodies
}

/// As many fields as there are, or as fit.
fn keys(count: usize) -> String {
    let mut body = "{".to_owned();
    for number in 0..count {
        let key = format!("\"{number:x}\":1,");
        if body.len() + key.len() > BYTES - 10 {
            break;
        }
        body += &key;
    }
    body + "\"last\":1}"
}

/// A list that fits beside so many bytes.
fn long_list(beside: usize) -> String {
    format!("[{}1]", "1,".repeat((BYTES - beside - 3) / 2))
}

/// A body with one of its texts made long, for each of them.
fn texts(right: &Value) -> Vec<(String, String)> {
    let mut bodies = Vec::new();
    for (name, value) in right.as_object().into_iter().flatten() {
        if value.is_string() {
            let mut body = right.clone();
            let room = BYTES - right.to_string().len() - 10;
            for (how, piece) in [
                ("x", "x"),
                ("spaces", " "),
                ("escapes", "\u{1}"),
                ("commas", "a,"),
            ] {
                let longest = room / json!(piece).to_string().len();
                for (size, count) in [("endless", longest), ("long", 65_536 / piece.len())] {
                    body[name] = json!(piece.repeat(count));
                    bodies.push((format!("{name}: {size}, {how}"), body.to_string()));
                }
            }
        }
    }
    bodies
}

/// Puts a list into a body, with what has to be around it.
fn put(schemas: &Schemas, schema: &Value, body: &mut Value, path: &[&str], list: Value) {
    let schema = schemas.resolve(schema);
    match path {
        [] => *body = list,
        ["[]", rest @ ..] => {
            if !body.get(0).is_some_and(Value::is_object) {
                *body = json!([schemas.sample("", &schema["items"], Like::Known, None)]);
            }
            put(schemas, &schema["items"], &mut body[0], rest, list);
        }
        [name, rest @ ..] => {
            let property = &schema["properties"][*name];
            if body[*name].is_null() && !rest.is_empty() {
                body[*name] = schemas.sample(name, property, Like::Known, None);
            }
            put(schemas, property, &mut body[*name], rest, list);
        }
    }
}
