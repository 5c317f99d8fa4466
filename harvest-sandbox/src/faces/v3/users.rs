//! Users, as v3 shows and changes them.

use axum::http::StatusCode;
use serde::Deserialize;

use super::custom_values::{self, Input, entries};
use super::list;
use super::list::{Meaning, Means};
use crate::domain::access::{Actor, Scope};
use crate::domain::interviewer_tags::{INTERVIEWER_TAG, InterviewerTag};
use crate::domain::users::{self, Fields, USER, User};
use crate::faces::embeds::{CUSTOM_FIELDS_OF_USERS, USERS_AS_VALUES_OF_USERS};
use crate::faces::list::List;
use crate::faces::{Handler, Reading, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::{Value, json};
use crate::store::{Depth, Document, Embeds, Linked, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&PRESENTATION],
    operations: &[
        ("list_users", Handler::Read(list)),
        ("create_user", Handler::Write(create)),
        ("update_user", Handler::Write(update)),
        ("enable_user", Handler::Write(|cx| switch(cx, false))),
        ("disable_user", Handler::Write(|cx| switch(cx, true))),
        ("revoke_user_permissions", Handler::Write(revoke)),
    ],
};

static PRESENTATION: Presentation = Presentation {
    kind: &USER,
    show: document,
    embeds: &[
        Embeds {
            table: "interviewer_tag",
            ids: "SELECT user.id FROM user, json_each(user.state, '$.interviewer_tag_ids') AS tag
                  WHERE tag.value = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        CUSTOM_FIELDS_OF_USERS,
        USERS_AS_VALUES_OF_USERS,
    ],
    redact: Some(redact),
};

const MEANINGS: &[Meaning] = &[
    // There are no agencies.
    ("agency_ids", Means::Where("? IS NULL")),
    (
        "office_ids",
        Means::Where(
            "EXISTS (SELECT 1 FROM json_each(state, '$.office_ids') AS own
                     WHERE own.value IN (SELECT value FROM json_each(?)))",
        ),
    ),
    (
        "department_ids",
        Means::Where(
            "EXISTS (SELECT 1 FROM json_each(state, '$.department_ids') AS own
                     WHERE own.value IN (SELECT value FROM json_each(?)))",
        ),
    ),
    (
        "interviewer_tag_ids",
        Means::Where(
            "EXISTS (SELECT 1 FROM json_each(state, '$.interviewer_tag_ids') AS own
                     WHERE own.value IN (SELECT value FROM json_each(?)))",
        ),
    ),
    (
        "linked_candidate_ids",
        Means::Beyond(
            Scope::Candidate,
            "user_candidate.candidate_id",
            "id IN (SELECT user_id FROM user_candidate
                    WHERE candidate_id IN (SELECT value FROM json_each(?)) AND {seen})",
        ),
    ),
    ("employee_ids", Means::Column("employee_id")),
    (
        "custom_field_option_id",
        Means::Where(
            "EXISTS (SELECT 1 FROM json_tree(state, '$.custom_fields') AS own
                     WHERE own.type = 'integer' AND own.value = ?)",
        ),
    ),
    ("deactivated", Means::Column("disabled")),
    (
        "primary_email",
        Means::Where("state ->> '$.emails[0].address' = ? COLLATE NOCASE"),
    ),
    (
        "external_office_id",
        Means::Where(
            "EXISTS (SELECT 1 FROM json_each(state, '$.office_ids') AS own
                     WHERE own.value IN (SELECT id FROM office WHERE external_id = ?))",
        ),
    ),
    (
        "external_department_id",
        Means::Where(
            "EXISTS (SELECT 1 FROM json_each(state, '$.department_ids') AS own
                     WHERE own.value IN (SELECT id FROM department WHERE external_id = ?))",
        ),
    ),
    (SHOW_SERVICE_ACCOUNTS, Means::Where("? IS NOT NULL")),
];

/// Lists the users of integrations, too, if it is true.
const SHOW_SERVICE_ACCOUNTS: &str = "show_service_accounts";

