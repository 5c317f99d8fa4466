//! A query for each type of ids, by the name that descriptions have for it.

/// What queries can select from. Jobs are open, and nothing is confidential or private, so that every site admin sees it. `way`
/// is the application that most trials are about: on its way, with an opening to fill and two stages ahead at least; `other`
/// is a job that its candidate is not on. `held` are the steps of the job that an application is on: what is of another may be of a
/// job that it has left, and that not everyone sees.
pub(super) const COMMON: &str = "\
WITH
 open AS (SELECT id FROM job WHERE status = 'open' AND NOT confidential ORDER BY id),
 seen AS NOT MATERIALIZED
   (SELECT application.id, candidate_id, application.status, state ->> 'prospect' AS prospect,
     job_id, stage_id
    FROM application LEFT JOIN application_job ON application_id = application.id
    WHERE (job_id IS NULL OR job_id IN (SELECT id FROM open))
      AND NOT EXISTS (SELECT 1 FROM candidate WHERE candidate.id = candidate_id AND is_private)),
 way AS (SELECT seen.id AS application_id, candidate_id, seen.job_id, seen.stage_id, stage.priority
         FROM seen CROSS JOIN job_stage AS stage ON stage.id = seen.stage_id
         WHERE status = 'active' AND NOT prospect
           AND EXISTS (SELECT 1 FROM job_opening AS it WHERE it.job_id = seen.job_id
             AND it.status = 'open')
           AND EXISTS (SELECT 1 FROM job_stage AS it
                       WHERE it.job_id = seen.job_id AND it.priority > stage.priority + 1)
         ORDER BY seen.id LIMIT 1),
 other AS (SELECT id FROM open WHERE id NOT IN
             (SELECT job_id FROM application_job JOIN application ON application.id = application_id
              WHERE application.candidate_id = (SELECT candidate_id FROM way))
           LIMIT 1),
 admin AS (SELECT id FROM user WHERE site_admin AND NOT disabled AND service_account IS NULL
             AND employee_id IS NOT 'INTUSER123' ORDER BY id),
 basic AS (SELECT id FROM user WHERE NOT site_admin AND NOT disabled AND service_account IS NULL
   ORDER BY id),
 offered AS (SELECT offer.id, application_id FROM offer CROSS JOIN seen ON seen.id = application_id
             WHERE offer.status = 'unresolved' AND seen.status = 'active' ORDER BY offer.id
               LIMIT 1),
 undecided AS (SELECT approval_flow.id, state ->> 'requested_by_user_id' AS requested_by
   FROM approval_flow
               WHERE approval_status = 'pending' AND job_id NOT IN (SELECT id FROM job
                 WHERE confidential)
               ORDER BY id),
 due AS (SELECT group_id AS id FROM approval JOIN undecided ON undecided.id = flow_id
         WHERE approval.state ->> 'resolved_at' IS NULL ORDER BY approval.id LIMIT 1),
 spare AS (SELECT id FROM job_opening AS it WHERE status = 'closed' AND application_id IS NULL
             AND NOT EXISTS (SELECT 1 FROM offer WHERE offer.opening_id = it.id) ORDER BY id
               LIMIT 2),
 kit AS (SELECT interview_kit_id AS id FROM scorecard_question AS it, way
         WHERE it.job_id = way.job_id AND it.state ->> 'answer_type' = 'multi_select'
           ORDER BY it.id LIMIT 1),
 held AS NOT MATERIALIZED
   (SELECT seen.id AS application_id, seen.job_id, step.id AS step_id
    FROM seen CROSS JOIN job_interview AS step ON step.job_id = seen.job_id),
 card AS (SELECT scorecard.id, held.job_id, scorecard.step_id AS interview_id
          FROM scorecard CROSS JOIN held USING (application_id, step_id)
          ORDER BY scorecard.id DESC LIMIT 100),
 unrated AS (SELECT card.id AS scorecard_id, it.id FROM card
   JOIN job_candidate_attribute AS it USING (job_id)
             WHERE NOT EXISTS (SELECT 1 FROM scorecard_candidate_attribute AS known
                               WHERE known.scorecard_id = card.id
                                 AND known.state ->> 'job_candidate_attribute_id' = it.id) LIMIT 1),
 unanswered AS (SELECT card.id AS scorecard_id, it.id
                FROM card JOIN interview_kit AS of_card ON of_card.state ->> 'job_interview_id' =
                  interview_id
                     JOIN scorecard_question AS it ON it.interview_kit_id = of_card.id
                WHERE it.state ->> 'answer_type' = 'text'
                  AND NOT EXISTS (SELECT 1 FROM scorecard_question_answer AS known
                                  WHERE known.scorecard_id = card.id
                                    AND known.state ->> 'scorecard_question_id' = it.id) LIMIT 1),
 unchosen AS (SELECT answer.id AS answer_id, it.id
              FROM scorecard_question_answer AS answer
                   JOIN scorecard_question_option AS it
                     ON it.scorecard_question_id = answer.state ->> 'scorecard_question_id'
              WHERE answer.state ->> 'answer_type' = 'multi_select'
                AND EXISTS (SELECT 1 FROM scorecard CROSS JOIN held USING (application_id, step_id)
                            WHERE scorecard.id = answer.scorecard_id)
                AND NOT EXISTS (SELECT 1 FROM json_each(answer.state, '$.option_ids') AS chosen
                                WHERE chosen.value = it.id) LIMIT 1)";

