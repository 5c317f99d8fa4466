//! The table of types: what an operation is sent and answers, and what a documented object is.

use harvest_generated::v1::types::*;
use harvest_runtime::__private::count_unexpected;
use harvest_runtime::{List, StatusCode, decode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads a text as a type of the generated client and writes it again.
pub type Decode = fn(&str) -> Result<Value, String>;

/// The types of one operation.
pub struct Row {
    pub id: &'static str,
    /// `None`: nothing is sent.
    pub request: Option<Decode>,
    /// `None`: the answer has no body.
    pub answer: Option<Decode>,
    /// The same, for what need not be as it is described.
    pub any_answer: Option<Decode>,
}

/// The type of one documented object.
pub struct Object {
    /// What the documentation calls the object.
    pub name: &'static str,
    /// The model, which is called alike in the description and in Rust.
    pub model: &'static str,
    pub decode: Decode,
}

/// The row of an operation.
pub fn row(id: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.id == id)
}

/// The same of what need not be as it is described.
fn any_through<T: DeserializeOwned + Serialize>(text: &str) -> Result<Value, String> {
    let value: T =
        decode::json(StatusCode::OK, text.as_bytes()).map_err(|error| error.to_string())?;
    serde_json::to_value(value).map_err(|error| error.to_string())
}

fn through<T: DeserializeOwned + Serialize>(text: &str) -> Result<Value, String> {
    let (value, unexpected) = count_unexpected(|| serde_json::from_str::<T>(text));
    if unexpected > 0 {
        return Err(format!(
            "{unexpected} values are not of the described type, or not described"
        ));
    }
    let value = value.map_err(|error| error.to_string())?;
    serde_json::to_value(value).map_err(|error| error.to_string())
}

/// The object without properties, for which there is no type to read.
#[derive(serde::Deserialize, serde::Serialize)]
struct Nothing {}

macro_rules! decode {
    ($through:ident ()) => {
        None
    };
    ($through:ident {}) => {
        Some($through::<Nothing>)
    };
    ($through:ident $type:ty) => {
        Some($through::<$type>)
    };
}

macro_rules! rows {
    ($($id:ident: $request:tt => $answer:tt $(<$item:ident>)?;)*) => {
        /// One line an operation, in the order of `OPERATIONS`: `id: what is sent => what is answered`.
        pub static ROWS: &[Row] = &[$(Row {
            id: stringify!($id),
            request: decode!(through $request),
            answer: decode!(through $answer $(<$item>)?),
            any_answer: decode!(any_through $answer $(<$item>)?),
        }),*];
    };
}

macro_rules! objects {
    ($($name:ident: $model:ident;)*) => {
        /// One line a documented object. Three lists share the one object of the section on education.
        pub static OBJECTS: &[Object] = &[$(Object {
            name: stringify!($name),
            model: stringify!($model),
            decode: through::<$model>,
        }),*];
    };
}

