CREATE TABLE prospect_pool (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    name TEXT AS (state ->> 'name')
) STRICT;
