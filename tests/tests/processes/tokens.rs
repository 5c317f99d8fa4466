//! Processes that share the refresh token of one consent in a file.

use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use harvest_generated::runtime::TokenPair;
use tempfile::TempDir;

use super::token_service::{OnRotation, TokenService};

/// Nothing here takes longer, on however busy a machine.
const NO_HANG: Duration = Duration::from_secs(60);

/// The refresh token that every process is set up with, which is that of the store no more once it was used.
const FIRST: &str = "made-up-refresh-0";

/// The file of tokens, in a folder of its own.
struct Shared {
    folder: TempDir,
    service: TokenService,
}

impl Shared {
    async fn start(lifetime: Duration) -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            service: TokenService::start(lifetime).await,
        }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("tokens.json")
    }

    /// The refresh token that is stored.
    fn stored(&self) -> String {
        let text = std::fs::read_to_string(self.file()).unwrap_or_default();
        TokenPair::from_json(&text).map_or_else(|_| String::new(), |of| of.refresh_token().into())
    }

    /// Starts a process whose client id is this name.
    fn rotator(&self, name: &str, seconds: u32) -> Process {
        let child = Command::new(env!("CARGO_BIN_EXE_rotator"))
            .arg(&self.service.url)
            .arg(self.file())
            .args([name, FIRST, "4", &seconds.to_string()])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Process(Some(child))
    }

    fn rotations_of(&self, name: &str) -> u32 {
        self.service.rotations_of(&basic(name))
    }

    fn is_held(&self, name: &str) -> bool {
        self.service.held().contains(&basic(name))
    }
}

/// What the token service knows a client by: HTTP Basic.
fn basic(name: &str) -> String {
    let header = match name {
        "one" => "b25lOm1hZGUtdXAtc2VjcmV0",
        "two" => "dHdvOm1hZGUtdXAtc2VjcmV0",
        other => panic!("what is {other} in Base64?"),
    };
    format!("Basic {header}")
}

/// A process that ends with this value.
struct Process(Option<Child>);

impl Process {
    /// Ends it without a chance to do anything more (SIGKILL).
    fn kill(&mut self) {
        let mut child = self.0.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    fn assert_running(&mut self) {
        let status = self.0.as_mut().unwrap().try_wait().unwrap();
        assert!(status.is_none(), "it ended by itself: {}", self.errors());
    }

    fn errors(&mut self) -> String {
        let output = self.0.take().unwrap().wait_with_output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    }

    async fn output(mut self) -> Output {
        let child = self.0.take().unwrap();
        let output = tokio::task::spawn_blocking(|| child.wait_with_output());
        output.await.unwrap().unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

async fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < NO_HANG, "waited in vain until {what}");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_renew_by_one_refresh_token() {
    const LIFETIME: Duration = Duration::from_millis(400);
    let shared = Shared::start(LIFETIME).await;
    let began = Instant::now();
    let processes = [shared.rotator("one", 8), shared.rotator("two", 8)];
    let mut counts = Vec::new();
    for process in processes {
        let output = process.output().await;
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{errors}");
        let text = String::from_utf8(output.stdout).unwrap();
        let (answered, refused) = text.trim().split_once(' ').unwrap();
        counts.push((
            answered.parse::<u32>().unwrap(),
            refused.parse::<u32>().unwrap(),
        ));
    }
    let service = &shared.service;
    let by = ["one", "two"].map(|name| shared.rotations_of(name));
    println!("{by:?} rotations; answered and refused calls: {counts:?}");
    assert_eq!(service.reused(), 0);
    assert_eq!(shared.stored(), service.refresh_token());
    assert!(by.iter().all(|rotations| *rotations > 0), "{by:?}");
    assert_eq!(by.iter().sum::<u32>(), service.rotations());
    // The tokens of both are renewed once in each lifetime, and not by each of them.
    let lifetimes = began.elapsed().as_millis() / LIFETIME.as_millis();
    assert!(u128::from(service.rotations()) <= lifetimes + 1);
    for (answered, refused) in counts {
        assert!(answered > 20 && refused < answered / 4);
    }
}

/// What was rotated is written before the kill, or not rotated yet: nothing of the consent is lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_process_loses_nothing_of_the_consent() {
    let shared = Shared::start(Duration::from_millis(100)).await;
    let service = &shared.service;
    let (mut held, mut rounds) = (0, 0);
    for round in 0_u64..10 {
        let (name, survivor) = [("one", "two"), ("two", "one")][usize::from(round % 2 == 1)];
        let mut killed = shared.rotator(name, 600);
        if round > 4 {
            // Of the other rounds, the process that is killed is the first to ask.
            let before = service.rotations();
            wait_until("it rotates", || service.rotations() > before).await;
        }
        let mut left = (round % 3 > 0).then(|| shared.rotator(survivor, 600));
        service.on_rotation(OnRotation::Hold);
        // What was answered before is on the disk.
        let settled = || shared.stored() == service.refresh_token();
        if service.rotations() > 0 {
            wait_until("the last pair is stored", settled).await;
        }
        if round % 2 == 0 {
            let is_held = || !service.held().is_empty();
            wait_until("a request for a pair is held", is_held).await;
        } else {
            tokio::time::sleep(Duration::from_micros(round * 3_770)).await;
        }
        held += u32::from(shared.is_held(name));
        killed.kill();
        wait_until("its request is gone", || !shared.is_held(name)).await;
        service.on_rotation(OnRotation::Answer);

        let mut left = left.take().unwrap_or_else(|| shared.rotator(survivor, 600));
        let before = service.rotations();
        wait_until("the other goes on", || service.rotations() > before + 2).await;
        left.assert_running();
        service.on_rotation(OnRotation::Hold);
        wait_until("the last pair is stored", settled).await;
        left.kill();
        wait_until("no request is left", || service.held().is_empty()).await;
        service.on_rotation(OnRotation::Answer);
        assert_eq!(service.reused(), 0, "round {round}");
        rounds += 1;
    }
    println!(
        "{rounds} processes killed, {held} of them with a request for a pair under way; {} \
         rotations",
        service.rotations()
    );
    assert!(held > 0);
    assert_for_its_owner_alone(&shared.file());
}

#[cfg(unix)]
fn assert_for_its_owner_alone(file: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let permissions = std::fs::metadata(file).unwrap().permissions();
    assert_eq!(permissions.mode() & 0o777, 0o600);
}

#[cfg(not(unix))]
fn assert_for_its_owner_alone(_: &std::path::Path) {}

/// A pair whose answer went to a process that is gone cannot be had by anyone: the other says so, and does not go on asking.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_a_killed_process_had_is_reported_as_lost() {
    let shared = Shared::start(Duration::from_millis(100)).await;
    let service = &shared.service;
    let mut killed = shared.rotator("one", 600);
    wait_until("it has a pair", || service.rotations() > 0).await;
    service.on_rotation(OnRotation::Hold);
    wait_until("it asks for the next one", || shared.is_held("one")).await;
    let before = service.rotations();
    service.on_rotation(OnRotation::LoseAnswer);
    wait_until("it was answered", || service.rotations() > before).await;
    killed.kill();
    service.on_rotation(OnRotation::Answer);

    let output = shared.rotator("two", 600).output().await;
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{errors}");
    assert!(errors.contains("consent"), "{errors}");
    assert!(!errors.contains("made-up"), "{errors}");
    // That of the store and the first one, each once, although four tasks wanted a token.
    assert_eq!(service.reused(), 2);
}
