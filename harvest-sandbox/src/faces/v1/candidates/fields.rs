//! What a candidate can be made of, and what has to hold for it.

use serde::Deserialize;

use crate::clock;
use crate::domain::candidates::{Candidate, Contact, Education, Employment};
use crate::domain::education::{DEGREE, DISCIPLINE, SCHOOL};
use crate::domain::names::check_length;
use crate::domain::patch::{Change, replace};
use crate::domain::tags;
use crate::domain::unique::unique;
use crate::domain::users::USER;
use crate::faces::v1::custom_fields;
use crate::faces::v1::custom_fields::Input;
use crate::http::refusal::Outcome;
use crate::refusal::Problems;
use crate::store::{Edit, Kind, View};

/// The properties that can be set when a candidate is added, and changed later.
#[derive(Deserialize)]
pub(super) struct Fields {
    first_name: Option<String>,
    last_name: Option<String>,
    #[serde(default)]
    company: Change<String>,
    #[serde(default)]
    title: Change<String>,
    is_private: Option<bool>,
    phone_numbers: Option<Vec<Contact>>,
    addresses: Option<Vec<Contact>>,
    email_addresses: Option<Vec<Contact>>,
    website_addresses: Option<Vec<Contact>>,
    social_media_addresses: Option<Vec<Contact>>,
    tags: Option<Vec<String>>,
    #[serde(default)]
    custom_fields: Vec<Input>,
    recruiter: Option<Selector>,
    coordinator: Option<Selector>,
}

/// A user, by id or by e-mail address. The documentation calls the id `id` in one place and `user_id` in another.
#[derive(Deserialize)]
struct Selector {
    id: Option<i64>,
    user_id: Option<i64>,
    email: Option<String>,
}

impl Fields {
    /// Changes a candidate as they say: lists are replaced, custom fields are changed one by one.
    pub(super) fn apply(
        self,
        edit: &mut Edit<'_>,
        candidate: &mut Candidate,
        problems: &mut Problems,
    ) -> Outcome<()> {
        replace(&mut candidate.first_name, self.first_name);
        replace(&mut candidate.last_name, self.last_name);
        self.company.apply(&mut candidate.company);
        self.title.apply(&mut candidate.title);
        replace(&mut candidate.is_private, self.is_private);
        replace(&mut candidate.phone_numbers, self.phone_numbers);
        replace(&mut candidate.addresses, self.addresses);
        replace(&mut candidate.email_addresses, self.email_addresses);
        replace(&mut candidate.website_addresses, self.website_addresses);
        replace(
            &mut candidate.social_media_addresses,
            self.social_media_addresses,
        );
        if let Some(selector) = self.recruiter {
            candidate.recruiter_id = selector.find(edit, "recruiter", problems)?;
        }
        if let Some(selector) = self.coordinator {
            candidate.coordinator_id = selector.find(edit, "coordinator", problems)?;
        }
        let values = &mut candidate.custom_fields;
        custom_fields::apply(edit, "candidate", &self.custom_fields, values, "", problems)?;
        if let Some(names) = self.tags {
            for (place, name) in names.iter().enumerate() {
                check_length(&format!("tags.{place}"), name, problems);
            }
            // A name that is new makes a new tag.
            let ids = names.iter().map(|name| Ok(tags::named(edit, name)?.0));
            candidate.tag_ids = unique(ids.collect::<Outcome<Vec<_>>>()?);
        }
        Ok(())
    }
}

impl Selector {
    fn find(&self, view: &View<'_>, field: &str, problems: &mut Problems) -> Outcome<Option<i64>> {
        let found = if let Some(id) = self.id.or(self.user_id) {
            view.exists(&USER, id)?.then_some(id)
        } else {
            let sql = "SELECT user_id FROM user_email WHERE address = ?1";
            view.value(sql, [&self.email])?
        };
        if found.is_none() {
            problems.add(field, "Names no user");
        }
        Ok(found)
    }
}

/// An education to add.
#[derive(Deserialize)]
pub(in crate::faces::v1) struct EducationInput {
    school_id: Option<i64>,
    discipline_id: Option<i64>,
    degree_id: Option<i64>,
    start_month: Option<u32>,
    start_year: Option<u32>,
    start_date: Option<String>,
    end_month: Option<u32>,
    end_year: Option<u32>,
    end_date: Option<String>,
}

impl EducationInput {
    pub(in crate::faces::v1) fn check(
        &self,
        edit: &Edit<'_>,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<Education> {
        let references: [(&str, Option<i64>, &Kind, &str); 3] = [
            ("school_id", self.school_id, &SCHOOL, "A school"),
            (
                "discipline_id",
                self.discipline_id,
                &DISCIPLINE,
                "A discipline",
            ),
            ("degree_id", self.degree_id, &DEGREE, "A degree"),
        ];
        for (field, id, kind, what) in references {
            if let Some(id) = id
                && !edit.exists(kind, id)?
            {
                problems.unknown(&format!("{at}{field}"), what);
            }
        }
        let mut month = |name: &str, month, year, date: &Option<String>| match (month, year, date) {
            (None, None, None) => None,
            (Some(month), Some(year), None) => {
                Some(format!("{year:04}-{month:02}-01T00:00:00.000Z"))
            }
            // Only month and year are kept.
            (None, None, Some(date)) => {
                clock::parse(date).map(|date| format!("{}-01T00:00:00.000Z", &date[..7]))
            }
            _ => {
                let message = format!("Send {name}_date, or {name}_month with {name}_year");
                problems.add(&format!("{at}{name}_date"), message);
                None
            }
        };
        Ok(Education {
            id: edit.next_number("education", 4_009_130_027)?,
            school_id: self.school_id,
            degree_id: self.degree_id,
            discipline_id: self.discipline_id,
            start_date: month("start", self.start_month, self.start_year, &self.start_date),
            end_date: month("end", self.end_month, self.end_year, &self.end_date),
        })
    }
}

/// An employment to add.
#[derive(Deserialize)]
pub(in crate::faces::v1) struct EmploymentInput {
    company_name: String,
    title: String,
    start_date: String,
    end_date: Option<String>,
}

impl EmploymentInput {
    pub(in crate::faces::v1) fn check(
        self,
        edit: &Edit<'_>,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<Employment> {
        // The time of day is ignored.
        let day = |text: &str| clock::parse_day(text).map(|day| format!("{day}T00:00:00.000Z"));
        let start_date = day(&self.start_date).unwrap_or_default();
        let end_date = self.end_date.as_deref().and_then(day);
        if end_date.as_ref().is_some_and(|end| *end < start_date) {
            problems.add(&format!("{at}end_date"), "Must not be before start_date");
        }
        Ok(Employment {
            id: edit.next_number("employment", 4_010_570_112)?,
            company_name: self.company_name,
            title: self.title,
            start_date,
            end_date,
        })
    }
}
