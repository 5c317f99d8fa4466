//! The comparison of two types, place by place.

use std::collections::BTreeSet;

use super::shape::{Object, Shape};
use crate::report::{Aspect, Check, Place, Report};

/// What is compared, and where it stands.
pub struct Comparison<'a> {
    pub report: &'a mut Report,
    pub place: Place,
    pub subject: &'a str,
}

impl Comparison<'_> {
    /// Compares a type with all that is inside it.
    pub fn types(&mut self, at: &str, described: &Shape, documented: &Shape) {
        self.equal(Aspect::Type, at, &described.types, &documented.types);
        self.equal(Aspect::Null, at, &described.nullable, &documented.nullable);
        let format = |shape: &Shape| shape.format.clone().filter(|format| !is_width(format));
        self.equal(Aspect::Format, at, &format(described), &format(documented));
        self.equal(Aspect::Values, at, &described.values, &documented.values);
        if self.place != Place::Answer {
            self.equal(Aspect::Bounds, at, &described.bounds, &documented.bounds);
            self.equal(Aspect::Default, at, &described.default, &documented.default);
            let deprecated = (&described.deprecated, &documented.deprecated);
            self.equal(Aspect::Deprecated, at, deprecated.0, deprecated.1);
        }
        match (&described.items, &documented.items) {
            (Some(described), Some(documented)) => {
                self.types(&format!("{at}[]"), described, documented);
            }
            (described, documented) => {
                let items = (&described.is_some(), &documented.is_some());
                self.equal(Aspect::Type, &format!("{at}[]"), items.0, items.1);
            }
        }
        let (several, expected) = (described.objects.len(), documented.objects.len());
        if several.max(expected) > 1 || several != expected {
            self.equal(Aspect::Forms, at, &several, &expected);
        }
        if several != expected {
            return;
        }
        for (described, documented) in described.objects.iter().zip(&documented.objects) {
            self.objects(at, described, documented);
        }
    }

    fn objects(&mut self, at: &str, described: &Object, documented: &Object) {
        let names: BTreeSet<_> = described
            .properties
            .keys()
            .chain(documented.properties.keys())
            .collect();
        for name in names {
            let at = if at.is_empty() {
                name.clone()
            } else {
                format!("{at}.{name}")
            };
            let (one, other) = (
                described.properties.get(name),
                documented.properties.get(name),
            );
            self.present(&at, one.is_some(), other.is_some());
            if let (Some(one), Some(other)) = (one, other) {
                self.types(&at, one, other);
            }
        }
        self.equal(
            Aspect::Required,
            at,
            &described.required,
            &documented.required,
        );
        if self.place != Place::Answer {
            self.equal(Aspect::Closed, at, &described.closed, &documented.closed);
            self.equal(Aspect::OneOf, at, &described.one_of, &documented.one_of);
        }
        match (&described.values, &documented.values) {
            (Some(described), Some(documented)) => {
                self.types(&format!("{at}.*"), described, documented);
            }
            (described, documented) => {
                self.present(
                    &format!("{at}.*"),
                    described.is_some(),
                    documented.is_some(),
                );
            }
        }
    }

    /// Compares whether something is there.
    pub fn present(&mut self, at: &str, described: bool, documented: bool) {
        let result = match (described, documented) {
            (true, false) => Err("not documented".to_owned()),
            (false, true) => Err("not described".to_owned()),
            // Nothing to compare.
            (false, false) => return,
            (true, true) => Ok(()),
        };
        let check = Check::Of(self.place, Aspect::Present);
        self.report.compare(check, self.subject, at, result);
    }

    /// Compares two values of one aspect. Where neither side has any there is nothing to compare.
    pub fn equal<T>(&mut self, aspect: Aspect, at: &str, described: &T, documented: &T)
    where
        T: PartialEq + std::fmt::Debug + Default,
    {
        if described == &T::default() && documented == &T::default() && aspect.can_be_absent() {
            return;
        }
        let check = Check::Of(self.place, aspect);
        let both = (described, documented);
        self.report.equal(check, self.subject, at, both);
    }
}

/// How wide a number is: every id is described as `int64`, and only some are documented as such.
fn is_width(format: &str) -> bool {
    ["int32", "int64", "double"].contains(&format)
}
