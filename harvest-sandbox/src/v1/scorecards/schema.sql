CREATE TABLE scorecard (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    created_at TEXT AS (state ->> 'created_at'),
    updated_at TEXT AS (state ->> 'updated_at'),
    application_id INTEGER AS (state ->> 'application_id'),
    interviewer_id INTEGER AS (state ->> 'interviewer_id'),
    submitted_by_id INTEGER AS (state ->> 'submitted_by_id'),
    scheduled_interview_id INTEGER AS (state ->> 'scheduled_interview_id')
) STRICT;
CREATE INDEX scorecard_application ON scorecard (application_id);
CREATE INDEX scorecard_interview ON scorecard (scheduled_interview_id, interviewer_id);
CREATE INDEX scorecard_interviewer ON scorecard (interviewer_id);
CREATE INDEX scorecard_submitted_by ON scorecard (submitted_by_id);
