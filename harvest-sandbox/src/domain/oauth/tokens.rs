//! Access tokens, refresh tokens and authorization codes, as they are kept.

use chrono::TimeDelta;
use rusqlite::OptionalExtension;

use crate::clock::{Moment, moment, stamp};
use crate::domain::access::{fresh, hash};
use crate::refusal::{Outcome, broken};
use crate::store::{Edit, View};

/// The most of a sort that one integration has at the same time. The oldest gives way.
const MOST: i64 = 10_000;

/// The sort of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Access,
    Refresh,
    Code,
}

impl Sort {
    fn word(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
            Self::Code => "code",
        }
    }

    fn lifetime(self) -> TimeDelta {
        match self {
            Self::Access => TimeDelta::hours(1),
            Self::Refresh => TimeDelta::hours(24),
            Self::Code => TimeDelta::minutes(1),
        }
    }
}

/// The authorization that a token stems from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Authorization {
    pub(super) integration_id: i64,
    /// The user whom it acts for.
    pub(super) user_id: i64,
    /// Its place in the order of authorizations and of changes of scopes.
    pub(super) number: i64,
    /// Separated by spaces. None for all that the integration had at the time.
    pub(super) scopes: Option<String>,
}

/// A token that is kept.
pub(super) struct Kept {
    pub(super) id: i64,
    pub(super) authorization: Authorization,
    /// Of a code.
    pub(super) redirect_uri: Option<String>,
    pub(super) is_used: bool,
    pub(super) issued_at: String,
    pub(super) expires_at: String,
}

/// An access token that works: its integration was not revoked, and its user is active.
pub(crate) struct AccessToken {
    authorization: Authorization,
    issued_at: String,
    expires_at: String,
}

/// The tokens of all integrations.
pub(crate) struct Tokens;

impl Tokens {
    /// The access token that this is, if it works.
    ///
    /// It is looked for by its hash. How long that takes may tell something about the hash, but nothing about the token.
    pub(crate) fn find(view: &View<'_>, token: &str) -> Outcome<Option<AccessToken>> {
        let kept = kept(view, Sort::Access, token)?;
        let Some(kept) = kept.filter(|kept| !kept.is_used) else {
            return Ok(None);
        };
        if !acts(view, &kept.authorization)? {
            return Ok(None);
        }
        Ok(Some(AccessToken {
            authorization: kept.authorization,
            issued_at: kept.issued_at,
            expires_at: kept.expires_at,
        }))
    }
}

impl AccessToken {
    pub(crate) fn integration_id(&self) -> i64 {
        self.authorization.integration_id
    }

    /// The user whom the token acts for.
    pub(crate) fn user_id(&self) -> i64 {
        self.authorization.user_id
    }

    /// Whether the token has a scope now: the integration has it, had it when it was authorized, and it was asked for.
    pub(crate) fn has_scope(&self, view: &View<'_>, scope: &str) -> Outcome<bool> {
        if !self.authorization.names(scope) {
            return Ok(false);
        }
        let sql =
            "SELECT 1 FROM oauth_scope WHERE integration_id = ?1 AND scope = ?2 AND since < ?3";
        let mut statement = view.sql().prepare_cached(sql)?;
        Ok(statement.exists((
            self.authorization.integration_id,
            scope,
            self.authorization.number,
        ))?)
    }

    /// All scopes that the token has now.
    pub(crate) fn scopes(&self, view: &View<'_>) -> Outcome<Vec<String>> {
        scopes_of(view, &self.authorization)
    }

    /// The seconds since 1970 at which it was issued, and those at which it expires.
    pub(crate) fn lifetime(&self) -> Outcome<(i64, i64)> {
        let seconds = |text: &str| moment(text).map(|at| at.timestamp());
        match (seconds(&self.issued_at), seconds(&self.expires_at)) {
            (Some(issued), Some(expires)) => Ok((issued, expires)),
            _ => Err(broken("the lifetime of a token can't be read")),
        }
    }
}

impl Authorization {
    fn names(&self, scope: &str) -> bool {
        let asked = self.scopes.as_deref();
        asked.is_none_or(|asked| asked.split(' ').any(|one| one == scope))
    }
}

