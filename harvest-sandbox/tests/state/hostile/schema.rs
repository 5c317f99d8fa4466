//! Schemas of bodies in the description, and values that fit them.

use harvest_openapi::Document;
use serde_json::{Map, Value, json};

use crate::walk::fixture::Fixture;

/// The description, and ids of records that are there.
pub struct Schemas {
    root: Value,
    known: Map<String, Value>,
}

/// Which values a sample has where the schema leaves a choice.
#[derive(Clone, Copy)]
pub enum Like {
    /// Of a record that is there, and always the same.
    Known,
    /// Another for each number.
    Number(usize),
}

impl Schemas {
    pub fn of(fixture: &Fixture) -> Self {
        let json = harvest_spec::document("v1").unwrap().json;
        let first = |list: &str| fixture.list(list)[0]["id"].clone();
        let open = &fixture.find("/v1/jobs", |it| it["status"] == "open")["id"];
        let user = fixture.find("/v1/users", |it| {
            it["site_admin"] == true && it["disabled"] == false
        });
        let field = fixture.find("/v1/custom_fields/candidate", |it| {
            it["value_type"] == "yes_no"
        });
        let known = json!({
            "job_id": open, "job_ids": open, "user_id": user["id"],
            "email": user["primary_email_address"],
            "hiring_managers": user["id"], "recruiters": user["id"], "coordinators": user["id"],
            "sourcers": user["id"],
            "office_ids": first("/v1/offices"), "department_ids": first("/v1/departments"),
            "school_id": first("/v1/schools"), "discipline_id": first("/v1/disciplines"),
            "degree_id": first("/v1/degrees"), "source_id": first("/v1/sources"),
            "id": field["id"], "value": true, "number_of_openings": 1, "option_ids": 1,
        });
        let Value::Object(known) = known else {
            panic!("it is an object")
        };
        Self {
            root: serde_json::from_str(json).unwrap(),
            known,
        }
    }

    /// The schema of the body of an operation, if it takes one.
    pub fn body(&self, operation: &str) -> Option<&Value> {
        let mut operations = Document::new(&self.root).operations();
        let found = operations
            .find(|it| it.value["operationId"] == operation)
            .unwrap();
        let body = self.resolve(&found.value["requestBody"]);
        let schema = &body["content"]["application/json"]["schema"];
        (!schema.is_null()).then(|| self.resolve(schema))
    }

    /// What a schema is beneath references and alternatives, of which the first is taken.
    pub fn resolve<'a>(&'a self, mut schema: &'a Value) -> &'a Value {
        loop {
            schema = Document::new(&self.root).resolve(schema);
            let next = ["allOf", "oneOf", "anyOf"]
                .iter()
                .find_map(|key| schema[*key].get(0));
            match next {
                Some(next) if !schema["properties"].is_object() => schema = next,
                _ => return schema,
            }
        }
    }

    /// Each list in a body: the names on the way to it, `[]` for an item of another list, and the schema of its items.
    pub fn lists<'a>(&'a self, body: &'a Value) -> Vec<(Vec<&'a str>, &'a Value)> {
        let mut lists = Vec::new();
        self.find_lists(body, &mut Vec::new(), &mut lists);
        lists
    }

    fn find_lists<'a>(
        &'a self,
        schema: &'a Value,
        path: &mut Vec<&'a str>,
        lists: &mut Vec<(Vec<&'a str>, &'a Value)>,
    ) {
        let schema = self.resolve(schema);
        if let Some(items) = schema.get("items") {
            lists.push((path.clone(), items));
            path.push("[]");
            self.find_lists(items, path, lists);
            path.pop();
        }
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            path.push(name);
            self.find_lists(property, path, lists);
            path.pop();
        }
    }

    /// A value that fits a schema: with what is required, and with all that is documented where it is `full`, in which case
    /// each list has so many items.
    pub fn sample(&self, name: &str, schema: &Value, like: Like, full: Option<usize>) -> Value {
        let schema = self.resolve(schema);
        match schema["type"].as_str() {
            Some("object") => {
                let all = schema["properties"].as_object().into_iter().flatten();
                let required = |name: &String| {
                    let names = schema["required"].as_array().into_iter().flatten();
                    names.into_iter().any(|it| it == name)
                };
                let some = all.filter(|(name, _)| full.is_some() || required(name));
                let some = some.map(|(name, it)| (name.clone(), self.sample(name, it, like, full)));
                let mut object: Map<String, Value> = some.collect();
                // Where nothing is required of a user or a field, something has to name it all the same.
                for key in ["user_id", "id"] {
                    if object.is_empty() && schema["properties"][key].is_object() {
                        object.insert(key.to_owned(), self.choose(key, like, json!(1)));
                    }
                }
                Value::Object(object)
            }
            Some("array") => {
                let count = full.unwrap_or(1);
                let item = |number: usize| {
                    let like = match like {
                        Like::Known => Like::Known,
                        Like::Number(other) => Like::Number(other * count + number),
                    };
                    self.sample(name, &schema["items"], like, full)
                };
                (0..count).map(item).collect()
            }
            Some("string") => self.text(name, schema, like),
            Some("integer" | "number") => {
                let number = match like {
                    Like::Known => 1,
                    Like::Number(number) => number + 1,
                };
                self.choose(name, like, json!(number))
            }
            Some("boolean") => json!(false),
            _ => self.choose(name, like, json!("any")),
        }
    }

    fn choose(&self, name: &str, like: Like, other: Value) -> Value {
        match (like, self.known.get(name)) {
            (Like::Known, Some(known)) => known.clone(),
            (Like::Number(number), _) if !other.is_number() => json!(format!("{name} {number}")),
            (Like::Number(number), _) => json!(number + 1),
            _ => other,
        }
    }

    fn text(&self, name: &str, schema: &Value, like: Like) -> Value {
        if let Some(first) = schema["enum"].get(0) {
            return first.clone();
        }
        let number = match like {
            Like::Known => 0,
            Like::Number(number) => number,
        };
        match schema["format"].as_str() {
            Some("date-time") => json!("2026-01-01T00:00:00.000Z"),
            Some("date") => json!("2026-01-01"),
            Some("email") => json!(format!("someone.{number}@example.com")),
            Some("uri") => json!(format!("https://example.com/{number}")),
            Some("byte") => json!("QQ=="),
            _ => match self.known.get(name) {
                Some(known) if known.is_string() && matches!(like, Like::Known) => known.clone(),
                _ => json!(format!("text {number}")),
            },
        }
    }
}
