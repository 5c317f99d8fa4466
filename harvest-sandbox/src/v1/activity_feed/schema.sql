-- What happened to candidates. No record of a kind of its own: nothing lists entries, or refers to one.
CREATE TABLE activity (
    id INTEGER PRIMARY KEY,
    candidate_id INTEGER NOT NULL,
    -- notes, rejection_notes, emails or activities
    section TEXT NOT NULL,
    state TEXT NOT NULL
) STRICT;
CREATE INDEX activity_candidate ON activity (candidate_id);
