//! Values that the API reference fills in for operations of v3, beyond ids that exist.

use crate::faces::trials::{ADDED_APPROVER, REMOVED_APPROVER};
use crate::faces::{Put, Trials};
use Put::{Json, Nothing, Query};

pub(super) static TRIALS: Trials = Trials {
    parameters: &[],
    operations: OPERATIONS,
};

const OPERATIONS: &[(&str, &[Put])] = &[
    (
        "convert_prospect",
        &[
            Query(
                "id",
                "SELECT id FROM seen WHERE status = 'active' AND prospect ORDER BY id LIMIT 1",
            ),
            Query(
                "/to_job_interview_stage_id",
                "SELECT it.id FROM job_stage AS it, way WHERE it.job_id = way.job_id \
                 ORDER BY it.priority LIMIT 1",
            ),
        ],
    ),
    (
        "create_application",
        &[
            Query("/job_id", "SELECT id FROM other"),
            Query(
                "/initial_stage_id",
                "SELECT it.id FROM job_stage AS it JOIN other ON other.id = it.job_id \
                 ORDER BY it.priority LIMIT 1",
            ),
        ],
    ),
    (
        "unreject_application",
        &[Query(
            "id",
            "SELECT id FROM seen WHERE status = 'rejected' AND NOT prospect ORDER BY id LIMIT 1",
        )],
    ),
    (
        "create_approval_flow",
        &[
            Json("/approval_type", r#""offer_job""#),
            Nothing("/offer_id"),
            Query(
                "/approver_groups",
                "SELECT json_array(json_object('approvals_required', 1, 'approvers', \
                 json_array(json_object('user_id', id)))) FROM admin LIMIT 1",
            ),
        ],
    ),
    (
        "update_approval_flow",
        &[Query("id", "SELECT id FROM undecided LIMIT 1")],
    ),
    (
        "replace_approver_groups",
        &[
            Query("id", "SELECT id FROM undecided LIMIT 1"),
            Query(
                "/approver_groups",
                "SELECT json_array(json_object('approvals_required', 1, 'approvers', \
                 json_array(json_object('user_id', id)))) FROM admin LIMIT 1",
            ),
        ],
    ),
    (
        "request_approvals",
        &[Query(
            "id",
            "SELECT id FROM undecided WHERE requested_by IS NULL LIMIT 1",
        )],
    ),
    (
        "replace_approver",
        &[
            Query("id", "SELECT id FROM due"),
            REMOVED_APPROVER,
            ADDED_APPROVER,
        ],
    ),
    (
        "merge_candidates",
        &[Query(
            "/secondary_candidate_id",
            "SELECT candidate_id FROM seen WHERE candidate_id <> (SELECT candidate_id FROM way) \
             ORDER BY id LIMIT 1",
        )],
    ),
    (
        "create_education",
        &[
            Query(
                "/school_name_custom_field_option_id",
                "SELECT id FROM school ORDER BY id LIMIT 1",
            ),
            Query(
                "/degree_custom_field_option_id",
                "SELECT id FROM degree ORDER BY id LIMIT 1",
            ),
            Query(
                "/discipline_custom_field_option_id",
                "SELECT id FROM discipline ORDER BY id LIMIT 1",
            ),
        ],
    ),
    (
        "bulk_update_departments",
        &[Query(
            "/data",
            "SELECT json_array(json_object('id', id, 'name', name || ' and waters')) \
             FROM department ORDER BY id LIMIT 1",
        )],
    ),
    (
        "create_scheduled_interview",
        &[Query(
            "/interviewers",
            "SELECT json_array(json_object('user_id', id, 'response_status', 'accepted')) \
             FROM admin LIMIT 1",
        )],
    ),
    (
        "update_scheduled_interview",
        &[Query(
            "/interviewers",
            "SELECT json_array(json_object('user_id', id, 'response_status', 'accepted')) \
             FROM admin LIMIT 1",
        )],
    ),
    ("update_offer", &[Query("id", "SELECT id FROM offered")]),
    (
        "create_office",
        &[Query(
            "/primary_in_house_contact_user_id",
            "SELECT id FROM admin LIMIT 1",
        )],
    ),
    ("delete_job_opening", &[Query("id", "SELECT id FROM spare")]),
    (
        "bulk_delete_job_openings",
        &[Query("/data", "SELECT json_group_array(id) FROM spare")],
    ),
    (
        "create_scorecard",
        &[
            Query("/interviewer_id", "SELECT id FROM admin LIMIT 1"),
            Query("/submitter_id", "SELECT id FROM admin LIMIT 1"),
            Query(
                "/question_answers",
                "SELECT json_array(json_object('scorecard_question_id', it.id, 'value', 'A gauge \
                 that was upside down.')) FROM scorecard_question AS it \
                 JOIN kit ON kit.id = interview_kit_id WHERE it.state ->> 'answer_type' = 'text' \
                 ORDER BY it.id LIMIT 1",
            ),
            Json("/candidate_attributes", "[]"),
        ],
    ),
    ("update_scorecard", &[Nothing("/question_answers")]),
    (
        "create_scorecard_candidate_attribute",
        &[
            Query("/scorecard_id", "SELECT scorecard_id FROM unrated"),
            Query("/job_candidate_attribute_id", "SELECT id FROM unrated"),
        ],
    ),
    (
        "create_scorecard_question_answer",
        &[
            Query("/scorecard_id", "SELECT scorecard_id FROM unanswered"),
            Query("/scorecard_question_id", "SELECT id FROM unanswered"),
        ],
    ),
    (
        "update_scorecard_question_answer",
        &[Query(
            "id",
            "SELECT id FROM scorecard_question_answer AS it WHERE EXISTS (SELECT 1 FROM seen \
             WHERE seen.id = it.application_id) AND state ->> 'answer_type' = 'yes_no' ORDER BY id \
             LIMIT 1",
        )],
    ),
    (
        "create_scorecard_question_answer_option",
        &[
            Query(
                "/scorecard_question_answer_id",
                "SELECT answer_id FROM unchosen",
            ),
            Query("/scorecard_question_option_id", "SELECT id FROM unchosen"),
        ],
    ),
    (
        "enable_user",
        &[Query(
            "id",
            "SELECT id FROM user WHERE disabled ORDER BY id LIMIT 1",
        )],
    ),
];
