CREATE TABLE job_stage (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    created_at TEXT AS (state ->> 'created_at'),
    updated_at TEXT AS (state ->> 'updated_at'),
    job_id INTEGER AS (state ->> 'job_id'),
    priority INTEGER AS (state ->> 'priority')
) STRICT;
CREATE INDEX job_stage_job ON job_stage (job_id, priority);
