//! The sandbox with its client that every case starts from.

use std::collections::HashSet;
use std::time::Duration;

use harvest_generated::v1::Client;
use harvest_generated::v1::types::{Candidate, CandidateId, JobId, UserId};
use harvest_runtime::retry::{ExponentialBackoff, RetryPolicy as _, Standard};
use harvest_runtime::{ClientBuilder, Completeness, Error, Items, Limiter};
use harvest_sandbox::{Builder, Fault, LoggedRequest, Sandbox};

/// How often a call is sent at the most.
pub const ATTEMPTS: u32 = 3;

/// How many records a page of candidates has.
pub const PER_PAGE: usize = 5;

/// Nothing here takes longer, on however busy a machine.
pub const NO_HANG: Duration = Duration::from_secs(30);

pub struct Fixture {
    pub sandbox: Sandbox,
    pub client: Client,
    /// Who makes changes.
    pub user: UserId,
    /// A job to apply for.
    pub job: JobId,
    /// In the order of their list.
    pub candidates: Vec<i64>,
}

impl Fixture {
    /// With lists of several pages.
    pub async fn new() -> Self {
        Self::with(Sandbox::builder(), |client| client).await
    }

    pub async fn with(
        sandbox: Builder,
        client: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client>,
    ) -> Self {
        let sandbox = sandbox.candidates(30).start().await.unwrap();
        let client = client(quick(&sandbox)).build().unwrap();
        let candidates = client.list_candidates().send().await.unwrap();
        let applications = candidates
            .iter()
            .flat_map(|c| c.applications.iter().flatten());
        let mut jobs = applications.flat_map(|application| application.jobs.iter().flatten());
        let mut fixture = Self {
            user: UserId(sandbox.user_id()),
            job: jobs.next().expect("there is an application for a job").id,
            candidates: Vec::new(),
            client,
            sandbox,
        };
        fixture.reset().await;
        fixture
    }

    /// Clears faults and the log, and reads which candidates there are.
    pub async fn reset(&mut self) {
        self.sandbox.faults().clear();
        let all = read(self.client.list_candidates().per_page(500).items()).await;
        assert!(all.error.is_none(), "{:?}", all.error);
        assert_eq!(all.completeness, Completeness::Proven);
        self.candidates = all.delivered;
        assert!(self.pages() > 4, "{} candidates", self.candidates.len());
        self.sandbox.forget_requests();
    }

    /// How many pages the list of candidates has.
    pub fn pages(&self) -> usize {
        self.candidates.len().div_ceil(PER_PAGE)
    }

    /// One of the candidates, counted from the end of the list: a record that a fault puts at its front is nowhere else.
    pub fn candidate(&self, place: usize) -> CandidateId {
        CandidateId(self.candidates[self.candidates.len() - 1 - place])
    }

    pub fn add(&self, fault: Fault) {
        self.sandbox.faults().add(fault).unwrap();
    }

    /// The requests for an operation since the last reset.
    pub fn requests(&self, operation: &str) -> Vec<LoggedRequest> {
        let mut requests = self.sandbox.requests();
        requests.retain(|request| request.operation.as_deref() == Some(operation));
        requests
    }

    /// Reads all candidates page by page.
    pub fn list(&self) -> Items<Candidate> {
        let per_page = i32::try_from(PER_PAGE).unwrap();
        self.client.list_candidates().per_page(per_page).items()
    }
}

/// A client that does all that it does by default, only faster.
fn quick(sandbox: &Sandbox) -> ClientBuilder<Client> {
    Client::builder()
        .credential(sandbox.key())
        .base_url(sandbox.url())
        .attempt_timeout(Duration::from_secs(20))
        .retry(Standard.with_attempt_limit(ATTEMPTS))
        .backoff(ExponentialBackoff::new().with_maximum(Duration::from_millis(5)))
        .limiter(Limiter::starting_with(1000, Duration::from_millis(100)))
}

/// The result of reading a list to its end.
pub struct ListResult {
    /// The ids that were handed out.
    pub delivered: Vec<i64>,
    pub error: Option<Error>,
    pub completeness: Completeness,
}

impl ListResult {
    /// Every record that was there came once, in order; before them only such as were put there since.
    pub fn assert_whole(&self, all: &[i64], case: &str) {
        let delivered = &self.delivered;
        assert!(
            delivered.ends_with(all),
            "{case}: {delivered:?}, not {all:?}"
        );
        let ids: HashSet<_> = delivered.iter().collect();
        assert_eq!(ids.len(), delivered.len(), "{case}: records came twice");
    }
}

pub async fn read(mut items: Items<Candidate>) -> ListResult {
    let mut delivered = Vec::new();
    let mut error = None;
    while let Some(item) = items.next().await {
        match item {
            Ok(candidate) => delivered.push(candidate.id.0),
            Err(stopped) => {
                assert!(error.is_none(), "a list ends with its first error");
                error = Some(stopped);
            }
        }
    }
    ListResult {
        delivered,
        error,
        completeness: items.completeness(),
    }
}
