//! A walk over every operation of v3, with what the API reference fills in, as `state/walk` is one over those of v1: reads
//! say what the records say, and change nothing; writes that are refused change nothing either; those that are done show in
//! the reads of v3, leave no text of v1 as it was before, and what v3 then shows is what v1 shows.
//!
//! After a write, all lists of v1 are read, the list of v3 that the write belongs to, and those whose records v1 shows
//! otherwise than at the start. All lists of both versions are read and compared at the start and at the end.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use harvest_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::same::{Kind, Lists, differences};
use crate::support::{self, Answer, Documented, drop_links};
use crate::trials::{MADE_BY, Shown};
use crate::visitor::Visitor;

#[allow(dead_code, reason = "the walk of v1 changes the file, too")]
#[path = "../state/walk/file.rs"]
mod file;
#[path = "../state/walk/tamper.rs"]
mod tamper;
#[path = "../state/temp_dir.rs"]
mod temp_dir;

use file::File;
use temp_dir::TempDir;

const START: &str = "start";

/// Operations that are done on what another leaves: lists of which a new organization has no records, and the return of users
/// who were disabled.
const AFTER: [(&str, &str); 7] = [
    ("bulk_enable_users", "bulk_disable_users"),
    ("list_blocked_spam_sources", "create_blocked_spam_source"),
    ("list_bulk_requests", "bulk_disable_users"),
    (
        "list_custom_field_departments",
        "create_custom_field_department",
    ),
    ("list_custom_field_offices", "create_custom_field_office"),
    ("list_job_notes", "create_job_note"),
    ("list_webhooks", "create_webhook"),
];

/// Lists whose records no operation makes.
const EMPTY: &[&str] = &[
    "list_ai_opt_out_statuses",
    "list_interview_media",
    "list_pay_input_ranges",
    "list_pay_inputs",
];

/// What both versions show, and where.
const LISTS: [(Kind, &str, &str); 15] = [
    ("user", "/v3/users", "/v1/users"),
    ("job", "/v3/jobs", "/v1/jobs"),
    ("post", "/v3/job_posts", "/v1/job_posts"),
    ("stage", "/v3/job_interview_stages", "/v1/job_stages"),
    ("candidate", "/v3/candidates", "/v1/candidates"),
    ("application", "/v3/applications", "/v1/applications"),
    ("offer", "/v3/offers", "/v1/offers"),
    ("interview", "/v3/interviews", "/v1/scheduled_interviews"),
    ("scorecard", "/v3/scorecards", "/v1/scorecards"),
    (
        "answer",
        "/v3/demographic_answers",
        "/v1/demographics/answers",
    ),
    ("eeoc", "/v3/eeoc", "/v1/eeoc"),
    ("department", "/v3/departments", "/v1/departments"),
    ("office", "/v3/offices", "/v1/offices"),
    ("tag", "/v3/candidate_tags", "/v1/tags/candidate"),
    // Inside of jobs.
    ("opening", "/v3/openings", "/v1/jobs"),
];

/// What lists answer, by their address.
type Answers = BTreeMap<String, Value>;

/// An organization whose file can be looked into, and both versions of it.
struct Walk {
    visitor: Visitor,
    caller: Caller,
    file: File,
    /// The lists that need no id.
    of_v1: Vec<String>,
    of_v3: Vec<String>,
    /// What they answered at the start.
    start: Answers,
    _folder: TempDir,
}

impl Walk {
    async fn start(name: &str) -> Self {
        let folder = TempDir::new(name);
        let builder = support::builder().data(folder.path());
        let builder = builder.rate_limit(1_000_000, Duration::from_secs(1));
        let visitor = Visitor::signed_in(builder).await;
        hold_the_clock(&visitor.sandbox);
        let mut walk = Self {
            caller: Caller::of(&visitor.sandbox),
            file: File::of(folder.path()),
            of_v1: lists_of(&Shown::read(&visitor, "v1").await),
            of_v3: lists_of(&Shown::read(&visitor, "v3").await),
            start: Answers::new(),
            visitor,
            _folder: folder,
        };
        walk.visitor.sandbox.snapshot(START).unwrap();
        walk.start = walk.read_everything().await;
        let wrong = walk.compare(&walk.start, |_| true).await;
        assert!(wrong.is_empty(), "{wrong:#?}");
        walk
    }

    /// As everything was at the start.
    fn rewind(&self) {
        self.visitor.sandbox.restore(START).unwrap();
        hold_the_clock(&self.visitor.sandbox);
    }

    /// What a list answers, but for links to files, which are signed again each time.
    async fn read(&self, list: &str) -> Value {
        let answer = self.caller.get(list).await;
        assert_eq!(answer.status, 200, "{list}: {}", answer.text);
        let mut value = answer.json();
        drop_links(&mut value);
        value
    }

    async fn read_all(&self, lists: &[String]) -> Answers {
        let mut answers = Answers::new();
        for list in lists {
            answers.insert(list.clone(), self.read(list).await);
        }
        answers
    }

