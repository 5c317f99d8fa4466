//! Rules that something breaks, with the places where it does.

use std::fmt;

use super::{Outcome, Refusal, Rule};
use crate::bounds::LISTED_ERRORS;

/// One thing that is wrong with what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Invalid {
    /// The path to it, with dots between; none where it is wrong as a whole.
    pub(crate) at: Option<String>,
    pub(crate) why: Why,
}

/// The rule that is broken. Each face has its own words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// It names a record that is not there. The kind is with its article: `A job`.
    Unknown(&'static str),
    /// Another record has this already.
    Taken,
    /// It excludes what was sent too, at this path.
    Excludes(String),
    /// There is nothing in it.
    Blank,
    /// It has more characters than this.
    TooLong(usize),
    /// The record that it names is closed: `job`.
    Closed(&'static str),
    /// The record that it names does not belong there: `stage`, `this job`.
    NotOf(&'static str, &'static str),
    /// It is the one that it is already.
    Unchanged(&'static str),
    /// It was left out, and has to be there.
    Missing,
    /// The record has to be in another state for this.
    State(State),
    /// A rule that one resource has.
    Rule(Rule),
    /// In words already: what a check of the description or of a face found. Those that know no face make none.
    Worded(String),
}

/// A state of a record that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// An application has another status than is wanted.
    Status { wanted: &'static str, is: String },
    /// It is the application of a prospect, who is on no job.
    Prospect,
    /// It is the application of a candidate, who is on a job already.
    NoProspect,
    /// The application is not in the stage that it was taken to be in.
    OtherStage,
    /// There is no stage after this one.
    LastStage,
    /// Approvals are missing: of the `job`, or of the `offer`.
    NotApproved(&'static str),
}

impl From<State> for Why {
    fn from(state: State) -> Self {
        Self::State(state)
    }
}

impl From<Rule> for Why {
    fn from(rule: Rule) -> Self {
        Self::Rule(rule)
    }
}

impl Invalid {
    pub(crate) fn at(at: impl Into<String>, why: impl Into<Why>) -> Self {
        Self {
            at: Some(at.into()),
            why: why.into(),
        }
    }

    pub(crate) fn whole(why: impl Into<Why>) -> Self {
        Self {
            at: None,
            why: why.into(),
        }
    }
}

/// What is wrong with something that was sent, found one by one and reported together: each once, up to a limit.
#[derive(Clone, Default)]
pub(crate) struct Problems {
    listed: Vec<Invalid>,
    /// Whether there are others.
    more: bool,
}

/// Without the words, in which there can be what was sent.
impl fmt::Debug for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = self.listed.iter().map(|one| &one.at);
        f.debug_list().entries(places).finish()
    }
}

impl From<Invalid> for Problems {
    fn from(one: Invalid) -> Self {
        Self {
            listed: vec![one],
            more: false,
        }
    }
}

impl Problems {
    pub(crate) fn add(&mut self, at: &str, why: impl Into<Why>) {
        self.note(Invalid::at(at, why));
    }

    pub(crate) fn note(&mut self, one: Invalid) {
        // Two rules may find the same fault.
        if self.more || self.listed.contains(&one) {
            return;
        }
        if self.listed.len() < LISTED_ERRORS {
            self.listed.push(one);
        } else {
            self.more = true;
        }
    }

    /// Whether there is no use in finding others.
    pub(crate) fn are_enough(&self) -> bool {
        self.more
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    pub(super) fn renamed(mut self, names: &[(&str, &str)]) -> Self {
        for at in self.listed.iter_mut().filter_map(|one| one.at.as_mut()) {
            for (known, name) in names {
                if let Some(renamed) = renamed(at, known, name) {
                    *at = renamed;
                }
            }
        }
        self
    }

    /// What was found.
    pub(crate) fn listed(&self) -> &[Invalid] {
        &self.listed
    }

    /// There is no such record. `what` is with its article: `A job`.
    pub(crate) fn unknown(&mut self, at: &str, what: &'static str) {
        self.add(at, Why::Unknown(what));
    }

    /// Another record has this already.
    pub(crate) fn taken(&mut self, at: &str) {
        self.add(at, Why::Taken);
    }

    /// Two that exclude each other were both sent.
    pub(crate) fn both(&mut self, at: &str, other: &str) {
        self.add(at, Why::Excludes(other.to_owned()));
    }

    /// Refuses with all of them, if there are any.
    pub(crate) fn check(&self) -> Outcome<()> {
        if self.is_empty() {
            return Ok(());
        }
        Err(Refusal::Invalid(self.clone()))
    }
}

/// A path with another name in it, if it has the one that is known. That is the whole of it; or the beginning, if the name
/// ends in a dot; or the end, if the name begins with one.
fn renamed(at: &str, known: &str, name: &str) -> Option<String> {
    if known.starts_with('.') {
        return at.strip_suffix(known).map(|rest| format!("{rest}{name}"));
    }
    let rest = at.strip_prefix(known)?;
    (rest.is_empty() || known.ends_with('.')).then(|| format!("{name}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_get_the_names_of_a_version_and_the_others_stay() {
        let mut problems = Problems::default();
        for at in ["from", "to", "from.to", "one.0.from", "from_me", "one.0.to"] {
            problems.taken(at);
        }
        problems.note(Invalid::whole(Why::Blank));
        let renamed = problems.renamed(&[
            ("from", "from_stage_id"),
            ("from.to", "a.b"),
            ("one.0.", "one."),
            (".to", ".to_stage_id"),
        ]);
        let paths: Vec<_> = renamed.listed().iter().map(|it| it.at.as_deref()).collect();
        assert_eq!(
            paths,
            [
                Some("from_stage_id"),
                Some("to"),
                Some("a.b"),
                Some("one.from"),
                Some("from_me"),
                Some("one.to_stage_id"),
                None
            ]
        );
    }
}