fn list(cx: &Reading<'_>) -> Outcome {
    let list = List::of(&USER);
    if cx.call.flag(SHOW_SERVICE_ACCOUNTS) {
        list::narrowed(cx, list.unabridged(), MEANINGS)
    } else {
        list::narrowed(cx, list, MEANINGS)
    }
}

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let user: User = row.state()?;
    let verified = user.emails.iter().filter(|email| email.verified);
    let emails: Vec<_> = verified.map(|email| email.address.as_str()).collect();
    let mut tags = Vec::new();
    for id in &user.interviewer_tag_ids {
        let tag: Option<InterviewerTag> = view.find(&INTERVIEWER_TAG, *id)?;
        tags.extend(tag.map(|tag| json!({"id": id, "name": tag.name})));
    }
    let custom = custom_values::shown(view, "user_attribute", &user.custom_fields)?;
    Document::of(&json!({
        "id": row.id,
        "created_at": user.created_at,
        "updated_at": user.updated_at,
        "first_name": user.first_name,
        "last_name": user.last_name,
        // Empty for the users of integrations, which have none.
        "primary_email": user.primary_email().unwrap_or_default(),
        "job_title": user.job_title,
        "agency_id": null,
        "name": user.name(),
        "deactivated": user.disabled,
        "site_admin": user.site_admin,
        "employee_id": user.employee_id,
        "linked_candidate_ids": users::linked_candidates(view, row.id)?,
        "office_ids": user.office_ids,
        "department_ids": user.department_ids,
        "interviewer_tags": tags,
        "emails": emails,
        "custom_fields": custom,
    }))
}

/// Without the candidates who are the same person, as far as the acting user may not see them.
fn redact(view: &View<'_>, user: &Actor, id: i64, document: Document) -> Outcome<Document> {
    let linked = "SELECT candidate_id AS id FROM user_candidate WHERE user_id = ?2";
    let hidden = user.hidden(view, Scope::Candidate, linked, id)?;
    document.without(&hidden, |shown: &mut Value, hidden| {
        if let Some(ids) = shown["linked_candidate_ids"].as_array_mut() {
            ids.retain(|id| !id.as_i64().is_some_and(|id| hidden.contains(&id)));
        }
    })
}

/// `send_email_invite` is taken: the sandbox sends no mail.
#[derive(Deserialize)]
struct Body {
    first_name: Option<String>,
    last_name: Option<String>,
    primary_email: Option<String>,
    job_title: Option<String>,
    employee_id: Option<String>,
    office_ids: Option<Vec<i64>>,
    external_office_ids: Option<Vec<String>>,
    department_ids: Option<Vec<i64>>,
    external_department_ids: Option<Vec<String>>,
    interviewer_tag_ids: Option<Vec<i64>>,
    #[serde(default)]
    custom_fields: Vec<Input>,
}

/// The names of paths that v3 has in the place of those of the domain.
const NAMES: &[(&str, &str)] = &[("email", "primary_email")];

impl Body {
    /// The address, and the rest.
    fn split(self) -> (Option<String>, Fields) {
        let fields = Fields {
            first_name: self.first_name,
            last_name: self.last_name,
            job_title: self.job_title,
            employee_id: self.employee_id,
            office_ids: self.office_ids,
            external_office_ids: self.external_office_ids,
            department_ids: self.department_ids,
            external_department_ids: self.external_department_ids,
            interviewer_tag_ids: self.interviewer_tag_ids,
            custom_fields: entries(self.custom_fields),
        };
        (self.primary_email, fields)
    }
}

fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let (email, fields) = cx.call.body::<Body>()?.split();
    let actor = cx.user.clone();
    let email = email.unwrap_or_default();
    let id = users::create(cx, &actor, &email, fields).map_err(|it| it.renamed(NAMES))?;
    cx.created(&USER, id)
}

fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&USER, "id")?;
    let (email, fields) = cx.call.body::<Body>()?.split();
    let actor = cx.user.clone();
    let changed = users::change(cx, &actor, id, email.as_deref(), fields);
    changed.map_err(|it| it.renamed(NAMES))?;
    cx.changed(&USER, id)
}

fn switch(cx: &mut Writing<'_, '_>, disabled: bool) -> Outcome {
    let id = cx.id_in_path(&USER, "id")?;
    let actor = cx.user.clone();
    users::switch(cx, &actor, id, disabled).map_err(|it| it.renamed(&[("user", "id")]))?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// Takes away the permissions of the user whom the path or the row names, and says who it is unless there were none: the
/// user still has to [leave](users::leave) hiring teams and approval flows.
pub(super) fn take_permissions(cx: &mut Writing<'_, '_>) -> Outcome<Option<i64>> {
    let id = cx.id_in_path(&USER, "id")?;
    let actor = cx.user.clone();
    let had_some = users::take_permissions(cx, &actor, id);
    let had_some = had_some.map_err(|it| it.renamed(&[("user", "id")]))?;
    Ok(had_some.then_some(id))
}

fn revoke(cx: &mut Writing<'_, '_>) -> Outcome {
    let demoted = take_permissions(cx)?;
    users::leave(cx, &demoted.into_iter().collect())?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}
