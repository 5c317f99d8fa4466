-- Callbacks of bulk jobs are delivered, too: they belong to no webhook, and are not signed.

CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    -- null for a callback
    webhook_id INTEGER,
    -- null for an event
    bulk_request_id INTEGER,
    -- what all attempts have in common, and no other delivery
    event_id TEXT NOT NULL,
    action TEXT NOT NULL,
    url TEXT NOT NULL,
    -- null for a callback
    signature TEXT,
    body TEXT NOT NULL,
    created_at TEXT NOT NULL,
    -- waiting, delivered or failed
    status TEXT NOT NULL,
    -- attempts since it was last asked for
    tries INTEGER NOT NULL,
    -- null if no attempt follows
    due_at TEXT,
    -- the latest attempts, as JSON
    attempts TEXT NOT NULL
) STRICT;

INSERT INTO delivery
    SELECT id, webhook_id, NULL, event_id, action, url, signature, body, created_at, status, tries, due_at, attempts
    FROM webhook_delivery;
DROP TABLE webhook_delivery;
ALTER TABLE delivery RENAME TO webhook_delivery;

CREATE INDEX webhook_delivery_due ON webhook_delivery (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_delivery_webhook ON webhook_delivery (webhook_id, due_at) WHERE due_at IS NOT NULL;
