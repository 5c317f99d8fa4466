-- Names and addresses are compared as a whole, where NOCASE of SQLite ends at U+0000. Indexes were in its order, and an address
-- of a candidate was left out for another that agreed up to there.

REINDEX department_name;
REINDEX office_name;
REINDEX tag_name;
REINDEX user_email_address;

-- REINDEX does not sort a table WITHOUT ROWID.
CREATE TABLE whole_email (
    address TEXT NOT NULL COLLATE NOCASE,
    candidate_id INTEGER NOT NULL,
    PRIMARY KEY (address, candidate_id)
) STRICT, WITHOUT ROWID;
INSERT INTO whole_email (address, candidate_id) SELECT address, candidate_id FROM candidate_email;
INSERT OR IGNORE INTO whole_email (address, candidate_id)
SELECT email.value ->> 'value', candidate.id
FROM candidate, json_each(candidate.state, '$.email_addresses') AS email
WHERE instr(candidate.state, '\u0000') > 0;
DROP TABLE candidate_email;
ALTER TABLE whole_email RENAME TO candidate_email;
CREATE INDEX candidate_email_candidate ON candidate_email (candidate_id);
