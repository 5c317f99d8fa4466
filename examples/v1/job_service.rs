//! A web service that shows open jobs, and answers errors of Harvest as its own callers should see them.
//!
//! ```sh
//! cargo run --example job_service -- 127.0.0.1:3000
//! curl http://127.0.0.1:3000/jobs
//! ```
//!
//! The key needs `GET: List jobs` and `GET: Retrieve job`. Confidential jobs are not shown.

use std::time::Duration;

use anyhow::Result;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, routing::get};
use harvest_examples::v1::Connection;
use harvest_generated::runtime::{CallOptions, Error};
use harvest_generated::v1::Client;
use harvest_generated::v1::types::{Job, JobId, JobStatus};
use serde::Serialize;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<()> {
    let connection = Connection::open().await?;
    let sample = Some("127.0.0.1:0".to_owned());
    let address: String = connection.argument(1, "an address to listen at", sample)?;
    run(connection.client.clone(), TcpListener::bind(address).await?).await
}

/// Serves until it is stopped.
pub async fn run(client: Client, listener: TcpListener) -> Result<()> {
    println!("http://{}/jobs", listener.local_addr()?);
    axum::serve(listener, routes(client)).await?;
    Ok(())
}

/// The service. One client for all requests: clones share connections and the rate limit.
pub fn routes(client: Client) -> Router {
    Router::new()
        .route("/jobs", get(list))
        .route("/jobs/{id}", get(show))
        .with_state(client)
}

/// What callers see of a job.
#[derive(Serialize)]
struct OpenJob {
    id: JobId,
    name: Option<String>,
}

/// A job that everybody may see.
fn shown(job: Job) -> Option<OpenJob> {
    let open = job.status == Some(JobStatus::Open) && job.confidential == Some(false);
    open.then_some(OpenJob {
        id: job.id,
        name: job.name,
    })
}

async fn list(State(client): State<Client>) -> Result<Json<Vec<OpenJob>>, HarvestError> {
    let mut jobs = client.list_jobs().status(JobStatus::Open).items();
    let mut open = Vec::new();
    while let Some(job) = jobs.next().await {
        open.extend(shown(job?));
    }
    Ok(Json(open))
}

async fn show(State(client): State<Client>, Path(id): Path<i64>) -> Result<Response, HarvestError> {
    // A caller waits: better an early error than a late answer.
    let options = CallOptions::new().timeout(Duration::from_secs(5));
    let job = client.get_job(id).with_options(options).send().await?;
    Ok(match shown(job.into_value()) {
        Some(job) => Json(job).into_response(),
        // As if there were none: whether a job is confidential is nothing for callers.
        None => StatusCode::NOT_FOUND.into_response(),
    })
}

/// An error of Harvest, as this service answers it.
pub struct HarvestError(pub Error);

impl From<Error> for HarvestError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for HarvestError {
    fn into_response(self) -> Response {
        let error = self.0;
        let status = if error.is_not_found() {
            StatusCode::NOT_FOUND
        } else if error.is_validation() || error.is_invalid_request() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else if error.is_rate_limited() || error.is_paused() {
            StatusCode::SERVICE_UNAVAILABLE
        } else if error.is_timeout() || error.is_call_timeout() {
            StatusCode::GATEWAY_TIMEOUT
        } else if error.is_unauthorized() || error.is_forbidden() || error.is_configuration() {
            // Our credential, not the caller's: a 401 here would ask the caller to sign in.
            StatusCode::INTERNAL_SERVER_ERROR
        } else {
            StatusCode::BAD_GATEWAY
        };
        // For the operator: the operation, the permission that is missing, the request id; nothing about a person.
        eprintln!("harvest: {error}");
        let mut response = status.into_response();
        if let Some(pause) = error.retry_after() {
            let seconds = HeaderValue::from(pause.as_secs() + 1);
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}
