CREATE TABLE office (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    name TEXT AS (state ->> 'name'),
    parent_id INTEGER AS (state ->> 'parent_id'),
    external_id TEXT AS (state ->> 'external_id')
) STRICT;
CREATE UNIQUE INDEX office_name ON office (name COLLATE NOCASE);
CREATE UNIQUE INDEX office_external_id ON office (external_id);
CREATE INDEX office_parent ON office (parent_id);
