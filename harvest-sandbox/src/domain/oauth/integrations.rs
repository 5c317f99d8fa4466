//! Integrations: OAuth credentials, as Dev Center manages them.

use std::collections::BTreeSet;

use rusqlite::OptionalExtension;
use subtle::ConstantTimeEq;

use super::{redirect_uri, service_user};
use crate::clock::stamp;
use crate::domain::access::{check_key, fresh, hash, last_four};
use crate::refusal::{IntegrationRule, Outcome, Problems, Rule};
use crate::store::{Edit, View};

/// The id of the first integration.
const FIRST_ID: i64 = 61_001;
/// The longest description, in characters.
const LONGEST: usize = 200;
/// The sequence by which authorizations and scopes are put in order.
pub(super) const AUTHORIZATIONS: &str = "oauth_authorization";

/// What is read of one, in this order.
const COLUMNS: &str =
    "id, client_id, last_four, description, kind, service_user_id, created_at, revoked_at";

/// The party that an integration belongs to, which decides how it comes to tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IntegrationKind {
    /// The organization's own: client credentials.
    Custom,
    /// A vendor's: consent of a user, codes and refresh tokens.
    Partner,
}

/// An integration, as it is kept: without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Integration {
    pub(crate) id: i64,
    pub(crate) client_id: String,
    /// The last four characters of the secret.
    pub(crate) last_four: String,
    pub(crate) description: String,
    pub(crate) kind: IntegrationKind,
    /// The user that a custom integration acts as where it names none.
    pub(crate) service_user_id: Option<i64>,
    pub(crate) created_at: String,
    /// None for one that still works.
    pub(crate) revoked_at: Option<String>,
}

/// An integration to be made.
pub(crate) struct NewIntegration<'a> {
    pub(crate) kind: IntegrationKind,
    pub(crate) description: &'a str,
    /// Of a partner: the addresses to which codes may be sent.
    pub(crate) redirect_uris: Vec<String>,
}

/// A client id with its secret. No `Debug`: the secret is shown once, and never in a log.
#[derive(Clone)]
pub(crate) struct ClientSecret {
    pub(crate) client_id: String,
    pub(crate) secret: String,
}

impl ClientSecret {
    pub(crate) fn fresh() -> Outcome<Self> {
        Ok(Self {
            client_id: fresh()?,
            secret: fresh()?,
        })
    }
}

/// The integrations of the organization.
pub(crate) struct Integrations;

impl Integrations {
    /// Creates an integration without scopes, with the secret that can't be asked for again.
    pub(crate) fn create(
        edit: &mut Edit<'_>,
        new: &NewIntegration<'_>,
    ) -> Outcome<(i64, ClientSecret)> {
        new.check()?;
        let client = ClientSecret::fresh()?;
        let id = Self::add(edit, &client, new)?;
        Ok((id, client))
    }

    /// Adds one whose client id and secret were made elsewhere, without scopes.
    pub(crate) fn add(
        edit: &mut Edit<'_>,
        client: &ClientSecret,
        new: &NewIntegration<'_>,
    ) -> Outcome<i64> {
        let service_user = match new.kind {
            IntegrationKind::Custom => Some(service_user::create(edit, new.description)?),
            IntegrationKind::Partner => None,
        };
        let id = edit.next_number("oauth_integration", FIRST_ID)?;
        edit.run(
            "INSERT INTO oauth_integration
                 (id, client_id, secret_hash, last_four, description, kind, service_user_id,
                   created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            (
                id,
                &client.client_id,
                hash(&client.secret),
                last_four(&client.secret),
                new.description,
                new.kind.word(),
                service_user,
                stamp(edit.now()),
            ),
        )?;
        for uri in new.redirect_uris.iter().collect::<BTreeSet<_>>() {
            edit.run(
                "INSERT INTO oauth_redirect_uri (integration_id, uri) VALUES (?1, ?2)",
                (id, uri),
            )?;
        }
        Ok(id)
    }

    /// The integration with this client id and secret, unless it was revoked. The comparison takes the same time for a
    /// wrong secret and for an unknown client id.
    pub(crate) fn authenticate(
        view: &View<'_>,
        client: &ClientSecret,
    ) -> Outcome<Option<Integration>> {
        let found = Self::find(view, &client.client_id)?;
        let sql = "SELECT secret_hash FROM oauth_integration WHERE client_id = ?1";
        let expected: Option<String> = view.value(sql, [&client.client_id])?;
        let expected = expected.unwrap_or_else(|| hash(""));
        let is_right = hash(&client.secret).as_bytes().ct_eq(expected.as_bytes());
        let can_be = check_key(&client.secret).is_ok();
        Ok(found.filter(|_| can_be & bool::from(is_right)))
    }

    /// The integration with this client id, unless it was revoked.
    pub(crate) fn find(view: &View<'_>, client_id: &str) -> Outcome<Option<Integration>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM oauth_integration WHERE client_id = ?1 AND revoked_at IS NULL"
        );
        let mut statement = view.sql().prepare_cached(&sql)?;
        Ok(statement.query_row([client_id], read).optional()?)
    }

