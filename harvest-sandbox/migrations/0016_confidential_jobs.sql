-- Of all jobs few are confidential, and nearly each request asks which.

CREATE INDEX job_confidential ON job (confidential) WHERE confidential;
