CREATE TABLE job (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    created_at TEXT AS (state ->> 'created_at'),
    updated_at TEXT AS (state ->> 'updated_at'),
    status TEXT AS (state ->> 'status'),
    requisition_id TEXT AS (state ->> 'requisition_id'),
    confidential INTEGER AS (state ->> 'confidential')
) STRICT;
