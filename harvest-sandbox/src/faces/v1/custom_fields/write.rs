//! Defining fields, and changing definitions.

use serde::Deserialize;

use super::options;
use crate::domain;
use crate::domain::custom_fields::{CUSTOM_FIELD, CustomField, ValueType};
use crate::domain::departments::DEPARTMENT;
use crate::domain::names;
use crate::domain::offices::OFFICE;
use crate::domain::patch::{Change, replace};
use crate::domain::unique::unique;
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::Problems;
use crate::store::{Edit, Kind, View};

#[derive(Deserialize)]
struct Create {
    field_type: String,
    value_type: ValueType,
    #[serde(flatten)]
    settings: Settings,
    #[serde(default)]
    generate_email_token: bool,
}

#[derive(Deserialize)]
struct Update {
    field_type: Option<String>,
    value_type: Option<ValueType>,
    #[serde(flatten)]
    settings: Settings,
    #[serde(default)]
    template_token_string: Change<String>,
}

/// What is said of new and of present fields alike.
#[derive(Deserialize)]
struct Settings {
    name: Option<String>,
    #[serde(default)]
    description: Change<String>,
    private: Option<bool>,
    required: Option<bool>,
    require_approval: Option<bool>,
    trigger_new_version: Option<bool>,
    expose_in_job_board_api: Option<bool>,
    api_only: Option<bool>,
    office_ids: Option<Vec<i64>>,
    department_ids: Option<Vec<i64>>,
    custom_field_options: Option<Vec<options::Input>>,
}

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    cx.user.require_site_admin()?;
    let body: Create = cx.call.body()?;
    let mut problems = Problems::default();
    check_type(&body, &mut problems);
    let name = body.settings.name.clone().unwrap_or_default();
    let name_key = domain::custom_fields::new_key(cx, &body.field_type, &name)?;
    let last = "SELECT max(priority) FROM custom_field WHERE field_type = ?1";
    let last: Option<i64> = cx.value(last, [&body.field_type])?.flatten();
    let mut field = CustomField {
        name,
        active: true,
        priority: last.map_or(0, |last| last + 1),
        field_type: body.field_type,
        value_type: body.value_type,
        private: false,
        required: false,
        require_approval: false,
        trigger_new_version: false,
        template_token_string: body
            .generate_email_token
            .then(|| domain::custom_fields::of_key(&name_key)),
        name_key,
        description: None,
        expose_in_job_board_api: false,
        api_only: false,
        office_ids: Vec::new(),
        department_ids: Vec::new(),
        options: Vec::new(),
    };
    body.settings.apply(cx, &mut field, &mut problems)?;
    problems.check()?;
    let id = cx.insert(&CUSTOM_FIELD, &field)?;
    let mut reply = alone(cx, id)?;
    reply.status = axum::http::StatusCode::CREATED;
    Ok(reply)
}

/// Users can have fields of few types; those that offer a choice need something to choose from.
fn check_type(body: &Create, problems: &mut Problems) {
    let of_users = [
        ValueType::SingleSelect,
        ValueType::MultiSelect,
        ValueType::YesNo,
        ValueType::User,
    ];
    if body.field_type == "user_attribute" && !of_users.contains(&body.value_type) {
        problems.add(
            "value_type",
            "Fields of users are single_select, multi_select, yes_no or user",
        );
    }
    let options = body.settings.custom_field_options.as_ref();
    if body.value_type.has_options() && options.is_none_or(Vec::is_empty) {
        problems.add(
            "custom_field_options",
            "Fields of type single_select and multi_select need options",
        );
    }
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut field): (i64, CustomField) = cx.record_in_path(&CUSTOM_FIELD, "id")?;
    cx.user.require_site_admin()?;
    let body: Update = cx.call.body()?;
    let mut problems = Problems::default();
    if body
        .field_type
        .is_some_and(|other| other != field.field_type)
    {
        problems.add("field_type", "Can't be changed");
    }
    if body
        .value_type
        .is_some_and(|other| other != field.value_type)
    {
        problems.add("value_type", "Can't be changed");
    }
    match body.template_token_string {
        Change::Leave => {}
        Change::Clear => field.template_token_string = None,
        Change::Set(text) => {
            let token = domain::custom_fields::asked_for(cx, id, &text, &mut problems)?;
            field.template_token_string = Some(token);
        }
    }
    body.settings.apply(cx, &mut field, &mut problems)?;
    problems.check()?;
    cx.save(&CUSTOM_FIELD, id, &field)?;
    alone(cx, id)
}

/// The field as the only item of a list, as documented for both.
fn alone(view: &View<'_>, id: i64) -> Outcome {
    Ok(Reply::documents(&[view.document(&CUSTOM_FIELD, id)?]))
}

impl Settings {
    /// Changes a field. Switches that mean nothing to its type of record are let pass and left off: the documented request
    /// itself sends a field of applications with some that are for jobs only.
    fn apply(
        self,
        edit: &Edit<'_>,
        field: &mut CustomField,
        problems: &mut Problems,
    ) -> Outcome<()> {
        if let Some(name) = &self.name {
            names::check("name", name, problems);
        }
        replace(&mut field.name, self.name);
        self.description.apply(&mut field.description);
        let (of_jobs, of_offers, of_openings) = match field.field_type.as_str() {
            "job" => (true, false, false),
            "offer" => (false, true, false),
            "opening" => (false, false, true),
            _ => (false, false, false),
        };
        let of_any = of_jobs || of_offers || of_openings;
        replace(&mut field.private, self.private);
        field.private |= of_offers;
        let switches = [
            (&mut field.required, self.required, of_any),
            (
                &mut field.require_approval,
                self.require_approval,
                of_jobs || of_openings,
            ),
            (
                &mut field.trigger_new_version,
                self.trigger_new_version,
                of_offers,
            ),
            (
                &mut field.expose_in_job_board_api,
                self.expose_in_job_board_api,
                of_jobs,
            ),
            (&mut field.api_only, self.api_only, of_jobs),
        ];
        for (switch, to, means_something) in switches {
            replace(switch, to.filter(|_| means_something));
        }
        if of_any {
            let ids = existing(
                edit,
                &OFFICE,
                ("office_ids", "An office"),
                self.office_ids,
                problems,
            )?;
            replace(&mut field.office_ids, ids);
            let names = ("department_ids", "A department");
            let ids = existing(edit, &DEPARTMENT, names, self.department_ids, problems)?;
            replace(&mut field.department_ids, ids);
        }
        match self.custom_field_options {
            Some(inputs) if field.value_type.has_options() => {
                options::merge(edit, field, inputs, "custom_field_options", problems)
            }
            Some(inputs) if !inputs.is_empty() => {
                problems.add(
                    "custom_field_options",
                    "Only fields of type single_select and multi_select have options",
                );
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// Ids of units that a field is limited to, of which each has to be there.
fn existing(
    view: &View<'_>,
    kind: &Kind,
    (field, what): (&str, &'static str),
    ids: Option<Vec<i64>>,
    problems: &mut Problems,
) -> Outcome<Option<Vec<i64>>> {
    for (place, id) in ids.iter().flatten().enumerate() {
        if !view.exists(kind, *id)? {
            problems.unknown(&format!("{field}.{place}"), what);
        }
    }
    Ok(ids.map(unique))
}