rows! {
    list_applications: () => List<Application>;
    list_application_offers: () => List<Offer>;
    get_application: () => Application;
    update_application: ApplicationUpdate => Application;
    delete_application: () => MessageResult;
    advance_application: ApplicationAdvance => Application;
    create_application_attachment: ApplicationAttachmentCreate => Attachment;
    convert_prospect: ProspectConvert => ProspectConvertResult;
    list_application_demographic_answers: () => List<DemographicAnswer>;
    get_application_eeoc: () => Eeoc;
    hire_application: ApplicationHire => Application;
    move_application: ApplicationMove => Application;
    get_current_offer: () => Offer;
    update_current_offer: OfferUpdate => SuccessResult;
    reject_application: ApplicationReject => Application;
    update_rejection: RejectionUpdate => RejectionUpdateResult;
    list_application_scheduled_interviews: () => List<ScheduledInterview>;
    list_application_scorecards: () => List<Scorecard>;
    transfer_application: ApplicationTransfer => Application;
    unreject_application: {} => Application;
    get_approval_flow: () => ApprovalFlow;
    request_approvals: () => ();
    replace_approver: ApproverReplace => ApproverReplaceResult;
    list_candidates: () => List<Candidate>;
    create_candidate: CandidateCreate => Candidate;
    merge_candidates: CandidateMerge => Candidate;
    delete_education: () => RemovalResult;
    delete_employment: () => RemovalResult;
    add_tag_to_candidate: () => MessageResult;
    remove_tag_from_candidate: () => MessageResult;
    get_candidate: () => Candidate;
    update_candidate: CandidateUpdate => CandidateUpdateResult;
    delete_candidate: () => MessageResult;
    get_activity_feed: () => ActivityFeed;
    create_candidate_email: CandidateEmailCreate => ActivityEmail;
    create_candidate_note: CandidateNoteCreate => ActivityNote;
    anonymize_candidate: () => Candidate;
    create_application: ApplicationCreate => Application;
    create_candidate_attachment: CandidateAttachmentCreate => Attachment;
    create_education: EducationCreate => Education;
    create_employment: EmploymentCreate => Employment;
    list_tags_of_candidate: () => List<CandidateTag>;
    list_close_reasons: () => List<CloseReason>;
    get_custom_field: () => CustomField;
    list_custom_field_options: () => List<CustomFieldOption>;
    create_custom_field_options: CustomFieldOptionsCreate => SuccessResult;
    update_custom_field_options: CustomFieldOptionsUpdate => SuccessResult;
    delete_custom_field_options: CustomFieldOptionsDelete => MessageResult;
    list_all_custom_fields: () => List<CustomField>;
    create_custom_field: CustomFieldCreate => CustomFieldResult;
    list_custom_fields: () => List<CustomField>;
    update_custom_field: CustomFieldUpdate => CustomFieldResult;
    delete_custom_field: () => CustomFieldDeletion;
    list_degrees: () => List<Degree>;
    list_demographic_answer_options: () => List<DemographicAnswerOption>;
    get_demographic_answer_option: () => DemographicAnswerOption;
    list_demographic_answers: () => List<DemographicAnswer>;
    get_demographic_answer: () => DemographicAnswer;
    list_demographic_question_sets: () => List<DemographicQuestionSet>;
    get_demographic_question_set: () => DemographicQuestionSet;
    list_demographic_question_set_questions: () => List<DemographicQuestion>;
    list_demographic_questions: () => List<DemographicQuestion>;
    get_demographic_question: () => DemographicQuestion;
    list_demographic_question_answer_options: () => List<DemographicAnswerOption>;
    list_departments: () => List<Department>;
    create_department: DepartmentCreate => Department;
    get_department: () => Department;
    update_department: DepartmentUpdate => Department;
    list_disciplines: () => List<Discipline>;
    list_eeoc: () => List<Eeoc>;
    list_email_templates: () => List<EmailTemplate>;
    get_email_template: () => EmailTemplate;
    list_job_posts: () => List<JobPost>;
    get_job_post: () => JobPost;
    list_job_post_custom_locations: () => List<JobPostCustomLocation>;
    list_job_stages: () => List<JobStage>;
    get_job_stage: () => JobStage;
    list_jobs: () => List<Job>;
    create_job: JobCreate => Job;
    get_job: () => Job;
    update_job: JobUpdate => Job;
    list_approval_flows: () => List<ApprovalFlow>;
    replace_approval_flow: ApprovalFlowReplace => ApprovalFlowReplaceResult;
    get_hiring_team: () => HiringTeam;
    add_hiring_team_members: HiringTeamAdd => SuccessResult;
    replace_hiring_team: HiringTeamReplace => SuccessResult;
    remove_hiring_team_members: HiringTeamRemove => SuccessResult;
    get_job_post_for_job: () => JobPost;
    list_job_posts_for_job: () => List<JobPost>;
    list_job_stages_for_job: () => List<JobStage>;
    list_job_openings: () => List<JobOpening>;
    create_job_openings: JobOpeningsCreate => JobOpeningsCreateResult;
    delete_job_openings_v1: JobOpeningsDelete => ();
    get_job_opening: () => JobOpening;
    update_job_opening: JobOpeningUpdate => JobOpeningUpdateResult;
    list_offers: () => List<Offer>;
    get_offer: () => Offer;
    list_offices: () => List<Office>;
    create_office: OfficeCreate => Office;
    get_office: () => Office;
    update_office: OfficeUpdate => Office;
    list_prospect_pools: () => List<ProspectPool>;
    get_prospect_pool: () => ProspectPool;
    create_prospect: ProspectCreate => Candidate;
    list_rejection_reasons: () => List<RejectionReason>;
    list_scheduled_interviews: () => List<ScheduledInterview>;
    create_scheduled_interview_v1: ScheduledInterviewCreate => ScheduledInterview;
    get_scheduled_interview: () => ScheduledInterview;
    update_scheduled_interview_v1: ScheduledInterviewUpdate => ScheduledInterview;
    delete_scheduled_interview: () => MessageResult;
    list_schools: () => List<School>;
    list_scorecards: () => List<Scorecard>;
    get_scorecard: () => Scorecard;
    list_sources: () => List<Source>;
    list_candidate_tags: () => List<CandidateTag>;
    create_candidate_tag: CandidateTagCreate => CandidateTag;
    delete_candidate_tag: () => ();
    get_tracking_link: () => TrackingLink;
    list_user_roles: () => List<UserRole>;
    list_users: () => List<User>;
    create_user: UserCreate => User;
    change_user_permission_level: UserPermissionLevelUpdate => SuccessResult;
    get_user: () => User;
    add_user_email_address: UserEmailAddressCreate => UserEmailAddress;
    list_future_job_permissions: () => List<FutureJobPermission>;
    add_future_job_permission: FutureJobPermissionCreate => FutureJobPermission;
    remove_future_job_permission: FutureJobPermissionDelete => MessageResult;
    list_job_permissions: () => List<JobPermission>;
    add_job_permission: JobPermissionCreate => JobPermission;
    remove_job_permission: JobPermissionDelete => MessageResult;
    list_pending_approvals: () => List<PendingApproval>;
    update_job_post: JobPostUpdate => SuccessResult;
    update_job_post_status: JobPostStatusUpdate => SuccessResult;
    delete_job_openings: JobOpeningsDelete => JobOpeningsDeleteResult;
    create_scheduled_interview: ScheduledInterviewCreate => ScheduledInterview;
    update_scheduled_interview: ScheduledInterviewUpdate => ScheduledInterview;
    update_user: UserUpdate => UserUpdateResult;
    disable_user: UserReference => User;
    enable_user: UserReference => User;
}

