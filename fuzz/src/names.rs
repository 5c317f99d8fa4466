//! Descriptions that are valid, but for improbable names and texts: what the linter accepts of them becomes
//! a crate.

use harvest_codegen::emit::{self, Package, Tree};
use harvest_codegen::{Version, lint, load};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use serde_json::{Map, Value, json};

#[path = "words.rs"]
mod words;

use words::PIECES;
pub use words::WORDS;

/// Choices, made by the bytes of an input one after the other. When they are used up, always the first.
struct Choices<'a> {
    data: &'a [u8],
}

impl Choices<'_> {
    fn below(&mut self, most: usize) -> usize {
        match self.data.split_first() {
            Some((first, rest)) => {
                self.data = rest;
                usize::from(*first) % most.max(1)
            }
            None => 0,
        }
    }

    fn one_in(&mut self, many: usize) -> bool {
        !self.data.is_empty() && self.below(many) == many - 1
    }

    fn of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        // There may be more than a byte can tell apart.
        let at = self.below(256) * 256 + self.below(256);
        all[at % all.len()]
    }

    /// A name that is fine, or now and then one that may not be. `number` keeps the former apart.
    fn name(&mut self, plain: &str, number: usize, pascal: bool) -> String {
        if !self.one_in(4) {
            return match (number, pascal) {
                (0, _) => plain.to_owned(),
                (number, true) => {
                    format!("{plain}{}", ["", "One", "Two", "Three", "Four"][number % 5])
                }
                (number, false) => format!("{plain}_{number}"),
            };
        }
        let mut name = self.of(WORDS).to_owned();
        if self.one_in(3) {
            let word = self.of(WORDS);
            name = if pascal {
                format!("{name}{word}")
            } else {
                format!("{name}_{word}")
            };
        }
        // Mostly in the form that such a name has.
        match (self.below(8), pascal) {
            (0..=5, true) => capitalized(&name),
            (0..=5, false) => words(&name).join("_").to_lowercase(),
            (6, _) => format!("{name}{number}"),
            _ => name,
        }
    }

    fn text(&mut self) -> String {
        if !self.one_in(3) {
            return "A text.".to_owned();
        }
        let count = 1 + self.below(6);
        let text: String = (0..count).map(|_| self.of(PIECES)).collect();
        if text.trim().is_empty() {
            "A text.".to_owned()
        } else {
            text
        }
    }
}

/// What is between characters that are no letters and no digits.
fn words(name: &str) -> Vec<&str> {
    let parts = name.split(|c: char| !c.is_ascii_alphanumeric());
    parts.filter(|part| !part.is_empty()).collect()
}

fn capitalized(name: &str) -> String {
    let mut out = String::new();
    for part in words(name) {
        let (first, rest) = part.split_at(1);
        out.push_str(&first.to_uppercase());
        out.push_str(&rest.to_lowercase());
    }
    out
}

/// The names of the components that others can refer to.
struct Known {
    id: String,
    word: String,
    answer: String,
    request: String,
}

/// A description that says something of everything that one can say.
pub fn document(data: &[u8]) -> Value {
    let mut choices = Choices { data };
    let known = Known {
        id: choices.name("ThingId", 0, true),
        word: choices.name("Word", 0, true),
        answer: choices.name("Thing", 0, true),
        request: choices.name("Change", 0, true),
    };
    let tag = choices.name("things", 0, false);
    let mut schemas = Map::new();
    schemas.insert(
        known.id.clone(),
        json!({"type": "integer", "format": "int64", "x-harvest-id": true,
            "description": choices.text()}),
    );
    let values: Vec<String> = (0..=choices.below(3))
        .map(|number| choices.name("value", number, false))
        .collect();
    schemas.insert(
        known.word.clone(),
        json!({"type": "string", "enum": values, "description": choices.text()}),
    );
    let union = choices.name("Either", 0, true);
    schemas.insert(union.clone(), self::union(&mut choices, &known));
    let map = choices.name("Labels", 0, true);
    schemas.insert(
        map.clone(),
        json!({
            "type": "object", "description": choices.text(),
            "additionalProperties": property(&mut choices, &known, false),
        }),
    );
    for (name, is_answer) in [(&known.answer, true), (&known.request, false)] {
        let schema = object(&mut choices, &known, &[&union, &map], is_answer);
        schemas.insert(name.clone(), schema);
    }
    let other = choices.name("Other answer", 0, true).replace(' ', "");
    schemas.insert(
        other.clone(),
        json!({"type": "object", "description": choices.text(), "required": ["id"], "properties": {
            "id": {"$ref": reference(&known.id)},
        }}),
    );
    let mut paths = Map::new();
    operations(&mut choices, &known, &other, &tag, &mut paths);
    let mut document = json!({
        "openapi": "3.0.3",
        "info": {"title": choices.text().replace('\n', " "), "version": "1",
            "description": choices.text()},
        "servers": [{"url": "https://things.example/api"}],
        "tags": [{"name": tag, "description": choices.text()}],
        "paths": paths,
        "components": {"securitySchemes": {"Key": {"type": "http", "scheme": "bearer"}},
            "schemas": schemas},
    });
    examples(&mut document);
    document
}

