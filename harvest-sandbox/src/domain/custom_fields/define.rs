//! Definitions of fields, and changes of them.

use serde::Deserialize;

use super::options::{NewOption, merge};
use super::token::{asked_for, new_key, of_key};
use super::{CUSTOM_FIELD, CustomField, ValueType};
use crate::domain::access::Actor;
use crate::domain::departments::DEPARTMENT;
use crate::domain::names;
use crate::domain::offices::OFFICE;
use crate::domain::patch::{Change, replace};
use crate::domain::unique::unique;
use crate::refusal::{FieldRule, Outcome, Problems, Refusal, Rule};
use crate::store::{Edit, Kind, View};

/// A field to define.
#[derive(Deserialize)]
pub(crate) struct New {
    pub(crate) field_type: String,
    pub(crate) value_type: ValueType,
    #[serde(flatten)]
    pub(crate) settings: Settings,
    #[serde(default)]
    pub(crate) generate_email_token: bool,
}

/// Changes of a definition.
#[derive(Default, Deserialize)]
pub(crate) struct Changes {
    pub(crate) field_type: Option<String>,
    pub(crate) value_type: Option<ValueType>,
    #[serde(flatten)]
    pub(crate) settings: Settings,
    #[serde(default)]
    pub(crate) template_token_string: Change<String>,
}

/// The settings of new and of present fields alike.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    pub(crate) name: Option<String>,
    pub(crate) description: Change<String>,
    pub(crate) private: Option<bool>,
    pub(crate) required: Option<bool>,
    pub(crate) require_approval: Option<bool>,
    pub(crate) trigger_new_version: Option<bool>,
    pub(crate) expose_in_job_board_api: Option<bool>,
    pub(crate) api_only: Option<bool>,
    pub(crate) office_ids: Option<Vec<i64>>,
    pub(crate) department_ids: Option<Vec<i64>>,
    pub(crate) custom_field_options: Option<Vec<NewOption>>,
}

/// Defines a field, and says under which id.
pub(crate) fn create(edit: &mut Edit<'_>, actor: &Actor, new: New) -> Outcome<i64> {
    actor.require_site_admin()?;
    let mut problems = Problems::default();
    check_type(&new, &mut problems);
    let name = new.settings.name.clone().unwrap_or_default();
    let name_key = new_key(edit, &new.field_type, &name)?;
    let last = "SELECT max(priority) FROM custom_field WHERE field_type = ?1";
    let last: Option<i64> = edit.value(last, [&new.field_type])?.flatten();
    let mut field = CustomField {
        name,
        active: true,
        priority: last.map_or(0, |last| last + 1),
        field_type: new.field_type,
        value_type: new.value_type,
        private: false,
        required: false,
        require_approval: false,
        trigger_new_version: false,
        template_token_string: new.generate_email_token.then(|| of_key(&name_key)),
        name_key,
        description: None,
        expose_in_job_board_api: false,
        api_only: false,
        office_ids: Vec::new(),
        department_ids: Vec::new(),
        options: Vec::new(),
    };
    new.settings.apply(edit, &mut field, &mut problems)?;
    problems.check()?;
    let id = edit.new_id(&CUSTOM_FIELD)?;
    field.save(edit, id)?;
    Ok(id)
}

/// Users can have fields of few types; those that offer a choice need something to choose from.
fn check_type(new: &New, problems: &mut Problems) {
    let of_users = [
        ValueType::SingleSelect,
        ValueType::MultiSelect,
        ValueType::YesNo,
        ValueType::User,
    ];
    if new.field_type == "user_attribute" && !of_users.contains(&new.value_type) {
        problems.add("value_type", Rule::Field(FieldRule::NotOfUsers));
    }
    let options = new.settings.custom_field_options.as_ref();
    if new.value_type.has_options() && options.is_none_or(Vec::is_empty) {
        problems.add("custom_field_options", Rule::Field(FieldRule::NeedsOptions));
    }
}

/// Changes a definition.
pub(crate) fn change(edit: &mut Edit<'_>, actor: &Actor, id: i64, changes: Changes) -> Outcome<()> {
    actor.require_site_admin()?;
    let mut field: CustomField = edit.get(&CUSTOM_FIELD, id)?;
    let mut problems = Problems::default();
    let Changes {
        field_type,
        value_type,
        ..
    } = changes;
    if field_type.is_some_and(|other| other != field.field_type) {
        problems.add("field_type", Rule::Field(FieldRule::Fixed));
    }
    if value_type.is_some_and(|other| other != field.value_type) {
        problems.add("value_type", Rule::Field(FieldRule::Fixed));
    }
    match changes.template_token_string {
        Change::Leave => {}
        Change::Clear => field.template_token_string = None,
        Change::Set(text) => {
            field.template_token_string = Some(asked_for(edit, id, &text, &mut problems)?);
        }
    }
    changes.settings.apply(edit, &mut field, &mut problems)?;
    problems.check()?;
    field.save(edit, id)
}

/// Takes a field out of use. The definition and the values that records have of it stay where they are.
pub(crate) fn delete(edit: &mut Edit<'_>, actor: &Actor, id: i64) -> Outcome<()> {
    actor.require_site_admin()?;
    let mut field: CustomField = edit.get(&CUSTOM_FIELD, id)?;
    if field.required {
        return Err(Refusal::whole(Rule::Field(FieldRule::Required)));
    }
    if field.active {
        field.active = false;
        field.save(edit, id)?;
    }
    Ok(())
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
                merge(edit, field, inputs, "custom_field_options", problems)
            }
            Some(inputs) if !inputs.is_empty() => {
                problems.add(
                    "custom_field_options",
                    Rule::Field(FieldRule::TakesNoOptions),
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
