//! Counts of comparisons, and the differences that they found.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;

use crate::exception::Exception;

/// One kind of comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    Operation,
    Documented,
    Deprecated,
    Internal,
    PartnerOnly,
    SiteAdmin,
    Permission,
    PermissionName,
    Scope,
    Authentication,
    Anchor,
    Pagination,
    ActingUser,
    PathParameter,
    QueryParameter,
    QueryParameterFormat,
    QueryParameterDefault,
    QueryParameterBound,
    BodyField,
    Values,
    Status,
    ErrorStatus,
    Answer,
    AnswerExample,
    ErrorExample,
    RequestExample,
    Attribute,
    AttributeValues,
    ObjectExample,
    /// One aspect of one kind of types.
    Of(Place, Aspect),
}

/// Where a type stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Parameter,
    Body,
    Answer,
}

/// What is known about a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    Present,
    Required,
    Type,
    Null,
    Format,
    Values,
    Bounds,
    Default,
    Deprecated,
    Style,
    Forms,
    Closed,
    OneOf,
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Self::Parameter => "parameters and comparisons of ranges",
            Self::Body => "properties of request bodies",
            Self::Answer => "attributes of objects",
        }
    }
}

impl Aspect {
    /// Whether there can be nothing to compare: most types have no format.
    pub fn can_be_absent(self) -> bool {
        !matches!(
            self,
            Self::Present | Self::Type | Self::Null | Self::Required
        )
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::Present => "are described and documented",
            Self::Required => "are as required as documented",
            Self::Type => "have the documented type",
            Self::Null => "can be null exactly if documented or observed",
            Self::Format => "have the documented format",
            Self::Values => "have the documented values",
            Self::Bounds => "have the documented bounds",
            Self::Default => "have the documented default",
            Self::Deprecated => "are as deprecated as documented",
            Self::Style => "are written in the documented style",
            Self::Forms => "have as many forms as documented",
            Self::Closed => "refuse other properties as documented",
            Self::OneOf => "want exactly one of several properties as documented",
        }
    }
}

impl Check {
    /// The end of the sentence that begins `12 of 12`.
    fn sentence(self) -> String {
        let sentence = match self {
            Self::Of(place, aspect) => return format!("{} {}", place.name(), aspect.sentence()),
            Self::Operation => "operations are described",
            Self::Documented => "described operations are documented",
            Self::Deprecated => "operations are as deprecated as documented",
            Self::Internal => "operations are as internal as documented",
            Self::PartnerOnly => "operations are for partners only exactly if documented",
            Self::SiteAdmin => "operations want a site admin exactly if documented",
            Self::Scope => "operations name the documented scope, and a bearer token",
            Self::Authentication => "operations are authenticated as documented",
            Self::Permission => "operations name the documented permission",
            Self::PermissionName => {
                "permissions that Dev Center was seen to show are those of operations"
            }
            Self::Anchor => "operations point at their section of the documentation",
            Self::Pagination => "operations are paged as documented",
            Self::ActingUser => "operations need an acting user exactly if the documentation does",
            Self::PathParameter => "path parameters are described",
            Self::QueryParameter => "query parameters are described, as required as documented",
            Self::QueryParameterFormat => "query parameters with a known format have it",
            Self::QueryParameterDefault => "defaults of query parameters are described",
            Self::QueryParameterBound => "bounds of query parameters are described",
            Self::BodyField => "body fields are described",
            Self::Values => "listings of values are described",
            Self::Status => "operations have the documented success statuses",
            Self::ErrorStatus => "statuses of refusals are described",
            Self::Answer => "answers are a list, an object or empty as documented",
            Self::AnswerExample => {
                "examples of answers fit their schema and survive their Rust type"
            }
            Self::ErrorExample => "examples of errors fit their schema and say what is wrong",
            Self::RequestExample => {
                "examples of requests fit their schema and survive their Rust type"
            }
            Self::Attribute => "attributes of objects are described",
            Self::AttributeValues => "listings of values of attributes are described",
            Self::ObjectExample => {
                "examples of objects fit their schema and survive their Rust type"
            }
        };
        sentence.to_owned()
    }
}

