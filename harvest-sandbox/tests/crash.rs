//! What is left when the process is killed while it writes: every write that was answered, and no half of one.

mod support;

use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use reqwest::Client;
use serde_json::{Value, json};
use support::{send, with_body};

const KILLS: usize = 20;
const KEY: &str = "k3y";
/// The user in the seed who may do everything.
const USER: i64 = 1_049_756;

/// The program, killed when it is dropped.
struct Process {
    child: Child,
    url: String,
    /// Kept open: there is more that it says.
    _output: Lines<BufReader<ChildStdout>>,
}

impl Process {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_harvest-sandbox"))
            .args(["--addr", "127.0.0.1:0", "--candidates", "5", "--key", KEY])
            .arg("--data")
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut lines = output.by_ref().map(Result::unwrap);
        let url = lines.find_map(|line| Some(line.trim().strip_prefix("URL")?.trim().to_owned()));
        Self {
            child,
            url: url.expect("it says where it listens"),
            _output: output,
        }
    }

    async fn read(&self, client: &Client, path: &str) -> Value {
        let request = client.get(format!("{}{path}", self.url));
        let answer = send(request.basic_auth(KEY, Some(""))).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer.json()
    }
}

impl Drop for Process {
    /// SIGKILL, where there are signals.
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Adds candidates one after another until there is no answer any more, and returns the ids that were answered.
async fn write(client: Client, url: String, job: Value) -> Vec<i64> {
    let mut written = Vec::new();
    loop {
        let request = client
            .post(format!("{url}/v1/candidates"))
            .basic_auth(KEY, Some(""))
            .header("On-Behalf-Of", USER);
        let body = json!({
            "first_name": "Noor", "last_name": "Lindqvist",
            "tags": ["Returning"],
            "activity_feed_notes": [{"user_id": USER, "body": "Kept?", "visibility": "public"}],
            "applications": [{"job_id": job}, {"prospect": "true"}],
        });
        let Ok(response) = with_body(request, body.to_string()).send().await else {
            return written;
        };
        let status = response.status();
        let Ok(text) = response.text().await else {
            return written;
        };
        assert_eq!(status, 201, "{text}");
        let candidate: Value = serde_json::from_str(&text).unwrap();
        written.push(candidate["id"].as_i64().unwrap());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_answered_is_kept_and_nothing_is_kept_by_half() {
    let folder = std::env::temp_dir().join(format!("harvest-sandbox-crash-{}", std::process::id()));
    let client = Client::new();
    let mut answered: Vec<i64> = Vec::new();
    for kill in 0..KILLS {
        let process = Process::start(&folder);
        let applications = process.read(&client, "/v1/applications").await;
        let applications = applications.as_array().unwrap().iter();
        let job = applications
            .map(|one| &one["jobs"][0]["id"])
            .find(|id| id.is_i64());
        let job = job.unwrap().clone();
        let writers =
            [(); 2].map(|()| tokio::spawn(write(client.clone(), process.url.clone(), job.clone())));
        tokio::time::sleep(Duration::from_millis(60 + 7 * kill as u64)).await;
        drop(process);
        for writer in writers {
            answered.extend(writer.await.unwrap());
        }
    }
    assert!(answered.len() > KILLS, "only {} writes", answered.len());

    let process = Process::start(&folder);
    for id in &answered {
        process.read(&client, &format!("/v1/candidates/{id}")).await;
    }
    let mut kept = 0;
    for page in 1.. {
        let path = format!("/v1/candidates?per_page=500&page={page}");
        let candidates = process.read(&client, &path).await;
        let candidates = candidates.as_array().unwrap();
        for candidate in candidates
            .iter()
            .filter(|one| one["last_name"] == "Lindqvist" && one["tags"][0] == "Returning")
        {
            assert_eq!(candidate["applications"].as_array().unwrap().len(), 2);
            let feed = process
                .read(
                    &client,
                    &format!("/v1/candidates/{}/activity_feed", candidate["id"]),
                )
                .await;
            assert_eq!(feed["notes"].as_array().unwrap().len(), 1);
            kept += 1;
        }
        if candidates.is_empty() {
            break;
        }
    }
    // One of each writer can have been kept without an answer, each time.
    assert!(
        (answered.len()..=answered.len() + 2 * KILLS + 5).contains(&kept),
        "{kept}"
    );
    println!(
        "{KILLS} kills: {} writes were answered, and {kept} are there, all of them whole",
        answered.len()
    );
    drop(process);
    std::fs::remove_dir_all(folder).unwrap();
}
