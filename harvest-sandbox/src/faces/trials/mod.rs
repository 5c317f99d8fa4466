//! Trials: what the API reference fills in for someone who tries an operation.
//!
//! The description has examples whose ids no record has. Here they are replaced by ids of records that are there, and that
//! the operation can be done with: of an application on its way, say, and not of one that was hired. What an example says
//! beside ids stays, except where records of the seed forbid it.
//!
//! | file | holds |
//! | --- | --- |
//! | `ids.rs` | a query for each type of ids |
//! | `example.rs` | examples of bodies, walked along with their schemas |

mod example;
mod ids;

use std::cell::RefCell;
use std::collections::HashMap;

use example::Schemas;
use ids::{COMMON, IDS};

use crate::json::{Map, Value, json};
use crate::refusal::{Outcome, broken};
use crate::store::View;

/// The approver whom another one takes the place of, in the group that is asked.
pub(super) const REMOVED_APPROVER: Put = Put::Query(
    "/remove_user_id",
    "SELECT user_id FROM approval JOIN due ON due.id = group_id ORDER BY approval.id LIMIT 1",
);

/// The user who takes that place.
pub(super) const ADDED_APPROVER: Put = Put::Query(
    "/add_user_id",
    "SELECT id FROM user WHERE site_admin AND NOT disabled AND service_account IS NULL \
     AND id NOT IN (SELECT user_id FROM approval JOIN due ON due.id = group_id) \
     ORDER BY id LIMIT 1",
);

/// What the operations of a face need beyond ids that exist.
pub(crate) struct Trials {
    /// Parameters by name, whichever operation has them.
    pub(crate) parameters: &'static [(&'static str, &'static str)],
    /// By `operationId`.
    pub(crate) operations: &'static [(&'static str, &'static [Put])],
}

/// A value and its place: a parameter by its name, or a JSON Pointer into the body, whose empty one is the body itself.
#[derive(Clone, Copy)]
pub(crate) enum Put {
    /// What an SQL query finds. A text that begins like JSON is JSON.
    Query(&'static str, &'static str),
    /// JSON.
    Json(&'static str, &'static str),
    /// Nothing: what is there is taken out.
    Nothing(&'static str),
}

impl Put {
    fn place(self) -> &'static str {
        let (Self::Query(place, _) | Self::Json(place, _) | Self::Nothing(place)) = self;
        place
    }
}

impl Trials {
    /// Fills in the examples of a description. What no record fits keeps the example that it has.
    pub(crate) fn fill(&self, view: &View<'_>, description: &mut Value) -> Outcome<()> {
        // What is referred to stays as it is while examples are changed.
        let known = json!({"components": description["components"].clone()});
        let filler = Filler {
            view,
            schemas: Schemas::new(&known),
            found: RefCell::default(),
        };
        let paths = description
            .get_mut("paths")
            .and_then(Value::as_object_mut)
            .into_iter()
            .flat_map(Map::values_mut);
        let items = paths.filter_map(Value::as_object_mut);
        for operation in items.flat_map(Map::values_mut) {
            let id = operation["operationId"].as_str().unwrap_or_default();
            let own = self.operations.iter().find(|(known, _)| *known == id);
            let own = own.map_or(&[] as &[_], |(_, own)| own);
            filler.parameters(operation, own, self.parameters)?;
            filler.body(operation, own)?;
        }
        Ok(())
    }
}

struct Filler<'a> {
    view: &'a View<'a>,
    schemas: Schemas<'a>,
    /// What queries have found.
    found: RefCell<HashMap<&'static str, Value>>,
}

impl Filler<'_> {
    /// Gives the parameters that have to be sent the values to try.
    fn parameters(
        &self,
        operation: &mut Value,
        own: &[Put],
        of_all: &[(&'static str, &'static str)],
    ) -> Outcome<()> {
        let Some(parameters) = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut)
        else {
            return Ok(());
        };
        for parameter in parameters {
            let mut full = self.schemas.resolved(parameter).clone();
            if full["required"] != Value::Bool(true) {
                continue;
            }
            let name = full["name"].as_str().unwrap_or_default();
            let put = own.iter().find(|put| put.place() == name);
            let of_all = of_all.iter().find(|(known, _)| *known == name);
            let value = match (put, of_all) {
                (Some(put), _) => self.value(*put)?,
                (None, Some((_, sql))) => self.query(sql)?,
                (None, None) => self.id(&full["schema"])?,
            };
            if !value.is_null() {
                // The viewer takes the first of several.
                if let Some(fields) = full.as_object_mut() {
                    fields.shift_remove("examples");
                }
                full["example"] = value;
                *parameter = full;
            }
        }
        Ok(())
    }

    /// Makes the examples of a body such that it can be sent. What an operation needs is put into the first, which is the
    /// one that the viewer begins with.
    fn body(&self, operation: &mut Value, own: &[Put]) -> Outcome<()> {
        let Some(media) = operation
            .get_mut("requestBody")
            .and_then(|it| it.get_mut("content")?.get_mut("application/json"))
        else {
            return Ok(());
        };
        let schema = media["schema"].clone();
        let examples = media
            .get_mut("examples")
            .and_then(Value::as_object_mut)
            .into_iter()
            .flat_map(Map::values_mut)
            .filter_map(|it| it.get_mut("value"));
        for (place, example) in examples.enumerate() {
            let own = if place == 0 { own } else { &[] };
            self.example(example, &schema, own)?;
        }
        if let Some(example) = media.get_mut("example") {
            self.example(example, &schema, own)?;
        }
        Ok(())
    }

    fn example(&self, example: &mut Value, schema: &Value, own: &[Put]) -> Outcome<()> {
        let mut id = |schema: &Value| self.id(schema);
        self.schemas.walk(example, &[schema], &mut id)?;
        let of_body = own.iter().filter(|put| {
            let place = put.place();
            place.is_empty() || place.starts_with('/')
        });
        for put in of_body {
            example::put(example, put.place(), self.value(*put)?);
        }
        Ok(())
    }

    fn value(&self, put: Put) -> Outcome<Value> {
        match put {
            Put::Query(_, sql) => self.query(sql),
            Put::Json(_, text) => {
                serde_json::from_str(text).map_err(|error| broken(format!("{text}: {error}")))
            }
            Put::Nothing(_) => Ok(Value::Null),
        }
    }

    /// An id of the type that a schema has; null if it has none that is known, or there is no record.
    fn id(&self, schema: &Value) -> Outcome<Value> {
        let sql = self.schemas.type_of(schema, |name| {
            let known = IDS.iter().find(|(known, _)| *known == name);
            known.map(|(_, sql)| *sql)
        });
        sql.map_or(Ok(Value::Null), |sql| self.query(sql))
    }

    /// The first value that a query finds, or null.
    fn query(&self, sql: &'static str) -> Outcome<Value> {
        if let Some(found) = self.found.borrow().get(sql) {
            return Ok(found.clone());
        }
        let found = self
            .view
            .value::<rusqlite::types::Value>(&format!("{COMMON} {sql}"), [])?;
        let found = match found {
            Some(rusqlite::types::Value::Integer(number)) => {
                serde_json::Number::from(number).into()
            }
            Some(rusqlite::types::Value::Text(text)) if text.starts_with(['[', '{']) => {
                serde_json::from_str(&text).map_err(|error| broken(format!("{sql}: {error}")))?
            }
            Some(rusqlite::types::Value::Text(text)) => text.into(),
            _ => Value::Null,
        };
        self.found.borrow_mut().insert(sql, found.clone());
        Ok(found)
    }
}
