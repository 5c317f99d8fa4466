//! The users of a new organization.

use super::USER;
use crate::domain::departments::DEPARTMENT;
use crate::domain::offices::OFFICE;
use crate::domain::organization::{Person, Seed, days_ago};
use crate::domain::records::user::{Email, User};
use crate::refusal::Outcome;

/// How many there are beside the integration.
const PEOPLE: usize = 14;

/// So many of them are site admins, job admins on some jobs, and basic, in this order.
pub(crate) const SITE_ADMINS: usize = 3;

/// The integration user of the support article, with whom `GET /v1/users` begins.
const INTEGRATION: i64 = 1_049_756;

pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let integration = User {
        first_name: Some("Integration".to_owned()),
        last_name: Some("User".to_owned()),
        emails: vec![Email::new(seed, "integrationuser@gmail.com", true)?],
        employee_id: Some("INTUSER123".to_owned()),
        site_admin: true,
        updated_at: "2019-03-28T18:29:46.015Z".to_owned(),
        created_at: "2019-03-26T22:23:46.414Z".to_owned(),
        ..User::default()
    };
    integration.save(seed, INTEGRATION)?;

    let offices = seed.ids(&OFFICE)?;
    let departments = seed.ids(&DEPARTMENT)?;
    for number in 0..PEOPLE {
        let mut dice = seed.dice("user", number);
        let person = Person::invent(&mut dice);
        let email = person.email(number);
        let created_days_ago = 400 + dice.below(700);
        let user = User {
            first_name: Some(person.first_name.to_owned()),
            last_name: Some(person.last_name.to_owned()),
            emails: vec![Email::new(seed, &email, true)?],
            employee_id: Some(format!("E-{:04}", 1_001 + number)),
            disabled: number + 1 == PEOPLE,
            site_admin: number < SITE_ADMINS,
            office_ids: dice.maybe(&offices).copied().into_iter().collect(),
            department_ids: dice.maybe(&departments).copied().into_iter().collect(),
            created_at: days_ago(created_days_ago, &mut dice),
            updated_at: days_ago(1 + dice.below(300), &mut dice),
            ..User::default()
        };
        let id = seed.new_id(&USER)?;
        user.save(seed, id)?;
    }
    Ok(())
}
