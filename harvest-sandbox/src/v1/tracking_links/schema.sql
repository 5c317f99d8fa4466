CREATE TABLE tracking_link (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    token TEXT AS (state ->> 'token'),
    job_id INTEGER AS (state ->> 'job_id'),
    source_id INTEGER AS (state ->> 'source_id'),
    credited_to_id INTEGER AS (state ->> 'credited_to_id')
) STRICT;
CREATE UNIQUE INDEX tracking_link_token ON tracking_link (token);
