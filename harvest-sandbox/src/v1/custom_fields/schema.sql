CREATE TABLE custom_field (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    field_type TEXT AS (state ->> 'field_type'),
    name_key TEXT AS (state ->> 'name_key'),
    priority INTEGER AS (state ->> 'priority'),
    token TEXT AS (state ->> 'template_token_string'),
    active INTEGER AS (state ->> 'active')
) STRICT;
-- A key is unique among the fields of one type of record.
CREATE UNIQUE INDEX custom_field_key ON custom_field (field_type, name_key);
