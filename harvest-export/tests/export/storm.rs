//! A storm: an organization that changes with each request, faults, tokens and cursors that expire, and an exporter that is
//! killed at random moments. At the end the export is whole, and holds what the sandbox holds.
//!
//! It is small. The environment makes it larger: `STORM_CANDIDATES`, `STORM_KILLS`, and `STORM_CHANGES`, how many changes
//! there are for each request of the exporter. With `--nocapture` it prints what it met.

mod comparison;
mod damage;
mod faults;
mod writer;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use harvest_export::{Deletions, Export, verify};
use harvest_generated::runtime::{Api, Core, Limiter};
use harvest_generated::{v1, v3};
use harvest_sandbox::Sandbox;
use serde_json::{Value, json};

use self::comparison::Comparison;
use self::faults::Met;
use self::writer::Writer;
use super::catalog;

const CANDIDATES: u64 = 530;
const KILLS: u64 = 4;
const CHANGES: u64 = 2;
/// Of what a run to its end has read so many candidates have to be removed.
const LEAST_REMOVALS: u64 = 3;
const STREAMS: [&str; 4] = ["candidates", "applications", "jobs", "users"];
/// How many runs may end by themselves for each that is killed.
const RUNS_FOR_A_KILL: u64 = 10;
/// How long a cursor is good for. An exporter that is started again after a longer time finds it expired.
const CURSOR_LIFE: Duration = Duration::from_millis(1_500);
/// In the time that the clock is set forward by, tokens and cursors expire.
const AHEAD: Duration = Duration::from_secs(2 * 3_600);
/// How often the log of the sandbox is looked at.
const LOOK: Duration = Duration::from_millis(2);
/// The variable by which this binary is an exporter; it holds the arguments of one.
const EXPORTER: &str = "STORM_EXPORTER";

fn number(name: &str, usual: u64) -> u64 {
    let Ok(given) = std::env::var(name) else {
        return usual;
    };
    let number = given.parse();
    number.unwrap_or_else(|_| panic!("{name} is a whole number, not {given:?}"))
}

/// Numbers that look random, and are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

fn core_of(version: &str, arguments: &Value) -> Core {
    let text = |name: &str| arguments[name].as_str().expect("text");
    if version == "v1" {
        let client = v1::Client::builder()
            .credential(text("key"))
            .base_url(text("url"))
            .limiter(Limiter::unlimited());
        let client: v1::Client = client.build().expect("a client");
        return client.core().clone();
    }
    let client = v3::Client::builder()
        .client_credentials(text("id"), text("secret"))
        .base_url(text("url"))
        .token_url(text("token_url"))
        .limiter(Limiter::unlimited());
    let user = arguments["user"].as_i64().expect("an id");
    let client: v3::Client = client.build().expect("a client");
    client.core().with_acting_user(user)
}

/// The exporter: the same binary in another process, which can be killed.
#[tokio::test]
async fn exporter() {
    let Ok(arguments) = std::env::var(EXPORTER) else {
        return;
    };
    let arguments: Value = serde_json::from_str(&arguments).expect("JSON");
    let version = if arguments["version"] == "v1" {
        "v1"
    } else {
        "v3"
    };
    let core = core_of(version, &arguments);
    let catalog = catalog(version);
    let is_last = arguments["last"] == true;
    let export = Export {
        streams: STREAMS.map(str::to_owned).to_vec(),
        deletions: if is_last {
            Deletions::FindAll
        } else {
            Deletions::Ignore
        },
        ..Export::new(&core, &catalog, arguments["folder"].as_str().expect("text"))
    };
    if let Err(error) = export.run(&mut |_| {}).await {
        eprintln!("{error:?}");
        std::process::exit(1);
    }
}

