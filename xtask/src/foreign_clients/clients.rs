//! The clients, as `xtask/foreign-clients` has them beside the programs that use them.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Error;
use crate::workspace::Workspace;

const TABLE: &str = "clients.toml";

/// A client, and how it is used.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Client {
    /// Identifies its version.
    pub(super) trial: String,
    pub(super) name: String,
    pub(super) version: String,
    #[serde(default)]
    pub(super) pip: Vec<String>,
    #[serde(default)]
    pub(super) npm: Vec<String>,
    pub(super) command: Vec<String>,
    /// How it is led to the sandbox.
    pub(super) led: String,
    /// Whether it reads with tokens, and not with a key.
    #[serde(default)]
    pub(super) bearer: bool,
    /// What it was found to do, beside what is counted.
    pub(super) remark: String,
    /// Lists and tools that fail because the client is wrong, each with the reason.
    #[serde(default)]
    pub(super) known: BTreeMap<String, String>,
}

/// The file of the clients.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    /// The header by which clients with a key name the acting user.
    pub(super) acting_user_header: String,
    /// Hosts of the service that clients ask.
    pub(super) hosts: Vec<String>,
    #[serde(rename = "client")]
    pub(super) clients: Vec<Client>,
}

/// The folder of the table, of the programs, and of the texts around the rows.
pub(super) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root().join("xtask/foreign-clients")
}

pub(super) fn read(folder: &Path) -> Result<Table, Error> {
    let text = std::fs::read_to_string(folder.join(TABLE))?;
    let table = basic_toml::from_str(&text);
    Ok(table.map_err(|error| io::Error::other(format!("{TABLE}: {error}")))?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_client_has_its_program_and_its_row() {
        // cargo runs a test in the folder of its package.
        let folder = Path::new("foreign-clients");
        let clients = read(folder).unwrap().clients;
        let trials: BTreeSet<_> = clients.iter().map(|it| &it.trial).collect();
        assert_eq!(trials.len(), clients.len());
        let file = std::fs::read_to_string("../docs/foreign-clients.md").unwrap();
        for client in &clients {
            assert!(folder.join(&client.command[1]).is_file(), "{client:?}");
            let row = format!("| {} | {} | {} |", client.name, client.version, client.led);
            assert!(
                file.contains(&row),
                "{row}: `cargo xtask foreign-clients --write`"
            );
        }
        let below = std::fs::read_to_string(folder.join("below.md")).unwrap();
        assert!(
            file.ends_with(&below),
            "`cargo xtask foreign-clients --write`"
        );
    }
}
