//! Words for what is wrong that name properties of v3.

use crate::refusal::{Invalid, LocationForm, Rule, Why};

/// The sentence of v3, where it is not the one that all versions have.
pub(super) fn words(one: &Invalid) -> Option<String> {
    let Why::Rule(rule) = &one.why else {
        return None;
    };
    let plain = match rule {
        Rule::UnclearMonth(name) => {
            return Some(format!(
                "Send {name}_date, or {name}_date_month with {name}_date_year"
            ));
        }
        Rule::EndsTooEarly => "Must be after starts_at",
        Rule::LocationForm(LocationForm::Office) => "The job board wants the type office",
        Rule::LocationForm(LocationForm::OwnList) => "The job board wants the type custom_list",
        Rule::LocationForm(LocationForm::Text) => "The job board wants the type free_text",
        _ => return None,
    };
    Some(plain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faces::v3::FACE;
    use crate::refusal::Refusal;

    #[test]
    fn sentences_name_properties_of_this_version() {
        for (rule, sentence) in [
            (Rule::EndsTooEarly, "Must be after starts_at"),
            (
                Rule::UnclearMonth("end"),
                "Send end_date, or end_date_month with end_date_year",
            ),
            (
                Rule::LocationForm(LocationForm::Office),
                "The job board wants the type office",
            ),
            (Rule::NoDate, "Must be an ISO 8601 date"),
        ] {
            let refused = FACE.worded(Refusal::field("at", rule));
            let errors = refused.into_reply().errors();
            assert_eq!(errors[0].message, sentence);
        }
    }
}