objects! {
    activity_feed: ActivityFeed;
    application: Application;
    approval_flow: ApprovalFlow;
    candidate: Candidate;
    candidate_tag: CandidateTag;
    close_reason: CloseReason;
    custom_field: CustomField;
    custom_field_option: CustomFieldOption;
    demographic_answer: DemographicAnswer;
    demographic_answer_option: DemographicAnswerOption;
    demographic_question: DemographicQuestion;
    demographic_question_set: DemographicQuestionSet;
    department: Department;
    education_item: Degree;
    education_item: Discipline;
    education_item: School;
    eeoc: Eeoc;
    email_template: EmailTemplate;
    future_job_permission: FutureJobPermission;
    job: Job;
    job_opening: JobOpening;
    job_permission: JobPermission;
    job_post: JobPost;
    job_stage: JobStage;
    offer: Offer;
    office: Office;
    prospect_pool: ProspectPool;
    rejection_reason: RejectionReason;
    scheduled_interview: ScheduledInterview;
    scorecard: Scorecard;
    source: Source;
    tracking_link: TrackingLink;
    user: User;
    user_role: UserRole;
}

/// A row is complete when each operation of the client has one, in the same order.
#[test]
fn every_operation_has_a_row() {
    let rows: Vec<_> = ROWS.iter().map(|row| row.id).collect();
    let operations: Vec<_> = harvest_generated::v1::operations::OPERATIONS
        .iter()
        .map(|operation| operation.id)
        .collect();
    let missing: Vec<_> = operations.iter().filter(|id| !rows.contains(id)).collect();
    assert!(
        missing.is_empty(),
        "add a row to tests/tests/documented/v1/decode.rs for each of {missing:?}"
    );
    let superfluous: Vec<_> = rows.iter().filter(|id| !operations.contains(id)).collect();
    assert!(
        superfluous.is_empty(),
        "no operation is called {superfluous:?}"
    );
    assert_eq!(
        rows, operations,
        "the rows are in another order than `OPERATIONS`"
    );
}

#[test]
fn what_is_not_described_is_noticed() {
    let user = r#"{"id": 7, "site_admin": null}"#;
    let written = through::<User>(user).unwrap();
    assert_eq!(written, serde_json::json!({"id": 7, "site_admin": null}));
    for user in [
        r#"{"id": 7, "favourite_river": "Tejo"}"#,
        r#"{"id": 7, "site_admin": "true"}"#,
        r#"{"id": 7, "emails": [5]}"#,
    ] {
        assert!(through::<User>(user).is_err(), "{user}");
    }
}
