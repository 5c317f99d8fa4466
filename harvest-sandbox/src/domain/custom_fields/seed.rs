//! The custom fields of a new organization: at least one for each type of record, and all types of values.

use super::options::next_option_id;
use super::{CUSTOM_FIELD, token};
use crate::domain::organization::Seed;
use crate::domain::records::custom_field::{CustomField, CustomFieldOption, ValueType};
use crate::refusal::Outcome;

/// Whose, name, immutable key, type, and options.
type Definition = (
    &'static str,
    &'static str,
    &'static str,
    ValueType,
    &'static [&'static str],
);

const FIELDS: &[Definition] = &[
    (
        "job",
        "River basin",
        "river_basin",
        ValueType::SingleSelect,
        &["Douro", "Minho", "Tagus"],
    ),
    ("job", "Field work", "field_work", ValueType::YesNo, &[]),
    ("job", "Pay band", "pay_band", ValueType::CurrencyRange, &[]),
    (
        "candidate",
        "Driving licence",
        "driving_licence",
        ValueType::YesNo,
        &[],
    ),
    (
        "candidate",
        "Notice period",
        "notice_period_1",
        ValueType::SingleSelect,
        &["Two weeks", "One month", "Three months"],
    ),
    (
        "candidate",
        "Languages",
        "languages",
        ValueType::MultiSelect,
        &["Portuguese", "Norwegian", "English"],
    ),
    (
        "candidate",
        "Expected salary",
        "expected_salary",
        ValueType::Currency,
        &[],
    ),
    (
        "application",
        "Available from",
        "available_from",
        ValueType::Date,
        &[],
    ),
    ("application", "Portfolio", "portfolio", ValueType::Url, &[]),
    ("offer", "Salary", "salary", ValueType::Currency, &[]),
    (
        "offer",
        "Contract type",
        "contract",
        ValueType::SingleSelect,
        &["Permanent", "Fixed term"],
    ),
    (
        "opening",
        "Budget year",
        "budget_year",
        ValueType::Number,
        &[],
    ),
    (
        "opening",
        "Hours a week",
        "hours",
        ValueType::NumberRange,
        &[],
    ),
    (
        "rejection_question",
        "Stay in touch?",
        "stay_in_touch",
        ValueType::ShortText,
        &[],
    ),
    (
        "referral_question",
        "How do you know them?",
        "how_known",
        ValueType::LongText,
        &[],
    ),
    (
        "user_attribute",
        "Desk",
        "desk",
        ValueType::SingleSelect,
        &["Window", "Quiet room"],
    ),
    ("user_attribute", "Buddy", "buddy", ValueType::User, &[]),
];

pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    for (priority, (field_type, name, key, value_type, names)) in (0..).zip(FIELDS) {
        let mut options = Vec::new();
        for (priority, name) in (0..).zip(*names) {
            options.push(CustomFieldOption {
                id: next_option_id(seed)?,
                name: (*name).to_owned(),
                priority,
                external_id: None,
                active: true,
            });
        }
        let field = CustomField {
            name: (*name).to_owned(),
            active: true,
            field_type: (*field_type).to_owned(),
            priority,
            value_type: *value_type,
            // Those of offers always are.
            private: *field_type == "offer",
            required: false,
            require_approval: false,
            trigger_new_version: *field_type == "offer",
            name_key: (*key).to_owned(),
            description: None,
            expose_in_job_board_api: false,
            api_only: false,
            office_ids: Vec::new(),
            department_ids: Vec::new(),
            template_token_string: Some(token::of_key(key)),
            options,
        };
        let id = seed.new_id(&CUSTOM_FIELD)?;
        field.save(seed, id)?;
    }
    Ok(())
}
