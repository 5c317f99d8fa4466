-- The id is that of the application: there is one record for each application with answers.
CREATE TABLE eeoc (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    submitted_at TEXT AS (state ->> 'submitted_at')
) STRICT;
CREATE INDEX eeoc_submitted ON eeoc (submitted_at);
