-- What a version shows inside of a record, and another lists as records with ids of their own. Filled from the records that
-- have them: see src/domain/parts.rs.

CREATE TABLE custom_field_option (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    custom_field_id INTEGER AS (state ->> 'custom_field_id'),
    active INTEGER AS (state ->> 'active')
) STRICT;
CREATE INDEX custom_field_option_field ON custom_field_option (custom_field_id);

CREATE TABLE custom_field_department (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    custom_field_id INTEGER AS (state ->> 'custom_field_id'),
    department_id INTEGER AS (state ->> 'department_id')
) STRICT;
CREATE INDEX custom_field_department_field ON custom_field_department (custom_field_id);

CREATE TABLE custom_field_office (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    custom_field_id INTEGER AS (state ->> 'custom_field_id'),
    office_id INTEGER AS (state ->> 'office_id')
) STRICT;
CREATE INDEX custom_field_office_field ON custom_field_office (custom_field_id);

CREATE TABLE prospect_stage (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    prospect_pool_id INTEGER AS (state ->> 'prospect_pool_id')
) STRICT;
CREATE INDEX prospect_stage_pool ON prospect_stage (prospect_pool_id);

-- Every address of every user. No two users have the same.
DROP TABLE user_email;
CREATE TABLE user_email (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    user_id INTEGER AS (state ->> 'user_id'),
    address TEXT COLLATE NOCASE AS (state ->> 'address'),
    verified INTEGER AS (state ->> 'verified'),
    verification_sent_at TEXT AS (state ->> 'verification_sent_at')
) STRICT;
CREATE UNIQUE INDEX user_email_address ON user_email (address);
CREATE INDEX user_email_user ON user_email (user_id);

-- Tags of interviewers, by which they are found for interviews.
CREATE TABLE interviewer_tag (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    name TEXT AS (state ->> 'name')
) STRICT;
