-- Files of applications, which a version lists on their own.

CREATE TABLE attachment (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT AS (state ->> 'created_at'),
    updated_at TEXT AS (state ->> 'created_at'),
    application_id INTEGER AS (state ->> 'application_id'),
    candidate_id INTEGER AS (state ->> 'candidate_id'),
    type TEXT AS (state ->> 'type')
) STRICT;
CREATE INDEX attachment_application ON attachment (application_id);
CREATE INDEX attachment_candidate ON attachment (candidate_id);
