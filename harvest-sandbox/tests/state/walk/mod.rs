//! A walk over every operation of the description: reads read, and leave everything as it was; writes change what they
//! say that they change, and the reads show it.
//!
//! `writes.rs` has a line for each write. What shows what is in `shown.txt`: after a change that is meant,
//! `UPDATE_GOLDEN=1 cargo test -p harvest-sandbox --test state walk` writes it again, and the difference says what it did.

mod file;
pub mod fixture;
pub mod operations;
pub mod places;
mod shown;
mod tamper;
mod texts;
pub mod writes;

use std::time::{Duration, SystemTime};

use serde_json::json;

use crate::organization::Organization;
use crate::temp_dir::TempDir;
pub use file::File;
pub use fixture::Fixture;
use operations::{Operation, described};
pub use places::Places;
use shown::Shown;
pub use writes::{Write, appointment, writes};

const START: &str = "start";

/// An organization whose file can be looked into.
struct Walk {
    organization: Organization,
    file: File,
    /// The operations that read.
    reads: Vec<Operation>,
    _folder: TempDir,
}

impl Walk {
    async fn start(name: &str) -> Self {
        let folder = TempDir::new(name);
        // What is refused has to be refused: nothing is overlooked.
        let builder = crate::support::builder().data(folder.path()).strict();
        let builder = builder.rate_limit(1_000_000, Duration::from_secs(1));
        let walk = Self {
            organization: Organization::with(builder).await,
            file: File::of(folder.path()),
            reads: described().into_iter().filter(Operation::reads).collect(),
            _folder: folder,
        };
        walk.hold_the_clock();
        let appointment = appointment(&Fixture::of(&walk.organization).await);
        let path = "/v2/scheduled_interviews";
        walk.organization
            .write("POST", path, appointment, 201)
            .await;
        walk.organization.sandbox.snapshot(START).unwrap();
        walk
    }

    /// Where a read has more to answer than an empty list.
    async fn something_to_show(&self, read: &Operation, fixture: &Fixture) -> String {
        let mut places = Places::of(fixture);
        let mut applications = fixture.list("/v1/applications").iter();
        loop {
            let url = read.url(&places);
            let answer = self.organization.get(&url).await;
            if answer.status == 200 && answer.json() != json!([]) {
                return url;
            }
            let next = applications.next();
            let next = next.unwrap_or_else(|| panic!("{} has nothing to show", read.id));
            places.application(fixture, next);
        }
    }

    /// As everything was at the start.
    fn rewind(&self) {
        self.organization.sandbox.restore(START).unwrap();
        self.hold_the_clock();
    }

    /// Nothing changes by time alone.
    fn hold_the_clock(&self) {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000);
        self.organization.sandbox.clock().freeze(now).unwrap();
    }

    /// What v3 answers of the records whose text it stores.
    async fn stored_of_v3(&self) -> [String; 2] {
        let [mut candidates, mut users] = [const { String::new() }; 2];
        for (path, text) in [
            ("/v3/candidates?per_page=500", &mut candidates),
            ("/v3/users?per_page=500", &mut users),
        ] {
            let answer = self.organization.get(path).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.text);
            *text = answer.text;
        }
        [candidates, users]
    }

    /// What every read answers about these records.
    async fn read_all(&self, places: &Places) -> Shown {
        let mut shown = Shown::default();
        for read in &self.reads {
            let answer = self.organization.get(&read.url(places)).await;
            shown.add(read, &answer);
        }
        shown
    }
}

