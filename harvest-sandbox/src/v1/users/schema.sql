CREATE TABLE user (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    created_at TEXT AS (state ->> 'created_at'),
    updated_at TEXT AS (state ->> 'updated_at'),
    employee_id TEXT AS (state ->> 'employee_id'),
    disabled INTEGER AS (state ->> 'disabled'),
    site_admin INTEGER AS (state ->> 'site_admin')
) STRICT;
CREATE UNIQUE INDEX user_employee_id ON user (employee_id);

-- Every address of every user. No two users have the same.
CREATE TABLE user_email (
    address TEXT PRIMARY KEY COLLATE NOCASE,
    user_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX user_email_user ON user_email (user_id);

-- The candidates who are the same person as a user.
CREATE TABLE user_candidate (
    candidate_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    PRIMARY KEY (candidate_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_candidate_user ON user_candidate (user_id);
