-- What rows of bulk jobs look up: the permissions on jobs to come that a new job is of, another active site admin, and flows
-- of a job of which approvals were asked for.

ALTER TABLE future_job_permission ADD COLUMN office_id INTEGER AS (state ->> 'office_id');
ALTER TABLE future_job_permission ADD COLUMN department_id INTEGER AS (state ->> 'department_id');
CREATE INDEX future_job_permission_units ON future_job_permission (office_id, department_id);
CREATE INDEX user_active_site_admin ON user (site_admin) WHERE site_admin AND NOT disabled;
CREATE INDEX approval_flow_begun ON approval_flow (job_id, approval_type)
    WHERE approval_status <> 'pending' OR state ->> 'requested_by_user_id' IS NOT NULL;
