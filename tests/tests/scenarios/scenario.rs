//! The state of a scenario: a sandbox, clients that act, names of records, and the latest snapshot.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use harvest_generated::v1::types::{
    ApplicationId, ApprovalFlowId, CandidateId, CandidateTagCreate, CandidateTagId, DepartmentId,
    JobId, JobPostId, JobStageId, OfferId, OfficeId, OpeningId, ScheduledInterviewId, ScorecardId,
    UserId, UserRoleId,
};
use harvest_generated::v1::{ActingClient, Client};
use harvest_generated::v3;
use harvest_runtime::{Error, Limiter, Timestamp};
use harvest_sandbox::Sandbox;

use super::catalogue::{self, Catalogue};
use super::changes::{Names, changes};
use super::snapshot::{Kind, Snapshot};
use super::usage::{Face, Usage};
use super::versions;

/// Noon on 2026-09-01, long after everything that is there in the beginning.
const BEGINNING: Duration = Duration::from_secs(1_788_264_000);
/// The past of the organization ends on 2026-06-02.
const PAST: Duration = Duration::from_secs(1_780_358_400);
/// How long it is from one step to the next.
const STEP: Duration = Duration::from_secs(60 * 60);

pub struct Scenario {
    pub client: Client,
    /// Acts for the site admin who was there first.
    pub admin: ActingClient,
    pub admin_id: UserId,
    sandbox: Sandbox,
    names: Names,
    kinds: BTreeMap<i64, Kind>,
    snapshot: Snapshot,
    catalogue: Catalogue,
    steps: u32,
    /// The version that writes.
    face: Face,
    usage: Usage,
}

impl Scenario {
    /// In an organization with a few candidates, to which v1 writes. The clock stands still between steps.
    pub async fn begin() -> Self {
        Self::written_by(Face::V1).await
    }

    /// The same, written by one of the versions.
    pub async fn written_by(face: Face) -> Self {
        let past = SystemTime::UNIX_EPOCH + PAST;
        let builder = Sandbox::builder().now(past).candidates(8);
        let sandbox = builder.start().await.unwrap();
        let client = Client::builder()
            .credential(sandbox.key())
            .base_url(sandbox.url())
            .limiter(Limiter::unlimited())
            .build()
            .unwrap();
        let clock = sandbox.clock();
        clock.freeze(SystemTime::UNIX_EPOCH + BEGINNING).unwrap();
        let admin = UserId(sandbox.user_id());
        let catalogue = catalogue::read(&client).await;
        let mut scenario = Self {
            admin: client.with_on_behalf_of(admin),
            admin_id: admin,
            client,
            sandbox,
            names: Names::new(),
            kinds: BTreeMap::new(),
            snapshot: Snapshot::default(),
            catalogue,
            steps: 0,
            face,
            usage: Usage::default(),
        };
        // The catalogue was read by v1, whichever writes.
        scenario.count(Face::V1);
        scenario.name(admin, "the admin");
        scenario.take_snapshot().await;
        scenario
    }

    /// Names a record. Later snapshots have what shows the record and what is embedded in it, too.
    pub fn name<I: Named>(&mut self, id: I, name: &str) -> I {
        self.names.insert(id.into(), name.to_owned());
        self.kinds.insert(id.into(), I::KIND);
        id
    }

    /// Names a record of v3, by the kind that v1 has of it.
    pub fn name_as(&mut self, kind: Kind, id: impl Into<i64>, name: &str) -> i64 {
        let id = id.into();
        self.names.insert(id, name.to_owned());
        self.kinds.insert(id, kind);
        id
    }

    /// A client of v3 that acts for a user. Its token ends with the step, as the clock says.
    pub fn v3(&self, user: impl Into<i64>) -> v3::Client {
        let token = self.sandbox.access_token(Some(user.into()));
        v3::Client::builder()
            .access_token(token.unwrap())
            .base_url(self.sandbox.url())
            .limiter(Limiter::unlimited())
            .build()
            .unwrap()
    }

    /// The client of v3 that acts for the first site admin.
    pub fn admin_v3(&self) -> v3::Client {
        self.v3(self.admin_id)
    }

    /// Whether a token is issued to a user.
    pub fn has_token(&self, user: i64) -> bool {
        self.sandbox.access_token(Some(user)).is_ok()
    }

    /// A client that acts for a user.
    pub fn acting(&self, user: UserId) -> ActingClient {
        self.client.with_on_behalf_of(user)
    }

    /// Lets those who were asked approve, which no operation does.
    pub fn approve(&self, flow: ApprovalFlowId) {
        self.sandbox.approve(flow.into()).unwrap();
    }

    /// The present.
    pub fn now(&self) -> Timestamp {
        self.hours_later(0)
    }