fn reference(name: &str) -> String {
    format!("#/components/schemas/{name}")
}

fn union(choices: &mut Choices<'_>, known: &Known) -> Value {
    // One of each suffices to distinguish them.
    let members = [
        [
            json!({"type": "string"}),
            json!({"$ref": reference(&known.word)}),
            json!({"type": "string", "format": "date"}),
        ],
        [
            json!({"type": "integer", "format": "int64"}),
            json!({"$ref": reference(&known.id)}),
            json!({"type": "number"}),
        ],
        [
            json!({"type": "boolean"}),
            json!({"type": "array", "items": {"$ref": reference(&known.id)}}),
            json!({"type": "array", "items": {"type": "string"}}),
        ],
    ];
    let left_out = choices.below(4);
    let mut chosen = Vec::new();
    for (number, kinds) in members.iter().enumerate() {
        if number != left_out {
            chosen.push(kinds[choices.below(3)].clone());
        }
    }
    json!({"description": choices.text(), "oneOf": chosen})
}

/// A schema that stands in place.
fn property(choices: &mut Choices<'_>, known: &Known, is_inline: bool) -> Value {
    match choices.below(9) {
        0 | 1 => json!({"type": "string"}),
        2 => json!({"type": "integer", "format": "int32"}),
        3 => json!({"type": "number", "format": "double"}),
        4 => json!({"type": "string", "format": "date-time"}),
        5 => json!({"type": "array", "items": {"$ref": reference(&known.word)}}),
        6 if is_inline => json!({"oneOf": [{"type": "string"}, {"type": "boolean"}]}),
        6 | 7 => json!({"type": "boolean"}),
        _ => json!({"$ref": reference(&known.id)}),
    }
}

fn object(choices: &mut Choices<'_>, known: &Known, others: &[&String], is_answer: bool) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for number in 0..=choices.below(5) {
        let name = choices.name("field", number, false);
        let mut schema = match choices.below(6) {
            0 => json!({"$ref": reference(others[choices.below(others.len())])}),
            1 => json!({"$ref": reference(&known.word)}),
            _ => property(choices, known, true),
        };
        let is_required = choices.one_in(3);
        if is_required {
            required.push(name.clone());
        } else if is_answer || choices.one_in(3) {
            // Nothing counts beside a reference.
            if schema.get("$ref").is_some() {
                schema = json!({"allOf": [schema]});
            }
            schema["nullable"] = true.into();
        }
        if schema.get("$ref").is_none() {
            schema["description"] = choices.text().into();
        }
        if choices.one_in(6) && schema.get("$ref").is_none() {
            schema["title"] = choices.name("Title", 0, true).into();
        }
        if choices.one_in(6) && schema.get("$ref").is_none() {
            schema["deprecated"] = true.into();
        }
        properties.insert(name, schema);
    }
    required.retain(|name| properties.contains_key(name));
    required.dedup();
    json!({"type": "object", "description": choices.text(), "required": required,
        "properties": properties})
}