fn start(arguments: &Value) -> Child {
    let program = std::env::current_exe().expect("a path");
    Command::new(program)
        .args(["--exact", "storm::exporter", "--nocapture"])
        .env(EXPORTER, arguments.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs")
}

/// What becomes of a run, if it does not end before by itself.
#[derive(Clone, Copy)]
struct Plan {
    /// It is killed so long after so many requests.
    killed: Option<(u64, Duration)>,
    /// The clock is set forward after so many requests, and then set right.
    expired: Option<u64>,
}

#[derive(PartialEq, Eq)]
enum Ended {
    Killed,
    Done,
    Failed,
}

/// A version's storm.
struct Storm<'a> {
    sandbox: &'a Sandbox,
    arguments: Value,
    writer: Writer,
    /// For each request of the exporter.
    changes: u64,
    met: Met,
}

impl Storm<'_> {
    /// Runs an exporter, and changes the organization with each of its requests.
    async fn run(&mut self, plan: Plan) -> Ended {
        self.sandbox.forget_requests();
        self.met.runs += 1;
        let mut child = start(&self.arguments);
        let (mut changed, mut moment, mut expired) = (0, None, plan.expired);
        let ended = loop {
            if let Some(status) = child.try_wait().expect("it is asked") {
                break if status.success() {
                    Ended::Done
                } else {
                    Ended::Failed
                };
            }
            let asked = faults::asked(self.sandbox);
            if let Some((after, then)) = plan.killed
                && asked >= after
            {
                moment.get_or_insert_with(|| Instant::now() + then);
            }
            let is_due = || moment.is_some_and(|moment| Instant::now() >= moment);
            if is_due() {
                child.kill().expect("it is killed");
                let status = child.wait().expect("it ends");
                break if status.success() {
                    Ended::Done
                } else {
                    Ended::Killed
                };
            }
            if expired.is_some_and(|after| asked >= after) {
                expired = None;
                self.expire(asked).await;
            }
            let due = (asked * self.changes).saturating_sub(changed);
            for _ in 0..due.min(self.changes) {
                if !is_due() {
                    self.writer.change().await;
                    changed += 1;
                }
            }
            if due == 0 {
                tokio::time::sleep(LOOK).await;
            }
        };
        // The last answer has no reader.
        tokio::time::sleep(10 * LOOK).await;
        for _ in changed..faults::asked(self.sandbox) * self.changes {
            self.writer.change().await;
        }
        self.met.add(&self.sandbox.requests());
        match ended {
            Ended::Killed => self.met.kills += 1,
            Ended::Failed => self.met.failed += 1,
            Ended::Done => {}
        }
        ended
    }

    /// Lets tokens and cursors expire, for the next requests. Nothing is changed meanwhile.
    async fn expire(&self, asked: u64) {
        let clock = self.sandbox.clock();
        let now = self.sandbox.clock().now();
        clock.freeze(now + AHEAD).expect("a time");
        let began = Instant::now();
        while faults::asked(self.sandbox) < asked + 3 && began.elapsed() < CURSOR_LIFE {
            tokio::time::sleep(LOOK).await;
        }
        clock.freeze(now + began.elapsed()).expect("a time");
        clock.unfreeze().expect("it goes on");
    }

    /// Kills so many runs. One in the middle comes to its end, however often it has to begin, so that later ones read what
    /// changed.
    async fn rage(&mut self, kills: u64, requests: u64) {
        let mut dice = Dice(7);
        let is_with_tokens = self.arguments["version"] == "v3";
        // Half of the kills fall into the first export.
        let most = (4 * requests / kills.max(1)).max(6);
        let mut removed = 0;
        let mut ended_alone = 0;
        while self.met.kills < kills {
            if self.met.kills == kills / 2 && removed == 0 {
                let expired = is_with_tokens.then_some(2);
                let plan = Plan {
                    killed: None,
                    expired,
                };
                while self.run(plan).await != Ended::Done {}
                removed = self.writer.removals.max(1);
                continue;
            }
            let after = 1 + dice.below(most);
            let then = Duration::from_millis(dice.below(40));
            let plan = Plan {
                killed: Some((after, then)),
                expired: (is_with_tokens && dice.below(5) == 0).then_some(after / 2 + 1),
            };
            if self.run(plan).await == Ended::Killed {
                if is_with_tokens && self.met.kills % 6 == 1 {
                    tokio::time::sleep(CURSOR_LIFE + 50 * LOOK).await;
                }
            } else {
                // A fault too many, or it was done before.
                ended_alone += 1;
                let most = RUNS_FOR_A_KILL * kills;
                assert!(
                    ended_alone < most,
                    "{most} runs ended before they were killed"
                );
            }
        }
        while self.writer.removals < removed + LEAST_REMOVALS {
            self.writer.change().await;
        }
    }

    /// What changed since is read: a run that was killed goes on in the first of these.
    async fn end(&mut self) -> Result<(), String> {
        self.sandbox.faults().clear();
        // The time of an answer has a resolution of one second.
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        self.arguments["last"] = true.into();
        for _ in 0..2 {
            let output = start(&self.arguments).wait_with_output().expect("it ends");
            if !output.status.success() {
                return Err(String::from_utf8_lossy(&output.stderr).into_owned());
            }
        }
        Ok(())
    }
}

