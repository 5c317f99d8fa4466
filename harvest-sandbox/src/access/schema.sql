-- Keys are kept as their SHA-256 only, and their last four characters, by which people tell them apart.
CREATE TABLE api_key (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    last_four TEXT NOT NULL,
    description TEXT NOT NULL,
    created_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT;

-- What a key may be used for, by the name of the endpoint permission ("GET: List Users").
CREATE TABLE api_key_permission (
    key_id INTEGER NOT NULL REFERENCES api_key (id) ON DELETE CASCADE,
    permission TEXT NOT NULL,
    PRIMARY KEY (key_id, permission)
) STRICT, WITHOUT ROWID;

-- Addresses and ranges (192.0.2.0/24) that requests may come from. If there are none, they may come from anywhere.
CREATE TABLE allowed_range (
    id INTEGER PRIMARY KEY,
    range TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL
) STRICT;

-- The password of Dev Center, as its argon2 hash. None where nobody has to sign in, or nobody has chosen one yet.
CREATE TABLE password (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    hash TEXT NOT NULL
) STRICT;
