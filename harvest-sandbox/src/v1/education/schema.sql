CREATE TABLE school (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT
) STRICT;
CREATE TABLE degree (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT
) STRICT;
CREATE TABLE discipline (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT
) STRICT;
