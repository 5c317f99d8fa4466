-- How much waits to be delivered by each webhook, so that nobody has to look at all that waits.

CREATE TABLE webhook_queue (
    -- 0 for callbacks
    webhook_id INTEGER PRIMARY KEY,
    deliveries INTEGER NOT NULL,
    -- of their bodies
    bytes INTEGER NOT NULL
) STRICT;
INSERT INTO webhook_queue
    SELECT coalesce(webhook_id, 0), count(*), sum(octet_length(body))
    FROM webhook_delivery WHERE due_at IS NOT NULL GROUP BY 1;

CREATE TRIGGER webhook_delivery_added AFTER INSERT ON webhook_delivery
WHEN new.due_at IS NOT NULL BEGIN
    INSERT INTO webhook_queue VALUES (coalesce(new.webhook_id, 0), 1, octet_length(new.body))
    ON CONFLICT (webhook_id) DO UPDATE SET deliveries = deliveries + 1, bytes = bytes + excluded.bytes;
END;
CREATE TRIGGER webhook_delivery_asked_for AFTER UPDATE OF due_at ON webhook_delivery
WHEN old.due_at IS NULL AND new.due_at IS NOT NULL BEGIN
    INSERT INTO webhook_queue VALUES (coalesce(new.webhook_id, 0), 1, octet_length(new.body))
    ON CONFLICT (webhook_id) DO UPDATE SET deliveries = deliveries + 1, bytes = bytes + excluded.bytes;
END;
CREATE TRIGGER webhook_delivery_done AFTER UPDATE OF due_at ON webhook_delivery
WHEN old.due_at IS NOT NULL AND new.due_at IS NULL BEGIN
    UPDATE webhook_queue SET deliveries = deliveries - 1, bytes = bytes - octet_length(old.body)
    WHERE webhook_id = coalesce(old.webhook_id, 0);
    DELETE FROM webhook_queue WHERE webhook_id = coalesce(old.webhook_id, 0) AND deliveries <= 0;
END;
CREATE TRIGGER webhook_delivery_removed AFTER DELETE ON webhook_delivery
WHEN old.due_at IS NOT NULL BEGIN
    UPDATE webhook_queue SET deliveries = deliveries - 1, bytes = bytes - octet_length(old.body)
    WHERE webhook_id = coalesce(old.webhook_id, 0);
    DELETE FROM webhook_queue WHERE webhook_id = coalesce(old.webhook_id, 0) AND deliveries <= 0;
END;

-- The log of what waits for nothing is short, and found without what waits.
CREATE INDEX webhook_delivery_log ON webhook_delivery (id) WHERE due_at IS NULL;
