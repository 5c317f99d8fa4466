-- What v3 lists of job posts, interview kits and scorecards: see src/domain/job_posts, src/domain/job_stages and
-- src/domain/scorecards. Filled from the records that v1 shows.

CREATE TABLE job_post_location (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    job_post_id INTEGER AS (state ->> 'job_post_id'),
    job_id INTEGER AS (state ->> 'job_id'),
    office_id INTEGER AS (state ->> 'office_id'),
    custom_location_id INTEGER AS (state ->> 'custom_location_id')
) STRICT;
CREATE INDEX job_post_location_post ON job_post_location (job_post_id);
CREATE INDEX job_post_location_job ON job_post_location (job_id);

CREATE TABLE job_post_searchable_location (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    job_post_id INTEGER AS (state ->> 'job_post_id'),
    job_id INTEGER AS (state ->> 'job_id')
) STRICT;
CREATE INDEX job_post_searchable_location_post ON job_post_searchable_location (job_post_id);
CREATE INDEX job_post_searchable_location_job ON job_post_searchable_location (job_id);

CREATE TABLE interview_kit (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    job_id INTEGER AS (state ->> 'job_id'),
    job_stage_id INTEGER AS (state ->> 'job_stage_id')
) STRICT;
CREATE INDEX interview_kit_job ON interview_kit (job_id);
CREATE INDEX interview_kit_stage ON interview_kit (job_stage_id);

CREATE TABLE default_interviewer (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    job_id INTEGER AS (state ->> 'job_id'),
    job_stage_id INTEGER AS (state ->> 'job_stage_id'),
    user_id INTEGER AS (state ->> 'user_id')
) STRICT;
CREATE INDEX default_interviewer_job ON default_interviewer (job_id);
CREATE INDEX default_interviewer_stage ON default_interviewer (job_stage_id);
CREATE INDEX default_interviewer_user ON default_interviewer (user_id);

CREATE TABLE scorecard_question (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    job_id INTEGER AS (state ->> 'job_id'),
    job_stage_id INTEGER AS (state ->> 'job_stage_id'),
    interview_kit_id INTEGER AS (state ->> 'interview_kit_id')
) STRICT;
CREATE INDEX scorecard_question_job ON scorecard_question (job_id);
CREATE INDEX scorecard_question_stage ON scorecard_question (job_stage_id);
CREATE INDEX scorecard_question_kit ON scorecard_question (interview_kit_id);

CREATE TABLE scorecard_question_option (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    job_id INTEGER AS (state ->> 'job_id'),
    job_stage_id INTEGER AS (state ->> 'job_stage_id'),
    scorecard_question_id INTEGER AS (state ->> 'scorecard_question_id')
) STRICT;
CREATE INDEX scorecard_question_option_job ON scorecard_question_option (job_id);
CREATE INDEX scorecard_question_option_stage ON scorecard_question_option (job_stage_id);
CREATE INDEX scorecard_question_option_question ON scorecard_question_option (scorecard_question_id);

ALTER TABLE candidate_attribute_type ADD COLUMN job_id INTEGER AS (state ->> 'job_id');
CREATE INDEX candidate_attribute_type_job ON candidate_attribute_type (job_id);

CREATE TABLE job_candidate_attribute (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    job_id INTEGER AS (state ->> 'job_id')
) STRICT;
CREATE INDEX job_candidate_attribute_job ON job_candidate_attribute (job_id);

CREATE TABLE focus_candidate_attribute (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    job_id INTEGER AS (state ->> 'job_id'),
    interview_kit_id INTEGER AS (state ->> 'interview_kit_id')
) STRICT;
CREATE INDEX focus_candidate_attribute_job ON focus_candidate_attribute (job_id);
CREATE INDEX focus_candidate_attribute_kit ON focus_candidate_attribute (interview_kit_id);

CREATE TABLE scorecard_question_candidate_attribute (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    job_id INTEGER AS (state ->> 'job_id'),
    scorecard_question_id INTEGER AS (state ->> 'scorecard_question_id')
) STRICT;
CREATE INDEX scorecard_question_candidate_attribute_job ON scorecard_question_candidate_attribute (job_id);
CREATE INDEX scorecard_question_candidate_attribute_question ON scorecard_question_candidate_attribute (scorecard_question_id);