/// The scopes of an authorization that its integration still has.
pub(super) fn scopes_of(view: &View<'_>, authorization: &Authorization) -> Outcome<Vec<String>> {
    let sql =
        "SELECT scope FROM oauth_scope WHERE integration_id = ?1 AND since < ?2 ORDER BY scope";
    let mut scopes: Vec<String> =
        view.column(sql, (authorization.integration_id, authorization.number))?;
    scopes.retain(|scope| authorization.names(scope));
    Ok(scopes)
}

/// Whether the integration of an authorization was not revoked, and its user is active.
pub(super) fn acts(view: &View<'_>, authorization: &Authorization) -> Outcome<bool> {
    let sql = "SELECT 1 FROM oauth_integration, user
               WHERE oauth_integration.id = ?1 AND oauth_integration.revoked_at IS NULL
                 AND user.id = ?2 AND NOT user.disabled";
    let mut statement = view.sql().prepare_cached(sql)?;
    Ok(statement.exists((authorization.integration_id, authorization.user_id))?)
}

/// Issues a token, and takes out those that have expired.
pub(super) fn issue(
    edit: &Edit<'_>,
    sort: Sort,
    authorization: &Authorization,
    redirect_uri: Option<&str>,
) -> Outcome<(String, Moment)> {
    let token = fresh()?;
    let now = edit.now();
    let expires = now
        .checked_add_signed(sort.lifetime())
        .ok_or_else(|| broken("the clock is at its end"))?;
    edit.run(
        "DELETE FROM oauth_token WHERE expires_at <= ?1",
        [stamp(now)],
    )?;
    edit.run(
        "INSERT INTO oauth_token
             (hash, kind, integration_id, user_id, authorization, scopes, redirect_uri, issued_at,
               expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        (
            hash(&token),
            sort.word(),
            authorization.integration_id,
            authorization.user_id,
            authorization.number,
            &authorization.scopes,
            redirect_uri,
            stamp(now),
            stamp(expires),
        ),
    )?;
    edit.run(
        "DELETE FROM oauth_token WHERE integration_id = ?1 AND kind = ?2 AND id <=
             (SELECT id FROM oauth_token WHERE integration_id = ?1 AND kind = ?2
              ORDER BY id DESC LIMIT 1 OFFSET ?3)",
        (authorization.integration_id, sort.word(), MOST),
    )?;
    Ok((token, expires))
}

/// A token of this sort that has not expired, used or not.
pub(super) fn kept(view: &View<'_>, sort: Sort, token: &str) -> Outcome<Option<Kept>> {
    let sql = "SELECT id, integration_id, user_id, authorization, scopes, redirect_uri, used_at IS
                NOT NULL,
                      issued_at, expires_at
               FROM oauth_token WHERE hash = ?1 AND kind = ?2 AND expires_at > ?3";
    let mut statement = view.sql().prepare_cached(sql)?;
    let now = stamp(view.now());
    let kept = statement.query_row((hash(token), sort.word(), now), |row| {
        Ok(Kept {
            id: row.get(0)?,
            authorization: Authorization {
                integration_id: row.get(1)?,
                user_id: row.get(2)?,
                number: row.get(3)?,
                scopes: row.get(4)?,
            },
            redirect_uri: row.get(5)?,
            is_used: row.get(6)?,
            issued_at: row.get(7)?,
            expires_at: row.get(8)?,
        })
    });
    Ok(kept.optional()?)
}

/// Uses a code or a refresh token up. It is remembered until it expires, so that a second use is known as one.
pub(super) fn use_up(edit: &Edit<'_>, token: &Kept) -> Outcome<()> {
    edit.run(
        "UPDATE oauth_token SET used_at = ?2 WHERE id = ?1",
        (token.id, stamp(edit.now())),
    )?;
    Ok(())
}

/// Ends every token that stems from an authorization.
pub(super) fn end(edit: &Edit<'_>, authorization: &Authorization) -> Outcome<()> {
    edit.run(
        "DELETE FROM oauth_token WHERE authorization = ?1",
        [authorization.number],
    )?;
    Ok(())
}
