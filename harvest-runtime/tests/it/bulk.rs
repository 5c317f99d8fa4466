//! Bulk jobs: started once, followed to their end, split where they are too large, with a result for each row.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Response;
use harvest_runtime::{
    ActingUser, Api, Auth, BulkJobs, BulkOutcome, ClientBuilder, Conventions, Core, Error,
    JobReader, Method, Operation, Pagination, PollOptions, RowOutcome,
};
use serde_json::{Value, json};

use crate::server::{Asked, KEY, LIST_USERS, Server, reply, reply_with};

static DELETE: Operation = Operation {
    id: "bulk_delete_openings",
    method: Method::Delete,
    path: "/v3/openings/bulk",
    pagination: Pagination::None,
    idempotent: false,
    acting_user: ActingUser::None,
    statuses: &[202],
    ..LIST_USERS
};
static GET_JOB: Operation = Operation {
    id: "get_job",
    path: "/v3/jobs/{job}",
    pagination: Pagination::None,
    ..LIST_USERS
};
const READER: JobReader = JobReader {
    operation: &GET_JOB,
    parameter: "job",
    job: "job",
    state: ("state", &["completed", "failed"]),
};
/// Room for three rows of the tests, and not for four.
const BYTES: usize = 100;

#[derive(Debug)]
struct Harvest(Core);

impl Api for Harvest {
    const NAME: &'static str = "Harvest v3";
    const BASE_URL: &'static str = "https://harvest.example.com";
    const AUTH: Auth = Auth::Bearer;
    const CONVENTIONS: &'static Conventions = &Conventions {
        jobs: Some(&BulkJobs {
            rows: "data",
            succeeded: "succeeded_url",
            failed: "failed_url",
            succeeded_count: Some("succeeded"),
            failed_count: Some("failed"),
            bytes: BYTES,
            active: 2,
            look_up: "see list_jobs",
        }),
        ..Conventions::DEFAULT
    };

    fn from_core(core: Core) -> Self {
        Self(core)
    }

    fn core(&self) -> &Core {
        &self.0
    }
}

fn client(server: &Server) -> Core {
    let builder = ClientBuilder::<Harvest>::new().credential(KEY);
    builder.base_url(server.url()).build().unwrap().0
}

fn poll() -> PollOptions {
    PollOptions::new()
        .interval(Duration::from_millis(5))
        .timeout(Duration::from_secs(20))
}

/// Rows of about 25 bytes.
fn body(rows: usize) -> Value {
    let rows: Vec<_> = (0..rows)
        .map(|row| json!({"id": 100 + row, "name": "abc"}))
        .collect();
    json!({"data": rows})
}

async fn run(core: &Core, rows: usize) -> Result<BulkOutcome, Error> {
    let mut request = core.request(&DELETE);
    request.json(&body(rows));
    request.run_job(READER, poll()).await
}

fn sent_ids(asked: &Asked) -> Vec<i64> {
    let body: Value = serde_json::from_slice(&asked.body).unwrap();
    let rows = body["data"].as_array().unwrap().iter();
    rows.map(|row| row["id"].as_i64().unwrap()).collect()
}

/// The number in the last segment of a path.
fn number(target: &str) -> usize {
    target.rsplit(['/', '-']).next().unwrap().parse().unwrap()
}

/// A service that carries rows out but those whose id is in `refused`, and has ended a job when it is asked a second time.
struct Jobs {
    jobs: Mutex<Vec<(Vec<i64>, usize)>>,
    refused: HashSet<i64>,
    /// Answers as a list of one.
    listed: bool,
}

impl Jobs {
    fn refusing(refused: &[i64]) -> Arc<Self> {
        Arc::new(Self {
            jobs: Mutex::default(),
            refused: refused.iter().copied().collect(),
            listed: true,
        })
    }

