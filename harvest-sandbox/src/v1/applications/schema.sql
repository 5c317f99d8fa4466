CREATE TABLE application (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    candidate_id INTEGER AS (state ->> 'candidate_id'),
    created_at TEXT AS (state ->> 'applied_at'),
    last_activity_at TEXT AS (state ->> 'last_activity_at'),
    status TEXT AS (state ->> 'status'),
    stage_id INTEGER AS (state ->> 'stage_id'),
    source_id INTEGER AS (state ->> 'source_id'),
    recruiter_id INTEGER AS (state ->> 'recruiter_id'),
    coordinator_id INTEGER AS (state ->> 'coordinator_id'),
    credited_to_id INTEGER AS (state ->> 'credited_to_id'),
    rejection_reason_id INTEGER AS (state ->> 'rejection_reason_id'),
    prospect_owner_id INTEGER AS (state ->> 'prospect_owner_id'),
    prospective_office_id INTEGER AS (state ->> 'prospective_office_id'),
    prospective_department_id INTEGER AS (state ->> 'prospective_department_id'),
    prospect_pool_id INTEGER AS (state ->> 'prospect_pool_id')
) STRICT;
CREATE INDEX application_candidate ON application (candidate_id);
CREATE INDEX application_created ON application (created_at);
CREATE INDEX application_last_activity ON application (last_activity_at);
CREATE INDEX application_stage ON application (stage_id) WHERE stage_id IS NOT NULL;
CREATE INDEX application_source ON application (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX application_recruiter ON application (recruiter_id) WHERE recruiter_id IS NOT NULL;
CREATE INDEX application_coordinator ON application (coordinator_id) WHERE coordinator_id IS NOT NULL;
CREATE INDEX application_credited ON application (credited_to_id) WHERE credited_to_id IS NOT NULL;
CREATE INDEX application_reason ON application (rejection_reason_id) WHERE rejection_reason_id IS NOT NULL;
CREATE INDEX application_office ON application (prospective_office_id) WHERE prospective_office_id IS NOT NULL;
CREATE INDEX application_department ON application (prospective_department_id)
    WHERE prospective_department_id IS NOT NULL;
CREATE INDEX application_owner ON application (prospect_owner_id) WHERE prospect_owner_id IS NOT NULL;

-- The job of a candidate, the jobs of a prospect, in order.
CREATE TABLE application_job (
    job_id INTEGER NOT NULL,
    application_id INTEGER NOT NULL,
    PRIMARY KEY (job_id, application_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX application_job_application ON application_job (application_id);
