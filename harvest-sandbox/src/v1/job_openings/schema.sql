CREATE TABLE job_opening (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    job_id INTEGER AS (state ->> 'job_id'),
    opening_id TEXT AS (state ->> 'opening_id'),
    status TEXT AS (state ->> 'status'),
    close_reason_id INTEGER AS (state ->> 'close_reason_id'),
    application_id INTEGER AS (state ->> 'application_id')
) STRICT;
CREATE INDEX job_opening_job ON job_opening (job_id, status);
CREATE INDEX job_opening_opening_id ON job_opening (opening_id);
CREATE INDEX job_opening_close_reason ON job_opening (close_reason_id);
CREATE INDEX job_opening_application ON job_opening (application_id) WHERE application_id IS NOT NULL;