    async fn read_everything(&self) -> Answers {
        let mut answers = self.read_all(&self.of_v1).await;
        answers.append(&mut self.read_all(&self.of_v3).await);
        answers
    }

    /// What v3 shows otherwise than the lists of v1, of those that are asked for.
    async fn compare(&self, of_v1: &Answers, is_asked: impl Fn(&str) -> bool) -> Vec<String> {
        let (mut old, mut new) = (BTreeMap::new(), BTreeMap::new());
        for (kind, of_v3, path) in LISTS {
            let list = address(path);
            // These say what the user of v3 may see.
            if ["job", "candidate"].contains(&kind) || is_asked(&list) {
                new.insert(kind, records(&self.read(&address(of_v3)).await));
            }
            if kind != "opening" {
                old.insert(kind, records(&of_v1[&list]));
            }
        }
        differences(&Lists(new), &Lists(old))
    }

    /// What is filled in after a record was made, if an operation needs one that has to be made.
    async fn prepare(&self, fresh: &Shown, id: &str) -> Option<Shown> {
        let mut makers = MADE_BY.iter().chain(&AFTER);
        let (_, maker) = makers.find(|(of, _)| *of == id)?;
        let made = fresh.send(&self.caller, fresh.find(maker)).await;
        assert!((200..300).contains(&made.status), "{maker}: {}", made.text);
        self.finish(&made);
        Some(Shown::read(&self.visitor, "v3").await)
    }

    /// Whether a read changes something, and whether it says what the records say. False if it has nothing to say.
    async fn follow(&self, shown: &Shown, operation: &Documented, wrong: &mut Vec<String>) -> bool {
        let id = &operation.id;
        let untouched = self.file.contents();
        let answer = shown.send(&self.caller, operation).await;
        assert_eq!(answer.status, 200, "{id}: {}", answer.text);
        if untouched != self.file.contents() {
            wrong.push(format!("{id}: changes something"));
        }
        let mut said = answer.json();
        drop_links(&mut said);
        if said == json!([]) {
            return false;
        }
        for (old, new) in tamper::ideas(&said) {
            self.file.replace(&old, &new);
            let answer = self.caller.get(&operation.url).await;
            self.file.replace(&new, &old);
            // Otherwise the change was one too many.
            if answer.status == 200 {
                let mut now = answer.json();
                drop_links(&mut now);
                if now != said {
                    return true;
                }
            }
        }
        wrong.push(format!("{id}: answers the same whatever the records say"));
        true
    }

    /// What is wrong about a write that is refused.
    async fn refuse(&self, shown: &Shown, operation: &Documented) -> Option<String> {
        let id = &operation.id;
        let untouched = self.file.contents();
        let body = operation.bodies.first().map(ToString::to_string);
        let body: Option<Value> = body.map(|body| serde_json::from_str(&body).unwrap());
        let (url, body) = match body {
            Some(Value::Object(mut fields)) => {
                fields.insert("no_such_field".to_owned(), json!(1));
                (operation.url.clone(), Some(Value::from(fields)))
            }
            body => (format!("{}?no_such_parameter=1", operation.url), body),
        };
        let body = body.map(|body| body.to_string());
        let refused = shown.send_to(&self.caller, operation, &url, body).await;
        assert_eq!(refused.status, 422, "{id}: {}", refused.text);
        (untouched != self.file.contents()).then(|| format!("{id}: half acts"))
    }

    /// Does a write, and says what is wrong about it.
    async fn write(&self, shown: &Shown, operation: &Documented, is_made: bool) -> Vec<String> {
        let id = &operation.id;
        let mut wrong: Vec<String> = self.refuse(shown, operation).await.into_iter().collect();
        let own = own_list(operation);
        let before = if is_made {
            self.read(&own).await
        } else {
            self.start[&own].clone()
        };
        let untouched = self.file.contents();
        let done = shown.send(&self.caller, operation).await;
        assert!((200..300).contains(&done.status), "{id}: {}", done.text);
        self.finish(&done);
        if untouched == self.file.contents() {
            wrong.push(format!("{id}: changes nothing"));
        }
        if self.read(&own).await == before && (is_made || !self.shows_elsewhere().await) {
            wrong.push(format!("{id}: changes nothing that can be read"));
        }
        wrong.extend(self.look(id).await);
        wrong
    }

    /// Lets a bulk job end.
    fn finish(&self, answer: &Answer) {
        if answer.status == 202 {
            let clock = self.visitor.sandbox.clock();
            clock.advance(Duration::from_secs(2)).unwrap();
        }
    }

    /// Whether any list of v3 is another than at the start.
    async fn shows_elsewhere(&self) -> bool {
        for list in &self.of_v3 {
            if !list.starts_with("/v3/bulk_requests") && self.read(list).await != self.start[list] {
                return true;
            }
        }
        false
    }

