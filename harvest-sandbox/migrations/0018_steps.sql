-- The step of a job's stage that an interview or a scorecard is of. It says whose it is once its application has left the
-- job, and what is of a job that few may see is found by it.

ALTER TABLE scheduled_interview ADD COLUMN step_id INTEGER AS (state ->> 'interview_id');
CREATE INDEX scheduled_interview_step ON scheduled_interview (step_id);
ALTER TABLE scorecard ADD COLUMN step_id INTEGER AS (state ->> 'interview_id');
CREATE INDEX scorecard_step ON scorecard (step_id);

CREATE INDEX ai_opt_out_status_job ON ai_opt_out_status (job_id);
CREATE INDEX interview_medium_application ON interview_medium (application_id);
CREATE INDEX interview_medium_interview ON interview_medium (interview_id);
CREATE INDEX pay_input_range_post ON pay_input_range (job_post_id);
