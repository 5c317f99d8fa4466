//! The table of v3: a row an operation, as the generated client calls it. Written from the
//! description by `UPDATE_TABLE=1 cargo test -p harvest-tests --test contract table`.

#![allow(
    deprecated,
    clippy::too_many_lines,
    reason = "one line for each thing that is described"
)]

use harvest_generated::v3::candidates::AnonymizeCandidateAnswer;
use harvest_generated::v3::types::*;
use harvest_runtime::List;

use super::super::operation_row::{Codec, body, called, debug, walked, walked_blocking};
use super::rows::{Finds, Lists, Row, called_by, found, list, row};

/// Every operation.
#[rustfmt::skip]
pub fn table() -> Vec<Row> {
    vec![
        list!(|args| list_ai_opt_out_statuses() => (AiOptOutStatus) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<AiOptOutStatusField>>("fields"))
            .ids(args.get::<Vec<AiOptOutStatusId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
            .candidate_ids(args.get::<Vec<CandidateId>>("candidate_ids"))
            .opted_out(args.get("opted_out"))
        } find_ai_opt_out_status),
        list!(|args| list_application_stages() => (ApplicationStage) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ApplicationStageField>>("fields"))
            .ids(args.get::<Vec<ApplicationStageId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .application_ids(args.get::<Vec<ApplicationId>>("application_ids"))
            .job_interview_stage_ids(args.get::<Vec<JobStageId>>("job_interview_stage_ids"))
            .current(args.get("current"))
        } find_application_stage),
        list!(|args| list_applications() => (Application) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ApplicationField>>("fields"))
            .ids(args.get::<Vec<ApplicationId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .candidate_ids(args.get::<Vec<CandidateId>>("candidate_ids"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
            .prospective_job_ids(args.get::<Vec<JobId>>("prospective_job_ids"))
            .job_post_ids(args.get::<Vec<JobPostId>>("job_post_ids"))
            .source_ids(args.get::<Vec<SourceId>>("source_ids"))
            .referrer_ids(args.get::<Vec<ReferrerId>>("referrer_ids"))
            .stage_ids(args.get::<Vec<ApplicationStageId>>("stage_ids"))
            .status(args.get::<ApplicationStatusFilter>("status"))
            .stage_name(args.text("stage_name"))
            .custom_field_option_id(args.get::<CustomFieldOptionId>("custom_field_option_id"))
            .last_activity_at(args.times("last_activity_at"))
            .prospect(args.get("prospect"))
            .job_interview_stage_ids(args.get::<Vec<JobStageId>>("job_interview_stage_ids"))
        } find_application),
        row!(|args| create_application()[ApplicationCreate] => (Application) {}),
        list!(|args| search_applications() => (Application) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ApplicationField>>("fields"))
            .candidate_ids(args.get::<Vec<CandidateId>>("candidate_ids"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
            .source_ids(args.get::<Vec<SourceId>>("source_ids"))
            .referrer_ids(args.get::<Vec<ReferrerId>>("referrer_ids"))
            .stage_ids(args.get::<Vec<ApplicationStageId>>("stage_ids"))
            .job_post_ids(args.get::<Vec<JobPostId>>("job_post_ids"))
            .search(args.text("search"))
            .prospect(args.get("prospect"))
            .job_status(args.get::<JobStatusFilter>("job_status"))
            .department_id(args.get::<DepartmentId>("department_id"))
            .office_id(args.get::<OfficeId>("office_id"))
            .recruiter_id(args.get::<UserId>("recruiter_id"))
            .coordinator_id(args.get::<UserId>("coordinator_id"))
            .hiring_manager_id(args.get::<UserId>("hiring_manager_id"))
            .stage_status(args.get::<StageStatus>("stage_status"))
            .candidate_tag_id(args.get::<CandidateTagId>("candidate_tag_id"))
            .prospect_pool_id(args.get::<ProspectPoolId>("prospect_pool_id"))
            .stage_name(args.texts("stage_name"))
        }),
        row!(|args| update_application(id: ApplicationId)[ApplicationUpdate] => (Application) {}),
        row!(|args| delete_application(id: ApplicationId) => (DeletionResult) {}),
        row!(|args| convert_prospect(id: ApplicationId)[ProspectConvert] => (Application) {}),
        row!(|args| hire_application(id: ApplicationId)[ApplicationHire] => (()) {}),
        row!(|args| move_application(id: ApplicationId)[ApplicationMove] => (()) {}),
        row!(|args| reject_application(id: ApplicationId)[ApplicationReject] => (()) {}),
        row!(|args| unreject_application(id: ApplicationId) => (()) {}),
        list!(|args| list_applied_candidate_tags() => (AppliedCandidateTag) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<AppliedCandidateTagField>>("fields"))
            .ids(args.get::<Vec<AppliedCandidateTagId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .candidate_tag_ids(args.get::<Vec<CandidateTagId>>("candidate_tag_ids"))
            .candidate_ids(args.get::<Vec<CandidateId>>("candidate_ids"))
        } find_applied_candidate_tag),
        row!(|args| add_tag_to_candidate()[AppliedCandidateTagCreate] => (AppliedCandidateTag) {}),
        row!(|args| remove_tag_from_candidate(id: AppliedCandidateTagId) => (DeletionResult) {}),
        list!(|args| list_approval_flows() => (ApprovalFlow) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ApprovalFlowField>>("fields"))
            .ids(args.get::<Vec<ApprovalFlowId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
            .offer_ids(args.get::<Vec<OfferId>>("offer_ids"))
            .approval_type(args.get::<ApprovalType>("approval_type"))
        } find_approval_flow),
        row!(|args| create_approval_flow()[ApprovalFlowCreate] => (ApprovalFlowWithGroups) {}),
        row!(|args| update_approval_flow(id: ApprovalFlowId)[ApprovalFlowUpdate]
            => (ApprovalFlow) {}),
        row!(|args| replace_approver_groups(id: ApprovalFlowId)[ApproverGroupsReplace]
            => (ApprovalFlowWithGroups) {}),
        row!(|args| request_approvals(id: ApprovalFlowId) => (()) {}),
        list!(|args| list_approver_groups() => (ApproverGroup) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ApproverGroupField>>("fields"))
            .ids(args.get::<Vec<ApproverGroupId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .approval_flow_ids(args.get::<Vec<ApprovalFlowId>>("approval_flow_ids"))
        } find_approver_group),
        row!(|args| replace_approver(id: ApproverGroupId)[ApproverReplace] => (()) {}),
        list!(|args| list_approvers() => (Approver) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ApproverField>>("fields"))
            .ids(args.get::<Vec<ApproverId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .approver_group_ids(args.get::<Vec<ApproverGroupId>>("approver_group_ids"))
            .user_ids(args.get::<Vec<UserId>>("user_ids"))
            .status(args.get::<ApproverStatus>("status"))
        } find_approver),
        list!(|args| list_attachments() => (Attachment) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<AttachmentField>>("fields"))
            .ids(args.get::<Vec<AttachmentId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .application_ids(args.get::<Vec<ApplicationId>>("application_ids"))
            .candidate_ids(args.get::<Vec<CandidateId>>("candidate_ids"))
            .type_(args.get::<AttachmentType>("type"))
        } find_attachment),
        row!(|args| create_attachment()[AttachmentCreate] => (Attachment) {}),
        row!(|args| delete_attachment(id: AttachmentId) => (DeletionResult) {}),
        list!(|args| list_blocked_spam_sources() => (BlockedSpamSource) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<BlockedSpamSourceField>>("fields"))
            .ids(args.get::<Vec<BlockedSpamSourceId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .source_type(args.get::<BlockedSpamSourceType>("source_type"))
            .value(args.text("value"))
        } find_blocked_spam_source),
        row!(|args| create_blocked_spam_source()[BlockedSpamSourceCreate]
            => (BlockedSpamSource) {}),
        row!(|args| bulk_create_blocked_spam_sources()[BlockedSpamSourceBulkCreate]
            => (BulkRequestAccepted) {}),
        row!(|args| bulk_update_blocked_spam_sources()[BlockedSpamSourceBulkUpdate]
            => (BulkRequestAccepted) {}),
        row!(|args| bulk_delete_blocked_spam_sources()[BlockedSpamSourceBulkDelete]
            => (BulkRequestAccepted) {}),
        row!(|args| update_blocked_spam_source(id: BlockedSpamSourceId)[BlockedSpamSourceUpdate]
            => (BlockedSpamSource) {}),
        row!(|args| delete_blocked_spam_source(id: BlockedSpamSourceId) => (DeletionResult) {}),
        list!(|args| list_bulk_requests() => (BulkRequest) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<BulkRequestField>>("fields"))
            .ids(args.get::<Vec<BulkRequestId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .bulk_action_uuid(args.get::<BulkActionUuid>("bulk_action_uuid"))
            .active(args.get("active"))
        } find_bulk_request),
        row!(|args| get_bulk_request(bulk_action_uuid: BulkActionUuid) => (BulkRequestResult) {}),
        list!(|args| list_candidate_attribute_types() => (CandidateAttributeType) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<CandidateAttributeTypeField>>("fields"))
            .ids(args.get::<Vec<CandidateAttributeTypeId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .active(args.get("active"))
            .is_draft(args.get("is_draft"))
        } find_candidate_attribute_type),
        list!(|args| list_educations() => (Education) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<EducationField>>("fields"))
            .ids(args.get::<Vec<EducationId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .candidate_ids(args.get::<Vec<CandidateId>>("candidate_ids"))
            .start_at(args.times("start_at"))
            .end_at(args.times("end_at"))
            .latest(args.get("latest"))
        } find_education),
        row!(|args| create_education()[EducationCreate] => (Education) {}),
        row!(|args| delete_education(id: EducationId) => (DeletionResult) {}),
        list!(|args| list_employments() => (Employment) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<EmploymentField>>("fields"))
            .ids(args.get::<Vec<EmploymentId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .candidate_ids(args.get::<Vec<CandidateId>>("candidate_ids"))
            .latest(args.get("latest"))
        } find_employment),
        row!(|args| create_employment()[EmploymentCreate] => (Employment) {}),
        row!(|args| delete_employment(id: EmploymentId) => (DeletionResult) {}),
        list!(|args| list_candidate_tags() => (CandidateTag) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<CandidateTagField>>("fields"))
            .ids(args.get::<Vec<CandidateTagId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
        } find_candidate_tag),
        row!(|args| create_candidate_tag()[CandidateTagCreate] => (CandidateTag) {}),
        row!(|args| delete_candidate_tag(id: CandidateTagId) => (DeletionResult) {}),
        list!(|args| list_candidates() => (Candidate) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<CandidateField>>("fields"))
            .ids(args.get::<Vec<CandidateId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .last_activity_at(args.times("last_activity_at"))
            .custom_field_option_id(args.get::<CustomFieldOptionId>("custom_field_option_id"))
            .private(args.get("private"))
            .email(args.text("email"))
            .tag(args.text("tag"))
        } find_candidate),
        row!(|args| create_candidate()[CandidateCreate] => (CandidateCreated) {}),
        row!(|args| bulk_create_candidates()[CandidateBulkCreate] => (BulkRequestAccepted) {}),
        list!(|args| search_candidates() => (Candidate) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<CandidateField>>("fields"))
            .ids(args.get::<Vec<CandidateId>>("ids"))
            .search(args.text("search"))
            .tag(args.text("tag"))
            .job_id(args.get::<JobId>("job_id"))
            .status(args.get::<CandidateKind>("status"))
            .job_status(args.get::<JobStatusFilter>("job_status"))
            .department_id(args.get::<DepartmentId>("department_id"))
            .office_id(args.get::<OfficeId>("office_id"))
            .source_id(args.get::<SourceId>("source_id"))
            .recruiter_id(args.get::<UserId>("recruiter_id"))
            .coordinator_id(args.get::<UserId>("coordinator_id"))
            .hiring_manager_id(args.get::<UserId>("hiring_manager_id"))
            .stage_id(args.get::<ApplicationStageId>("stage_id"))
            .stage_name(args.texts("stage_name"))
            .stage_status(args.get::<StageStatus>("stage_status"))
            .candidate_tag_id(args.get::<CandidateTagId>("candidate_tag_id"))
            .job_post_id(args.get::<JobPostId>("job_post_id"))
            .prospect_pool_id(args.get::<ProspectPoolId>("prospect_pool_id"))
            .private(args.get("private"))
            .last_activity_at(args.times("last_activity_at"))
        }),
        row!(|args| update_candidate(id: CandidateId)[CandidateUpdate] => (Candidate) {}),
        row!(|args| delete_candidate(id: CandidateId) => (DeletionResult) {}),
        row!(|args| anonymize_candidate(id: CandidateId)[CandidateAnonymize]
            => (AnonymizeCandidateAnswer: Candidate = 200, AnonymizationAccepted = 202) {}),
        row!(|args| merge_candidates(id: CandidateId)[CandidateMerge] => (Candidate) {}),
        list!(|args| list_close_reasons() => (CloseReason) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<CloseReasonField>>("fields"))
            .ids(args.get::<Vec<CloseReasonId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
        } find_close_reason),
        list!(|args| list_custom_field_departments() => (CustomFieldDepartment) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<CustomFieldDepartmentField>>("fields"))
            .ids(args.get::<Vec<CustomFieldDepartmentId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .custom_field_ids(args.get::<Vec<CustomFieldId>>("custom_field_ids"))
            .department_ids(args.get::<Vec<DepartmentId>>("department_ids"))
        } find_custom_field_department),
        row!(|args| create_custom_field_department()[CustomFieldDepartmentCreate]
            => (CustomFieldDepartment) {}),
        row!(|args| delete_custom_field_department(id: CustomFieldDepartmentId)
            => (DeletionResult) {}),
        list!(|args| list_custom_field_offices() => (CustomFieldOffice) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<CustomFieldOfficeField>>("fields"))
            .ids(args.get::<Vec<CustomFieldOfficeId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .custom_field_ids(args.get::<Vec<CustomFieldId>>("custom_field_ids"))
            .office_ids(args.get::<Vec<OfficeId>>("office_ids"))
        } find_custom_field_office),
        row!(|args| create_custom_field_office()[CustomFieldOfficeCreate]
            => (CustomFieldOffice) {}),
        row!(|args| delete_custom_field_office(id: CustomFieldOfficeId) => (DeletionResult) {}),
        list!(|args| list_custom_field_options() => (CustomFieldOption) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<CustomFieldOptionField>>("fields"))
            .ids(args.get::<Vec<CustomFieldOptionId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .custom_field_ids(args.get::<Vec<CustomFieldId>>("custom_field_ids"))
            .active(args.get("active"))
            .custom_field_key(args.text("custom_field_key"))
        } find_custom_field_option),
        row!(|args| create_custom_field_option()[CustomFieldOptionCreate]
            => (CustomFieldOption) {}),
        row!(|args| bulk_create_custom_field_options()[CustomFieldOptionBulkCreate]
            => (BulkRequestAccepted) {}),
        row!(|args| bulk_update_custom_field_options()[CustomFieldOptionBulkUpdate]
            => (BulkRequestAccepted) {}),
        row!(|args| bulk_delete_custom_field_options()[CustomFieldOptionBulkDelete]
            => (BulkRequestAccepted) {}),
        row!(|args| update_custom_field_option(id: CustomFieldOptionId)[CustomFieldOptionUpdate]
            => (CustomFieldOption) {}),
        row!(|args| delete_custom_field_option(id: CustomFieldOptionId) => (DeletionResult) {}),
        list!(|args| list_custom_fields() => (CustomField) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<CustomFieldField>>("fields"))
            .ids(args.get::<Vec<CustomFieldId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .field_type(args.get::<CustomFieldFieldType>("field_type"))
            .active(args.get("active"))
            .name(args.text("name"))
            .name_key(args.text("name_key"))
        } find_custom_field),
        row!(|args| create_custom_field()[CustomFieldCreate] => (CustomField) {}),
        row!(|args| update_custom_field(id: CustomFieldId)[CustomFieldUpdate] => (CustomField) {}),
        row!(|args| delete_custom_field(id: CustomFieldId) => (DeletionResult) {}),
        list!(|args| list_default_interviewers() => (DefaultInterviewer) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<DefaultInterviewerField>>("fields"))
            .ids(args.get::<Vec<DefaultInterviewerId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .user_ids(args.get::<Vec<UserId>>("user_ids"))
            .interview_kit_ids(args.get::<Vec<InterviewKitId>>("interview_kit_ids"))
        } find_default_interviewer),
        list!(|args| list_demographic_answer_options() => (DemographicAnswerOption) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<DemographicAnswerOptionField>>("fields"))
            .ids(args.get::<Vec<AnswerOptionId>>("ids"))
            .demographic_question_ids(
                args.get::<Vec<DemographicQuestionId>>("demographic_question_ids"))
            .active(args.get("active"))
        } find_demographic_answer_option),
        list!(|args| list_demographic_answers() => (DemographicAnswer) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<DemographicAnswerField>>("fields"))
            .ids(args.get::<Vec<DemographicAnswerId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .application_ids(args.get::<Vec<ApplicationId>>("application_ids"))
            .demographic_question_ids(
                args.get::<Vec<DemographicQuestionId>>("demographic_question_ids"))
            .demographic_answer_option_ids(
                args.get::<Vec<AnswerOptionId>>("demographic_answer_option_ids"))
        } find_demographic_answer),
        list!(|args| list_demographic_question_sets() => (DemographicQuestionSet) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<DemographicQuestionSetField>>("fields"))
            .ids(args.get::<Vec<DemographicQuestionSetId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .active(args.get("active"))
            .enabled(args.get("enabled"))
        } find_demographic_question_set),
        list!(|args| list_demographic_questions() => (DemographicQuestion) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<DemographicQuestionField>>("fields"))
            .ids(args.get::<Vec<DemographicQuestionId>>("ids"))
            .demographic_question_set_ids(
                args.get::<Vec<DemographicQuestionSetId>>("demographic_question_set_ids"))
            .active(args.get("active"))
            .required(args.get("required"))
        } find_demographic_question),
        list!(|args| list_departments() => (Department) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<DepartmentField>>("fields"))
            .ids(args.get::<Vec<DepartmentId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .parent_id(args.get::<DepartmentId>("parent_id"))
            .external_id(args.text("external_id"))
        } find_department),
        row!(|args| create_department()[DepartmentCreate] => (Department) {}),
        row!(|args| bulk_update_departments()[DepartmentBulkUpdate] => (BulkRequestAccepted) {}),
        row!(|args| update_department(id: DepartmentId)[DepartmentUpdate] => (Department) {}),
        list!(|args| list_eeoc() => (Eeoc) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<EeocField>>("fields"))
            .ids(args.get::<Vec<EeocId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .application_ids(args.get::<Vec<ApplicationId>>("application_ids"))
            .submitted_at(args.times("submitted_at"))
        } find_eeoc),
        list!(|args| list_email_templates() => (EmailTemplate) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<EmailTemplateField>>("fields"))
            .ids(args.get::<Vec<EmailTemplateId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .email_type(args.get::<EmailTemplateType>("email_type"))
            .from_type(args.get::<EmailTemplateSender>("from_type"))
        } find_email_template),
        list!(|args| list_focus_candidate_attributes() => (FocusCandidateAttribute) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<FocusCandidateAttributeField>>("fields"))
            .ids(args.get::<Vec<FocusCandidateAttributeId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .interview_kit_ids(args.get::<Vec<InterviewKitId>>("interview_kit_ids"))
            .job_candidate_attribute_ids(
                args.get::<Vec<JobCandidateAttributeId>>("job_candidate_attribute_ids"))
        } find_focus_candidate_attribute),
        list!(|args| list_future_job_permissions() => (FutureJobPermission) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<FutureJobPermissionField>>("fields"))
            .ids(args.get::<Vec<FutureJobPermissionId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .department_ids(args.get::<Vec<DepartmentId>>("department_ids"))
            .office_ids(args.get::<Vec<OfficeId>>("office_ids"))
            .user_ids(args.get::<Vec<UserId>>("user_ids"))
            .role_ids(args.get::<Vec<UserRoleId>>("role_ids"))
            .external_department_id(args.text("external_department_id"))
            .external_office_id(args.text("external_office_id"))
        } find_future_job_permission),
        row!(|args| add_future_job_permission()[FutureJobPermissionCreate]
            => (Option<FutureJobPermission>) {}),
        row!(|args| remove_future_job_permission(id: FutureJobPermissionId) => (DeletionResult) {}),
        list!(|args| list_interview_kits() => (InterviewKit) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<InterviewKitField>>("fields"))
            .ids(args.get::<Vec<InterviewKitId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
            .job_interview_ids(args.get::<Vec<InterviewId>>("job_interview_ids"))
        } find_interview_kit),
        list!(|args| list_interview_media() => (InterviewMedium) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<InterviewMediumField>>("fields"))
            .ids(args.get::<Vec<InterviewMediumId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .interview_ids(args.get::<Vec<ScheduledInterviewId>>("interview_ids"))
            .application_ids(args.get::<Vec<ApplicationId>>("application_ids"))
        } find_interview_medium),
        list!(|args| list_interviewer_tags() => (InterviewerTag) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<InterviewerTagField>>("fields"))
            .ids(args.get::<Vec<InterviewerTagId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
        } find_interviewer_tag),
        list!(|args| list_interviewers() => (Interviewer) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<InterviewerField>>("fields"))
            .ids(args.get::<Vec<InterviewerId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .interview_ids(args.get::<Vec<ScheduledInterviewId>>("interview_ids"))
            .user_ids(args.get::<Vec<UserId>>("user_ids"))
            .scorecard_ids(args.get::<Vec<ScorecardId>>("scorecard_ids"))
            .response_status(args.get::<InterviewerResponseStatus>("response_status"))
        } find_interviewer),
        list!(|args| list_scheduled_interviews() => (ScheduledInterview) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ScheduledInterviewField>>("fields"))
            .ids(args.get::<Vec<ScheduledInterviewId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
            .application_ids(args.get::<Vec<ApplicationId>>("application_ids"))
            .job_interview_ids(args.get::<Vec<InterviewId>>("job_interview_ids"))
            .organizer_ids(args.get::<Vec<UserId>>("organizer_ids"))
            .starts_at(args.times("starts_at"))
            .ends_at(args.times("ends_at"))
            .all_day_start_on(args.days("all_day_start_on"))
            .all_day_end_on(args.days("all_day_end_on"))
            .external_event_id(args.text("external_event_id"))
            .status(args.get::<ScheduledInterviewStatus>("status"))
        } find_scheduled_interview),
        row!(|args| create_scheduled_interview()[ScheduledInterviewCreate]
            => (ScheduledInterviewCreated) {}),
        row!(|args| update_scheduled_interview(id: ScheduledInterviewId)[ScheduledInterviewUpdate]
            => (ScheduledInterviewUpdated) {}),
        row!(|args| delete_scheduled_interview(id: ScheduledInterviewId) => (DeletionResult) {}),
        list!(|args| list_job_board_custom_locations() => (JobBoardCustomLocation) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<JobBoardCustomLocationField>>("fields"))
            .ids(args.get::<Vec<JobPostCustomLocationId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .greenhouse_job_board_ids(args.get::<Vec<JobBoardId>>("greenhouse_job_board_ids"))
            .active(args.get("active"))
        } find_job_board_custom_location),
        list!(|args| list_job_boards() => (JobBoard) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<JobBoardField>>("fields"))
            .ids(args.get::<Vec<JobBoardId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .internal(args.get("internal"))
            .live(args.get("live"))
        } find_job_board),
        list!(|args| list_job_candidate_attributes() => (JobCandidateAttribute) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<JobCandidateAttributeField>>("fields"))
            .ids(args.get::<Vec<JobCandidateAttributeId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
            .candidate_attribute_type_ids(
                args.get::<Vec<CandidateAttributeTypeId>>("candidate_attribute_type_ids"))
            .active(args.get("active"))
        } find_job_candidate_attribute),
        list!(|args| list_job_hiring_managers() => (JobHiringManager) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<JobHiringManagerField>>("fields"))
            .ids(args.get::<Vec<JobHiringManagerId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .user_ids(args.get::<Vec<UserId>>("user_ids"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
        } find_job_hiring_manager),
        row!(|args| create_job_hiring_manager()[JobHiringManagerCreate] => (JobHiringManager) {}),
        row!(|args| delete_job_hiring_manager(id: JobHiringManagerId) => (DeletionResult) {}),
        list!(|args| list_job_stages() => (JobStage) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<JobStageField>>("fields"))
            .ids(args.get::<Vec<JobStageId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
            .active(args.get("active"))
        } find_job_stage),
        list!(|args| list_job_interviews() => (JobInterview) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<JobInterviewField>>("fields"))
            .ids(args.get::<Vec<InterviewId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .job_interview_stage_ids(args.get::<Vec<JobStageId>>("job_interview_stage_ids"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
            .active(args.get("active"))
            .scheduling_type(args.get::<SchedulingType>("scheduling_type"))
        } find_job_interview),
        list!(|args| list_job_notes() => (JobNote) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<JobNoteField>>("fields"))
            .ids(args.get::<Vec<JobNoteId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
            .user_ids(args.get::<Vec<UserId>>("user_ids"))
            .visibility(args.get::<JobNoteVisibility>("visibility"))
        } find_job_note),
        row!(|args| create_job_note()[JobNoteCreate] => (JobNote) {}),
        row!(|args| update_job_note(id: JobNoteId)[JobNoteUpdate] => (JobNote) {}),
        row!(|args| delete_job_note(id: JobNoteId) => (DeletionResult) {}),
        list!(|args| list_job_owners() => (JobOwner) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<JobOwnerField>>("fields"))
            .ids(args.get::<Vec<JobOwnerId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .user_ids(args.get::<Vec<UserId>>("user_ids"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
            .type_(args.get::<JobOwnerType>("type"))
        } find_job_owner),
        row!(|args| create_job_owner()[JobOwnerCreate] => (JobOwner) {}),
        row!(|args| delete_job_owner(id: JobOwnerId) => (DeletionResult) {}),
        list!(|args| list_job_post_locations() => (JobPostLocation) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<JobPostLocationField>>("fields"))
            .ids(args.get::<Vec<JobPostLocationId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .office_ids(args.get::<Vec<OfficeId>>("office_ids"))
            .job_post_ids(args.get::<Vec<JobPostId>>("job_post_ids"))
            .custom_location_ids(args.get::<Vec<JobPostCustomLocationId>>("custom_location_ids"))
            .type_(args.get::<JobPostLocationType>("type"))
            .plain_text_location(args.text("plain_text_location"))
        } find_job_post_location),
        row!(|args| create_job_post_location()[JobPostLocationCreate] => (JobPostLocation) {}),
        row!(|args| delete_job_post_location(id: JobPostLocationId) => (DeletionResult) {}),
        list!(|args| list_job_post_searchable_locations() => (JobPostSearchableLocation) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<JobPostSearchableLocationField>>("fields"))
            .ids(args.get::<Vec<JobPostSearchableLocationId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .job_post_ids(args.get::<Vec<JobPostId>>("job_post_ids"))
        } find_job_post_searchable_location),
        list!(|args| list_job_posts() => (JobPost) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<JobPostField>>("fields"))
            .ids(args.get::<Vec<JobPostId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
            .job_board_ids(args.get::<Vec<JobBoardId>>("job_board_ids"))
            .active(args.get("active"))
            .featured(args.get("featured"))
            .live(args.get("live"))
            .internal(args.get("internal"))
        } find_job_post),
        row!(|args| create_job_post()[JobPostCreate] => (JobPost) {}),
        row!(|args| update_job_post(id: JobPostId)[JobPostUpdate] => (JobPost) {}),
        list!(|args| list_jobs() => (Job) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<JobField>>("fields"))
            .ids(args.get::<Vec<JobId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .opened_at(args.times("opened_at"))
            .closed_at(args.times("closed_at"))
            .requisition_id(args.text("requisition_id"))
            .department_id(args.get::<DepartmentId>("department_id"))
            .office_id(args.get::<OfficeId>("office_id"))
            .custom_field_option_id(args.get::<CustomFieldOptionId>("custom_field_option_id"))
            .confidential(args.get("confidential"))
            .status(args.get::<JobStatus>("status"))
        } find_job),
        row!(|args| create_job()[JobCreate] => (Job) {}),
        row!(|args| bulk_create_jobs()[JobBulkCreate] => (BulkRequestAccepted) {}),
        list!(|args| search_jobs() => (Job) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<JobField>>("fields"))
            .search(args.text("search"))
            .status(args.get::<JobStatusFilter>("status"))
            .department_id(args.get::<DepartmentId>("department_id"))
            .office_id(args.get::<OfficeId>("office_id"))
            .external(args.get("external"))
            .user_id(args.get::<UserId>("user_id"))
            .user_role(args.get::<JobUserRole>("user_role"))
            .job_custom_field_id(args.text("job_custom_field_id"))
            .job_custom_field_answer_id(args.text("job_custom_field_answer_id"))
            .templates(args.get::<JobTemplateFilter>("templates"))
        }),
        row!(|args| update_job(id: JobId)[JobUpdate] => (Job) {}),
        list!(|args| list_notes() => (Note) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<NoteField>>("fields"))
            .ids(args.get::<Vec<NoteId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .candidate_ids(args.get::<Vec<CandidateId>>("candidate_ids"))
            .user_ids(args.get::<Vec<UserId>>("user_ids"))
            .application_ids(args.get::<Vec<ApplicationId>>("application_ids"))
            .type_(args.get::<NoteType>("type"))
            .visibility(args.get::<NoteVisibility>("visibility"))
        } find_note),
        row!(|args| create_note()[NoteCreate] => (Note) {}),
        list!(|args| list_offers() => (Offer) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<OfferField>>("fields"))
            .ids(args.get::<Vec<OfferId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .application_ids(args.get::<Vec<ApplicationId>>("application_ids"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
            .candidate_ids(args.get::<Vec<CandidateId>>("candidate_ids"))
            .opening_ids(args.get::<Vec<OpeningId>>("opening_ids"))
            .current_only(args.get("current_only"))
            .custom_field_option_id(args.get::<CustomFieldOptionId>("custom_field_option_id"))
            .status(args.get::<OfferStatus>("status"))
            .resolved_at(args.times("resolved_at"))
            .sent_on(args.days("sent_on"))
            .starts_on(args.days("starts_on"))
        } find_offer),
        row!(|args| create_offer()[OfferCreate] => (Offer) {}),
        row!(|args| update_offer(id: OfferId)[OfferUpdate] => (Offer) {}),
        list!(|args| list_offices() => (Office) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<OfficeField>>("fields"))
            .ids(args.get::<Vec<OfficeId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .parent_id(args.get::<OfficeId>("parent_id"))
            .external_id(args.text("external_id"))
        } find_office),
        row!(|args| create_office()[OfficeCreate] => (Office) {}),
        row!(|args| bulk_update_offices()[OfficeBulkUpdate] => (BulkRequestAccepted) {}),
        row!(|args| update_office(id: OfficeId)[OfficeUpdate] => (Office) {}),
        list!(|args| list_job_openings() => (JobOpening) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<JobOpeningField>>("fields"))
            .ids(args.get::<Vec<OpeningId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
            .application_ids(args.get::<Vec<ApplicationId>>("application_ids"))
            .close_reason_ids(args.get::<Vec<CloseReasonId>>("close_reason_ids"))
            .opened_at(args.times("opened_at"))
            .closed_at(args.times("closed_at"))
            .custom_field_option_id(args.get::<CustomFieldOptionId>("custom_field_option_id"))
            .open(args.get("open"))
            .opening_id(args.text("opening_id"))
        } find_job_opening),
        row!(|args| create_job_opening()[JobOpeningCreate] => (JobOpening) {}),
        row!(|args| bulk_create_job_openings()[JobOpeningBulkCreate] => (BulkRequestAccepted) {}),
        row!(|args| bulk_update_job_openings()[JobOpeningBulkUpdate] => (BulkRequestAccepted) {}),
        row!(|args| bulk_delete_job_openings()[JobOpeningBulkDelete] => (BulkRequestAccepted) {}),
        row!(|args| update_job_opening(id: OpeningId)[JobOpeningUpdate] => (JobOpening) {}),
        row!(|args| delete_job_opening(id: OpeningId) => (DeletionResult) {}),
        list!(|args| list_pay_input_ranges() => (PayInputRange) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<PayInputRangeField>>("fields"))
            .ids(args.get::<Vec<PayInputRangeId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .pay_input_ids(args.get::<Vec<PayInputId>>("pay_input_ids"))
            .job_post_ids(args.get::<Vec<JobPostId>>("job_post_ids"))
        } find_pay_input_range),
        list!(|args| list_pay_inputs() => (PayInput) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<PayInputField>>("fields"))
            .ids(args.get::<Vec<PayInputId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .linked_custom_field_ids(args.get::<Vec<CustomFieldId>>("linked_custom_field_ids"))
        } find_pay_input),
        list!(|args| list_prospect_details() => (ProspectDetail) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ProspectDetailField>>("fields"))
            .ids(args.get::<Vec<ProspectDetailId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .application_ids(args.get::<Vec<ApplicationId>>("application_ids"))
            .pool_ids(args.get::<Vec<ProspectPoolId>>("pool_ids"))
            .pool_stage_ids(args.get::<Vec<ProspectPoolStageId>>("pool_stage_ids"))
            .prospect_owner_ids(args.get::<Vec<UserId>>("prospect_owner_ids"))
            .department_ids(args.get::<Vec<DepartmentId>>("department_ids"))
            .office_ids(args.get::<Vec<OfficeId>>("office_ids"))
        } find_prospect_detail),
        list!(|args| list_prospect_pool_stages() => (ProspectPoolStage) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ProspectPoolStageField>>("fields"))
            .ids(args.get::<Vec<ProspectPoolStageId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .prospect_pool_ids(args.get::<Vec<ProspectPoolId>>("prospect_pool_ids"))
        } find_prospect_pool_stage),
        list!(|args| list_prospect_pools() => (ProspectPool) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ProspectPoolField>>("fields"))
            .ids(args.get::<Vec<ProspectPoolId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .department_ids(args.get::<Vec<DepartmentId>>("department_ids"))
            .office_ids(args.get::<Vec<OfficeId>>("office_ids"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
            .active(args.get("active"))
        } find_prospect_pool),
        list!(|args| list_referrers() => (Referrer) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ReferrerField>>("fields"))
            .ids(args.get::<Vec<ReferrerId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .user_ids(args.get::<Vec<UserId>>("user_ids"))
        } find_referrer),
        list!(|args| list_rejection_details() => (RejectionDetail) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<RejectionDetailField>>("fields"))
            .ids(args.get::<Vec<RejectionDetailId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .application_ids(args.get::<Vec<ApplicationId>>("application_ids"))
            .rejection_reason_ids(args.get::<Vec<RejectionReasonId>>("rejection_reason_ids"))
            .custom_field_option_id(args.get::<CustomFieldOptionId>("custom_field_option_id"))
        } find_rejection_detail),
        row!(|args| update_rejection_detail(id: RejectionDetailId)[RejectionDetailUpdate]
            => (RejectionDetail) {}),
        list!(|args| list_rejection_reasons() => (RejectionReason) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<RejectionReasonField>>("fields"))
            .ids(args.get::<Vec<RejectionReasonId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .include_defaults(args.get("include_defaults"))
        }),
        row!(|args| get_rejection_reason(id: RejectionReasonId) => (RejectionReason) {
            .fields(args.text("fields"))
        }),
        list!(|args| list_scorecard_candidate_attributes() => (ScorecardCandidateAttribute) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ScorecardCandidateAttributeField>>("fields"))
            .ids(args.get::<Vec<ScorecardCandidateAttributeId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .scorecard_ids(args.get::<Vec<ScorecardId>>("scorecard_ids"))
            .job_candidate_attribute_ids(
                args.get::<Vec<JobCandidateAttributeId>>("job_candidate_attribute_ids"))
        } find_scorecard_candidate_attribute),
        row!(|args| create_scorecard_candidate_attribute()[ScorecardCandidateAttributeCreate]
            => (ScorecardCandidateAttribute) {}),
        row!(|args| update_scorecard_candidate_attribute(id: ScorecardCandidateAttributeId)
            [ScorecardCandidateAttributeUpdate]
            => (ScorecardCandidateAttribute) {}),
        list!(|args| list_scorecard_question_answer_options() => (ScorecardQuestionAnswerOption) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ScorecardQuestionAnswerOptionField>>("fields"))
            .ids(args.get::<Vec<ScorecardQuestionAnswerOptionId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .scorecard_question_option_ids(
                args.get::<Vec<ScorecardQuestionOptionId>>("scorecard_question_option_ids"))
            .scorecard_question_answer_ids(
                args.get::<Vec<ScorecardQuestionAnswerId>>("scorecard_question_answer_ids"))
        } find_scorecard_question_answer_option),
        row!(|args| create_scorecard_question_answer_option()[ScorecardQuestionAnswerOptionCreate]
            => (ScorecardQuestionAnswerOption) {}),
        list!(|args| list_scorecard_question_answers() => (ScorecardQuestionAnswer) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ScorecardQuestionAnswerField>>("fields"))
            .ids(args.get::<Vec<ScorecardQuestionAnswerId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .scorecard_ids(args.get::<Vec<ScorecardId>>("scorecard_ids"))
            .scorecard_question_ids(args.get::<Vec<ScorecardQuestionId>>("scorecard_question_ids"))
        } find_scorecard_question_answer),
        row!(|args| create_scorecard_question_answer()[ScorecardQuestionAnswerCreate]
            => (ScorecardQuestionAnswer) {}),
        row!(|args| update_scorecard_question_answer(id: ScorecardQuestionAnswerId)
            [ScorecardQuestionAnswerUpdate]
            => (ScorecardQuestionAnswer) {}),
        list!(|args| list_scorecard_question_candidate_attributes()
            => (ScorecardQuestionCandidateAttribute) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ScorecardQuestionCandidateAttributeField>>("fields"))
            .ids(args.get::<Vec<ScorecardQuestionCandidateAttributeId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .scorecard_question_ids(args.get::<Vec<ScorecardQuestionId>>("scorecard_question_ids"))
            .focus_candidate_attribute_ids(
                args.get::<Vec<FocusCandidateAttributeId>>("focus_candidate_attribute_ids"))
        } find_scorecard_question_candidate_attribute),
        list!(|args| list_scorecard_question_options() => (ScorecardQuestionOption) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ScorecardQuestionOptionField>>("fields"))
            .ids(args.get::<Vec<ScorecardQuestionOptionId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .scorecard_question_ids(args.get::<Vec<ScorecardQuestionId>>("scorecard_question_ids"))
            .active(args.get("active"))
        } find_scorecard_question_option),
        list!(|args| list_scorecard_questions() => (ScorecardQuestion) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ScorecardQuestionField>>("fields"))
            .ids(args.get::<Vec<ScorecardQuestionId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .interview_kit_ids(args.get::<Vec<InterviewKitId>>("interview_kit_ids"))
            .active(args.get("active"))
        } find_scorecard_question),
        list!(|args| list_scorecards() => (Scorecard) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<ScorecardField>>("fields"))
            .ids(args.get::<Vec<ScorecardId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .interview_kit_ids(args.get::<Vec<InterviewKitId>>("interview_kit_ids"))
            .submitter_ids(args.get::<Vec<UserId>>("submitter_ids"))
            .application_ids(args.get::<Vec<ApplicationId>>("application_ids"))
            .interviewer_ids(args.get::<Vec<UserId>>("interviewer_ids"))
            .interviewed_at(args.times("interviewed_at"))
            .submitted_at(args.times("submitted_at"))
            .status(args.get::<ScorecardStatus>("status"))
        } find_scorecard),
        row!(|args| create_scorecard()[ScorecardCreate] => (Scorecard) {}),
        row!(|args| update_scorecard(id: ScorecardId)[ScorecardUpdate] => (Scorecard) {}),
        list!(|args| list_sources() => (Source) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<SourceField>>("fields"))
            .ids(args.get::<Vec<SourceId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
        } find_source),
        list!(|args| list_tracking_links() => (TrackingLink) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<TrackingLinkField>>("fields"))
            .ids(args.get::<Vec<TrackingLinkId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
            .source_ids(args.get::<Vec<SourceId>>("source_ids"))
            .referrer_ids(args.get::<Vec<ReferrerId>>("referrer_ids"))
            .job_board_ids(args.get::<Vec<JobBoardId>>("job_board_ids"))
            .job_post_ids(args.get::<Vec<JobPostId>>("job_post_ids"))
            .related_post_ids(args.get::<Vec<RelatedPostId>>("related_post_ids"))
            .token(args.text("token"))
            .related_post_type(args.text("related_post_type"))
        } find_tracking_link),
        list!(|args| list_user_email_addresses() => (UserEmailAddress) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<UserEmailAddressField>>("fields"))
            .ids(args.get::<Vec<UserEmailAddressId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .user_ids(args.get::<Vec<UserId>>("user_ids"))
            .email(args.texts("email"))
            .verified(args.get("verified"))
            .verification_token_sent_at(args.times("verification_token_sent_at"))
        } find_user_email_address),
        row!(|args| add_user_email_address()[UserEmailAddressCreate] => (UserEmailAddress) {}),
        list!(|args| list_job_permissions() => (JobPermission) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<JobPermissionField>>("fields"))
            .ids(args.get::<Vec<JobPermissionId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .job_ids(args.get::<Vec<JobId>>("job_ids"))
            .user_ids(args.get::<Vec<UserId>>("user_ids"))
            .role_ids(args.get::<Vec<UserRoleId>>("role_ids"))
        } find_job_permission),
        row!(|args| add_job_permission()[JobPermissionCreate] => (Option<JobPermission>) {}),
        row!(|args| remove_job_permission(id: JobPermissionId) => (DeletionResult) {}),
        list!(|args| list_user_roles() => (UserRole) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<UserRoleField>>("fields"))
            .ids(args.get::<Vec<UserRoleId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
        } find_user_role),
        list!(|args| list_users() => (User) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<UserField>>("fields"))
            .ids(args.get::<Vec<UserId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .agency_ids(args.get::<Vec<AgencyId>>("agency_ids"))
            .office_ids(args.get::<Vec<OfficeId>>("office_ids"))
            .department_ids(args.get::<Vec<DepartmentId>>("department_ids"))
            .linked_candidate_ids(args.get::<Vec<CandidateId>>("linked_candidate_ids"))
            .interviewer_tag_ids(args.get::<Vec<InterviewerTagId>>("interviewer_tag_ids"))
            .employee_ids(args.texts("employee_ids"))
            .custom_field_option_id(args.get::<CustomFieldOptionId>("custom_field_option_id"))
            .deactivated(args.get("deactivated"))
            .primary_email(args.text("primary_email"))
            .external_office_id(args.text("external_office_id"))
            .external_department_id(args.text("external_department_id"))
            .show_service_accounts(args.get("show_service_accounts"))
        } find_user),
        row!(|args| create_user()[UserCreate] => (User) {}),
        row!(|args| bulk_enable_users()[UserBulkIds] => (BulkRequestAccepted) {}),
        row!(|args| bulk_create_users()[UserBulkCreate] => (BulkRequestAccepted) {}),
        row!(|args| bulk_update_users()[UserBulkUpdate] => (BulkRequestAccepted) {}),
        row!(|args| bulk_disable_users()[UserBulkIds] => (BulkRequestAccepted) {}),
        row!(|args| bulk_revoke_user_permissions()[UserBulkIds] => (BulkRequestAccepted) {}),
        row!(|args| update_user(id: UserId)[UserUpdate] => (User) {}),
        row!(|args| enable_user(id: UserId) => (()) {}),
        row!(|args| disable_user(id: UserId) => (()) {}),
        row!(|args| revoke_user_permissions(id: UserId) => (()) {}),
        list!(|args| list_webhooks() => (Webhook) {
            .per_page(args.get("per_page"))
            .fields(args.get::<Vec<WebhookField>>("fields"))
            .ids(args.get::<Vec<WebhookId>>("ids"))
            .created_at(args.times("created_at"))
            .updated_at(args.times("updated_at"))
            .last_delivered(args.times("last_delivered"))
            .deactivated(args.get("deactivated"))
            .event_action_type(args.get::<WebhookEvent>("event_action_type"))
        } find_webhook),
        row!(|args| create_webhook()[WebhookCreate] => (Webhook) {}),
        row!(|args| update_webhook(id: WebhookId)[WebhookUpdate] => (Webhook) {}),
        row!(|args| delete_webhook(id: WebhookId) => (DeletionResult) {}),
    ]
}
