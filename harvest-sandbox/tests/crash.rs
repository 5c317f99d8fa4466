//! The folder after the process is killed while both versions write: every write that was answered, and no half of one.

mod support;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use reqwest::{Client, RequestBuilder};
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
    /// The credential of v3 that it printed.
    client_id: String,
    secret: String,
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
        let mut printed = |label: &str| {
            let mut lines = output.by_ref().map(Result::unwrap);
            let value =
                lines.find_map(|line| Some(line.trim().strip_prefix(label)?.trim().to_owned()));
            value.unwrap_or_else(|| panic!("it does not print its {label}"))
        };
        Self {
            child,
            url: printed("URL"),
            client_id: printed("client id"),
            secret: printed("secret"),
            _output: output,
        }
    }

    /// A token for the user.
    async fn token(&self, client: &Client) -> String {
        let request = client
            .post(format!("{}/token", self.url))
            .basic_auth(&self.client_id, Some(&self.secret))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("grant_type=client_credentials&sub={USER}"));
        let answer = send(request).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }
}

impl Drop for Process {
    /// SIGKILL, where there are signals.
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A version of the API, as the test speaks it.
#[derive(Clone)]
struct Face {
    client: Client,
    /// Where there is none, the key is the credential.
    token: Option<String>,
    /// What it adds, and which of the candidates are its own.
    last_name: &'static str,
    path: &'static str,
    body: fn(&Value) -> Value,
    /// Where the id of what was added stands in the answer.
    id: &'static str,
}

impl Face {
    fn v1(client: &Client) -> Self {
        Self {
            client: client.clone(),
            token: None,
            last_name: "Lindqvist",
            path: "/v1/candidates",
            body: |job| {
                json!({
                    "first_name": "Noor", "last_name": "Lindqvist",
                    "tags": ["Returning"],
                    "activity_feed_notes": [{"user_id": USER, "body": "Kept?",
                        "visibility": "public"}],
                    "applications": [{"job_id": job}, {"prospect": "true"}],
                })
            },
            id: "/id",
        }
    }

    fn v3(client: &Client, token: String) -> Self {
        Self {
            client: client.clone(),
            token: Some(token),
            last_name: "Quintero",
            path: "/v3/candidates",
            body: |job| {
                json!({
                    "first_name": "Rafael", "last_name": "Quintero",
                    "tags": ["Returning"],
                    "email_addresses": [{"value": "rafael@example.com", "type": "personal"}],
                    "linked_user_ids": [USER],
                    "application": {"job_id": job},
                })
            },
            id: "/candidate/id",
        }
    }

    fn request(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request
                .basic_auth(KEY, Some(""))
                .header("On-Behalf-Of", USER),
        }
    }

    async fn read(&self, process: &Process, path: &str) -> Value {
        let request = self.client.get(format!("{}{path}", process.url));
        let answer = send(self.request(request)).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer.json()
    }