/// What does not hold at the end.
async fn problems(version: &'static str, core: &Core, folder: &Path) -> (Comparison, Vec<String>) {
    let report = verify(folder).expect("a report");
    let mut problems = report.problems;
    if report.deleted == 0 {
        problems.push("nothing was found to be gone".to_owned());
    }
    let comparison = Comparison::of(core, &catalog(version), folder).await;
    problems.extend(comparison.problems());
    (comparison, problems)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_survives_a_storm() {
    let candidates = number("STORM_CANDIDATES", CANDIDATES);
    let kills = number("STORM_KILLS", KILLS);
    let changes = number("STORM_CHANGES", CHANGES);
    assert!(
        kills > 0,
        "what is done before the first kill is not looked at alone"
    );
    let sandbox = Sandbox::builder()
        .candidates(usize::try_from(candidates).expect("small"))
        .cursor_life(CURSOR_LIFE)
        .start()
        .await
        .expect("it starts");
    let credentials = sandbox.v3_credentials().expect("it keeps records");
    let mut failed = Vec::new();
    for version in ["v3", "v1"] {
        let began = Instant::now();
        let folder = tempfile::tempdir().expect("a folder");
        let arguments = json!({
            "version": version,
            "folder": folder.path(),
            "url": sandbox.url(),
            "token_url": sandbox.token_url(),
            "key": sandbox.key(),
            "id": credentials.client_id,
            "secret": credentials.client_secret,
            "user": sandbox.user_id(),
        });
        let core = core_of(version, &arguments);
        let mut storm = Storm {
            sandbox: &sandbox,
            writer: Writer::of(&arguments).await,
            arguments,
            changes,
            met: Met::default(),
        };
        faults::begin(&sandbox, changes);
        // Candidates and their applications, 500 to a page.
        storm.rage(kills, candidates / 200).await;
        let (compared, mut problems) = match storm.end().await {
            Ok(()) => problems(version, &core, folder.path()).await,
            Err(said) => (Comparison::default(), vec![said]),
        };
        println!(
            "{version}, {candidates} candidates, {changes} changes a request: {}; {}; {compared}; \
             {}; {:.1} s",
            storm.met,
            storm.writer,
            if problems.is_empty() {
                "whole"
            } else {
                "NOT WHOLE"
            },
            began.elapsed().as_secs_f64()
        );
        problems.extend(storm.met.lacks(version));
        if version == "v3" && problems.is_empty() {
            damage::each_is_found(folder.path());
        }
        let named = problems.iter().map(|it| format!("{version}: {it}"));
        failed.extend(named);
    }
    assert!(failed.is_empty(), "{failed:#?}");
}
