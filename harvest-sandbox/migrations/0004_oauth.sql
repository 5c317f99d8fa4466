-- Users that integrations act for by themselves. They are hidden from lists of users.
ALTER TABLE user ADD COLUMN service_account INTEGER AS (state ->> 'service_account');

-- OAuth credentials of integrations. Secrets are kept as hashes.
CREATE TABLE oauth_integration (
    id INTEGER PRIMARY KEY,
    client_id TEXT NOT NULL UNIQUE,
    secret_hash TEXT NOT NULL,
    last_four TEXT NOT NULL,
    description TEXT NOT NULL,
    -- custom or partner
    kind TEXT NOT NULL,
    -- null for a partner, which acts for those who consented
    service_user_id INTEGER,
    created_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT;

CREATE TABLE oauth_redirect_uri (
    integration_id INTEGER NOT NULL,
    uri TEXT NOT NULL,
    PRIMARY KEY (integration_id, uri)
) STRICT, WITHOUT ROWID;

-- `since` counts authorizations: a scope that was added later is none of an earlier authorization.
CREATE TABLE oauth_scope (
    integration_id INTEGER NOT NULL,
    scope TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (integration_id, scope)
) STRICT, WITHOUT ROWID;

-- Access tokens, refresh tokens and authorization codes, as hashes.
CREATE TABLE oauth_token (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    -- access, refresh or code
    kind TEXT NOT NULL,
    integration_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    -- the number of the authorization that it stems from
    authorization INTEGER NOT NULL,
    -- separated by spaces; null for all that the integration had then
    scopes TEXT,
    -- of a code: the address that it was sent to
    redirect_uri TEXT,
    issued_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT
) STRICT;
CREATE INDEX oauth_token_integration ON oauth_token (integration_id, kind, id);
CREATE INDEX oauth_token_authorization ON oauth_token (authorization);
CREATE INDEX oauth_token_expires ON oauth_token (expires_at);
