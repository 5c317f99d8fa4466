//! Limits of fields to departments and offices, one by one.

use super::{CUSTOM_FIELD, CUSTOM_FIELD_DEPARTMENT, CustomField};
use crate::domain::access::Actor;
use crate::domain::departments::DEPARTMENT;
use crate::domain::offices::OFFICE;
use crate::refusal::{FieldRule, Outcome, Problems, Refusal, Rule};
use crate::store::{Edit, Kind};

/// Limits a field to one more department or office, as the kind of the pair says, and says under which id the pair is
/// kept.
pub(crate) fn limit(
    edit: &mut Edit<'_>,
    actor: &Actor,
    pairs: &'static Kind,
    field_id: i64,
    unit_id: i64,
) -> Outcome<i64> {
    actor.require_site_admin()?;
    let mut problems = Problems::default();
    let field: Option<CustomField> = edit.find(&CUSTOM_FIELD, field_id)?;
    if field.is_none() {
        problems.unknown("custom_field_id", "A custom field");
    }
    let (unit, at, what) = if of_departments(pairs) {
        (&DEPARTMENT, "department_id", "A department")
    } else {
        (&OFFICE, "office_id", "An office")
    };
    if !edit.exists(unit, unit_id)? {
        problems.unknown(at, what);
    }
    problems.check()?;
    let mut field = field.ok_or_else(Refusal::not_found)?;
    let limits = field.limits(pairs);
    if limits.contains(&unit_id) {
        problems.taken(at);
    }
    limits.push(unit_id);
    if !field.can_be_limited() {
        problems.add("custom_field_id", Rule::Field(FieldRule::Unlimited));
    }
    problems.check()?;
    field.save(edit, field_id)?;
    let sql = format!(
        "SELECT id FROM {} WHERE custom_field_id = ?1 AND {at} = ?2",
        pairs.table
    );
    let id = edit.value(&sql, (field_id, unit_id))?;
    id.ok_or_else(Refusal::not_found)
}

/// Takes a limit away.
pub(crate) fn unlimit(
    edit: &mut Edit<'_>,
    actor: &Actor,
    pairs: &'static Kind,
    id: i64,
) -> Outcome<()> {
    actor.require_site_admin()?;
    let column = if of_departments(pairs) {
        "department_id"
    } else {
        "office_id"
    };
    let sql = format!(
        "SELECT json_array(custom_field_id, {column}) FROM {} WHERE id = ?1",
        pairs.table
    );
    let pair: Option<String> = edit.value(&sql, [id])?;
    let pair = pair.and_then(|pair| serde_json::from_str::<(i64, i64)>(&pair).ok());
    let (field_id, unit_id) = pair.ok_or_else(Refusal::not_found)?;
    let mut field: CustomField = edit.get(&CUSTOM_FIELD, field_id)?;
    field.limits(pairs).retain(|known| *known != unit_id);
    field.save(edit, field_id)
}

fn of_departments(pairs: &'static Kind) -> bool {
    pairs.table == CUSTOM_FIELD_DEPARTMENT.table
}

impl CustomField {
    fn limits(&mut self, pairs: &'static Kind) -> &mut Vec<i64> {
        if of_departments(pairs) {
            &mut self.department_ids
        } else {
            &mut self.office_ids
        }
    }

    /// Whether there are departments and offices of its records to go by.
    fn can_be_limited(&self) -> bool {
        matches!(self.field_type.as_str(), "job" | "offer" | "opening")
    }
}
