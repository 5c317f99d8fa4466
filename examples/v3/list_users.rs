//! Prints the users of an organization, one a line: the smallest program.
//!
//! ```sh
//! cargo run --example v3_list_users
//! ```
//!
//! Scopes: `harvest:users:list`.

use std::io::{self, Write};

use anyhow::Result;
use harvest_examples::v3::client;
use harvest_generated::v3::Client;
use harvest_generated::v3::types::UserField;

#[tokio::main]
async fn main() -> Result<()> {
    run(&client()?, &mut io::stdout().lock()).await
}

/// Prints id, name and what the user may.
pub async fn run(client: &Client, out: &mut impl Write) -> Result<()> {
    // Only these properties are sent. All others are `None`.
    let fields = [
        UserField::Id,
        UserField::Name,
        UserField::SiteAdmin,
        UserField::Deactivated,
    ];
    let mut users = client.list_users().fields(fields).per_page(500).items();
    while let Some(user) = users.next().await {
        let user = user?;
        let state = match (user.deactivated, user.site_admin) {
            (Some(true), _) => "deactivated",
            (_, Some(true)) => "site admin",
            _ => "active",
        };
        let id = user.id.unwrap_or_default();
        let name = user.name.unwrap_or_default();
        writeln!(out, "{id}\t{name}\t{state}")?;
    }
    Ok(())
}
