-- Bulk jobs, and files whose links last shorter than others: the results of a job.

CREATE TABLE bulk_request (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    uuid TEXT AS (state ->> 'uuid'),
    ends_at TEXT AS (state ->> 'ends_at')
) STRICT;
CREATE UNIQUE INDEX bulk_request_uuid ON bulk_request (uuid);
CREATE INDEX bulk_request_ends ON bulk_request (ends_at);

ALTER TABLE file ADD COLUMN link_seconds INTEGER;