    fn answer(&self, asked: &Asked, url: &str) -> Response<Body> {
        let mut jobs = self.jobs.lock().unwrap();
        if asked.target == "/v3/openings/bulk" {
            jobs.push((sent_ids(asked), 0));
            return reply(
                202,
                json!({"job": format!("j-{}", jobs.len() - 1)}).to_string(),
            );
        }
        let at = number(&asked.target);
        let (ids, times) = &mut jobs[at];
        let (bad, good): (Vec<i64>, Vec<i64>) =
            ids.iter().partition(|id| self.refused.contains(id));
        if asked.target.starts_with("/files/good") {
            return reply(200, json!(good).to_string());
        }
        if asked.target.starts_with("/files/bad") {
            let entry = |id| {
                json!({"id": id, "message": "is open",
                "errors": [{"field": "id", "message": "is open"}]})
            };
            return reply(
                200,
                json!(bad.iter().map(entry).collect::<Vec<_>>()).to_string(),
            );
        }
        *times += 1;
        let job = if *times == 1 {
            json!({"state": "building", "succeeded_url": null, "failed_url": null})
        } else {
            json!({
                "state": "completed", "succeeded": good.len(), "failed": bad.len(),
                "succeeded_url": format!("{url}/files/good/{at}"),
                "failed_url": format!("{url}/files/bad/{at}"),
            })
        };
        reply(
            200,
            if self.listed { json!([job]) } else { job }.to_string(),
        )
    }

    async fn serve(self: &Arc<Self>) -> Server {
        let jobs = Arc::clone(self);
        Server::start(move |asked, url| jobs.answer(asked, url)).await
    }
}

#[tokio::test]
async fn each_row_has_its_result() {
    for listed in [true, false] {
        let mut jobs = Jobs::refusing(&[101]);
        Arc::get_mut(&mut jobs).unwrap().listed = listed;
        let server = jobs.serve().await;
        let outcome = run(&client(&server), 3).await.unwrap();
        let rows: Vec<_> = outcome
            .rows()
            .iter()
            .map(|row| (row.index(), row.outcome()))
            .collect();
        assert_eq!(rows[0], (0, &RowOutcome::Done { id: Some(100) }));
        assert_eq!(rows[2], (2, &RowOutcome::Done { id: Some(102) }));
        let failed: Vec<_> = outcome.failed().collect();
        assert_eq!((failed.len(), failed[0].0), (1, 1));
        assert_eq!(failed[0].1.message(), Some("is open"));
        assert_eq!(failed[0].1.fields()[0].field(), Some("id"));
        assert!(!outcome.is_complete() && outcome.error().is_none());
        let job = &outcome.jobs()[0];
        assert_eq!(
            (job.id(), job.rows(), job.state()),
            ("j-0", 0..3, Some("completed"))
        );
        assert_eq!(job.succeeded().unwrap(), "[100,102]");
        let text = format!("{outcome:?} {:?}", outcome.rows());
        assert!(!text.contains("is open") && !text.contains("10"), "{text}");
        let targets = server.targets();
        assert_eq!(
            targets,
            [
                "/v3/openings/bulk",
                "/v3/jobs/j-0",
                "/v3/jobs/j-0",
                "/files/good/0",
                "/files/bad/0"
            ]
        );
        for asked in server.asked() {
            let is_file = asked.target.starts_with("/files");
            assert_eq!(
                asked.header("authorization").is_none(),
                is_file,
                "{}",
                asked.target
            );
        }
    }
}

