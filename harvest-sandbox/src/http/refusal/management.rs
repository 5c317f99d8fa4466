//! Words for the rules of what administrators see to: definitions, accounts, units, credentials, webhooks.

use std::borrow::Cow;

use crate::refusal::{
    FieldRule, IntegrationRule, RedirectUriRule, UnitRule, UserRule, WebhookRule,
};

pub(super) fn words_of_field(rule: FieldRule) -> &'static str {
    match rule {
        FieldRule::NotOfUsers => "Fields of users are single_select, multi_select, yes_no or user",
        FieldRule::NeedsOptions => "Fields of type single_select and multi_select need options",
        FieldRule::TakesNoOptions => {
            "Only fields of type single_select and multi_select have options"
        }
        FieldRule::Fixed => "Can't be changed",
        FieldRule::Required => "A required field can't be deleted: make it optional first",
        FieldRule::Unlimited => {
            "Only fields of jobs, offers and openings are limited to departments and offices"
        }
        FieldRule::Token => "Must not be blank, and is sent without braces",
    }
}

pub(super) fn words_of_user(rule: UserRule) -> &'static str {
    match rule {
        UserRule::Oneself => "Users can't disable themselves",
        UserRule::LastSiteAdmin => "The organization needs another site admin first",
        UserRule::NoSiteAdmin => "Must be a site admin",
        UserRule::ConfidentialJob => "Permissions on confidential jobs can't be given by the API",
        UserRule::NoAddress => "Must be an e-mail address",
    }
}

pub(super) fn words_of_unit(rule: UnitRule) -> Cow<'static, str> {
    match rule {
        UnitRule::WithinItself => "Is the unit itself, or below it".into(),
        UnitRule::TooDeep(most) => {
            format!("Has {most} levels with this one, which is the maximum").into()
        }
    }
}

pub(super) fn words_of_integration(rule: IntegrationRule) -> Cow<'static, str> {
    let plain = match rule {
        IntegrationRule::LongDescription(most) => {
            return format!("Say it in {most} characters or less").into();
        }
        IntegrationRule::TooManyRedirectUris(most) => {
            return format!("There can be {most} redirect URIs at most").into();
        }
        IntegrationRule::NoDescription => "Say what the credential is for, so that you know later",
        IntegrationRule::NoActiveUser => "Choose an active user",
        IntegrationRule::NoRedirectUri => "A partner integration needs a redirect URI",
        IntegrationRule::NoPartner => "Only a partner integration has redirect URIs",
        IntegrationRule::RedirectUri(rule) => words_of_redirect_uri(rule),
    };
    plain.into()
}

fn words_of_redirect_uri(rule: RedirectUriRule) -> &'static str {
    match rule {
        RedirectUriRule::TooLong => "A redirect URI can have 2,000 characters at most",
        RedirectUriRule::Characters => {
            "A redirect URI has no spaces, quotes, brackets, commas, semicolons or other such \
             characters"
        }
        RedirectUriRule::Fragment => "A redirect URI has no fragment (#)",
        RedirectUriRule::Scheme => {
            "A redirect URI begins with https://, or http:// on this computer"
        }
        RedirectUriRule::UserName => "A redirect URI has no user name",
        RedirectUriRule::Host => {
            "A redirect URI names a host, such as https://app.example.com/callback"
        }
    }
}

pub(super) fn words_of_webhook(rule: WebhookRule) -> Cow<'static, str> {
    match rule {
        WebhookRule::NoSecret => "Is empty, so that anyone could sign with it".into(),
        WebhookRule::Attempts(most) => format!("Must be from 1 to {most}").into(),
        WebhookRule::TooLong(most) => format!("Must have at most {most} bytes").into(),
        WebhookRule::TooMany(most) => {
            format!("There are {most} webhooks already, and no more are kept").into()
        }
    }
}
