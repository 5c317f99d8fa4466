//! Disables the user with an e-mail address, as on the last day of an employee.
//!
//! ```sh
//! cargo run --example disable_user -- tomas.okafor@example.com
//! ```
//!
//! The key needs `GET: List Users` and `PATCH: Disable User`; and `HARVEST_ON_BEHALF_OF` has to name a user who may manage
//! users. Disabling a user twice is no error.

use std::io::{self, Write};

use anyhow::{Context as _, Result, ensure};
use harvest_examples::v1::Connection;
use harvest_generated::v1::ActingClient;
use harvest_generated::v1::types::User;

#[tokio::main]
async fn main() -> Result<()> {
    let connection = Connection::open().await?;
    let sample = connection.sample_email().await?;
    let email = connection.argument(1, "an e-mail address", sample)?;
    run(&connection.client.acting()?, &email, &mut io::stdout()).await
}

/// Disables the user, unless that was done before.
pub async fn run(client: &ActingClient, email: &str, out: &mut impl Write) -> Result<()> {
    let user = find(client, email).await?;
    let user = user.context("no user has this e-mail address")?;
    if user.disabled == Some(true) {
        writeln!(out, "user {} was disabled before", user.id)?;
        return Ok(());
    }
    // By id and not by address: it is then certain that the user is the one who was looked at.
    let disabled = client.disable_user(user.id).await?;
    ensure!(
        disabled.id == user.id && disabled.disabled == Some(true),
        "user {} is not disabled",
        user.id
    );
    writeln!(out, "user {} is disabled", user.id)?;
    Ok(())
}

/// The user who has this address, primary or not.
async fn find(client: &ActingClient, email: &str) -> Result<Option<User>> {
    let mut users = client.list_users().email(email).items();
    while let Some(user) = users.next().await {
        let user = user?;
        let emails = user
            .emails
            .iter()
            .flatten()
            .chain(&user.primary_email_address);
        if emails
            .into_iter()
            .any(|other| other.eq_ignore_ascii_case(email))
        {
            return Ok(Some(user));
        }
    }
    Ok(None)
}
