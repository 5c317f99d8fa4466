-- Ratings, answers and chosen options of scorecards, which v1 shows inside of them: see src/domain/scorecards.

CREATE TABLE scorecard_candidate_attribute (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    scorecard_id INTEGER AS (state ->> 'scorecard_id'),
    application_id INTEGER AS (state ->> 'application_id')
) STRICT;
CREATE INDEX scorecard_candidate_attribute_scorecard ON scorecard_candidate_attribute (scorecard_id);
CREATE INDEX scorecard_candidate_attribute_application ON scorecard_candidate_attribute (application_id);

CREATE TABLE scorecard_question_answer (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    scorecard_id INTEGER AS (state ->> 'scorecard_id'),
    application_id INTEGER AS (state ->> 'application_id')
) STRICT;
CREATE INDEX scorecard_question_answer_scorecard ON scorecard_question_answer (scorecard_id);
CREATE INDEX scorecard_question_answer_application ON scorecard_question_answer (application_id);

CREATE TABLE scorecard_question_answer_option (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    scorecard_id INTEGER AS (state ->> 'scorecard_id'),
    application_id INTEGER AS (state ->> 'application_id')
) STRICT;
CREATE INDEX scorecard_question_answer_option_scorecard ON scorecard_question_answer_option (scorecard_id);
CREATE INDEX scorecard_question_answer_option_application ON scorecard_question_answer_option (application_id);
