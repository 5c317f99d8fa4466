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
