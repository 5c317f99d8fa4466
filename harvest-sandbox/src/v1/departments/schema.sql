CREATE TABLE department (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    name TEXT AS (state ->> 'name'),
    parent_id INTEGER AS (state ->> 'parent_id'),
    external_id TEXT AS (state ->> 'external_id')
) STRICT;
CREATE UNIQUE INDEX department_name ON department (name COLLATE NOCASE);
CREATE UNIQUE INDEX department_external_id ON department (external_id);
CREATE INDEX department_parent ON department (parent_id);
