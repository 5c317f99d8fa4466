CREATE TABLE job_permission (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    user_id INTEGER AS (state ->> 'user_id'),
    job_id INTEGER AS (state ->> 'job_id'),
    user_role_id INTEGER AS (state ->> 'user_role_id')
) STRICT;
CREATE INDEX job_permission_user ON job_permission (user_id, job_id);
CREATE INDEX job_permission_job ON job_permission (job_id);

CREATE TABLE future_job_permission (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    user_id INTEGER AS (state ->> 'user_id')
) STRICT;
CREATE INDEX future_job_permission_user ON future_job_permission (user_id);
