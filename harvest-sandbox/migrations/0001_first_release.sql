-- The layout of the first release. It was released, so it is never changed: what is to change goes into a migration of
-- its own, with the next number.

-- What belongs to no resource.

-- The last number that was given out under each name.
CREATE TABLE sequence (
    name TEXT PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How many records there are in each stretch of ids; see position.rs.
CREATE TABLE block (
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    records INTEGER NOT NULL,
    PRIMARY KEY (kind, number)
) STRICT, WITHOUT ROWID;

-- What a database has to remember about how it was filled.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Keys, addresses and the password of Dev Center.

-- Keys are kept as their SHA-256 only, and their last four characters, by which people tell them apart.
CREATE TABLE api_key (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    last_four TEXT NOT NULL,
    description TEXT NOT NULL,
    created_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT;

-- What a key may be used for, by the name of the endpoint permission ("GET: List Users").
CREATE TABLE api_key_permission (
    key_id INTEGER NOT NULL REFERENCES api_key (id) ON DELETE CASCADE,
    permission TEXT NOT NULL,
    PRIMARY KEY (key_id, permission)
) STRICT, WITHOUT ROWID;

-- Addresses and ranges (192.0.2.0/24) that requests may come from. If there are none, they may come from anywhere.
CREATE TABLE allowed_range (
    id INTEGER PRIMARY KEY,
    range TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL
) STRICT;

-- The password of Dev Center, as its argon2 hash. None where nobody has to sign in, or nobody has chosen one yet.
CREATE TABLE password (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    hash TEXT NOT NULL
) STRICT;

-- Files and the secret that signs links.

-- What was attached to candidates and applications.
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    filename TEXT NOT NULL,
    content_type TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT;

-- What links are signed with.
CREATE TABLE file_secret (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    secret BLOB NOT NULL
) STRICT;

-- Departments.

CREATE TABLE department (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    name TEXT AS (state ->> 'name'),
    parent_id INTEGER AS (state ->> 'parent_id'),
    external_id TEXT AS (state ->> 'external_id')
) STRICT;
CREATE UNIQUE INDEX department_name ON department (name COLLATE NOCASE);
CREATE UNIQUE INDEX department_external_id ON department (external_id);
CREATE INDEX department_parent ON department (parent_id);

-- Offices.

CREATE TABLE office (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    name TEXT AS (state ->> 'name'),
    parent_id INTEGER AS (state ->> 'parent_id'),
    external_id TEXT AS (state ->> 'external_id')
) STRICT;
CREATE UNIQUE INDEX office_name ON office (name COLLATE NOCASE);
CREATE UNIQUE INDEX office_external_id ON office (external_id);
CREATE INDEX office_parent ON office (parent_id);

-- Custom fields.

CREATE TABLE custom_field (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    field_type TEXT AS (state ->> 'field_type'),
    name_key TEXT AS (state ->> 'name_key'),
    priority INTEGER AS (state ->> 'priority'),
    token TEXT AS (state ->> 'template_token_string'),
    active INTEGER AS (state ->> 'active')
) STRICT;
-- A key is unique among the fields of one type of record.
CREATE UNIQUE INDEX custom_field_key ON custom_field (field_type, name_key);

-- Users.

CREATE TABLE user (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    created_at TEXT AS (state ->> 'created_at'),
    updated_at TEXT AS (state ->> 'updated_at'),
    employee_id TEXT AS (state ->> 'employee_id'),
    disabled INTEGER AS (state ->> 'disabled'),
    site_admin INTEGER AS (state ->> 'site_admin')
) STRICT;
CREATE UNIQUE INDEX user_employee_id ON user (employee_id);

-- Every address of every user. No two users have the same.
CREATE TABLE user_email (
    address TEXT PRIMARY KEY COLLATE NOCASE,
    user_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX user_email_user ON user_email (user_id);

-- The candidates who are the same person as a user.
CREATE TABLE user_candidate (
    candidate_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    PRIMARY KEY (candidate_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_candidate_user ON user_candidate (user_id);

-- User roles.

CREATE TABLE user_role (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    type TEXT AS (state ->> 'type')
) STRICT;

-- Sources.

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    name TEXT AS (state ->> 'name')
) STRICT;

-- Rejection reasons.

CREATE TABLE rejection_reason (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    name TEXT AS (state ->> 'name')
) STRICT;

-- Tags.

CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    name TEXT AS (state ->> 'name')
) STRICT;
CREATE UNIQUE INDEX tag_name ON tag (name COLLATE NOCASE);

-- Education.

CREATE TABLE school (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT
) STRICT;
CREATE TABLE degree (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT
) STRICT;
CREATE TABLE discipline (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT
) STRICT;

-- Prospect pools.

CREATE TABLE prospect_pool (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    name TEXT AS (state ->> 'name')
) STRICT;

-- Close reasons.

CREATE TABLE close_reason (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT
) STRICT;

-- Jobs.

CREATE TABLE job (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    created_at TEXT AS (state ->> 'created_at'),
    updated_at TEXT AS (state ->> 'updated_at'),
    status TEXT AS (state ->> 'status'),
    requisition_id TEXT AS (state ->> 'requisition_id'),
    confidential INTEGER AS (state ->> 'confidential')
) STRICT;

-- Job openings.

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

-- Job stages.

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

-- Job posts.

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

-- User permissions.

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

-- Email templates.

CREATE TABLE email_template (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    created_at TEXT AS (state ->> 'created_at'),
    updated_at TEXT AS (state ->> 'updated_at'),
    user_id INTEGER AS (state ->> 'user_id')
) STRICT;

-- Activity feed.

-- What happened to candidates. No record of a kind of its own: nothing lists entries, or refers to one.
CREATE TABLE activity (
    id INTEGER PRIMARY KEY,
    candidate_id INTEGER NOT NULL,
    -- notes, rejection_notes, emails or activities
    section TEXT NOT NULL,
    state TEXT NOT NULL
) STRICT;
CREATE INDEX activity_candidate ON activity (candidate_id);

-- Applications.

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

-- Candidates.

CREATE TABLE candidate (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    created_at TEXT AS (state ->> 'created_at'),
    updated_at TEXT AS (state ->> 'updated_at'),
    is_private INTEGER AS (state ->> 'is_private'),
    recruiter_id INTEGER AS (state ->> 'recruiter_id'),
    coordinator_id INTEGER AS (state ->> 'coordinator_id')
) STRICT;
CREATE INDEX candidate_created ON candidate (created_at);
CREATE INDEX candidate_updated ON candidate (updated_at);
CREATE INDEX candidate_private ON candidate (is_private) WHERE is_private;
CREATE INDEX candidate_recruiter ON candidate (recruiter_id) WHERE recruiter_id IS NOT NULL;
CREATE INDEX candidate_coordinator ON candidate (coordinator_id) WHERE coordinator_id IS NOT NULL;

-- Two candidates can have the same address: they may be the same person, who is merged later.
CREATE TABLE candidate_email (
    address TEXT NOT NULL COLLATE NOCASE,
    candidate_id INTEGER NOT NULL,
    PRIMARY KEY (address, candidate_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX candidate_email_candidate ON candidate_email (candidate_id);

CREATE TABLE candidate_tag (
    tag_id INTEGER NOT NULL,
    candidate_id INTEGER NOT NULL,
    PRIMARY KEY (tag_id, candidate_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX candidate_tag_candidate ON candidate_tag (candidate_id);

-- Demographics.

CREATE TABLE demographic_question_set (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT
) STRICT;

CREATE TABLE demographic_question (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    set_id INTEGER AS (state ->> 'demographic_question_set_id')
) STRICT;

CREATE TABLE demographic_answer_option (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    question_id INTEGER AS (state ->> 'demographic_question_id')
) STRICT;

CREATE TABLE demographic_answer (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    application_id INTEGER AS (state ->> 'application_id'),
    created_at TEXT AS (state ->> 'created_at'),
    updated_at TEXT AS (state ->> 'updated_at')
) STRICT;
CREATE INDEX demographic_answer_application ON demographic_answer (application_id);

-- Eeoc.

-- The id is that of the application: there is one record for each application with answers.
CREATE TABLE eeoc (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    submitted_at TEXT AS (state ->> 'submitted_at')
) STRICT;
CREATE INDEX eeoc_submitted ON eeoc (submitted_at);

-- Offers.

CREATE TABLE offer (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    application_id INTEGER AS (state ->> 'application_id'),
    opening_id INTEGER AS (state ->> 'opening_id'),
    created_at TEXT AS (state ->> 'created_at'),
    updated_at TEXT AS (state ->> 'updated_at'),
    resolved_at TEXT AS (state ->> 'resolved_at'),
    sent_at TEXT AS (state ->> 'sent_at'),
    starts_at TEXT AS (state ->> 'starts_at'),
    status TEXT AS (state ->> 'status')
) STRICT;
CREATE INDEX offer_application ON offer (application_id);
CREATE INDEX offer_opening ON offer (opening_id) WHERE opening_id IS NOT NULL;
CREATE INDEX offer_created ON offer (created_at);
CREATE INDEX offer_updated ON offer (updated_at);

-- Approvals.

CREATE TABLE approval_flow (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    job_id INTEGER AS (state ->> 'job_id'),
    approval_type TEXT AS (state ->> 'approval_type'),
    offer_id INTEGER AS (state ->> 'offer_id'),
    approval_status TEXT AS (state ->> 'approval_status')
) STRICT;
CREATE INDEX approval_flow_job ON approval_flow (job_id, approval_type);
CREATE INDEX approval_flow_offer ON approval_flow (offer_id) WHERE offer_id IS NOT NULL;

CREATE TABLE approval (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    user_id INTEGER AS (state ->> 'user_id'),
    flow_id INTEGER AS (state ->> 'flow_id'),
    group_id INTEGER AS (state ->> 'group_id')
) STRICT;
CREATE INDEX approval_user ON approval (user_id);
CREATE INDEX approval_flow_id ON approval (flow_id);

-- Tracking links.

CREATE TABLE tracking_link (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    token TEXT AS (state ->> 'token'),
    job_id INTEGER AS (state ->> 'job_id'),
    source_id INTEGER AS (state ->> 'source_id'),
    credited_to_id INTEGER AS (state ->> 'credited_to_id')
) STRICT;
CREATE UNIQUE INDEX tracking_link_token ON tracking_link (token);

-- Scheduled interviews.

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

-- Scorecards.

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
