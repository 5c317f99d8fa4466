CREATE TABLE job_post (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    created_at TEXT AS (state ->> 'created_at'),
    updated_at TEXT AS (state ->> 'updated_at'),
    job_id INTEGER AS (state ->> 'job_id'),
    live INTEGER AS (state ->> 'live'),
    active INTEGER AS (state ->> 'active'),
    internal INTEGER AS (state ->> 'internal'),
    office_id INTEGER AS (state ->> '$.location.office_id'),
    custom_location_id INTEGER AS (state ->> '$.location.custom_location_id')
) STRICT;
CREATE INDEX job_post_job ON job_post (job_id);

CREATE TABLE job_post_custom_location (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    board_id INTEGER AS (state ->> 'greenhouse_job_board_id')
) STRICT;
