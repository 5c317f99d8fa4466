//! Readers of records, and the declaration of who may see the records of a kind. What it means is for the domain.

/// An active user, in whose name a request acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Actor {
    pub(crate) id: i64,
    pub(crate) site_admin: bool,
}

/// The sort of record that decides who may see what belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Candidate,
    Application,
    Job,
}

/// A record that others belong to: hidden from a user, it hides them, too.
#[derive(Debug)]
pub(crate) enum Owner {
    /// A column of the table has its id, or is null.
    Column(Scope, &'static str),
    /// It is found by way of other records: a column of the table has the id of the first of them, a column of that the id
    /// of the next, and the last one has the owner's id in this column. What is gone on the way has no owner.
    Way(Scope, &'static [Hop], &'static str),
    /// SQL selects its id, or nothing. The names of columns are qualified in it.
    Query(Scope, &'static str),
    /// There are any number of them: SQL selects their ids as `id`.
    Each(Scope, &'static str),
}

/// A column with the id of another record, and the table of that.
pub(crate) type Hop = (&'static str, &'static str);

impl Owner {
    /// The sort of record that it is.
    pub(crate) fn scope(&self) -> Scope {
        match self {
            Self::Column(scope, _)
            | Self::Way(scope, ..)
            | Self::Query(scope, _)
            | Self::Each(scope, _) => *scope,
        }
    }
}

/// The rule of who may see the records of a kind.
#[derive(Debug)]
pub(crate) struct Visibility {
    owners: &'static [Owner],
    only: Option<&'static str>,
    for_admins_of: Option<&'static str>,
}

impl Visibility {
    /// Everyone sees everything.
    pub(crate) const EVERYONE: Self = Self::of(&[]);

    /// Those who see all owners of a record.
    pub(crate) const fn of(owners: &'static [Owner]) -> Self {
        Self {
            owners,
            only: None,
            for_admins_of: None,
        }
    }

    /// Only records for which an SQL condition holds are there for clients, whatever they may see. Others can still show them
    /// by what they embed.
    pub(crate) const fn only(self, condition: &'static str) -> Self {
        Self {
            only: Some(condition),
            ..self
        }
    }

    /// Those with the audience of admins are only for admins of a candidate. SQL is the candidate's id; the names of columns
    /// are qualified in it.
    pub(crate) const fn for_admins_of(self, candidate: &'static str) -> Self {
        Self {
            for_admins_of: Some(candidate),
            ..self
        }
    }

    /// The condition under which a record is there for clients.
    pub(crate) fn condition(&self) -> Option<&'static str> {
        self.only
    }

    /// SQL for the id of the candidate whose admins see all records of the kind.
    pub(crate) fn candidate_of_admins(&self) -> Option<&'static str> {
        self.for_admins_of
    }

    pub(crate) fn owners(&self) -> &'static [Owner] {
        self.owners
    }
}
