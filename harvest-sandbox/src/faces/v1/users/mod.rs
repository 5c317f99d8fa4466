//! Users, as v1 shows and changes them.

mod document;
mod email;
mod selector;
mod switch;
mod write;

pub(super) use selector::Selector;

use crate::domain::users::USER;
use crate::faces::embeds::{CUSTOM_FIELDS_OF_USERS, USERS_AS_VALUES_OF_USERS};
use crate::faces::list::{CREATED_AND_UPDATED, Filter, List};
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::store::{Depth, Embeds, Linked, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&USER_PRESENTATION],
    operations: &[
        ("list_users", Handler::Read(list)),
        ("get_user", Handler::Read(get)),
        ("create_user", Handler::Write(write::create)),
        ("update_user", Handler::Write(write::update)),
        ("disable_user", Handler::Write(switch::disable)),
        ("enable_user", Handler::Write(switch::enable)),
        (
            "change_user_permission_level",
            Handler::Write(switch::demote),
        ),
        ("add_user_email_address", Handler::Write(email::add)),
    ],
};

static USER_PRESENTATION: Presentation = Presentation {
    kind: &USER,
    show: document::full,
    embeds: &[
        Embeds {
            table: "office",
            ids: "SELECT user.id FROM user, json_each(user.state, '$.office_ids') AS office
                  WHERE office.value = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Deep,
        },
        Embeds {
            table: "department",
            ids: "SELECT user.id FROM user, json_each(user.state, '$.department_ids') AS department
                  WHERE department.value = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Deep,
        },
        CUSTOM_FIELDS_OF_USERS,
        USERS_AS_VALUES_OF_USERS,
    ],
    redact: Some(document::redact),
};

const FILTERS: &[Filter] = &[
    Filter::text("employee_id", "employee_id"),
    Filter::text_where(
        "email",
        "id IN (SELECT user_id FROM user_email WHERE address = ?)",
    ),
];

fn list(cx: &Reading<'_>) -> Outcome {
    let list = List::of(&USER)
        .filters(FILTERS)
        .filters(CREATED_AND_UPDATED);
    if cx.call.flag("user_attributes") {
        cx.list(list)
    } else {
        cx.list(list.shown_by(document::without_custom_fields))
    }
}

fn get(cx: &Reading<'_>) -> Outcome {
    cx.one_in_path(&USER, "id")
}
