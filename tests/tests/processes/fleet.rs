//! Processes of several machines, as far as they can be told from each other: what they share is a Redis server.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use harvest_generated::runtime::Limiter;
use harvest_generated::runtime::retry::Never;
use harvest_generated::v1::Client;

use super::service::Service;
use super::{caller, three_use_the_allowance};

/// A server on a socket of its own, without a port or persistence, which is ended with this.
struct Redis {
    folder: tempfile::TempDir,
    server: Child,
}

impl Redis {
    /// None, said loudly, where it is not installed; in CI that is a failure.
    fn start() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        match Self::run(&folder.path().join("redis.sock")) {
            Ok(server) => Some(Self { folder, server }),
            Err(error) if std::env::var_os("CI").is_none() => {
                eprintln!("SKIPPED, NOT TESTED: redis-server cannot be started: {error}");
                eprintln!("install Debian's package redis-server, and run this again");
                None
            }
            Err(error) => panic!("redis-server cannot be started: {error}"),
        }
    }

    fn run(socket: &PathBuf) -> std::io::Result<Child> {
        let _ = std::fs::remove_file(socket);
        let mut server = Command::new("redis-server")
            .args(["--port", "0", "--save", "", "--appendonly", "no"])
            .arg("--unixsocket")
            .arg(socket)
            .stdout(Stdio::null())
            .spawn()?;
        let begun = Instant::now();
        while std::os::unix::net::UnixStream::connect(socket).is_err() {
            if let Some(status) = server.try_wait()? {
                return Err(std::io::Error::other(status.to_string()));
            }
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "it does not listen"
            );
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(server)
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("redis.sock")
    }

    fn url(&self) -> String {
        format!("redis+unix://{}", self.socket().display())
    }

    fn stop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }

    fn restart(&mut self) {
        self.stop();
        self.server = Self::run(&self.socket()).unwrap();
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn client(redis: &Redis, service: &Service) -> Client {
    let (url, limit, window) = (redis.url(), service.limit, service.window);
    let limiter = Limiter::redis_starting_with(&url, "a-key", limit, window);
    Client::builder()
        .base_url(&service.url)
        .credential("a-key")
        .limiter(limiter.await.unwrap())
        .retry(Never)
        .build()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_processes_use_one_allowance_of_a_fleet() {
    let Some(redis) = Redis::start() else {
        return;
    };
    let service = Service::start(50, Duration::from_secs(2)).await;
    // In the first of seven windows they wait: a server that was just started may have forgotten requests.
    three_use_the_allowance(&service, OsStr::new(&redis.url()), 14, 6).await;
}

/// A process that ends gives back nothing: its requests count until it would have had their answers.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_killed_of_a_fleet_neither_block_nor_break_anything() {
    let Some(redis) = Redis::start() else {
        return;
    };
    let service = Service::start(1_000_000, Duration::from_millis(500)).await;
    let client = client(&redis, &service).await;
    client.list_users().send().await.unwrap();
    for round in 0..5 {
        let mut callers = [(); 2].map(|()| caller(&service, redis.url(), 8, 20));
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
        assert!(began.elapsed() < Duration::from_secs(2), "{round}");
    }
    assert_eq!(service.counts().1, 0);
}

/// Without persistence, a server that was started again has forgotten all requests of the window.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_was_restarted_is_not_believed_for_a_window() {
    let Some(mut redis) = Redis::start() else {
        return;
    };
    let window = Duration::from_secs(3);
    let service = Service::start(20, window).await;
    let client = client(&redis, &service).await;
    for _ in 0..15 {
        client.list_users().send().await.unwrap();
    }
    redis.restart();
    let begun = Instant::now();
    for _ in 0..20 {
        client.list_users().send().await.unwrap();
    }
    let took = begun.elapsed();
    assert!(took >= window, "{took:?}");
    assert_eq!(service.counts(), (35, 0));
}

/// Nobody knows then what others have sent.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_its_server_nothing_is_sent() {
    let Some(mut redis) = Redis::start() else {
        return;
    };
    let service = Service::start(1_000, Duration::from_millis(200)).await;
    let client = client(&redis, &service).await;
    client.list_users().send().await.unwrap();
    redis.stop();
    let begun = Instant::now();
    let error = client.list_users().send().await.unwrap_err();
    assert!(error.is_unbooked() && error.is_transient(), "{error}");
    assert!(
        (4..12).contains(&begun.elapsed().as_secs()),
        "{:?}",
        begun.elapsed()
    );
    let text = format!("{error} {error:?}");
    assert!(
        text.contains("Limiter::redis") && text.contains("not sent"),
        "{text}"
    );
    for secret in ["a-key", "redis.sock"] {
        assert!(!text.contains(secret), "{text}");
    }
    // That it is away is known by now.
    let begun = Instant::now();
    client.list_users().send().await.unwrap_err();
    assert!(
        begun.elapsed() < Duration::from_secs(4),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(service.counts().0, 1);
    redis.restart();
    client.list_users().send().await.unwrap();
    assert_eq!(service.counts(), (2, 0));

    let url = format!(
        "redis+unix:///nowhere-with-a-password-{}",
        std::process::id()
    );
    let error = Limiter::redis(&url, "a-key").await.unwrap_err().to_string();
    assert!(!error.contains("a-password"), "{error}");
}
