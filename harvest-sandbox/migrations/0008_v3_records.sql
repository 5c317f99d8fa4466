-- Records that v3 has and v1 does not: see src/domain/mod.rs.

CREATE TABLE referrer (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    user_id INTEGER AS (state ->> 'user_id')
) STRICT;
CREATE UNIQUE INDEX referrer_user ON referrer (user_id);
CREATE TABLE job_board (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE TABLE job_note (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    job_id INTEGER AS (state ->> 'job_id'),
    user_id INTEGER AS (state ->> 'user_id'),
    visibility TEXT AS (state ->> 'visibility')
) STRICT;
CREATE INDEX job_note_job ON job_note (job_id);
CREATE TABLE spam_source (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    source_type TEXT AS (state ->> 'source_type'),
    value TEXT AS (state ->> 'value')
) STRICT;
CREATE UNIQUE INDEX spam_source_value ON spam_source (source_type, value);
CREATE TABLE candidate_attribute_type (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    active INTEGER AS (state ->> 'active'),
    is_draft INTEGER AS (state ->> 'is_draft')
) STRICT;
CREATE TABLE pay_input (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    linked_custom_field_id INTEGER AS (state ->> 'linked_custom_field_id')
) STRICT;
CREATE TABLE pay_input_range (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    pay_input_id INTEGER AS (state ->> 'pay_input_id'),
    job_post_id INTEGER AS (state ->> 'job_post_id')
) STRICT;
CREATE TABLE ai_opt_out_status (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    job_id INTEGER AS (state ->> 'job_id'),
    opted_out INTEGER AS (state ->> 'opted_out')
) STRICT;
CREATE TABLE interview_medium (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    interview_id INTEGER AS (state ->> 'interview_id'),
    application_id INTEGER AS (state ->> 'application_id')
) STRICT;
