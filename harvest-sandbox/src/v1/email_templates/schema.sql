CREATE TABLE email_template (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    created_at TEXT AS (state ->> 'created_at'),
    updated_at TEXT AS (state ->> 'updated_at'),
    user_id INTEGER AS (state ->> 'user_id')
) STRICT;
