//! Processes that share one allowance, or one consent, as real processes.

#[cfg(unix)]
#[path = "processes/fleet.rs"]
mod fleet;
#[path = "processes/service.rs"]
mod service;
#[path = "processes/token_service.rs"]
mod token_service;
#[path = "processes/tokens.rs"]
mod tokens;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use harvest_generated::runtime::Limiter;
use harvest_generated::v1::Client;

use self::service::Service;

/// Starts a process that calls the service without a break for so many seconds.
fn caller(service: &Service, books: impl AsRef<OsStr>, tasks: u32, seconds: u32) -> Child {
    Command::new(env!("CARGO_BIN_EXE_caller"))
        .arg(&service.url)
        .arg(books)
        .arg(service.limit.to_string())
        .arg(service.window.as_millis().to_string())
        .arg(tasks.to_string())
        .arg(seconds.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The books of one test, gone with it.
struct Books(PathBuf);

impl Books {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_file(&path);
        Self(path)
    }
}

impl Drop for Books {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_processes_use_the_allowance_of_one() {
    let service = Service::start(50, Duration::from_secs(2)).await;
    let books = Books::new("three.limit");
    // Six windows, the last of which may have begun late.
    three_use_the_allowance(&service, books.0.as_os_str(), 12, 6).await;
}

/// Starts three processes for so many seconds, in which there are so many windows.
async fn three_use_the_allowance(service: &Service, books: &OsStr, seconds: u32, windows: u32) {
    let callers: Vec<_> = (0..3)
        .map(|_| caller(service, books, 20, seconds))
        .collect();
    let answered: Vec<u32> = tokio::task::spawn_blocking(|| {
        let outputs = callers
            .into_iter()
            .map(|caller| caller.wait_with_output().unwrap().stdout);
        outputs
            .map(|text| String::from_utf8(text).unwrap().trim().parse().unwrap())
            .collect()
    })
    .await
    .unwrap();

    let (accepted, refused) = service.counts();
    let used = 100 * accepted / (service.limit * windows);
    println!("{used} % of the allowance used, {refused} refused, {answered:?} by process");
    assert_eq!(refused, 0);
    assert!(used >= 95, "{used} %");
    for share in &answered {
        assert!(*share >= accepted / 10, "{answered:?}");
    }
}

/// A process can be killed with the lock in its hands, or in the middle of a write.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_killed_neither_block_nor_break_anything() {
    let service = Service::start(1_000_000, Duration::from_millis(500)).await;
    let books = Books::new("killed.limit");
    let limiter = Limiter::shared(&books.0).unwrap();
    let client = Client::builder()
        .base_url(&service.url)
        .credential("a-key")
        .limiter(limiter)
        .build()
        .unwrap();
    for round in 0..12 {
        let mut callers = [(); 2].map(|()| caller(&service, &books.0, 8, 20));
        let before = service.counts().0;
        while service.counts().0 < before + 40 {
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
        tokio::time::sleep(Duration::from_micros(round * 377)).await;
        for caller in &mut callers {
            caller.kill().unwrap();
            caller.wait().unwrap();
        }
        let began = Instant::now();
        client.list_users().send().await.unwrap();
        // A lock that stays would take a second; a file that is broken, one that goes alone.
        assert!(began.elapsed() < Duration::from_millis(900), "{round}");
    }
    assert_eq!(service.counts().1, 0);
}
