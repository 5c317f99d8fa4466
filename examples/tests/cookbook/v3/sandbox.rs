//! The recipes against the sandbox in this process: its token service, its records and its rules.

mod changes;
mod exports;
mod organization;

use std::collections::BTreeSet;

use harvest_generated::runtime::{Items, Limiter, Record};
use harvest_generated::v3::Client;
use harvest_generated::v3::types::{Application, ApplicationStatus};
use harvest_sandbox::Sandbox;

use crate::index::recipes;

/// An organization of invented people, and a client with all scopes.
pub struct Organization {
    sandbox: Sandbox,
    pub client: Client,
}

impl Organization {
    pub async fn start() -> Self {
        Self::with_candidates(60).await
    }

    /// An organization of this size; a page holds 500 records at most.
    pub async fn with_candidates(candidates: usize) -> Self {
        let builder = Sandbox::builder().candidates(candidates);
        // Recipes do not wait, however many requests they send.
        let builder = builder.rate_limit(10_000, std::time::Duration::from_secs(10));
        let sandbox = builder.start().await.unwrap();
        let credentials = sandbox.v3_credentials().expect("it keeps records");
        let client = Client::builder()
            .client_credentials(&credentials.client_id, &credentials.client_secret)
            .base_url(sandbox.url())
            .token_url(sandbox.token_url().expect("v3 has a token service"))
            .limiter(Limiter::unlimited())
            .build()
            .unwrap();
        Self { sandbox, client }
    }

    /// How many calls of an operation succeeded.
    pub fn accepted(&self, operation: &str) -> usize {
        let requests = self.sandbox.requests().into_iter();
        requests
            .filter(|request| request.operation.as_deref() == Some(operation))
            .filter(|request| request.status.is_some_and(|status| status < 300))
            .count()
    }

    /// An application that is in a stage of a job.
    pub async fn application(&self) -> Application {
        let list = self.client.list_applications().items();
        let found = list.find(|application| {
            application.status == Some(ApplicationStatus::InProcess)
                && application.job_interview_stage_id.is_some()
        });
        found
            .await
            .unwrap()
            .expect("an application that is in process")
    }
}

pub async fn all<T: Record>(list: Items<T>) -> Vec<T> {
    list.collect().await.unwrap()
}

/// Each module names the recipes that it runs.
#[test]
fn every_recipe_is_run_here() {
    let run = [exports::RUN, changes::RUN, organization::RUN].concat();
    let run: BTreeSet<_> = run.into_iter().map(str::to_owned).collect();
    let all: BTreeSet<_> = recipes("v3").into_iter().map(|(name, _)| name).collect();
    assert_eq!(run, all);
}
