CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    name TEXT AS (state ->> 'name')
) STRICT;
CREATE UNIQUE INDEX tag_name ON tag (name COLLATE NOCASE);
