//! The OAuth credential that a sandbox begins with, in a folder kept there for its owner, like the first key.

use super::{ClientSecret, IntegrationKind, Integrations, NewIntegration};
use crate::domain::access::check_key;
use crate::refusal::Outcome;
use crate::refusal::StartError;
use crate::store::{DEMO_CREDENTIAL, Edit, Folder, MAX_TEXT};

/// How it is described in Dev Center.
const DESCRIPTION: &str = "Demo credential with all scopes";

/// The credential in a folder, which is made if there is none: a line with the client id, and one with the secret.
pub(crate) fn of(folder: &Folder) -> Result<ClientSecret, StartError> {
    let kept = folder
        .read_text(DEMO_CREDENTIAL)
        .map_err(|error| folder.fail(error))?;
    let Some(text) = kept else {
        let client = ClientSecret::fresh()?;
        let lines = format!("{}\n{}\n", client.client_id, client.secret);
        let written = folder.write_text(DEMO_CREDENTIAL, &lines);
        written.map_err(|error| folder.fail(error))?;
        return Ok(client);
    };
    read(&text).ok_or_else(|| {
        folder.refuse(format!(
            "{DEMO_CREDENTIAL} in it does not hold a line with a client id and one with its \
             secret. Delete the file to get a fresh credential"
        ))
    })
}

fn read(text: &str) -> Option<ClientSecret> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let mut lines = text.lines();
    let (client_id, secret) = (lines.next()?, lines.next()?);
    let is_whole = lines.next().is_none();
    let can_be = check_key(client_id).is_ok() && check_key(secret).is_ok();
    (is_whole && can_be).then(|| ClientSecret {
        client_id: client_id.to_owned(),
        secret: secret.to_owned(),
    })
}

/// Adds the credential with all scopes, unless it is known already. Then it keeps what it has.
pub(crate) fn add<'s>(
    edit: &mut Edit<'_>,
    client: &ClientSecret,
    scopes: impl IntoIterator<Item = &'s str>,
) -> Outcome<()> {
    let sql = "SELECT id FROM oauth_integration WHERE client_id = ?1";
    if edit.value::<i64>(sql, [&client.client_id])?.is_some() {
        return Ok(());
    }
    let new = NewIntegration {
        kind: IntegrationKind::Custom,
        description: DESCRIPTION,
        redirect_uris: Vec::new(),
    };
    let id = Integrations::add(edit, client, &new)?;
    Integrations::permit(edit, id, scopes)
}
