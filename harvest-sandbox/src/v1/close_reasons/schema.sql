CREATE TABLE close_reason (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT
) STRICT;