#[tokio::test]
async fn reads_say_what_the_records_say_and_change_nothing() {
    let walk = Walk::start("walk-reads").await;
    let fixture = Fixture::of(&walk.organization).await;
    let mut count = 0;
    for read in &walk.reads {
        let url = walk.something_to_show(read, &fixture).await;
        let before = walk.file.contents();
        let answer = walk.organization.get(&url).await;
        assert_eq!(answer.status, 200, "{url}: {}", answer.text);
        assert!(before == walk.file.contents(), "{url} changes something");
        let shown = answer.json();
        let mut follows = false;
        for (old, new) in tamper::ideas(&shown) {
            walk.file.replace(&old, &new);
            follows = walk.organization.get(&url).await.text != answer.text;
            walk.file.replace(&new, &old);
            if follows {
                break;
            }
        }
        assert!(follows, "{url} answers the same whatever the records say");
        count += 1;
    }
    println!("{count} operations read, and change nothing");
}

#[tokio::test]
async fn writes_change_what_they_say_and_nothing_when_they_are_refused() {
    let walk = Walk::start("walk-writes").await;
    let mut operations: Vec<Operation> = described();
    operations.retain(|operation| !operation.reads());
    let mut writes = writes(&Fixture::of(&walk.organization).await);
    let mut lines = String::new();
    for operation in &operations {
        let place = writes.iter().position(|it| it.operation == operation.id);
        let place = place.unwrap_or_else(|| {
            panic!(
                "harvest-sandbox/tests/state/walk/writes.rs has no line for {}",
                operation.id
            )
        });
        let write = writes.remove(place);
        lines += &walk.write(operation, &write).await;
        walk.rewind();
    }
    let unknown: Vec<_> = writes.iter().map(|write| write.operation).collect();
    assert!(unknown.is_empty(), "{unknown:?} are not described");
    println!("{} operations write", operations.len());
    shown::compare("shown.txt", &lines);
}

impl Walk {
    /// Does it, and says in a line or two what came of it.
    async fn write(&self, operation: &Operation, write: &Write) -> String {
        let (id, method) = (&operation.id, operation.method.as_str());
        let url = operation.url(&write.at) + write.query;
        let before = self.read_all(&write.at).await;

        // Refused: nothing is different.
        let untouched = self.file.contents();
        let mut wrong = write.body.clone();
        wrong["no_such_field"] = json!(1);
        let refused = self.organization.send(method, &url, wrong).await;
        assert_eq!(refused.status, 422, "{id}: {}", refused.text);
        assert!(untouched == self.file.contents(), "{id} half acts");

        // Done: the reads show it.
        let body = || write.body.clone();
        let answer = self.organization.send(method, &url, body()).await;
        assert!((200..300).contains(&answer.status), "{id}: {}", answer.text);
        assert!(untouched != self.file.contents(), "{id} changes nothing");
        let after = self.read_all(&write.at).await;
        let shown = after.different_from(&before);
        assert!(!shown.is_empty(), "{id} changes nothing that can be read");
        let same_path = self.reads.iter().find(|read| read.path == operation.path);
        if let Some(read) = same_path {
            assert!(shown.contains(&read.id.as_str()), "{} is blind", read.id);
        }

        // No face shows what was true before.
        let stored = self.stored_of_v3().await;
        self.file.forget_documents();
        let again = self.read_all(&write.at).await;
        let stale = again.different_from(&after);
        assert!(stale.is_empty(), "{id} leaves {stale:?} as they were");
        assert!(
            stored == self.stored_of_v3().await,
            "{id} leaves lists of v3 as they were"
        );

        // Done again: what is gone stays gone, and what was made is made once more or refused, but never half.
        let once = self.file.contents();
        let again = self.organization.send(method, &url, body()).await;
        assert!(again.status < 500, "{id}: {}", again.text);
        if again.status >= 400 || method == "DELETE" {
            assert!(once == self.file.contents(), "{id} does it twice");
        }
        let deleted = method == "DELETE" && operation.path.ends_with('}');
        if let Some(read) = same_path.filter(|read| deleted && before.is_one(read)) {
            assert_eq!(after.status(read), 404, "{id} leaves it");
        }
        format!(
            "{method} {} {}, again {}\n    {}\n",
            id,
            answer.status,
            again.status,
            shown.join(" ")
        )
    }
}