/// A file of results is as large as rows were sent, whatever the service puts into it.
#[tokio::test]
async fn a_file_that_is_too_large_for_its_rows_is_not_read() {
    let many = |item: &str, count: usize| format!("[{}0]", item.repeat(count));
    for file in [
        many("0,", 200_000),
        many("{},", 100_000),
        many("[[]],", 60_000),
        format!("{{\"results\":{}}}", many("0,", 200_000)),
        "{\"id\":1}\n".repeat(60_000),
        format!("[{}]", " ".repeat(3 * 1024 * 1024)),
    ] {
        let jobs = Jobs::refusing(&[]);
        let sent = file.clone();
        let server = Server::start(move |asked, url| {
            if asked.target.starts_with("/files/bad") {
                return reply(200, sent.clone());
            }
            jobs.answer(asked, url)
        })
        .await;
        let outcome = run(&client(&server), 3).await.unwrap();
        let job = &outcome.jobs()[0];
        let begin = &file[..20];
        let error = job.error().unwrap_or_else(|| panic!("{begin}"));
        assert!(
            error.is_download() && error.is_too_large(),
            "{begin}: {error}"
        );
        assert!(
            job.failed().is_none() && job.succeeded().is_some(),
            "{begin}"
        );
        let rows = outcome.rows();
        assert_eq!(
            rows[1].outcome(),
            &RowOutcome::Done { id: Some(101) },
            "{begin}"
        );
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_becomes_several_jobs() {
    let server = Jobs::refusing(&[104]).serve().await;
    let outcome = run(&client(&server), 8).await.unwrap();
    let sent: Vec<_> = server
        .asked()
        .iter()
        .filter(|asked| asked.method == "DELETE")
        .map(|asked| {
            assert!(asked.body.len() <= BYTES);
            sent_ids(asked)
        })
        .collect();
    assert_eq!(
        sent,
        [vec![100, 101, 102], vec![103, 104, 105], vec![106, 107]]
    );
    assert_eq!(outcome.jobs().len(), 3);
    for row in outcome.rows() {
        let id = 100 + i64::try_from(row.index()).unwrap();
        if id == 104 {
            assert!(matches!(row.outcome(), RowOutcome::Failed(_)));
        } else {
            assert_eq!(row.outcome(), &RowOutcome::Done { id: Some(id) });
        }
    }

    // A row that is too large alone: nothing is sent at all.
    let server = Jobs::refusing(&[]).serve().await;
    let mut request = client(&server).request(&DELETE);
    request.json(&json!({"data": [1, "x".repeat(200)]}));
    let error = request.run_job(READER, poll()).await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn a_job_whose_start_has_no_answer_is_not_started_again() {
    for status in [500, 502, 202] {
        let server = Server::answering(status, "{}").await;
        let error = run(&client(&server), 1).await.unwrap_err();
        assert_eq!(server.asked().len(), 1, "{status}");
        let text = error.to_string();
        assert!(
            text.contains("a job may have been started: see list_jobs"),
            "{text}"
        );
    }
    // A refusal started none.
    let server = Server::answering(422, r#"{"message":"Invalid"}"#).await;
    let error = run(&client(&server), 1).await.unwrap_err();
    assert!(
        error.is_validation() && !error.to_string().contains("list_jobs"),
        "{error}"
    );
}

#[tokio::test]
async fn what_went_before_is_kept_when_a_later_job_is_not_started() {
    for (status, then) in [(500, RowOutcome::Unknown), (422, RowOutcome::NotSent)] {
        let (jobs, started) = (Jobs::refusing(&[]), AtomicUsize::new(0));
        let server = Server::start(move |asked, url| {
            let starts = asked.method == "DELETE";
            if starts && started.fetch_add(1, Ordering::SeqCst) == 1 {
                return reply(status, "{}");
            }
            jobs.answer(asked, url)
        })
        .await;
        let outcome = run(&client(&server), 8).await.unwrap();
        assert!(outcome.error().is_some() && !outcome.is_complete());
        let rows: Vec<_> = outcome
            .rows()
            .iter()
            .map(|row| row.outcome().clone())
            .collect();
        assert_eq!(rows[2], RowOutcome::Done { id: Some(102) });
        assert_eq!(rows[3..6], [then.clone(), then.clone(), then], "{status}");
        assert_eq!(rows[6..], [RowOutcome::NotSent, RowOutcome::NotSent]);
    }
}

#[tokio::test]
async fn too_many_active_jobs_are_waited_for() {
    let (jobs, asked_for) = (Jobs::refusing(&[]), AtomicUsize::new(0));
    let server = Server::start(move |asked, url| {
        let starts = asked.method == "DELETE";
        if starts && asked_for.fetch_add(1, Ordering::SeqCst) < 1 {
            return reply_with(429, &[("retry-after", "0")], "");
        }
        jobs.answer(asked, url)
    })
    .await;
    assert!(run(&client(&server), 1).await.unwrap().is_complete());
}

#[tokio::test(flavor = "multi_thread")]
async fn so_many_jobs_are_active_at_a_time_and_no_more() {
    let (active, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (now, peak) = (Arc::clone(&active), Arc::clone(&most));
    let jobs = Jobs::refusing(&[]);
    let server = Server::start(move |asked, url| {
        if asked.method == "DELETE" {
            let active = now.fetch_add(1, Ordering::SeqCst) + 1;
            peak.fetch_max(active, Ordering::SeqCst);
        }
        if asked.target.starts_with("/files/good") {
            now.fetch_sub(1, Ordering::SeqCst);
        }
        jobs.answer(asked, url)
    })
    .await;
    let core = client(&server);
    let calls = (0..8).map(|_| run(&core, 1));
    for outcome in futures_util::future::join_all(calls).await {
        assert!(outcome.unwrap().is_complete());
    }
    assert_eq!(most.load(Ordering::SeqCst), 2);
}

/// A call that waits for a place and is not polled is assigned none.
#[tokio::test]
async fn unpolled_calls_take_no_places() {
    let server = Jobs::refusing(&[]).serve().await;
    let core = client(&server);
    let mut active = tokio::task::JoinSet::new();
    for _ in 0..2 {
        let core = core.clone();
        active.spawn(async move { run(&core, 1).await });
    }
    tokio::task::yield_now().await;
    let mut kept: Vec<_> = (0..4).map(|_| Box::pin(run(&core, 1))).collect();
    for call in &mut kept {
        let begun = std::future::poll_fn(|context| Poll::Ready(call.as_mut().poll(context)));
        assert!(begun.await.is_pending());
    }
    let other = tokio::time::timeout(Duration::from_secs(10), run(&core, 1)).await;
    let other = other.expect("it hangs").unwrap();
    assert!(other.error().is_none());
}

#[tokio::test]
async fn links_that_expired_are_read_again() {
    let (jobs, fetched) = (Jobs::refusing(&[101]), AtomicUsize::new(0));
    let server = Server::start(move |asked, url| {
        let is_file = asked.target.starts_with("/files/good");
        if is_file && fetched.fetch_add(1, Ordering::SeqCst) == 0 {
            return reply(403, "expired");
        }
        jobs.answer(asked, url)
    })
    .await;
    let outcome = run(&client(&server), 2).await.unwrap();
    assert!(outcome.error().is_none(), "{outcome:?}");
    assert_eq!(
        outcome.rows()[0].outcome(),
        &RowOutcome::Done { id: Some(100) }
    );
    let reads = server
        .targets()
        .iter()
        .filter(|target| target.starts_with("/v3/jobs"))
        .count();
    assert_eq!(reads, 3);
}

#[tokio::test]
async fn a_file_from_a_place_that_is_not_fetched_leaves_the_rows_unknown() {
    let server = Server::start(|asked, _| {
        if asked.method == "DELETE" {
            return reply(202, r#"{"job":5}"#);
        }
        let job = json!({
            "state": "completed", "succeeded_url": "http://files.example.com/good",
            "failed_url": "file:///etc/passwd",
        });
        reply(200, job.to_string())
    })
    .await;
    let outcome = run(&client(&server), 2).await.unwrap();
    assert!(outcome.error().unwrap().is_download());
    assert!(
        outcome
            .rows()
            .iter()
            .all(|row| row.outcome() == &RowOutcome::Unknown)
    );
    assert_eq!(server.targets(), ["/v3/openings/bulk", "/v3/jobs/5"]);
}

#[tokio::test]
async fn a_job_that_does_not_end_in_time_is_reported_of_with_its_id() {
    let server = Server::start(|asked, _| match &*asked.method {
        "DELETE" => reply(202, r#"{"job":"j-7"}"#),
        _ => reply(200, r#"{"state":"in_progress"}"#),
    })
    .await;
    let mut request = client(&server).request(&DELETE);
    request.json(&body(1));
    let soon = poll().timeout(Duration::from_millis(30));
    let outcome = request.run_job(READER, soon).await.unwrap();
    assert!(outcome.error().unwrap().is_not_ready());
    assert_eq!(outcome.jobs()[0].id(), "j-7");
    assert_eq!(outcome.rows()[0].outcome(), &RowOutcome::Unknown);
}

/// Bodies that do not show whether a job has ended, and those that say that it has not in JSON that is repaired.
const NO_END: [&[u8]; 9] = [
    b"<html>busy</html>",
    b"{\"state\":\"in_prog",
    b"",
    b"[]",
    b"{\"state\":null}",
    b"\xef\xbb\xbf{\"state\":\"in_progress\"}",
    b"{\"state\":\"in_progress\",\"note\":\"a\nb\"}",
    b"{\"state\":\"in_progress\",\"note\":\"\\ud83d\"}",
    b"{\"state\":\"in_progress\",\"note\":1e400}",
];

/// A place among the active jobs is kept as long as a job may be active.
#[tokio::test]
async fn what_does_not_say_that_a_job_has_ended_is_not_its_end() {
    for body in NO_END {
        let server = Server::start(move |asked, _| match &*asked.method {
            "DELETE" => reply(202, r#"{"job":"j-7"}"#),
            _ => reply(200, body),
        })
        .await;
        let name = String::from_utf8_lossy(body);
        let mut request = client(&server).request(&DELETE);
        request.json(&self::body(1));
        let soon = poll().timeout(Duration::from_millis(60));
        let outcome = request.run_job(READER, soon).await.unwrap();
        assert!(outcome.error().unwrap().is_not_ready(), "{name}");
        assert_eq!(outcome.rows()[0].outcome(), &RowOutcome::Unknown, "{name}");
        assert!(server.targets().len() > 2, "{name}");
    }
}

#[tokio::test]
async fn a_job_is_followed_past_answers_that_make_no_sense() {
    let asked_before = AtomicUsize::new(0);
    let server = Server::start(move |asked, _| {
        if asked.method == "DELETE" {
            return reply(202, r#"{"job":"j-7"}"#);
        }
        let number = asked_before.fetch_add(1, Ordering::Relaxed);
        match NO_END.get(number) {
            Some(body) => reply(200, *body),
            None => reply(200, r#"{"state":"completed","succeeded":2,"failed":0}"#),
        }
    })
    .await;
    let outcome = run(&client(&server), 2).await.unwrap();
    assert!(outcome.error().is_none(), "{:?}", outcome.error());
    let done = RowOutcome::Done { id: None };
    assert!(outcome.rows().iter().all(|row| row.outcome() == &done));
}

/// What is nearly JSON is repaired, and what is none of it leaves rows unknown with an error, unless the counts determine
/// them.
#[tokio::test]
async fn files_of_results_that_are_no_json_are_an_error() {
    let broken = "[{\"id\":101,\"message\":\"\\ud83d\"},{\"id\":100,\"message\":\"b\nc\"}]";
    for (file, counts, is_reported) in [
        (broken, (None, None), false),
        ("<html>no such file</html>", (None, None), true),
        ("<html>no such file</html>", (Some(0), Some(2)), false),
        ("", (None, None), false),
    ] {
        let server = Server::start(move |asked, url| {
            if asked.method == "DELETE" {
                return reply(202, r#"{"job":"j-7"}"#);
            }
            if asked.target.starts_with("/files") {
                return reply(200, file);
            }
            let job = json!({
                "state": "completed", "succeeded": counts.0, "failed": counts.1,
                "succeeded_url": null, "failed_url": format!("{url}/files/bad/7"),
            });
            reply(200, job.to_string())
        })
        .await;
        let outcome = run(&client(&server), 2).await.unwrap();
        let error = outcome.error().map(ToString::to_string);
        assert_eq!(error.is_some(), is_reported, "{file}: {error:?}");
        if let Some(error) = error {
            assert!(error.contains("neither JSON nor lines of JSON"), "{error}");
        }
        let failed = |row: &RowOutcome| matches!(row, RowOutcome::Failed(_));
        let all_failed = outcome.rows().iter().all(|row| failed(row.outcome()));
        assert_eq!(all_failed, file == broken || counts.1.is_some(), "{file}");
    }
}

/// The time of a job is that of its start, too.
#[tokio::test]
async fn a_start_takes_no_longer_than_its_job() {
    for (headers, longest) in [
        (&[("retry-after", "20")][..], Duration::from_secs(1)),
        (&[("retry-after", "0")], Duration::from_secs(3)),
        (&[], Duration::from_secs(3)),
    ] {
        let server = Server::start(move |_, _| reply_with(429, headers, "")).await;
        let core = client(&server);
        let mut request = core.request(&DELETE);
        request.json(&body(1));
        let soon = PollOptions::new()
            .interval(Duration::from_millis(100))
            .timeout(Duration::from_millis(1_500));
        let begun = Instant::now();
        let error = request.run_job(READER, soon).await.unwrap_err();
        assert!(begun.elapsed() < longest, "{:?}: {error}", begun.elapsed());
        assert!(error.is_rate_limited(), "{error}");
        let has_long_pause = headers.iter().any(|(_, seconds)| *seconds == "20");
        assert!(error.is_paused() || !has_long_pause, "{error}");
        let named = error.to_string();
        assert!(
            !has_long_pause || named.contains("PollOptions::timeout"),
            "{named}"
        );
    }
}

/// And that of its files, whatever their server asks for or how slowly they come.
#[tokio::test]
async fn files_take_no_longer_than_their_job() {
    let paused = || reply_with(503, &[("retry-after", "20")], "");
    let slow = || {
        let pieces = futures_util::stream::unfold((), async |()| {
            tokio::time::sleep(Duration::from_millis(200)).await;
            Some((Ok::<_, std::io::Error>("1"), ()))
        });
        Response::new(Body::from_stream(pieces))
    };
    let files: [fn() -> Response<Body>; 2] = [paused, slow];
    for file in files {
        let jobs = Jobs::refusing(&[101]);
        let server = Server::start(move |asked, url| {
            if asked.target.starts_with("/files/") {
                return file();
            }
            jobs.answer(asked, url)
        })
        .await;
        let mut request = client(&server).request(&DELETE);
        request.json(&body(2));
        let begun = Instant::now();
        let soon = poll().timeout(Duration::from_millis(1_500));
        let outcome = request.run_job(READER, soon).await.unwrap();
        assert!(begun.elapsed() < Duration::from_secs(4), "{outcome:?}");
        let error = outcome.error().unwrap();
        assert!(error.is_download(), "{error}");
        let unknown = |row: &_| row == &RowOutcome::Unknown;
        assert!(outcome.rows().iter().all(|row| unknown(row.outcome())));
    }
}

#[cfg(feature = "blocking")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blocking_call_has_the_same_outcome() {
    let server = Jobs::refusing(&[101]).serve().await;
    let core = client(&server);
    let outcome = std::thread::spawn(move || {
        let mut request = core.request(&DELETE);
        request.json(&body(4));
        request.run_job_blocking(READER, poll()).unwrap()
    });
    let outcome = outcome.join().unwrap();
    assert_eq!(outcome.jobs().len(), 2);
    assert_eq!(
        outcome.failed().map(|(row, _)| row).collect::<Vec<_>>(),
        [1]
    );
}
