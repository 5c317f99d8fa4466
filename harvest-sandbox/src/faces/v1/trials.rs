//! Values that the API reference fills in for operations of v1, beyond ids that exist.

use crate::faces::trials::{ADDED_APPROVER, REMOVED_APPROVER};
use crate::faces::{Put, Trials};
use Put::{Json, Nothing, Query};

pub(super) static TRIALS: Trials = Trials {
    parameters: &[("On-Behalf-Of", "SELECT id FROM admin LIMIT 1")],
    operations: OPERATIONS,
};

const OPERATIONS: &[(&str, &[Put])] = &[
    (
        "get_application_eeoc",
        &[Query(
            "id",
            "SELECT id FROM eeoc AS it WHERE EXISTS (SELECT 1 FROM seen WHERE seen.id = it.id) \
             ORDER BY id LIMIT 1",
        )],
    ),
    (
        "get_current_offer",
        &[Query("id", "SELECT application_id FROM offered")],
    ),
    (
        "update_current_offer",
        &[Query("id", "SELECT application_id FROM offered")],
    ),
    (
        "update_application",
        &[Query(
            "/referrer",
            "SELECT json_object('type', 'id', 'value', id) FROM basic LIMIT 1",
        )],
    ),
    (
        "convert_prospect",
        &[
            Query(
                "id",
                "SELECT id FROM seen WHERE status = 'active' AND prospect ORDER BY id LIMIT 1",
            ),
            Query(
                "/initial_stage_id",
                "SELECT it.id FROM job_stage AS it, way WHERE it.job_id = way.job_id \
                 ORDER BY it.priority LIMIT 1",
            ),
        ],
    ),
    (
        "move_application",
        &[Query(
            "/to_stage_id",
            "SELECT it.id FROM job_stage AS it, way WHERE it.job_id = way.job_id \
             AND it.priority > way.priority ORDER BY it.priority LIMIT 1",
        )],
    ),
    (
        "update_rejection",
        &[Query(
            "id",
            "SELECT id FROM seen WHERE status = 'rejected' AND NOT prospect ORDER BY id LIMIT 1",
        )],
    ),
    (
        "unreject_application",
        &[Query(
            "id",
            "SELECT id FROM seen WHERE status = 'rejected' AND NOT prospect ORDER BY id LIMIT 1",
        )],
    ),
    (
        "transfer_application",
        &[
            Query("/new_job_id", "SELECT id FROM other"),
            Query(
                "/new_stage_id",
                "SELECT it.id FROM job_stage AS it JOIN other ON other.id = it.job_id \
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
            Query(
                "/referrer",
                "SELECT json_object('type', 'id', 'value', id) FROM basic LIMIT 1",
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
            Query("approver_group_id", "SELECT id FROM due"),
            REMOVED_APPROVER,
            ADDED_APPROVER,
        ],
    ),
    (
        "merge_candidates",
        &[Query(
            "/duplicate_candidate_id",
            "SELECT candidate_id FROM seen WHERE candidate_id <> (SELECT candidate_id FROM way) \
             ORDER BY id LIMIT 1",
        )],
    ),
    (
        "create_candidate",
        &[
            Query(
                "/recruiter",
                "SELECT json_object('id', id) FROM admin LIMIT 1",
            ),
            Query(
                "/coordinator",
                "SELECT json_object('id', id) FROM admin LIMIT 1",
            ),
        ],
    ),
    (
        "create_prospect",
        &[
            Query(
                "/recruiter",
                "SELECT json_object('id', id) FROM admin LIMIT 1",
            ),
            Query(
                "/coordinator",
                "SELECT json_object('id', id) FROM admin LIMIT 1",
            ),
            Query(
                "/application/referrer",
                "SELECT json_object('type', 'id', 'value', id) FROM basic LIMIT 1",
            ),
        ],
    ),
    (
        "update_candidate",
        &[
            Query(
                "/recruiter",
                "SELECT json_object('id', id) FROM admin LIMIT 1",
            ),
            Query(
                "/coordinator",
                "SELECT json_object('id', id) FROM admin LIMIT 1",
            ),
        ],
    ),
    (
        "delete_education",
        &[Query(
            "candidate_id",
            "SELECT candidate_id FROM education WHERE candidate_id NOT IN (SELECT id \
             FROM candidate WHERE is_private) ORDER BY id LIMIT 1",
        )],
    ),
    (
        "delete_employment",
        &[Query(
            "candidate_id",
            "SELECT candidate_id FROM employment WHERE candidate_id NOT IN (SELECT id \
             FROM candidate WHERE is_private) ORDER BY id LIMIT 1",
        )],
    ),
    (
        "remove_tag_from_candidate",
        &[
            Query(
                "candidate_id",
                "SELECT candidate_id FROM applied_tag WHERE candidate_id NOT IN (SELECT id \
                 FROM candidate WHERE is_private) ORDER BY id LIMIT 1",
            ),
            Query(
                "tag_id",
                "SELECT tag_id FROM applied_tag WHERE candidate_id NOT IN (SELECT id \
                 FROM candidate WHERE is_private) ORDER BY id LIMIT 1",
            ),
        ],
    ),
    (
        "create_scheduled_interview_v1",
        &[Query(
            "/interviewers",
            "SELECT json_array(json_object('user_id', id, 'response_status', 'accepted')) \
             FROM admin LIMIT 1",
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
        "update_scheduled_interview_v1",
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
    ("update_job", &[Nothing("/external_department_id")]),
    (
        "replace_approval_flow",
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
        "remove_hiring_team_members",
        &[Query(
            "id",
            "SELECT job_id FROM job_owner WHERE job_id IN (SELECT id FROM open) ORDER BY id \
             LIMIT 1",
        )],
    ),
    (
        "get_tracking_link",
        &[Query(
            "token",
            "SELECT token FROM tracking_link WHERE token IS NOT NULL ORDER BY id LIMIT 1",
        )],
    ),
    (
        "remove_future_job_permission",
        &[Query(
            "id",
            "SELECT user_id FROM future_job_permission ORDER BY id LIMIT 1",
        )],
    ),
    (
        "remove_job_permission",
        &[Query(
            "id",
            "SELECT user_id FROM job_permission WHERE job_id IN (SELECT id FROM open) ORDER BY id \
             LIMIT 1",
        )],
    ),
    (
        "create_office",
        &[Query(
            "/primary_contact_user_id",
            "SELECT id FROM admin LIMIT 1",
        )],
    ),
    ("update_office", &[Json("/name", r#""Matosinhos (quay)""#)]),
    (
        "update_user",
        &[Query(
            "/user",
            "SELECT json_object('user_id', id) FROM basic LIMIT 1",
        )],
    ),
    (
        "disable_user",
        &[Query(
            "/user",
            "SELECT json_object('user_id', id) FROM basic LIMIT 1",
        )],
    ),
    (
        "enable_user",
        &[Query(
            "/user",
            "SELECT json_object('user_id', id) FROM user WHERE disabled ORDER BY id LIMIT 1",
        )],
    ),
];