fn operations(
    choices: &mut Choices<'_>,
    known: &Known,
    other: &str,
    tag: &str,
    paths: &mut Map<String, Value>,
) {
    let content = |schema: Value| json!({"application/json": {"schema": schema}});
    let answer = content(json!({"$ref": reference(&known.answer)}));
    let list = content(json!({"type": "array", "items": {"$ref": reference(&known.answer)}}));
    let id = choices.name("id", 0, false);
    let by_id = json!({"name": id, "in": "path", "required": true, "description": "Which.",
        "schema": {"$ref": reference(&known.id)}});
    let mut add = |path: String, method: &str, mut operation: Value, choices: &mut Choices<'_>| {
        for number in 0..choices.below(3) {
            let name = choices.name("filter", number, false);
            let is_header = choices.one_in(5);
            let schema = match choices.below(5) {
                // A header or a path has no room for a list.
                _ if is_header => json!({"type": "string"}),
                0 => json!({"type": "array", "maxItems": 50, "items": {"type": "string"}}),
                1 => json!({"$ref": reference(&known.word)}),
                2 => json!({"type": "integer", "format": "int32", "minimum": 1}),
                _ => property(choices, known, false),
            };
            let place = ["query", "header"][usize::from(is_header)];
            let parameter = json!({"name": name, "in": place, "required": choices.one_in(4),
                "description": choices.text(), "schema": schema});
            if let Some(parameters) = operation["parameters"].as_array_mut() {
                parameters.push(parameter);
            }
        }
        operation["tags"] = json!([tag]);
        operation["summary"] = choices.text().replace('\n', " ").into();
        operation["description"] = choices.text().into();
        operation["externalDocs"] = json!({"url": "https://things.example/docs"});
        operation["security"] = json!([{"Key": []}]);
        operation["x-harvest-permission"] = choices.text().replace(['\n', '`'], " ").into();
        for status in ["401", "403", "404", "422", "429", "500"] {
            operation["responses"][status] = json!({"description": "No."});
        }
        paths.entry(path).or_insert_with(|| json!({}))[method] = operation;
    };
    let segment = choices.name("things", 0, false);
    let first = choices.name("list_things", 0, false);
    add(
        format!("/{segment}"),
        "get",
        json!({"operationId": first, "x-harvest-pagination": "cursor", "parameters": [],
            "responses": {"200": {"description": "Yes.", "content": list}}}),
        choices,
    );
    let second = choices.name("get_thing", 0, false);
    add(
        format!("/{segment}/{{{id}}}"),
        "get",
        json!({"operationId": second, "x-harvest-pagination": "none", "parameters": [by_id.clone()],
            "responses": {"200": {"description": "Yes.", "content": answer}}}),
        choices,
    );
    let third = choices.name("change_thing", 0, false);
    let mut responses = json!({"200": {"description": "Yes.", "content": answer}});
    if choices.one_in(2) {
        responses["202"] =
            json!({"description": "Later.", "content": content(json!({"$ref": reference(other)}))});
    }
    if choices.one_in(2) {
        responses["204"] = json!({"description": "Nothing to say."});
    }
    let mut changed = json!({"operationId": third, "x-harvest-pagination": "none",
        "parameters": [by_id],
        "requestBody": {"required": true,
            "content": content(json!({"$ref": reference(&known.request)}))},
        "responses": responses});
    if choices.one_in(4) {
        changed["x-harvest-formerly"] = json!([choices.name("update_thing", 0, false)]);
    }
    add(format!("/{segment}/{{{id}}}"), "patch", changed, choices);
}

/// Puts examples where there have to be some.
fn examples(document: &mut Value) {
    let schemas = document["components"]["schemas"].clone();
    let visit = |holder: &mut Value| {
        if let Some(schema) = holder.get("schema").cloned() {
            holder["example"] = sample(&schemas, &schema, 0);
        }
    };
    let paths = document["paths"].as_object_mut();
    for item in paths.into_iter().flat_map(|paths| paths.values_mut()) {
        for operation in item
            .as_object_mut()
            .into_iter()
            .flat_map(|item| item.values_mut())
        {
            for parameter in operation["parameters"].as_array_mut().into_iter().flatten() {
                visit(parameter);
            }
            if let Some(body) = operation.pointer_mut("/requestBody/content/application~1json") {
                visit(body);
            }
            let responses = operation["responses"].as_object_mut();
            for response in responses.into_iter().flat_map(|all| all.values_mut()) {
                if let Some(body) = response.pointer_mut("/content/application~1json") {
                    visit(body);
                }
            }
        }
    }
}

