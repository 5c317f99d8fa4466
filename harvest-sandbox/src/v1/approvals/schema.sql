CREATE TABLE approval_flow (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    job_id INTEGER AS (state ->> 'job_id'),
    approval_type TEXT AS (state ->> 'approval_type'),
    offer_id INTEGER AS (state ->> 'offer_id'),
    approval_status TEXT AS (state ->> 'approval_status')
) STRICT;
CREATE INDEX approval_flow_job ON approval_flow (job_id, approval_type);
CREATE INDEX approval_flow_offer ON approval_flow (offer_id) WHERE offer_id IS NOT NULL;

CREATE TABLE approval (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    document TEXT,
    user_id INTEGER AS (state ->> 'user_id'),
    flow_id INTEGER AS (state ->> 'flow_id'),
    group_id INTEGER AS (state ->> 'group_id')
) STRICT;
CREATE INDEX approval_user ON approval (user_id);
CREATE INDEX approval_flow_id ON approval (flow_id);
