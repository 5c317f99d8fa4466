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