    /// The integration with this id, revoked or not.
    pub(crate) fn get(view: &View<'_>, id: i64) -> Outcome<Option<Integration>> {
        let sql = format!("SELECT {COLUMNS} FROM oauth_integration WHERE id = ?1");
        let mut statement = view.sql().prepare_cached(&sql)?;
        Ok(statement.query_row([id], read).optional()?)
    }

    /// All of them, oldest first.
    pub(crate) fn all(view: &View<'_>) -> Outcome<Vec<Integration>> {
        let sql = format!("SELECT {COLUMNS} FROM oauth_integration ORDER BY id");
        let mut statement = view.sql().prepare_cached(&sql)?;
        let all = statement.query_map([], read)?;
        Ok(all.collect::<Result<_, _>>()?)
    }

    /// The addresses to which codes may be sent.
    pub(crate) fn redirect_uris(view: &View<'_>, id: i64) -> Outcome<Vec<String>> {
        view.column(
            "SELECT uri FROM oauth_redirect_uri WHERE integration_id = ?1 ORDER BY uri",
            [id],
        )
    }

    /// The scopes of an integration.
    pub(crate) fn scopes(view: &View<'_>, id: i64) -> Outcome<Vec<String>> {
        view.column(
            "SELECT scope FROM oauth_scope WHERE integration_id = ?1 ORDER BY scope",
            [id],
        )
    }

    /// Replaces the scopes of an integration. One that is taken away is missing at once, in tokens that were issued, too;
    /// one that is added belongs to authorizations from now on.
    pub(crate) fn permit<'s>(
        edit: &Edit<'_>,
        id: i64,
        scopes: impl IntoIterator<Item = &'s str>,
    ) -> Outcome<()> {
        let wanted: BTreeSet<&str> = scopes.into_iter().collect();
        let had: BTreeSet<String> = Self::scopes(edit, id)?.into_iter().collect();
        for scope in had.iter().filter(|scope| !wanted.contains(scope.as_str())) {
            edit.run(
                "DELETE FROM oauth_scope WHERE integration_id = ?1 AND scope = ?2",
                (id, scope),
            )?;
        }
        let since = edit.next_number(AUTHORIZATIONS, 1)?;
        for scope in wanted.into_iter().filter(|scope| !had.contains(*scope)) {
            edit.run(
                "INSERT INTO oauth_scope (integration_id, scope, since) VALUES (?1, ?2, ?3)",
                (id, scope, since),
            )?;
        }
        Ok(())
    }

    /// Ends an integration for good, with its codes, tokens and service user.
    pub(crate) fn revoke(edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        let Some(integration) = Self::get(edit, id)?.filter(|it| it.revoked_at.is_none()) else {
            return Ok(());
        };
        edit.run(
            "UPDATE oauth_integration SET revoked_at = ?2 WHERE id = ?1",
            (id, stamp(edit.now())),
        )?;
        edit.run("DELETE FROM oauth_token WHERE integration_id = ?1", [id])?;
        match integration.service_user_id {
            Some(user_id) => service_user::disable(edit, user_id),
            None => Ok(()),
        }
    }
}

impl NewIntegration<'_> {
    fn check(&self) -> Outcome<()> {
        let mut problems = Problems::default();
        let mut add = |at: &str, rule| problems.add(at, Rule::Integration(rule));
        if self.description.is_empty() {
            add("description", IntegrationRule::NoDescription);
        }
        if self.description.chars().count() > LONGEST {
            add("description", IntegrationRule::LongDescription(LONGEST));
        }
        match self.kind {
            IntegrationKind::Partner => redirect_uri::check(&self.redirect_uris, &mut problems),
            IntegrationKind::Custom if !self.redirect_uris.is_empty() => {
                add("redirect_uris", IntegrationRule::NoPartner);
            }
            IntegrationKind::Custom => {}
        }
        problems.check()
    }
}

impl IntegrationKind {
    /// In the database, and in forms.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Custom => "custom",
            Self::Partner => "partner",
        }
    }
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Integration> {
    let kind: String = row.get(4)?;
    Ok(Integration {
        id: row.get(0)?,
        client_id: row.get(1)?,
        last_four: row.get(2)?,
        description: row.get(3)?,
        kind: if kind == IntegrationKind::Partner.word() {
            IntegrationKind::Partner
        } else {
            IntegrationKind::Custom
        },
        service_user_id: row.get(5)?,
        created_at: row.get(6)?,
        revoked_at: row.get(7)?,
    })
}