    /// Adds candidates one after another until there is no answer any more, and returns the ids that were answered.
    async fn write(self, url: String, job: Value) -> Vec<i64> {
        let mut written = Vec::new();
        loop {
            let request = self.request(self.client.post(format!("{url}{}", self.path)));
            let body = (self.body)(&job).to_string();
            let Ok(response) = with_body(request, body).send().await else {
                return written;
            };
            let status = response.status();
            let Ok(text) = response.text().await else {
                return written;
            };
            assert_eq!(status, 201, "{text}");
            let answer: Value = serde_json::from_str(&text).unwrap();
            written.push(answer.pointer(self.id).unwrap().as_i64().unwrap());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_answered_is_kept_and_nothing_is_kept_by_half() {
    let folder = std::env::temp_dir().join(format!("harvest-sandbox-crash-{}", std::process::id()));
    let client = Client::new();
    let process = Process::start(&folder);
    // The answer to a request for a token is kept, too: it opens everything below.
    let faces = [
        Face::v1(&client),
        Face::v3(&client, process.token(&client).await),
    ];
    drop(process);
    let mut answered = [Vec::new(), Vec::new()];
    for kill in 0..KILLS {
        let process = Process::start(&folder);
        let applications = faces[0].read(&process, "/v1/applications").await;
        let applications = applications.as_array().unwrap().iter();
        let job = applications
            .map(|one| &one["jobs"][0]["id"])
            .find(|id| id.is_i64());
        let job = job.unwrap().clone();
        let writers = faces
            .clone()
            .map(|face| tokio::spawn(face.write(process.url.clone(), job.clone())));
        tokio::time::sleep(Duration::from_millis(60 + 7 * kill as u64)).await;
        drop(process);
        for (answered, writer) in answered.iter_mut().zip(writers) {
            answered.extend(writer.await.unwrap());
        }
    }

    let process = Process::start(&folder);
    let shown = Shown::read(&process, &faces).await;
    for (face, answered) in faces.iter().zip(&answered) {
        let version = &face.path[..3];
        assert!(
            answered.len() > KILLS / 2,
            "only {} writes of {version}",
            answered.len()
        );
        let kept = shown.kept(&process, face).await;
        for id in answered {
            assert!(kept.contains(id), "{id} of {version} is gone");
        }
        // One can have been kept without an answer, each time.
        let lost = kept.len() - answered.len();
        assert!(lost <= KILLS + 5, "{lost} of {version}");
        println!(
            "{KILLS} kills: {} writes of {version} were answered, and {} are there, all of them \
             whole",
            answered.len(),
            kept.len()
        );
    }
    drop(process);
    std::fs::remove_dir_all(folder).unwrap();
}

/// All candidates and applications, by both versions.
struct Shown<'a> {
    faces: &'a [Face; 2],
    /// As v1 shows them.
    candidates: Vec<Value>,
    /// As v3 shows them, by id.
    by_v3: BTreeMap<i64, Value>,
    /// The applications of each candidate, as v3 shows them.
    applications: BTreeMap<i64, Vec<i64>>,
}

impl<'a> Shown<'a> {
    async fn read(process: &Process, faces: &'a [Face; 2]) -> Self {
        let [v1, v3] = faces;
        let candidates = by_number(v1, process, "/v1/candidates").await;
        let by_v3 = by_link(v3, process, "/v3/candidates").await;
        let by_v3 = by_v3.into_iter();
        let by_v3 = by_v3.map(|one| (one["id"].as_i64().unwrap(), one));
        let mut applications = BTreeMap::<i64, Vec<i64>>::new();
        for one in by_link(v3, process, "/v3/applications").await {
            let candidate = one["candidate_id"].as_i64().unwrap();
            let of_candidate = applications.entry(candidate).or_default();
            of_candidate.push(one["id"].as_i64().unwrap());
        }
        Self {
            faces,
            candidates,
            by_v3: by_v3.collect(),
            applications,
        }
    }

    /// The ids of the candidates that a version has added. Each has to be whole, and the same to both.
    async fn kept(&self, process: &Process, face: &Face) -> Vec<i64> {
        let theirs = |one: &&Value| {
            one["last_name"] == face.last_name && one["tags"] == json!(["Returning"])
        };
        let by_v1 = face.token.is_none();
        let mut kept = Vec::new();
        for candidate in self.candidates.iter().filter(theirs) {
            let id = candidate["id"].as_i64().unwrap();
            let shown = &self.by_v3[&id];
            for (of_v1, of_v3) in [
                ("first_name", "first_name"),
                ("last_name", "last_name"),
                ("tags", "tags"),
                ("email_addresses", "email_addresses"),
                ("linked_user_ids", "linked_user_ids"),
                ("created_at", "created_at"),
            ] {
                assert_eq!(candidate[of_v1], shown[of_v3], "{id}: {of_v1}");
            }
            let mut applications = self.applications[&id].clone();
            applications.sort_unstable();
            assert_eq!(candidate["application_ids"], json!(applications), "{id}");
            if by_v1 {
                assert_eq!(applications.len(), 2);
                let path = format!("/v1/candidates/{id}/activity_feed");
                let feed = self.faces[0].read(process, &path).await;
                assert_eq!(feed["notes"].as_array().unwrap().len(), 1);
            } else {
                assert_eq!(applications.len(), 1);
                assert_eq!(candidate["linked_user_ids"], json!([USER]));
                assert_eq!(
                    candidate["email_addresses"][0]["value"],
                    "rafael@example.com"
                );
            }
            kept.push(id);
        }
        kept
    }
}

/// All records of a list, by the numbers of its pages.
async fn by_number(face: &Face, process: &Process, list: &str) -> Vec<Value> {
    let mut all = Vec::new();
    for page in 1.. {
        let path = format!("{list}?per_page=500&page={page}");
        let records = face.read(process, &path).await;
        let records = records.as_array().unwrap();
        if records.is_empty() {
            break;
        }
        all.extend(records.iter().cloned());
    }
    all
}

/// All records of a list, by the links between its pages.
async fn by_link(face: &Face, process: &Process, list: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let mut url = Some(format!("{}{list}?per_page=500", process.url));
    while let Some(page) = url {
        let answer = send(face.request(face.client.get(page))).await;
        assert_eq!(answer.status, 200, "{list}: {}", answer.text);
        all.extend(answer.json().as_array().unwrap().iter().cloned());
        let next = answer.header("link").split('>').next();
        url = next.and_then(|it| it.strip_prefix('<')).map(str::to_owned);
    }
    all
}
