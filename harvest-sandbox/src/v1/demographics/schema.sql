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