/// One comparison that did not hold.
#[derive(Debug)]
pub struct Finding {
    pub check: Check,
    /// An operation (`GET /v1/users`) or an object (`user`).
    pub subject: String,
    /// The field, parameter or example; empty if it is about the subject itself.
    pub item: String,
    pub problem: String,
}

/// All comparisons of a run.
#[derive(Default)]
pub struct Report {
    pub findings: Vec<Finding>,
    made: Vec<Check>,
}

impl Report {
    /// Counts a comparison, and keeps it if it did not hold.
    pub fn compare(&mut self, check: Check, subject: &str, item: &str, result: Result<(), String>) {
        self.made.push(check);
        if let Err(problem) = result {
            self.findings.push(Finding {
                check,
                subject: subject.to_owned(),
                item: item.to_owned(),
                problem,
            });
        }
    }

    /// Compares two values for which a sentence can be made.
    pub fn equal<T: PartialEq + std::fmt::Debug>(
        &mut self,
        check: Check,
        subject: &str,
        item: &str,
        (described, documented): (&T, &T),
    ) {
        let result = if described == documented {
            Ok(())
        } else {
            Err(format!(
                "described as {described:?}, documented as {documented:?}"
            ))
        };
        self.compare(check, subject, item, result);
    }

    /// The kinds of comparisons that were made.
    pub fn checks(&self) -> BTreeSet<Check> {
        self.made.iter().copied().collect()
    }

    /// How many comparisons of one kind did not hold.
    pub fn count(&self, check: Check) -> usize {
        let findings = self.findings.iter();
        findings.filter(|finding| finding.check == check).count()
    }

    /// Prints the counts; fails if something is left that no exception names, or an exception that names nothing.
    pub fn settle(&self, version: &str, exceptions: &[Exception]) {
        let (excepted, open): (Vec<_>, Vec<_>) = self
            .findings
            .iter()
            .partition(|finding| exceptions.iter().any(|exception| exception.covers(finding)));

        let mut counts = format!("{version}, compared with the documentation:\n");
        for check in self.checks() {
            let of = |findings: &[&Finding]| findings.iter().filter(|of| of.check == check).count();
            let all = self.made.iter().filter(|of| **of == check).count();
            let (excepted, open) = (of(&excepted), of(&open));
            let _ = write!(
                counts,
                "{} of {all} {}",
                all - excepted - open,
                check.sentence()
            );
            if excepted > 0 {
                let _ = write!(counts, " ({excepted} by exception not)");
            }
            counts.push('\n');
        }
        for exception in exceptions {
            let Exception {
                subject,
                item,
                reason,
                ..
            } = exception;
            let covered = excepted.iter().filter(|of| exception.covers(of)).count();
            let times = if covered == 1 {
                String::new()
            } else {
                format!(" ({covered} times)")
            };
            let _ = writeln!(counts, "except {subject} {item}{times}: {reason}");
        }
        say(&counts);

        let mut problems: Vec<_> = open
            .iter()
            .map(|of| format!("{:?}: {} {}: {}", of.check, of.subject, of.item, of.problem))
            .collect();
        for exception in exceptions {
            if !self
                .findings
                .iter()
                .any(|finding| exception.covers(finding))
            {
                problems.push(format!(
                    "{:?}: {} {}: the exception is no longer needed; remove it",
                    exception.check, exception.subject, exception.item
                ));
            }
        }
        assert!(
            problems.is_empty(),
            "the description of {version} and the documentation disagree {} times; fix \
             harvest-spec/{version}, or give the reason in \
             tests/tests/documented/{version}/exceptions.rs:\n{}",
            problems.len(),
            problems.join("\n")
        );
    }
}

/// Prints on standard error, past the capture of the test harness: who runs the tests should see it.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "\n{}", text.trim_end());
}
