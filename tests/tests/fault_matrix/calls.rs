//! The calls that each fault strikes: a list, read page by page and ahead, a record read, created, updated and deleted.

use harvest_generated::v1::operations::OPERATIONS;
use harvest_generated::v1::types::{ApplicationCreateForJob, CandidateCreate, CandidateUpdate};
use harvest_runtime::Error;

use super::fixture::{Fixture, ListResult, read};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Call {
    List,
    /// With pages fetched ahead.
    ListAhead,
    Read,
    Create,
    Update,
    Delete,
}

/// The result of a call: for a list what was read, for a single call its error.
pub enum Outcome {
    List(ListResult),
    Single(Result<(), Error>),
}

impl Call {
    /// The order matters where a record is gone once it is deleted.
    pub const ALL: [Self; 6] = [
        Self::List,
        Self::ListAhead,
        Self::Read,
        Self::Create,
        Self::Update,
        Self::Delete,
    ];

    pub fn is_list(self) -> bool {
        matches!(self, Self::List | Self::ListAhead)
    }

    pub fn operation(self) -> &'static str {
        match self {
            Self::List | Self::ListAhead => "list_candidates",
            Self::Read => "get_candidate",
            Self::Create => "create_candidate",
            Self::Update => "update_candidate",
            Self::Delete => "delete_candidate",
        }
    }

    /// Whether it may be sent again after it may have been carried out, as the table of operations has it.
    pub fn is_repeatable(self) -> bool {
        let mut operations = OPERATIONS.iter();
        operations
            .find(|operation| operation.id == self.operation())
            .unwrap()
            .idempotent
    }

    pub async fn run(self, fixture: &Fixture) -> Outcome {
        let Fixture { client, user, .. } = fixture;
        Outcome::Single(match self {
            Self::List => return Outcome::List(read(fixture.list()).await),
            Self::ListAhead => return Outcome::List(read(fixture.list().concurrency(4)).await),
            Self::Read => {
                let call = client.get_candidate(fixture.candidate(0));
                call.send().await.map(drop)
            }
            Self::Create => {
                let application = ApplicationCreateForJob::new(fixture.job);
                let new = CandidateCreate::new("Mira", "Whitcombe", [application]);
                let call = client.create_candidate(&new).on_behalf_of(*user);
                call.send().await.map(drop)
            }
            Self::Update => {
                let change = CandidateUpdate::default().first_name("Mira");
                let call = client.update_candidate(fixture.candidate(0), &change);
                call.on_behalf_of(*user).send().await.map(drop)
            }
            Self::Delete => {
                let call = client.delete_candidate(fixture.candidate(1));
                call.on_behalf_of(*user).send().await.map(drop)
            }
        })
    }
}
