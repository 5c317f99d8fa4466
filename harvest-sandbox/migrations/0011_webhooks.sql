-- Webhooks, and what is delivered by them. Secrets are kept as they are: deliveries are signed with them.

CREATE TABLE webhook (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    event TEXT AS (state ->> 'event'),
    deactivated INTEGER AS (state ->> 'deactivated'),
    last_delivered TEXT AS (state ->> 'last_delivered'),
    client_id TEXT AS (state ->> 'client_id')
) STRICT;
CREATE INDEX webhook_event ON webhook (event);

CREATE TABLE webhook_delivery (
    id INTEGER PRIMARY KEY,
    webhook_id INTEGER NOT NULL,
    -- what all attempts have in common, and no other delivery
    event_id TEXT NOT NULL,
    action TEXT NOT NULL,
    url TEXT NOT NULL,
    signature TEXT NOT NULL,
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
CREATE INDEX webhook_delivery_due ON webhook_delivery (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_delivery_webhook ON webhook_delivery (webhook_id, due_at) WHERE due_at IS NOT NULL;
