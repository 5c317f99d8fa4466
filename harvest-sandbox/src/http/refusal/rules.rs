//! Words for the rules of the domain, which a face uses unless it has others.

use std::borrow::Cow;

use super::management;
use crate::refusal::{AnswerForm, LocationForm, NotRequestable, Rule, ValueForm};

/// The sentence that says which rule is broken.
pub(super) fn words(rule: &Rule) -> Cow<'static, str> {
    let plain = match rule {
        Rule::FilenameTooLong(most) => {
            return format!("Must not be longer than {most} characters").into();
        }
        Rule::NoWebAddress(most) => {
            return format!("Must be an http or https address of up to {most} bytes").into();
        }
        Rule::TooManyOpen { most, open } => {
            return format!("A job can have {most} open openings, and {open} are open").into();
        }
        Rule::TooManyLocations(most) => {
            return format!("A job post can have {most} locations").into();
        }
        Rule::TwoResponsible(candidates) => {
            return format!("Only one user can be responsible for {candidates} candidates").into();
        }
        Rule::NoField(field_type) => {
            let of = field_type.replace('_', " ");
            return format!("There is no such {of} field").into();
        }
        Rule::NoUserWith(what) => return format!("A user with this {what} does not exist.").into(),
        Rule::UnclearMonth(name) => {
            return format!("Send a day for the {name}, or a month with a year").into();
        }
        Rule::Field(rule) => return management::words_of_field(*rule).into(),
        Rule::User(rule) => return management::words_of_user(*rule).into(),
        Rule::Unit(rule) => return management::words_of_unit(*rule),
        Rule::Integration(rule) => return management::words_of_integration(*rule),
        Rule::Webhook(rule) => return management::words_of_webhook(*rule),
        Rule::LongRecord(most) => {
            let what = "With all that is shown of it, a record would be longer than";
            return format!("{what} {most} bytes").into();
        }
        Rule::MissingField(key) => return format!("Missing required custom field: {key}").into(),
        Rule::Converted => {
            "Application must be 'active', 'rejected' or 'hired', is currently 'converted'"
        }
        Rule::NotRejected => "Only a rejected application has them",
        Rule::NotInPool => "Only the application of a prospect is in a pool",
        Rule::OtherPool => "Is no stage of the pool in prospect_pool_id",
        Rule::OfficeWithoutDepartment => "Needs a prospective_department_id",
        Rule::NoTakeHomeTest => "Needs a take-home test, and this job has none",
        Rule::NoOffer => "There is no offer to this candidate",
        Rule::NoLetter => "There is no offer letter that is approved and sent",
        Rule::NoEmailAddress => "The candidate has no e-mail address",
        Rule::PersonalTemplate => "Must be a template of the whole organization",
        Rule::NoUser => "Names no user",
        Rule::NotErasable => "Names something that can't be erased",
        Rule::SameCandidate => "Must be another than the primary candidate",
        Rule::EndsBeforeStart => "Must not be before start_date",
        Rule::NoContent => "Send content or url",
        Rule::NoBase64 => "Must be Base64",
        Rule::OpeningNames => "Must be as many as number_of_openings",
        Rule::None => "Must be at least one",
        Rule::ClosesNothing => "Only goes with closing an open opening",
        Rule::OpeningInUse => {
            "Only a closed opening that was not filled and is in no offer can be deleted"
        }
        Rule::OpeningFilled => "This opening can't be opened again",
        Rule::NothingToClose => "The job has no open opening to close with it",
        Rule::DisabledUser => "This user is disabled",
        Rule::DeletedPost => "A deleted job post can't go live",
        Rule::LocationForm(LocationForm::Office) => "The job board wants an office",
        Rule::LocationForm(LocationForm::OwnList) => {
            "The job board wants a location of its own list"
        }
        Rule::LocationForm(LocationForm::Text) => "The job board wants a text",
        Rule::HiredOffer => "The offer of a candidate who was hired can't be changed",
        Rule::SupersededOffer => "Another version of this offer has taken its place",
        Rule::NoDate => "Must be an ISO 8601 date",
        Rule::OfferWithoutFlow => "Only goes with the type offer_candidate",
        Rule::OfferOfOtherJob => "Is no offer on this job",
        Rule::DecidedFlow => "A flow that is approved or rejected can't be changed",
        Rule::NotRequestable(why) => words_of_request(*why),
        Rule::TooFewApprovers => "Must not be more than there are approvers",
        Rule::NoAccess => "Has to be an active user with access to the job",
        Rule::ResolvedGroup => "The group is resolved",
        Rule::AlreadyApprover => "Is an approver of this group already",
        Rule::InactiveApplication => "This application is not active",
        Rule::NoAppointment => "This interview takes no appointment",
        Rule::ForeignInterview => "Only interviews that were made by the API can be changed by it",
        Rule::CompleteInterview => "This interview is complete",
        Rule::EndsTooEarly => "Must be after the start",
        Rule::ListedTwice => "Is listed twice",
        Rule::Answer(form) => words_of_answer(*form),
        Rule::OneOption => "The question takes one option, and one is chosen",
        Rule::NoRating => "Needs a value or a note",
        Rule::RequiredField => "A required field can't be cleared",
        Rule::Value(form) => words_of_value(*form),
    };
    plain.into()
}

fn words_of_request(why: NotRequestable) -> &'static str {
    match why {
        NotRequestable::Decided => "The flow is decided already",
        NotRequestable::Requested => "The approvals were requested already",
        NotRequestable::NoApprovers => "The flow has no approvers",
    }
}

fn words_of_answer(form: AnswerForm) -> &'static str {
    match form {
        AnswerForm::Text => "The question is answered by a text",
        AnswerForm::Boolean => "The question is answered by true or false",
        AnswerForm::Option => "The question is answered by the id of one of its options",
        AnswerForm::Options => "The question is answered by a list of ids of its options",
        AnswerForm::None => "It is an instruction, and takes no answer",
    }
}

fn words_of_value(form: ValueForm) -> &'static str {
    match form {
        ValueForm::Text => "Must be a text",
        ValueForm::Url => "Must be a URL that begins with http:// or https://",
        ValueForm::Date => "Must be an ISO 8601 date",
        ValueForm::Boolean => "Must be true or false",
        ValueForm::Number => "Must be a number",
        ValueForm::Option => "Must be the id or the name of an option of this field",
        ValueForm::Options => "Must be a list of ids of options of this field",
        ValueForm::User => "Must be the id of a user",
        ValueForm::Unit => "Needs a unit: a currency code such as EUR",
        ValueForm::Range => "Needs both min_value and max_value, as numbers",
        ValueForm::Order => "min_value must not be greater than max_value",
    }
}
