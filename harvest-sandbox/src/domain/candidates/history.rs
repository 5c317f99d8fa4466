//! Educations and employments of candidates.

use super::update::change;
use super::{Candidate, Education, Employment};
use crate::clock;
use crate::domain::access::{Actor, ClientId};
use crate::domain::education::{DEGREE, DISCIPLINE, SCHOOL};
use crate::refusal::{Outcome, Problems, Refusal, Rule};
use crate::store::{Edit, Kind};

/// An education to add. Paths are the names of these.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewEducation {
    pub(crate) school_id: Option<i64>,
    pub(crate) discipline_id: Option<i64>,
    pub(crate) degree_id: Option<i64>,
    pub(crate) start_date: Option<Month>,
    pub(crate) end_date: Option<Month>,
}

/// A month, which is all that is kept of the dates of an education.
#[derive(Clone, Debug)]
pub(crate) enum Month {
    /// Its first moment, as times are kept.
    Known(String),
    /// A part of it is missing, or it is named twice.
    Unclear,
}

impl Month {
    /// The month of a day, or one by its number and year; none if neither is there.
    pub(crate) fn of(date: Option<&str>, month: Option<u32>, year: Option<u32>) -> Option<Self> {
        let first = |month: &str| Self::Known(format!("{month}-01T00:00:00.000Z"));
        match (month, year, date) {
            (None, None, None) => None,
            (Some(month), Some(year), None) => Some(first(&format!("{year:04}-{month:02}"))),
            (None, None, Some(date)) => {
                let date = clock::parse(date)?;
                date.get(..7).map(first)
            }
            _ => Some(Self::Unclear),
        }
    }

    /// As it is kept, or a problem.
    fn check(self, at: &str, name: &'static str, problems: &mut Problems) -> Option<String> {
        match self {
            Self::Known(time) => Some(time),
            Self::Unclear => {
                problems.add(&format!("{at}{name}_date"), Rule::UnclearMonth(name));
                None
            }
        }
    }
}

impl NewEducation {
    pub(super) fn check(
        self,
        edit: &Edit<'_>,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<Education> {
        let references: [(&str, Option<i64>, &Kind, &'static str); 3] = [
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
        Ok(Education {
            id: edit.next_number("education", 4_009_130_027)?,
            school_id: self.school_id,
            degree_id: self.degree_id,
            discipline_id: self.discipline_id,
            start_date: self
                .start_date
                .and_then(|it| it.check(at, "start", problems)),
            end_date: self.end_date.and_then(|it| it.check(at, "end", problems)),
        })
    }
}

/// An employment to add. Paths are the names of these.
#[derive(Clone, Debug)]
pub(crate) struct NewEmployment {
    pub(crate) company_name: String,
    pub(crate) title: String,
    /// The first moment of a day, as times are kept.
    pub(crate) start_date: String,
    pub(crate) end_date: Option<String>,
}

impl NewEmployment {
    pub(super) fn check(
        self,
        edit: &Edit<'_>,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<Employment> {
        let ends = self.end_date.as_ref();
        if ends.is_some_and(|end| *end < self.start_date) {
            problems.add(&format!("{at}end_date"), Rule::EndsBeforeStart);
        }
        Ok(Employment {
            id: edit.next_number("employment", 4_010_570_112)?,
            company_name: self.company_name,
            title: self.title,
            start_date: self.start_date,
            end_date: self.end_date,
        })
    }
}

/// Adds an education to a candidate.
pub(crate) fn add_education(
    edit: &mut Edit<'_>,
    actor: &Actor,
    candidate: ClientId,
    new: NewEducation,
) -> Outcome<Education> {
    let (_, added) = change(edit, actor, candidate, |edit, candidate, problems| {
        let added = new.check(edit, "", problems)?;
        candidate.educations.push(added.clone());
        Ok(added)
    })?;
    Ok(added)
}

/// Adds an employment to a candidate.
pub(crate) fn add_employment(
    edit: &mut Edit<'_>,
    actor: &Actor,
    candidate: ClientId,
    new: NewEmployment,
) -> Outcome<Employment> {
    let (_, added) = change(edit, actor, candidate, |edit, candidate, problems| {
        let added = new.check(edit, "", problems)?;
        candidate.employments.push(added.clone());
        Ok(added)
    })?;
    Ok(added)
}

/// Takes an education from a candidate.
pub(crate) fn remove_education(
    edit: &mut Edit<'_>,
    actor: &Actor,
    candidate: ClientId,
    id: ClientId,
) -> Outcome<()> {
    let is_meant = |one: &Education| id == one.id;
    remove(edit, actor, candidate, |it| &mut it.educations, is_meant)
}

/// Takes an employment from a candidate.
pub(crate) fn remove_employment(
    edit: &mut Edit<'_>,
    actor: &Actor,
    candidate: ClientId,
    id: ClientId,
) -> Outcome<()> {
    let is_meant = |one: &Employment| id == one.id;
    remove(edit, actor, candidate, |it| &mut it.employments, is_meant)
}

/// Removes the one that is meant from a list of a candidate, or 404.
fn remove<T>(
    edit: &mut Edit<'_>,
    actor: &Actor,
    candidate: ClientId,
    of: fn(&mut Candidate) -> &mut Vec<T>,
    is_meant: impl Fn(&T) -> bool,
) -> Outcome<()> {
    change(edit, actor, candidate, |_, candidate, _| {
        let all = of(candidate);
        let place = all.iter().position(is_meant);
        all.remove(place.ok_or_else(Refusal::not_found)?);
        Ok(())
    })?;
    Ok(())
}