    /// When it will be so many steps later.
    pub fn hours_later(&self, hours: u64) -> Timestamp {
        let seconds = BEGINNING.as_secs() + (u64::from(self.steps) + hours) * STEP.as_secs();
        let (day, hour) = (seconds / 86_400 - 20_696, seconds / 3600 % 24);
        assert!(day <= 30, "the scenario is too long for one month");
        let time = format!("2026-09-{day:02}T{hour:02}:00:00.000Z");
        time.parse().unwrap()
    }

    /// Ends a step: takes a snapshot, and compares its changes with those that are expected. The next step is an hour later.
    #[track_caller]
    pub fn assert_changes<'a>(
        &'a mut self,
        expected: &'a [&'a str],
    ) -> impl Future<Output = ()> + 'a {
        let place = std::panic::Location::caller();
        async move {
            let before = std::mem::take(&mut self.snapshot);
            self.read().await;
            let now = self.now();
            let found = changes(&before, &self.snapshot, &self.names, now.as_str());
            let (mut wanted, mut seen) = (expected.to_vec(), Vec::new());
            wanted.sort_unstable();
            seen.extend(found.iter().map(String::as_str));
            seen.sort_unstable();
            assert!(
                wanted == seen,
                "at {place} it changed\n{seen:#?}\nand expected was\n{wanted:#?}"
            );
            self.advance_clock();
        }
    }

    /// Ends a step without a change.
    #[track_caller]
    pub fn assert_no_changes(&mut self) -> impl Future<Output = ()> + '_ {
        self.assert_changes(&[])
    }

    /// Ends a step whose changes are not compared.
    pub async fn take_snapshot(&mut self) {
        self.read().await;
        self.advance_clock();
    }

    async fn read(&mut self) {
        self.count(self.face);
        let now = self.now();
        let followed = self.kinds.iter().map(|(id, kind)| (*kind, *id));
        let (snapshot, lists) = Snapshot::read(&self.client, followed, &now).await;
        self.snapshot = snapshot;
        self.count(Face::V1);
        versions::agree(&self.admin_v3(), &lists).await;
        self.count(Face::V3);
    }

    /// Counts the requests since the last time as those of a version.
    fn count(&mut self, face: Face) {
        self.usage.add(&self.sandbox.requests(), face);
        self.sandbox.forget_requests();
    }

    fn advance_clock(&mut self) {
        self.sandbox.clock().advance(STEP).unwrap();
        self.steps += 1;
    }

    /// Compares what no step changes with the beginning, and returns the operations that were called.
    pub async fn end(mut self) -> Usage {
        self.count(self.face);
        assert_eq!(catalogue::read(&self.client).await, self.catalogue);
        self.count(Face::V1);
        self.usage
    }
}

/// [`Scenario::assert_changes`], a line for each change.
macro_rules! assert_changes {
    ($scenario:ident: $($line:literal),* $(,)?) => {
        $scenario.assert_changes(&[$($line),*]).await;
    };
}
pub(super) use assert_changes;

/// An id that can be given a name.
pub trait Named: Copy + Into<i64> {
    const KIND: Kind;
}

macro_rules! named {
    ($($id:ident $kind:literal),* $(,)?) => {
        $(impl Named for $id {
            const KIND: Kind = $kind;
        })*
    };
}

named! {
    ApplicationId "application", ApprovalFlowId "flow", CandidateId "candidate",
    CandidateTagId "tag",
    DepartmentId "department", JobId "job", JobPostId "post", JobStageId "stage", OfferId "offer",
    OfficeId "office", OpeningId "opening", ScheduledInterviewId "interview",
    ScorecardId "scorecard",
    UserId "user", UserRoleId "role",
}

/// The fields that a refusal names; none for one that is about the whole.
#[track_caller]
pub fn refused<T>(answer: Result<T, Error>) -> Vec<String> {
    let error = answer.err().expect("this should have been refused");
    assert!(error.is_validation(), "{error}");
    let fields = error.field_errors().iter().filter_map(|it| it.field());
    fields.map(str::to_owned).collect()
}

/// The user may not, and that is not for want of a permission of the key.
#[track_caller]
pub fn forbidden<T>(answer: Result<T, Error>) {
    let error = answer.err().expect("this should have been forbidden");
    assert!(error.is_forbidden(), "{error}");
    assert!(!error.is_missing_permission(), "{error}");
}

/// The record does not exist.
#[track_caller]
pub fn not_there<T>(answer: Result<T, Error>) {
    let error = answer.err().expect("this should not be there");
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
#[should_panic(expected = "tag Rivers")]
async fn a_change_that_is_not_expected_fails() {
    let mut scenario = Scenario::begin().await;
    let tag = CandidateTagCreate::new("Rivers");
    let tag = scenario
        .admin
        .create_candidate_tag(&tag)
        .send()
        .await
        .unwrap();
    scenario.name(tag.id, "Rivers");
    scenario.assert_no_changes().await;
}

#[tokio::test]
#[should_panic(expected = "tag Rivers")]
async fn an_expected_change_that_did_not_happen_fails() {
    let mut scenario = Scenario::begin().await;
    assert_changes! { scenario: "+ tag Rivers" }
}
