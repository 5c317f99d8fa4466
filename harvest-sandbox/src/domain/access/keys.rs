//! API keys, as Dev Center manages them.

use data_encoding::HEXLOWER;
use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};

use crate::clock::stamp;
use crate::domain::random::random;
use crate::refusal::Outcome;
use crate::store::{Edit, View};

/// The id of the first key.
const FIRST_ID: i64 = 5_001;

/// What is read of one, in this order.
const COLUMNS: &str = "id, last_four, description, created_at, revoked_at";

/// A key, as it is kept: without the key itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApiKey {
    pub(crate) id: i64,
    /// Its last four characters, by which people tell keys apart.
    pub(crate) last_four: String,
    pub(crate) description: String,
    pub(crate) created_at: String,
    /// None for a key that still opens.
    pub(crate) revoked_at: Option<String>,
}

/// The keys of the organization.
pub(crate) struct Keys;

impl Keys {
    /// The key that this is, if there is one, revoked or not.
    ///
    /// It is looked for by its hash. How long that takes may tell something about the hash, but nothing about the key.
    pub(crate) fn find(view: &View<'_>, key: &str) -> Outcome<Option<ApiKey>> {
        // Folders of an early version may hold the hash of the empty key, with all permissions.
        if check_key(key).is_err() {
            return Ok(None);
        }
        let sql = format!("SELECT {COLUMNS} FROM api_key WHERE hash = ?1");
        let mut statement = view.sql().prepare_cached(&sql)?;
        Ok(statement.query_row([hash(key)], read).optional()?)
    }

    /// The key with this id, revoked or not.
    pub(crate) fn get(view: &View<'_>, id: i64) -> Outcome<Option<ApiKey>> {
        let sql = format!("SELECT {COLUMNS} FROM api_key WHERE id = ?1");
        let mut statement = view.sql().prepare_cached(&sql)?;
        Ok(statement.query_row([id], read).optional()?)
    }

    /// All of them, oldest first.
    pub(crate) fn all(view: &View<'_>) -> Outcome<Vec<ApiKey>> {
        let sql = format!("SELECT {COLUMNS} FROM api_key ORDER BY id");
        let mut statement = view.sql().prepare_cached(&sql)?;
        let keys = statement.query_map([], read)?;
        Ok(keys.collect::<Result<_, _>>()?)
    }

    /// Whether a key has an endpoint permission.
    pub(crate) fn may(view: &View<'_>, id: i64, permission: &str) -> Outcome<bool> {
        let sql = "SELECT 1 FROM api_key_permission WHERE key_id = ?1 AND permission = ?2";
        let mut statement = view.sql().prepare_cached(sql)?;
        Ok(statement.exists((id, permission))?)
    }

    /// The endpoint permissions of a key.
    pub(crate) fn permissions(view: &View<'_>, id: i64) -> Outcome<Vec<String>> {
        view.column(
            "SELECT permission FROM api_key_permission WHERE key_id = ?1 ORDER BY permission",
            [id],
        )
    }

    /// Makes a key that may do nothing yet, and returns it; it can't be asked for again.
    pub(crate) fn create(edit: &Edit<'_>, description: &str) -> Outcome<(i64, String)> {
        let key = fresh()?;
        let id = Self::add(edit, &key, description)?;
        Ok((id, key))
    }

    /// Adds a key that was made elsewhere, without permissions.
    pub(crate) fn add(edit: &Edit<'_>, key: &str, description: &str) -> Outcome<i64> {
        let id = edit.next_number("api_key", FIRST_ID)?;
        edit.run(
            "INSERT INTO api_key (id, hash, last_four, description, created_at) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
            (
                id,
                hash(key),
                last_four(key),
                description,
                stamp(edit.now()),
            ),
        )?;
        Ok(id)
    }

    /// Replaces the endpoint permissions of a key.
    pub(crate) fn permit<'p>(
        edit: &Edit<'_>,
        id: i64,
        permissions: impl IntoIterator<Item = &'p str>,
    ) -> Outcome<()> {
        edit.run("DELETE FROM api_key_permission WHERE key_id = ?1", [id])?;
        for permission in permissions {
            // It may be named twice, by two names even.
            edit.run(
                "INSERT OR IGNORE INTO api_key_permission (key_id, permission) VALUES (?1, ?2)",
                (id, permission),
            )?;
        }
        Ok(())
    }

    /// Lets a key open nothing any more, for good.
    pub(crate) fn revoke(edit: &Edit<'_>, id: i64) -> Outcome<()> {
        edit.run(
            "UPDATE api_key SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL",
            (id, stamp(edit.now())),
        )?;
        Ok(())
    }
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<ApiKey> {
    Ok(ApiKey {
        id: row.get(0)?,
        last_four: row.get(1)?,
        description: row.get(2)?,
        created_at: row.get(3)?,
        revoked_at: row.get(4)?,
    })
}

/// A key of 160 random bits.
pub(crate) fn fresh() -> Outcome<String> {
    Ok(HEXLOWER.encode(&random::<20>()?))
}

/// The hash under which a key, a secret or a token is kept. They are long and random, so that one round of SHA-256 can't be turned back.
pub(crate) fn hash(key: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(key))
}

/// The last characters of a key, by which people tell keys apart. Nothing of one that is so short that four characters are half of it.
pub(crate) fn last_four(key: &str) -> &str {
    if key.len() < 8 {
        return "";
    }
    key.get(key.len() - 4..).unwrap_or_default()
}

/// Refuses keys that no `Authorization` header could carry.
pub(crate) fn check_key(key: &str) -> Result<(), &'static str> {
    if key.is_empty() {
        return Err("it is empty");
    }
    if !key.bytes().all(|b| b.is_ascii_graphic()) {
        return Err("it has characters other than visible ASCII");
    }
    if key.contains(':') {
        return Err("it has a colon, which ends the user name in HTTP Basic");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check_key;

    #[test]
    fn keys_that_cannot_be_sent_are_refused() {
        for bad in ["", "a:b", "a b", "clé", "a\nb"] {
            assert!(check_key(bad).is_err(), "{bad}");
        }
    }
}