/// The smallest value that fits a schema.
fn sample(schemas: &Value, schema: &Value, depth: usize) -> Value {
    if depth > 8 {
        return Value::Null;
    }
    let inner = |schema: &Value| sample(schemas, schema, depth + 1);
    let target = schema.get("$ref").or(schema.pointer("/allOf/0/$ref"));
    if let Some(name) = target
        .and_then(Value::as_str)
        .and_then(|r| r.rsplit('/').next())
    {
        return inner(&schemas[name]);
    }
    if let Some(value) = schema.pointer("/enum/0") {
        return value.clone();
    }
    if let Some(first) = schema.pointer("/oneOf/0") {
        return inner(first);
    }
    match schema["type"].as_str() {
        Some("string") if schema["format"].is_string() => "2026-01-02".into(),
        Some("string") => "a".into(),
        Some("integer" | "number") => 1.into(),
        Some("boolean") => true.into(),
        Some("array") => json!([inner(&schema["items"])]),
        _ => {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let required = required.iter().filter_map(Value::as_str);
            required
                .map(|name| (name.to_owned(), inner(&schema["properties"][name])))
                .collect::<Map<_, _>>()
                .into()
        }
    }
}

/// The version that a document becomes, if the linter accepts it.
///
/// # Panics
///
/// If the linter accepts what a later stage does not.
pub fn accepted(name: &str, data: &[u8]) -> Option<Version> {
    let bundle = load::Bundle::from_document(document(data));
    if !lint::lint(&bundle).is_empty() {
        return None;
    }
    let json = bundle.to_json().to_owned();
    match harvest_codegen::compile_bundle(name, bundle) {
        Ok(version) => Some(version),
        Err(error) => panic!("the linter accepts what does not compile: {error}\n{json}"),
    }
}

/// The crate that holds the versions.
///
/// # Panics
///
/// If they do not fit into one.
pub fn tree(versions: &[Version]) -> Tree {
    let package = Package {
        name: "names".to_owned(),
        description: "Names".to_owned(),
        command: "a test".to_owned(),
        documentation: "Names.".to_owned(),
        readme: "# Names\n".to_owned(),
        dev_dependencies: Vec::new(),
    };
    emit::tree(&package, versions).unwrap_or_else(|error| panic!("{error}"))
}

/// Whatever is accepted becomes files, whose documentation holds no code that would be compiled.
///
/// # Panics
///
/// If that does not hold.
pub fn run(data: &[u8]) {
    let Some(version) = accepted("one", data) else {
        return;
    };
    for (path, text) in tree(&[version]).files {
        for snippet in snippets(&text) {
            assert_eq!(snippet, "text", "{path}: {text}");
        }
    }
}

/// The languages of the code blocks in the documentation of a source file.
fn snippets(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut docs = String::new();
    for line in source.lines().chain([""]) {
        let line = line.trim_start();
        if let Some(doc) = line.strip_prefix("///").or(line.strip_prefix("//!")) {
            docs.push_str(doc.strip_prefix(' ').unwrap_or(doc));
            docs.push('\n');
            continue;
        }
        for event in Parser::new(&std::mem::take(&mut docs)) {
            if let Event::Start(Tag::CodeBlock(kind)) = event {
                found.push(match kind {
                    CodeBlockKind::Fenced(language) => language.into_string(),
                    CodeBlockKind::Indented => "indented".to_owned(),
                });
            }
        }
    }
    found
}

pub fn seeds() -> Vec<Vec<u8>> {
    (0..32).map(|seed| noise(seed, 400)).collect()
}

/// The same bytes for the same seed.
pub fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[5]
    };
    std::iter::repeat_with(next).take(length).collect()
}
