//! The connection of the programs of v3.

use std::env;

use anyhow::{Result, ensure};
use harvest_generated::v3::Client;

/// The client that the environment names: `Client::from_env()?`, with an error for people who try a program out.
///
/// # Errors
///
/// If there is no credential, or a variable makes no sense.
pub fn client() -> Result<Client> {
    check(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))?;
    Ok(Client::from_env()?)
}

fn check(is_set: impl Fn(&str) -> bool) -> Result<()> {
    ensure!(
        is_set("HARVEST_ACCESS_TOKEN")
            || is_set("HARVEST_CLIENT_ID") && is_set("HARVEST_CLIENT_SECRET"),
        "there is no credential: set HARVEST_CLIENT_ID and HARVEST_CLIENT_SECRET to those of a \
         Harvest v3 credential, and HARVEST_ACTING_USER to the id of the user to act for, if that \
         is not the integration's own"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn without_a_credential_the_variables_are_named() {
        for some in [&[][..], &["HARVEST_CLIENT_ID"], &["HARVEST_CLIENT_SECRET"]] {
            let error = check(|name| some.contains(&name)).unwrap_err().to_string();
            for name in [
                "HARVEST_CLIENT_ID",
                "HARVEST_CLIENT_SECRET",
                "HARVEST_ACTING_USER",
            ] {
                assert!(error.contains(name), "{error}");
            }
        }
        let pair = ["HARVEST_CLIENT_ID", "HARVEST_CLIENT_SECRET"];
        for enough in [&pair[..], &["HARVEST_ACCESS_TOKEN"]] {
            assert!(check(|name| enough.contains(&name)).is_ok());
        }
    }
}
