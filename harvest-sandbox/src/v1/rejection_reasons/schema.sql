CREATE TABLE rejection_reason (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    name TEXT AS (state ->> 'name')
) STRICT;
