-- What belongs to candidates, applications and jobs, and is listed on its own by a version: see src/domain/parts.rs.

-- The latest that happened to an application is its latest change.
ALTER TABLE application ADD COLUMN updated_at TEXT AS (state ->> 'last_activity_at');

CREATE TABLE education (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    candidate_id INTEGER AS (state ->> 'candidate_id')
) STRICT;
CREATE INDEX education_candidate ON education (candidate_id);

CREATE TABLE employment (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    candidate_id INTEGER AS (state ->> 'candidate_id')
) STRICT;
CREATE INDEX employment_candidate ON employment (candidate_id);

CREATE TABLE applied_tag (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    candidate_id INTEGER AS (state ->> 'candidate_id'),
    tag_id INTEGER AS (state ->> 'tag_id')
) STRICT;
CREATE INDEX applied_tag_candidate ON applied_tag (candidate_id);
CREATE INDEX applied_tag_tag ON applied_tag (tag_id);

CREATE TABLE stage_history (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    application_id INTEGER AS (state ->> 'application_id'),
    job_stage_id INTEGER AS (state ->> 'job_stage_id'),
    exited_at TEXT AS (state ->> 'exited_at')
) STRICT;
CREATE INDEX stage_history_application ON stage_history (application_id);
CREATE INDEX stage_history_stage ON stage_history (job_stage_id);

CREATE TABLE job_hiring_manager (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    job_id INTEGER AS (state ->> 'job_id'),
    user_id INTEGER AS (state ->> 'user_id'),
    type TEXT AS (state ->> 'type')
) STRICT;
CREATE INDEX job_hiring_manager_job ON job_hiring_manager (job_id);
CREATE INDEX job_hiring_manager_user ON job_hiring_manager (user_id);

CREATE TABLE job_owner (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    job_id INTEGER AS (state ->> 'job_id'),
    user_id INTEGER AS (state ->> 'user_id'),
    type TEXT AS (state ->> 'type')
) STRICT;
CREATE INDEX job_owner_job ON job_owner (job_id);
CREATE INDEX job_owner_user ON job_owner (user_id);

CREATE TABLE job_interview (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    job_id INTEGER AS (state ->> 'job_id'),
    job_stage_id INTEGER AS (state ->> 'job_stage_id')
) STRICT;
CREATE INDEX job_interview_job ON job_interview (job_id);
CREATE INDEX job_interview_stage ON job_interview (job_stage_id);

CREATE TABLE interviewer (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    interview_id INTEGER AS (state ->> 'interview_id'),
    user_id INTEGER AS (state ->> 'user_id'),
    response_status TEXT AS (state ->> 'response_status')
) STRICT;
CREATE INDEX interviewer_interview ON interviewer (interview_id);
CREATE INDEX interviewer_user ON interviewer (user_id);

CREATE TABLE approver_group (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    approval_flow_id INTEGER AS (state ->> 'approval_flow_id')
) STRICT;
CREATE INDEX approver_group_flow ON approver_group (approval_flow_id);
