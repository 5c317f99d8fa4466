CREATE TABLE scheduled_interview (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    created_at TEXT AS (state ->> 'created_at'),
    updated_at TEXT AS (state ->> 'updated_at'),
    -- A day is its first moment.
    starts_at TEXT AS (coalesce(state ->> '$.start.date_time', state ->> '$.start.date' || 'T00:00:00.000Z')),
    ends_at TEXT AS (coalesce(state ->> '$.end.date_time', state ->> '$.end.date' || 'T00:00:00.000Z')),
    application_id INTEGER AS (state ->> 'application_id'),
    external_event_id TEXT AS (state ->> 'external_event_id'),
    by_api INTEGER AS (state ->> 'by_api'),
    written_up INTEGER AS (state ->> 'written_up')
) STRICT;
CREATE INDEX scheduled_interview_application ON scheduled_interview (application_id);
CREATE INDEX scheduled_interview_created ON scheduled_interview (created_at);
CREATE INDEX scheduled_interview_updated ON scheduled_interview (updated_at);
CREATE INDEX scheduled_interview_starts ON scheduled_interview (starts_at);
-- The id in the caller's calendar is that of one appointment.
CREATE UNIQUE INDEX scheduled_interview_event ON scheduled_interview (external_event_id);
