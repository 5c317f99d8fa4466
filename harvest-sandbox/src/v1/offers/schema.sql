CREATE TABLE offer (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    application_id INTEGER AS (state ->> 'application_id'),
    opening_id INTEGER AS (state ->> 'opening_id'),
    created_at TEXT AS (state ->> 'created_at'),
    updated_at TEXT AS (state ->> 'updated_at'),
    resolved_at TEXT AS (state ->> 'resolved_at'),
    sent_at TEXT AS (state ->> 'sent_at'),
    starts_at TEXT AS (state ->> 'starts_at'),
    status TEXT AS (state ->> 'status')
) STRICT;
CREATE INDEX offer_application ON offer (application_id);
CREATE INDEX offer_opening ON offer (opening_id) WHERE opening_id IS NOT NULL;
CREATE INDEX offer_created ON offer (created_at);
CREATE INDEX offer_updated ON offer (updated_at);
