//! The table: a row an operation, as the generated client calls it.

#![allow(
    deprecated,
    reason = "operations that were replaced can still be called"
)]

use harvest_generated::v1::types::*;

use super::operation_row::{Codec, Row, body, called, debug, list, row, walked, walked_blocking};

/// Every operation.
pub fn table() -> Vec<Row> {
    [
        activity_feed(),
        applications(),
        approvals(),
        candidates(),
        close_reasons(),
        custom_fields(),
        demographics(),
        departments(),
        education(),
        eeoc(),
        email_templates(),
        job_openings(),
        job_posts(),
        job_stages(),
        jobs(),
        offers(),
        offices(),
        prospect_pools(),
        rejection_reasons(),
        scheduled_interviews(),
        scorecards(),
        sources(),
        tags(),
        tracking_links(),
        user_permissions(),
        user_roles(),
        users(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn activity_feed() -> Vec<Row> {
    vec![row!(get_activity_feed(id id) => ActivityFeed)]
}

fn applications() -> Vec<Row> {
    vec![
        list!(list_applications() => Application,
            per_page number, page number, skip_count flag, created_before time, created_after time,
            last_activity_after time, job_id id, status text),
        row!(get_application(id id) => Application),
        row!(update_application(id id): ApplicationUpdate => Application),
        row!(delete_application(id id) => MessageResult),
        row!(advance_application(id id): ApplicationAdvance => Application),
        row!(create_application_attachment(id id): ApplicationAttachmentCreate => Attachment),
        row!(convert_prospect(id id): ProspectConvert => ProspectConvertResult),
        row!(hire_application(id id): ApplicationHire => Application),
        row!(move_application(id id): ApplicationMove => Application),
        row!(reject_application(id id): ApplicationReject => Application),
        row!(update_rejection(id id): RejectionUpdate => RejectionUpdateResult),
        row!(transfer_application(id id): ApplicationTransfer => Application),
        row!(unreject_application(id id) => Application),
        row!(create_application(id id): ApplicationCreate => Application),
    ]
}

fn approvals() -> Vec<Row> {
    vec![
        row!(get_approval_flow(id id) => ApprovalFlow),
        row!(request_approvals(id id) => ()),
        row!(replace_approver(approver_group_id id): ApproverReplace => ApproverReplaceResult),
        list!(list_approval_flows(id id) => ApprovalFlow),
        row!(replace_approval_flow(job_id id): ApprovalFlowReplace => ApprovalFlowReplaceResult),
        list!(list_pending_approvals(user_id id) => PendingApproval, type_ text),
    ]
}

fn candidates() -> Vec<Row> {
    vec![
        list!(list_candidates() => Candidate,
            per_page number, page number, skip_count flag, created_before time, created_after time,
            updated_before time, updated_after time, job_id id, email text, candidate_ids ids),
        row!(create_candidate(): CandidateCreate => Candidate),
        row!(merge_candidates(): CandidateMerge => Candidate),
        row!(delete_education(candidate_id id, education_id id) => RemovalResult),
        row!(delete_employment(candidate_id id, employment_id id) => RemovalResult),
        row!(get_candidate(id id) => Candidate),
        row!(update_candidate(id id): CandidateUpdate => CandidateUpdateResult),
        row!(delete_candidate(id id) => MessageResult),
        row!(create_candidate_email(id id): CandidateEmailCreate => ActivityEmail),
        row!(create_candidate_note(id id): CandidateNoteCreate => ActivityNote),
        row!(anonymize_candidate(id id, fields texts) => Candidate),
        row!(create_candidate_attachment(id id): CandidateAttachmentCreate => Attachment),
        row!(create_education(id id): EducationCreate => Education),
        row!(create_employment(id id): EmploymentCreate => Employment),
        row!(create_prospect(): ProspectCreate => Candidate),
    ]
}

fn close_reasons() -> Vec<Row> {
    vec![list!(list_close_reasons() => CloseReason)]
}

fn custom_fields() -> Vec<Row> {
    vec![
        row!(get_custom_field(id id) => CustomField),
        list!(list_custom_field_options(id id) => CustomFieldOption, type_ text),
        row!(create_custom_field_options(id id): CustomFieldOptionsCreate => SuccessResult),
        row!(update_custom_field_options(id id): CustomFieldOptionsUpdate => SuccessResult),
        row!(delete_custom_field_options(id id): CustomFieldOptionsDelete => MessageResult),
        list!(list_all_custom_fields() => CustomField),
        row!(create_custom_field(): CustomFieldCreate => CustomFieldResult),
        list!(list_custom_fields(field_type text) => CustomField, include_inactive flag),
        row!(update_custom_field(id id): CustomFieldUpdate => CustomFieldResult),
        row!(delete_custom_field(id id) => CustomFieldDeletion),
    ]
}

fn demographics() -> Vec<Row> {
    vec![
        list!(list_application_demographic_answers(id id) => DemographicAnswer,
            per_page number, created_before time, created_after time, updated_before time,
            updated_after
            time),
        list!(list_demographic_answer_options() => DemographicAnswerOption, per_page number),
        row!(get_demographic_answer_option(id id) => DemographicAnswerOption),
        list!(list_demographic_answers() => DemographicAnswer,
            per_page number, created_before time, created_after time, updated_before time,
            updated_after
            time),
        row!(get_demographic_answer(id id) => DemographicAnswer),
        list!(list_demographic_question_sets() => DemographicQuestionSet, per_page number),
        row!(get_demographic_question_set(id id) => DemographicQuestionSet),
        list!(list_demographic_question_set_questions(id id) => DemographicQuestion,
            per_page number),
        list!(list_demographic_questions() => DemographicQuestion, per_page number),
        row!(get_demographic_question(id id) => DemographicQuestion),
        list!(list_demographic_question_answer_options(id id) => DemographicAnswerOption,
            per_page number),
    ]
}

fn departments() -> Vec<Row> {
    vec![
        list!(list_departments() => Department,
            per_page number, page number, skip_count flag, render_as text, external_id text),
        row!(create_department(): DepartmentCreate => Department),
        row!(get_department(id id) => Department, render_as text),
        row!(update_department(id id): DepartmentUpdate => Department),
    ]
}

fn education() -> Vec<Row> {
    vec![
        list!(list_degrees() => Degree),
        list!(list_disciplines() => Discipline),
        list!(list_schools() => School),
    ]
}

fn eeoc() -> Vec<Row> {
    vec![
        row!(get_application_eeoc(id id) => Eeoc),
        list!(list_eeoc() => Eeoc, per_page number, submitted_before time, submitted_after time),
    ]
}

fn email_templates() -> Vec<Row> {
    vec![
        list!(list_email_templates() => EmailTemplate,
            per_page number, page number, skip_count flag, created_before time, created_after time,
            updated_before time, updated_after time),
        row!(get_email_template(id id) => EmailTemplate),
    ]
}

fn job_openings() -> Vec<Row> {
    vec![
        list!(list_job_openings(job_id id) => JobOpening, status text),
        row!(create_job_openings(job_id id): JobOpeningsCreate => JobOpeningsCreateResult),
        row!(delete_job_openings_v1(job_id id): JobOpeningsDelete => ()),
        row!(get_job_opening(job_id id, id id) => JobOpening),
        row!(update_job_opening(job_id id, id id): JobOpeningUpdate => JobOpeningUpdateResult),
        row!(delete_job_openings(job_id id): JobOpeningsDelete => JobOpeningsDeleteResult),
    ]
}

fn job_posts() -> Vec<Row> {
    vec![
        list!(list_job_posts() => JobPost,
            per_page number, page number, skip_count flag, created_before time, created_after time,
            updated_before time, updated_after time, live flag, active flag, full_content flag,
            internal
            flag),
        row!(get_job_post(id id) => JobPost, full_content flag),
        list!(list_job_post_custom_locations(id id) => JobPostCustomLocation),
        row!(get_job_post_for_job(id id)
            => JobPost, content text, questions text, full_content flag),
        list!(list_job_posts_for_job(id id) => JobPost, active flag, full_content flag),
        row!(update_job_post(id id): JobPostUpdate => SuccessResult),
        row!(update_job_post_status(id id): JobPostStatusUpdate => SuccessResult),
    ]
}

fn job_stages() -> Vec<Row> {
    vec![
        list!(list_job_stages() => JobStage,
            per_page number, page number, skip_count flag, created_before time, created_after time,
            updated_before time, updated_after time),
        row!(get_job_stage(id id) => JobStage),
        list!(list_job_stages_for_job(id id) => JobStage,
            created_before time, created_after time, updated_before time, updated_after time),
    ]
}

fn jobs() -> Vec<Row> {
    vec![
        list!(list_jobs() => Job,
            per_page number, page number, skip_count flag, created_before time, created_after time,
            updated_before time, updated_after time, requisition_id text, opening_id text,
            status text,
            department_id id, external_department_id text, office_id id, external_office_id text,
            custom_field_option_id id),
        row!(create_job(): JobCreate => Job),
        row!(get_job(id id) => Job),
        row!(update_job(id id): JobUpdate => Job),
        row!(get_hiring_team(id id) => HiringTeam),
        row!(add_hiring_team_members(id id): HiringTeamAdd => SuccessResult),
        row!(replace_hiring_team(id id): HiringTeamReplace => SuccessResult),
        row!(remove_hiring_team_members(id id): HiringTeamRemove => SuccessResult),
    ]
}

fn offers() -> Vec<Row> {
    vec![
        list!(list_application_offers(application_id id) => Offer, per_page number, page number,
            skip_count flag),
        row!(get_current_offer(application_id id) => Offer),
        row!(update_current_offer(id id): OfferUpdate => SuccessResult),
        list!(list_offers() => Offer,
            per_page number, page number, skip_count flag, created_before time, created_after time,
            updated_before time, updated_after time, resolved_after time, resolved_before time,
            status
            text, sent_after day, sent_before day, starts_after day, starts_before day),
        row!(get_offer(id id) => Offer),
    ]
}

fn offices() -> Vec<Row> {
    vec![
        list!(list_offices() => Office,
            per_page number, page number, skip_count flag, render_as text, external_id text),
        row!(create_office(): OfficeCreate => Office),
        row!(get_office(id id) => Office, render_as text),
        row!(update_office(id id): OfficeUpdate => Office),
    ]
}

fn prospect_pools() -> Vec<Row> {
    vec![
        list!(list_prospect_pools() => ProspectPool, per_page number, page number, skip_count flag),
        row!(get_prospect_pool(id id) => ProspectPool),
    ]
}

fn rejection_reasons() -> Vec<Row> {
    vec![list!(list_rejection_reasons() => RejectionReason,
            per_page number, page number, skip_count flag, include_defaults flag)]
}

fn scheduled_interviews() -> Vec<Row> {
    vec![
        list!(list_application_scheduled_interviews(id id) => ScheduledInterview,
            per_page number, page number, skip_count flag, created_before time, created_after time,
            updated_before time, updated_after time, external_event_id text, actionable flag),
        list!(list_scheduled_interviews() => ScheduledInterview,
            per_page number, page number, skip_count flag, created_before time, created_after time,
            updated_before time, updated_after time, starts_before time, starts_after time,
            ends_before
            time, ends_after time, external_event_id text, actionable flag),
        row!(create_scheduled_interview_v1(): ScheduledInterviewCreate => ScheduledInterview),
        row!(get_scheduled_interview(id id) => ScheduledInterview),
        row!(update_scheduled_interview_v1(id id): ScheduledInterviewUpdate => ScheduledInterview),
        row!(delete_scheduled_interview(id id) => MessageResult),
        row!(create_scheduled_interview(): ScheduledInterviewCreate => ScheduledInterview),
        row!(update_scheduled_interview(id id): ScheduledInterviewUpdate => ScheduledInterview),
    ]
}

fn scorecards() -> Vec<Row> {
    vec![
        list!(list_application_scorecards(id id) => Scorecard),
        list!(list_scorecards() => Scorecard,
            per_page number, page number, skip_count flag, created_before time, created_after time,
            updated_before time, updated_after time),
        row!(get_scorecard(id id) => Scorecard),
    ]
}

fn sources() -> Vec<Row> {
    vec![list!(list_sources() => Source, per_page number, page number, skip_count flag)]
}

fn tags() -> Vec<Row> {
    vec![
        row!(add_tag_to_candidate(candidate_id id, tag_id id) => MessageResult),
        row!(remove_tag_from_candidate(candidate_id id, tag_id id) => MessageResult),
        list!(list_tags_of_candidate(id id) => CandidateTag),
        list!(list_candidate_tags() => CandidateTag, per_page number, page number, skip_count flag),
        row!(create_candidate_tag(): CandidateTagCreate => CandidateTag),
        row!(delete_candidate_tag(tag_id id) => ()),
    ]
}

fn tracking_links() -> Vec<Row> {
    vec![row!(get_tracking_link(token text) => TrackingLink)]
}

fn user_permissions() -> Vec<Row> {
    vec![
        list!(list_future_job_permissions(id id) => FutureJobPermission),
        row!(add_future_job_permission(id id): FutureJobPermissionCreate
            => Option<FutureJobPermission>),
        row!(remove_future_job_permission(id id): FutureJobPermissionDelete => MessageResult),
        list!(list_job_permissions(id id) => JobPermission),
        row!(add_job_permission(id id): JobPermissionCreate => Option<JobPermission>),
        row!(remove_job_permission(id id): JobPermissionDelete => MessageResult),
    ]
}

fn user_roles() -> Vec<Row> {
    vec![list!(list_user_roles() => UserRole)]
}

fn users() -> Vec<Row> {
    vec![
        list!(list_users() => User,
            per_page number, page number, skip_count flag, employee_id text, created_before time,
            created_after time, updated_before time, updated_after time, email text, user_attributes
            flag),
        row!(create_user(): UserCreate => User),
        row!(change_user_permission_level(): UserPermissionLevelUpdate => SuccessResult),
        row!(get_user(id id) => User, employee_id text),
        row!(add_user_email_address(id id): UserEmailAddressCreate => Option<UserEmailAddress>),
        row!(update_user(): UserUpdate => UserUpdateResult),
        row!(disable_user(): UserReference => User),
        row!(enable_user(): UserReference => User),
    ]
}
