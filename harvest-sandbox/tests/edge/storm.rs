//! 300 wrong passwords at once: what they cost in memory, and how long the API takes meanwhile.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use reqwest::Client;
use reqwest::redirect::Policy;

use crate::support;
use crate::temp_dir::TempDir;

const KEY: &str = "a-key-for-the-storm";
const PASSWORD: &str = "correct horse battery";
const SIGN_IN: &str = "/configure/sign_in";
const AT_ONCE: usize = 300;

/// A sandbox in a process of its own, whose memory is that of nothing else.
struct Program {
    child: Child,
    url: String,
    set_up: String,
    _folder: TempDir,
}

impl Program {
    fn start() -> Self {
        let folder = TempDir::new("storm");
        let mut child = Command::new(env!("CARGO_BIN_EXE_harvest-sandbox"))
            .args(["--addr", "127.0.0.1:0", "--key", KEY, "--data"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
        let mut lines = lines.map(Result::unwrap);
        let mut after = |label: &str| {
            let found = lines.find_map(|line| Some(line.trim().strip_prefix(label)?.to_owned()));
            found.unwrap().trim().to_owned()
        };
        let url = after("URL");
        let set_up = after("Dev Center");
        Self {
            child,
            url,
            set_up,
            _folder: folder,
        }
    }

    /// A line of `/proc/PID/status`, in bytes.
    fn memory(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.unwrap().trim_matches([':', ' ', '\t', 'k', 'B']);
        number.parse::<u64>().unwrap() * 1024
    }

    /// Makes the present amount of memory the peak.
    fn forget_peak(&self) {
        std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5").unwrap();
    }

    async fn list_users(&self, client: &Client) -> Duration {
        let began = Instant::now();
        let request = client.get(format!("{}/v1/users?per_page=1", self.url));
        let answer = support::send(request.basic_auth(KEY, Some(""))).await;
        assert_eq!(answer.status, 200);
        began.elapsed()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser with a form for the password: its cookie, and the token of the form.
async fn form(client: &Client, url: &str) -> (String, String) {
    let answer = support::send(client.get(url)).await;
    let cookie = answer.header("set-cookie").split(';').next().unwrap();
    let (_, token) = answer.text.split_once("csrf_token\" value=\"").unwrap();
    let token = token.split_once('"').unwrap().0;
    (cookie.to_owned(), token.to_owned())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_passwords_at_once_cost_little() {
    let program = Arc::new(Program::start());
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    let (cookie, csrf) = form(&client, &program.set_up).await;
    let token = program.set_up.split_once("token=").unwrap().1;
    let fields = [
        ("csrf_token", csrf.as_str()),
        ("token", token),
        ("password", PASSWORD),
        ("repeated", PASSWORD),
    ];
    let set_up = client.post(format!("{}/configure/set_up", program.url));
    let answer = support::send(set_up.header("cookie", cookie).form(&fields)).await;
    assert_eq!(answer.status, 303, "{}", answer.text);

    let mut quiet = Vec::new();
    for _ in 0..300 {
        quiet.push(program.list_users(&client).await);
    }
    let quiet = median(quiet);

    let url = format!("{}{SIGN_IN}", program.url);
    let (cookie, csrf) = form(&client, &url).await;
    program.forget_peak();
    let before = program.memory("VmRSS");
    let began = Instant::now();
    let guesses: Vec<_> = (0..AT_ONCE)
        .map(|number| {
            let password = format!("wrong horse battery {number}");
            let fields = [("csrf_token", csrf.as_str()), ("password", &password)];
            let request = client.post(&url).header("cookie", &cookie);
            tokio::spawn(support::send(request.form(&fields)))
        })
        .collect();
    let over = Arc::new(AtomicBool::new(false));
    let (asking, ended) = (Arc::clone(&program), Arc::clone(&over));
    let meanwhile = tokio::spawn(async move {
        let (client, mut times) = (Client::new(), Vec::new());
        while !ended.load(Ordering::Relaxed) {
            times.push(asking.list_users(&client).await);
        }
        times
    });
    let mut statuses = std::collections::BTreeMap::<u16, usize>::new();
    for guess in guesses {
        *statuses.entry(guess.await.unwrap().status).or_default() += 1;
    }
    let took = began.elapsed();
    over.store(true, Ordering::Relaxed);
    let storm = meanwhile.await.unwrap();
    let asked = storm.len();
    let storm = median(storm);
    let peak = program.memory("VmHWM").saturating_sub(before);
    let stays = program.memory("VmRSS").saturating_sub(before);
    println!(
        "{AT_ONCE} wrong passwords in {took:.1?}: {statuses:?}; memory {} MB more at the peak, {} \
         MB more after; the API's median latency {quiet:.1?} before, {storm:.1?} meanwhile \
         ({asked} requests)",
        peak >> 20,
        stays >> 20,
    );
    let looked_at = statuses.get(&403).copied().unwrap_or_default();
    assert!((1..=16).contains(&looked_at), "{statuses:?}");
    assert_eq!(
        statuses.get(&429),
        Some(&(AT_ONCE - looked_at)),
        "{statuses:?}"
    );
    assert!(peak <= 100 << 20, "{peak} bytes");
    // A machine that is busy with other things is not to fail this.
    assert!(
        storm <= 2 * quiet + Duration::from_millis(50),
        "{storm:?} in place of {quiet:?}"
    );
}
