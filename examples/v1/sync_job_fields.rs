//! Sets the custom fields of a job to what a file says, and changes nothing else.
//!
//! ```sh
//! cargo run --example sync_job_fields -- 5310447002 fields.json
//! ```
//!
//! The file is an object of values by the immutable keys of fields, in the form in which the service answers them; null
//! empties a field, and a field that is not in the file is left alone:
//!
//! ```json
//! {"contract": "Permanent", "field_work": true, "pay_band": {"min_value": 42000, "max_value": 56000, "unit": "EUR"}}
//! ```
//!
//! The key needs `GET: Retrieve job`, `GET: Get custom fields` and `PATCH: Update Job`; and `HARVEST_ON_BEHALF_OF` has to
//! name a user who may edit the job.

use std::fs::File;
use std::io::{self, BufReader, Write};

use anyhow::{Context as _, Result, ensure};
use harvest_examples::v1::Connection;
use harvest_generated::runtime::custom_field::{CustomFieldInput, Definition, Definitions};
use harvest_generated::v1::ActingClient;
use harvest_generated::v1::types::{CustomFieldFieldType, Job, JobId, JobUpdate};
use serde_json::{Map, Value};

#[tokio::main]
async fn main() -> Result<()> {
    let connection = Connection::open().await?;
    let job = connection.argument(1, "the id of a job", connection.sample_job().await?)?;
    let path: String = connection.argument(2, "the path of a file of values", None)?;
    let file = File::open(&path).with_context(|| path.clone())?;
    let wanted = serde_json::from_reader(BufReader::new(file)).context(path)?;
    run(
        &connection.client.acting()?,
        job,
        &wanted,
        &mut io::stdout(),
    )
    .await
}

/// Makes the fields what is wanted, and says which were not.
pub async fn run(
    client: &ActingClient,
    id: JobId,
    wanted: &Map<String, Value>,
    out: &mut impl Write,
) -> Result<()> {
    let definitions = definitions(client).await?;
    let job = client.get_job(id).send().await?.into_value();
    let mut changes = Vec::new();
    for (key, value) in wanted
        .iter()
        .filter(|(key, value)| current(&job, key) != *value)
    {
        let definition = definitions
            .by_key(key)
            .with_context(|| format!("jobs have no field with the key {key:?}"))?;
        // Checked before anything is sent: one value that is refused would be a reason to refuse all of them.
        changes.push(change(key, definition, value)?);
        writeln!(out, "{key}: changed")?;
    }
    if changes.is_empty() {
        writeln!(out, "job {id} is as it should be")?;
        return Ok(());
    }
    let update = JobUpdate::default().custom_fields(changes);
    client.update_job(id, &update).send().await?;

    // The answer to a change does not say what was made of it.
    let job = client.get_job(id).send().await?.into_value();
    for (key, value) in wanted {
        ensure!(
            current(&job, key) == value,
            "{key} is not what it was set to"
        );
    }
    Ok(())
}

/// The value that a field has, null if it has none.
fn current<'a>(job: &'a Job, key: &str) -> &'a Value {
    job.keyed_custom_fields
        .as_ref()
        .and_then(|fields| fields.field(key)?.value())
        .unwrap_or(&Value::Null)
}

/// The definitions of the fields that jobs have.
async fn definitions(client: &ActingClient) -> Result<Definitions> {
    let mut definitions = Vec::new();
    let mut items = client.list_custom_fields(CustomFieldFieldType::Job).items();
    while let Some(definition) = items.next().await {
        definitions.push(definition?);
    }
    Ok(definitions.into_iter().collect())
}

/// What has to be sent so that a field gets a value: values are not sent in the form in which they are answered.
fn change(key: &str, definition: &Definition, value: &Value) -> Result<CustomFieldInput> {
    let field = CustomFieldInput::for_field(definition);
    let input = match value {
        Value::Null => field.delete(),
        Value::Object(user) if user.contains_key("user_id") => field.json(user["user_id"].clone()),
        // An amount or a range: as it is answered, but for what its currency is called.
        Value::Object(parts) => {
            let mut parts = parts.clone();
            if let Some(currency) = parts.remove("currency") {
                parts.insert("unit".to_owned(), currency);
            }
            parts.insert("name_key".to_owned(), key.into());
            serde_json::from_value(parts.into())?
        }
        Value::Array(names) => {
            field.options(definition.option_ids(names.iter().filter_map(Value::as_str))?)
        }
        other => field.json(other.clone()),
    };
    Ok(input.checked(definition)?)
}
