//! Words for what is wrong that name properties of v1.

use crate::refusal::{Invalid, LocationForm, Rule, Why};

/// The sentence of v1, where it is not the one that all versions have.
pub(super) fn words(one: &Invalid) -> Option<String> {
    let Why::Rule(rule) = &one.why else {
        return None;
    };
    let plain = match rule {
        Rule::UnclearMonth(name) => {
            return Some(format!(
                "Send {name}_date, or {name}_month with {name}_year"
            ));
        }
        Rule::EndsTooEarly => "Must be after start",
        Rule::LocationForm(LocationForm::Office) => "The job board wants an office_id",
        Rule::LocationForm(LocationForm::OwnList) => "The job board wants a custom_location_id",
        _ => return None,
    };
    Some(plain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faces::v1::FACE;
    use crate::refusal::Refusal;

    #[test]
    fn sentences_name_properties_of_this_version() {
        for (rule, sentence) in [
            (Rule::EndsTooEarly, "Must be after start"),
            (
                Rule::UnclearMonth("end"),
                "Send end_date, or end_month with end_year",
            ),
            (
                Rule::LocationForm(LocationForm::Office),
                "The job board wants an office_id",
            ),
            (Rule::NoDate, "Must be an ISO 8601 date"),
        ] {
            let refused = FACE.worded(Refusal::field("at", rule));
            let errors = refused.into_reply().errors();
            assert_eq!(errors[0].message, sentence);
        }
    }
}