/// By the name of the type. Those of an application, a candidate, a job and a stage are of one and the same `way`.
pub(super) const IDS: &[(&str, &str)] = &[
    (
        "AnswerOptionId",
        "SELECT id FROM demographic_answer_option ORDER BY id LIMIT 1",
    ),
    ("ApplicationId", "SELECT application_id FROM way"),
    (
        "AppliedCandidateTagId",
        "SELECT id FROM applied_tag WHERE candidate_id NOT IN (SELECT id FROM candidate \
         WHERE is_private) ORDER BY id LIMIT 1",
    ),
    (
        "ApprovalFlowId",
        "SELECT id FROM approval_flow WHERE job_id IN (SELECT id FROM open) ORDER BY id LIMIT 1",
    ),
    (
        "ApproverGroupId",
        "SELECT id FROM approver_group WHERE approval_flow_id IN (SELECT id FROM approval_flow \
         WHERE job_id IN (SELECT id FROM open)) ORDER BY id LIMIT 1",
    ),
    (
        "AttachmentId",
        "SELECT id FROM attachment AS it WHERE EXISTS (SELECT 1 FROM seen \
         WHERE seen.id = it.application_id) ORDER BY id LIMIT 1",
    ),
    (
        "BlockedSpamSourceId",
        "SELECT id FROM spam_source ORDER BY id LIMIT 1",
    ),
    (
        "BulkActionUuid",
        "SELECT uuid FROM bulk_request ORDER BY id DESC LIMIT 1",
    ),
    ("CandidateId", "SELECT candidate_id FROM way"),
    ("CandidateTagId", "SELECT id FROM tag ORDER BY id LIMIT 1"),
    (
        "CloseReasonId",
        "SELECT id FROM close_reason ORDER BY id LIMIT 1",
    ),
    (
        "CustomFieldDepartmentId",
        "SELECT id FROM custom_field_department ORDER BY id LIMIT 1",
    ),
    (
        "CustomFieldId",
        "SELECT id FROM custom_field WHERE state ->> 'value_type' = 'single_select' AND active \
         ORDER BY id LIMIT 1",
    ),
    (
        "CustomFieldOfficeId",
        "SELECT id FROM custom_field_office ORDER BY id LIMIT 1",
    ),
    (
        "CustomFieldOptionId",
        "SELECT id FROM custom_field_option WHERE active ORDER BY id LIMIT 1",
    ),
    ("DegreeId", "SELECT id FROM degree ORDER BY id LIMIT 1"),
    (
        "DemographicAnswerId",
        "SELECT id FROM demographic_answer AS it WHERE EXISTS (SELECT 1 FROM seen \
         WHERE seen.id = it.application_id) ORDER BY id LIMIT 1",
    ),
    (
        "DemographicQuestionId",
        "SELECT id FROM demographic_question ORDER BY id LIMIT 1",
    ),
    (
        "DemographicQuestionSetId",
        "SELECT id FROM demographic_question_set ORDER BY id LIMIT 1",
    ),
    (
        "DepartmentId",
        "SELECT id FROM department ORDER BY id LIMIT 1",
    ),
    (
        "DisciplineId",
        "SELECT id FROM discipline ORDER BY id LIMIT 1",
    ),
    (
        "EducationId",
        "SELECT id FROM education WHERE candidate_id NOT IN (SELECT id FROM candidate \
         WHERE is_private) ORDER BY id LIMIT 1",
    ),
    (
        "EmailTemplateId",
        "SELECT id FROM email_template WHERE state ->> 'type' = 'candidate_rejection' ORDER BY id \
         LIMIT 1",
    ),
    (
        "EmploymentId",
        "SELECT id FROM employment WHERE candidate_id NOT IN (SELECT id FROM candidate \
         WHERE is_private) ORDER BY id LIMIT 1",
    ),
    (
        "FutureJobPermissionId",
        "SELECT id FROM future_job_permission ORDER BY id LIMIT 1",
    ),
    (
        "InterviewId",
        "SELECT it.id FROM job_interview AS it, way WHERE it.job_id = way.job_id \
         AND it.state ->> 'schedulable' ORDER BY it.id LIMIT 1",
    ),
    ("InterviewKitId", "SELECT id FROM kit"),
    (
        "InterviewerTagId",
        "SELECT id FROM interviewer_tag ORDER BY id LIMIT 1",
    ),
    ("JobBoardId", "SELECT id FROM job_board ORDER BY id LIMIT 1"),
    (
        "JobCandidateAttributeId",
        "SELECT it.id FROM job_candidate_attribute AS it, way WHERE it.job_id = way.job_id \
         ORDER BY it.id LIMIT 1",
    ),
    (
        "JobHiringManagerId",
        "SELECT id FROM job_hiring_manager WHERE job_id IN (SELECT id FROM open) ORDER BY id \
         LIMIT 1",
    ),
    ("JobId", "SELECT job_id FROM way"),
    (
        "JobNoteId",
        "SELECT id FROM job_note WHERE job_id IN (SELECT id FROM open) ORDER BY id LIMIT 1",
    ),
    (
        "JobOwnerId",
        "SELECT id FROM job_owner WHERE job_id IN (SELECT id FROM open) ORDER BY id LIMIT 1",
    ),
    (
        "JobPermissionId",
        "SELECT id FROM job_permission WHERE job_id IN (SELECT id FROM open) ORDER BY id LIMIT 1",
    ),
    (
        "JobPostCustomLocationId",
        "SELECT id FROM job_post_custom_location ORDER BY id LIMIT 1",
    ),
    (
        "JobPostId",
        "SELECT id FROM job_post WHERE job_id IN (SELECT id FROM open) AND active ORDER BY id \
         LIMIT 1",
    ),
    (
        "JobPostLocationId",
        "SELECT id FROM job_post_location WHERE job_id IN (SELECT id FROM open) ORDER BY id \
         LIMIT 1",
    ),
    ("JobStageId", "SELECT stage_id FROM way"),
    (
        "OfferId",
        "SELECT id FROM offer AS it WHERE EXISTS (SELECT 1 FROM seen \
         WHERE seen.id = it.application_id) ORDER BY id LIMIT 1",
    ),
    ("OfficeId", "SELECT id FROM office ORDER BY id LIMIT 1"),
    (
        "OpeningId",
        "SELECT it.id FROM job_opening AS it, way WHERE it.job_id = way.job_id \
         AND it.status = 'open' ORDER BY it.id LIMIT 1",
    ),
    (
        "ProspectPoolId",
        "SELECT id FROM prospect_pool ORDER BY id LIMIT 1",
    ),
    (
        "ProspectPoolStageId",
        "SELECT id FROM prospect_stage WHERE prospect_pool_id = (SELECT min(id) \
         FROM prospect_pool) ORDER BY id LIMIT 1",
    ),
    ("ReferrerId", "SELECT id FROM referrer ORDER BY id LIMIT 1"),
    (
        "RejectionDetailId",
        "SELECT id FROM seen WHERE status = 'rejected' ORDER BY id LIMIT 1",
    ),
    (
        "RejectionReasonId",
        "SELECT id FROM rejection_reason ORDER BY id LIMIT 1",
    ),
    (
        "ScheduledInterviewId",
        "SELECT id FROM scheduled_interview AS it WHERE EXISTS (SELECT 1 FROM held \
         WHERE held.application_id = it.application_id AND held.step_id = it.step_id) \
         AND state ->> 'by_api' ORDER BY id LIMIT 1",
    ),
    ("SchoolId", "SELECT id FROM school ORDER BY id LIMIT 1"),
    (
        "ScorecardCandidateAttributeId",
        "SELECT id FROM scorecard_candidate_attribute AS it WHERE EXISTS (SELECT 1 \
         FROM scorecard CROSS JOIN held USING (application_id, step_id) \
         WHERE scorecard.id = it.scorecard_id) ORDER BY id LIMIT 1",
    ),
    (
        "ScorecardId",
        "SELECT id FROM scorecard AS it WHERE EXISTS (SELECT 1 FROM held \
         WHERE held.application_id = it.application_id AND held.step_id = it.step_id) \
         ORDER BY id LIMIT 1",
    ),
    (
        "ScorecardQuestionAnswerId",
        "SELECT id FROM scorecard_question_answer AS it WHERE EXISTS (SELECT 1 \
         FROM scorecard CROSS JOIN held USING (application_id, step_id) \
         WHERE scorecard.id = it.scorecard_id) ORDER BY id LIMIT 1",
    ),
    (
        "ScorecardQuestionId",
        "SELECT id FROM scorecard_question WHERE job_id IN (SELECT id FROM open) ORDER BY id \
         LIMIT 1",
    ),
    (
        "ScorecardQuestionOptionId",
        "SELECT id FROM scorecard_question_option WHERE job_id IN (SELECT id FROM open) \
         ORDER BY id LIMIT 1",
    ),
    ("SourceId", "SELECT id FROM source ORDER BY id LIMIT 1"),
    ("UserId", "SELECT id FROM basic LIMIT 1"),
    ("UserRoleId", "SELECT id FROM user_role ORDER BY id LIMIT 1"),
    ("WebhookId", "SELECT id FROM webhook ORDER BY id LIMIT 1"),
];
