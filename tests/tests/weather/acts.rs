//! What is done in each weather: a list, read page by page and ahead, a record read, created, updated and deleted.

use harvest_generated::v1::operations::OPERATIONS;
use harvest_generated::v1::types::{ApplicationCreateForJob, CandidateCreate, CandidateUpdate};
use harvest_runtime::Error;

use super::world::{Reading, World, read};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    List,
    /// With pages fetched ahead.
    ListAhead,
    Read,
    Create,
    Update,
    Delete,
}

/// What came of it: for a list what was read, for a single call its error.
pub enum End {
    List(Reading),
    Single(Result<(), Error>),
}

impl Act {
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

    pub async fn run(self, world: &World) -> End {
        let World { client, user, .. } = world;
        End::Single(match self {
            Self::List => return End::List(read(world.list()).await),
            Self::ListAhead => return End::List(read(world.list().concurrency(4)).await),
            Self::Read => {
                let call = client.get_candidate(world.candidate(0));
                call.send().await.map(drop)
            }
            Self::Create => {
                let application = ApplicationCreateForJob::new(world.job);
                let new = CandidateCreate::new("Mira", "Whitcombe", vec![application.into()]);
                let call = client.create_candidate(&new).on_behalf_of(*user);
                call.send().await.map(drop)
            }
            Self::Update => {
                let change = CandidateUpdate::default().first_name("Mira");
                let call = client.update_candidate(world.candidate(0), &change);
                call.on_behalf_of(*user).send().await.map(drop)
            }
            Self::Delete => {
                let call = client.delete_candidate(world.candidate(1));
                call.on_behalf_of(*user).send().await.map(drop)
            }
        })
    }
}