    /// What v1 shows as it was before a write, and what v3 shows otherwise than v1.
    async fn look(&self, id: &str) -> Vec<String> {
        let stored = self.read_all(&self.of_v1).await;
        self.file.forget_documents();
        let anew = self.read_all(&self.of_v1).await;
        let stale = anew.iter().filter(|(list, it)| stored[*list] != **it);
        let mut wrong: Vec<String> = stale
            .map(|(list, _)| format!("{id}: leaves {list} as it was"))
            .collect();
        let is_changed = |list: &str| anew[list] != self.start[list];
        let different = self.compare(&anew, is_changed).await;
        wrong.extend(different.iter().map(|it| format!("{id}: {it}")));
        wrong
    }
}

/// Nothing changes by time alone.
fn hold_the_clock(sandbox: &Sandbox) {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000);
    sandbox.clock().freeze(now).unwrap();
}

fn records(list: &Value) -> Vec<Value> {
    list.as_array().unwrap().clone()
}

/// A list in one page.
fn address(path: &str) -> String {
    let most = if path.ends_with("/search") { 100 } else { 500 };
    let more = match path {
        "/v1/users" => "&user_attributes=true",
        _ => "",
    };
    format!("{path}?per_page={most}{more}")
}

/// The addresses of the lists that need no id.
fn lists_of(shown: &Shown) -> Vec<String> {
    let paths = shown.description["paths"].as_object().unwrap();
    let lists = paths.iter().filter(|(path, item)| {
        let paging = &item["get"]["x-harvest-pagination"];
        !path.contains('{') && paging.as_str().is_some_and(|paging| paging != "none")
    });
    lists.map(|(path, _)| address(path)).collect()
}

/// The list that has the records of a write: `/v3/applications` of `/v3/applications/7/hire`.
fn own_list(operation: &Documented) -> String {
    let path = operation.url.split('?').next().unwrap();
    let parts: Vec<&str> = path.splitn(4, '/').take(3).collect();
    address(&parts.join("/"))
}

#[tokio::test]
async fn reads_of_v3_say_what_the_records_say_and_change_nothing() {
    let walk = Walk::start("walk-v3-reads").await;
    let fresh = Shown::read(&walk.visitor, "v3").await;
    let (mut wrong, mut empty, mut count) = (Vec::new(), Vec::new(), 0);
    for operation in fresh.operations.iter().filter(|it| it.method == "GET") {
        let id = operation.id.as_str();
        let later = walk.prepare(&fresh, id).await;
        let shown = later.as_ref().unwrap_or(&fresh);
        if !walk.follow(shown, shown.find(id), &mut wrong).await {
            empty.push(id);
        }
        if later.is_some() {
            walk.rewind();
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(empty, EMPTY);
    println!(
        "{count} operations of v3 read, and change nothing; {} of them have nothing to show",
        empty.len()
    );
}

#[tokio::test]
async fn writes_of_v3_change_what_they_say_and_both_versions_show_it() {
    let walk = Walk::start("walk-v3-writes").await;
    let fresh = Shown::read(&walk.visitor, "v3").await;
    let (mut wrong, mut count) = (Vec::new(), 0);
    for operation in fresh.operations.iter().filter(|it| it.method != "GET") {
        let id = operation.id.as_str();
        let later = walk.prepare(&fresh, id).await;
        // Who is enabled are those who were disabled, who are not filled in any more.
        let again = later.as_ref().filter(|_| id != "bulk_enable_users");
        let shown = again.unwrap_or(&fresh);
        wrong.extend(walk.write(shown, shown.find(id), later.is_some()).await);
        walk.rewind();
        count += 1;
    }
    if walk.read_everything().await != walk.start {
        wrong.push("the end is not as the start was".to_owned());
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    println!("{count} operations of v3 write, and v1 shows the same");
}

#[tokio::test]
async fn the_walk_finds_what_v1_shows_as_it_was_and_what_v3_shows_otherwise() {
    let walk = Walk::start("walk-v3-wrong").await;
    let fresh = Shown::read(&walk.visitor, "v3").await;
    for (table, id, list) in [
        ("candidate", "update_candidate", "/v1/candidates"),
        ("application", "update_application", "/v1/applications"),
        ("job", "create_job_opening", "/v1/jobs"),
    ] {
        // Its texts stay whatever forgets them.
        let trigger = format!(
            "CREATE TRIGGER kept AFTER UPDATE OF document ON {table} WHEN NEW.document IS NULL
             BEGIN UPDATE {table} SET document = OLD.document WHERE id = NEW.id; END"
        );
        walk.file.execute(&trigger, []);
        let done = fresh.send(&walk.caller, fresh.find(id)).await;
        assert!((200..300).contains(&done.status), "{id}: {}", done.text);
        walk.file.execute("DROP TRIGGER kept", []);
        let wrong = walk.look(id).await;
        let stale = format!("{id}: leaves {} as it was", address(list));
        assert!(wrong.contains(&stale), "{wrong:#?}");
        walk.rewind();
    }
    let mut of_v1 = walk.start.clone();
    let office = &mut of_v1.get_mut(&address("/v1/offices")).unwrap()[0];
    office["name"] = json!("Elsewhere");
    let wrong = walk.compare(&of_v1, |_| true).await;
    assert_eq!(wrong.len(), 1, "{wrong:#?}");
    assert!(wrong[0].contains("name of v1 \"Elsewhere\""), "{wrong:#?}");
}
