CREATE TABLE user_role (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    type TEXT AS (state ->> 'type')
) STRICT;
