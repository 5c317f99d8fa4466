//! What a story has: a sandbox, clients to act with, names for what it is about, and the books.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use harvest_generated::v1::types::{
    ApplicationId, ApprovalFlowId, CandidateId, CandidateTagCreate, CandidateTagId, DepartmentId,
    JobId, JobPostId, JobStageId, OfferId, OfficeId, OpeningId, ScheduledInterviewId, ScorecardId,
    UserId, UserRoleId,
};
use harvest_generated::v1::{ActingClient, Client};
use harvest_runtime::{Error, Limiter, Timestamp};
use harvest_sandbox::Sandbox;

use super::books::{Books, Kind};
use super::catalogue::{self, Catalogue};
use super::changes::{Names, changes};
use super::used::Used;

/// Noon on 2026-09-01, long after everything that is there in the beginning.
const BEGINNING: Duration = Duration::from_secs(1_788_264_000);
/// How long it is from one step to the next.
const STEP: Duration = Duration::from_secs(60 * 60);

pub struct Story {
    pub client: Client,
    /// Acts for the site admin who was there first.
    pub admin: ActingClient,
    pub admin_id: UserId,
    sandbox: Sandbox,
    names: Names,
    kinds: BTreeMap<i64, Kind>,
    books: Books,
    catalogue: Catalogue,
    steps: u32,
}

impl Story {
    /// In an organization with a few candidates. The clock stands still between steps.
    pub async fn begin() -> Self {
        let sandbox = Sandbox::builder().candidates(8).start().await.unwrap();
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
        let mut story = Self {
            admin: client.with_on_behalf_of(admin),
            admin_id: admin,
            client,
            sandbox,
            names: Names::new(),
            kinds: BTreeMap::new(),
            books: Books::default(),
            catalogue,
            steps: 0,
        };
        story.name(admin, "the admin");
        story.look().await;
        story
    }

    /// From now on a record has this name, and what shows it or stands in it is read, too.
    pub fn name<I: Named>(&mut self, id: I, name: &str) -> I {
        self.names.insert(id.into(), name.to_owned());
        self.kinds.insert(id.into(), I::KIND);
        id
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
        assert!(day <= 30, "the story is too long for one month");
        let time = format!("2026-09-{day:02}T{hour:02}:00:00.000Z");
        time.parse().unwrap()
    }

    /// Ends a step: reads everything, and finds exactly these changes since the last one. The next one is an hour later.
    #[track_caller]
    pub fn saw<'a>(&'a mut self, expected: &'a [&'a str]) -> impl Future<Output = ()> + 'a {
        let place = std::panic::Location::caller();
        async move {
            let before = std::mem::take(&mut self.books);
            self.read().await;
            let now = self.now();
            let found = changes(&before, &self.books, &self.names, now.as_str());
            let (mut wanted, mut seen) = (expected.to_vec(), Vec::new());
            wanted.sort_unstable();
            seen.extend(found.iter().map(String::as_str));
            seen.sort_unstable();
            assert!(
                wanted == seen,
                "at {place} it changed\n{seen:#?}\nand the story says\n{wanted:#?}"
            );
            self.go_on();
        }
    }

    /// Ends a step without a change.
    #[track_caller]
    pub fn saw_nothing(&mut self) -> impl Future<Output = ()> + '_ {
        self.saw(&[])
    }

    /// Reads everything as it is now: the story goes on from there.
    pub async fn look(&mut self) {
        self.read().await;
        self.go_on();
    }

    async fn read(&mut self) {
        let followed = self.kinds.iter().map(|(id, kind)| (*kind, *id));
        self.books = Books::read(&self.client, followed, &self.now()).await;
    }

    fn go_on(&mut self) {
        self.sandbox.clock().advance(STEP).unwrap();
        self.steps += 1;
    }

    /// What the story was not about is as it was. Which operations were used.
    pub async fn end(self) -> Used {
        assert_eq!(catalogue::read(&self.client).await, self.catalogue);
        Used::of(&self.sandbox.requests())
    }
}

/// [`Story::saw`], a line for each change.
macro_rules! saw {
    ($story:ident: $($line:literal),* $(,)?) => {
        $story.saw(&[$($line),*]).await;
    };
}
pub(super) use saw;

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
    ApplicationId "application", ApprovalFlowId "flow", CandidateId "candidate", CandidateTagId "tag",
    DepartmentId "department", JobId "job", JobPostId "post", JobStageId "stage", OfferId "offer",
    OfficeId "office", OpeningId "opening", ScheduledInterviewId "interview", ScorecardId "scorecard",
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

/// There is no such thing.
#[track_caller]
pub fn not_there<T>(answer: Result<T, Error>) {
    let error = answer.err().expect("this should not be there");
    assert!(error.is_not_found(), "{error}");
}

/// The stories would not miss it.
#[tokio::test]
#[should_panic(expected = "tag Rivers")]
async fn a_change_that_nobody_tells_is_found() {
    let mut story = Story::begin().await;
    let tag = CandidateTagCreate::new("Rivers");
    let tag = story.admin.create_candidate_tag(&tag).send().await.unwrap();
    story.name(tag.id, "Rivers");
    story.saw_nothing().await;
}

#[tokio::test]
#[should_panic(expected = "tag Rivers")]
async fn what_is_told_and_did_not_happen_is_found() {
    let mut story = Story::begin().await;
    saw! { story: "+ tag Rivers" }
}
