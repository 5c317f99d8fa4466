//! Prints the users of an organization as JSON.
//!
//! With `HARVEST_BASE_URL` and `HARVEST_API_KEY`, of the service that they name; otherwise of a sandbox that lives as
//! long as this program.

use std::env::var;
use std::error::Error;

use harvest_generated::v1::Client;
use harvest_sandbox::Sandbox;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .base_url(var("HARVEST_BASE_URL").unwrap_or_else(|_| sandbox.url().to_owned()))
        .credential(var("HARVEST_API_KEY").unwrap_or_else(|_| sandbox.key().to_owned()))
        .build()?;
    let users = client.list_users().send().await?;
    println!("{}", serde_json::to_string(users.value())?);
    Ok(())
}
