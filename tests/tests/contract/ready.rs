//! Records that are not ready when they are created: every operation that can say so.

use std::time::Duration;

use harvest_generated::v1::types::*;
use harvest_runtime::{ActingUser, PollOptions};
use harvest_sandbox::{Fault, Sandbox};
use serde::de::DeserializeOwned;

use super::calls::proxy;
use super::description::V1;
use super::proxy::Proxy;

fn poll() -> PollOptions {
    PollOptions::new().interval(Duration::from_millis(5))
}

/// The example of the body of an operation.
fn example<T: DeserializeOwned>(id: &str) -> T {
    let mut operations = V1.operations().into_iter();
    let operation = operations.find(|operation| operation.id == id).unwrap();
    serde_json::from_str(&operation.request().unwrap()).unwrap()
}

/// A sandbox that has the record from the third time on.
async fn late(reader: &str) -> Proxy {
    let fault = Fault::status(404).on(reader).first(2);
    proxy(Sandbox::builder().fault(fault)).await
}

/// One change in the name of a user, and three reads without.
fn assert_polled(proxy: &Proxy, path: &str) {
    let arrived = proxy.arrived();
    let methods: Vec<_> = arrived.iter().map(|asked| asked.method.as_str()).collect();
    assert_eq!(methods, ["POST", "GET", "GET", "GET"], "{path}");
    assert!(arrived[0].header("on-behalf-of").is_some(), "{path}");
    for read in &arrived[1..] {
        assert_eq!(read.path, path);
        assert_eq!(read.header("on-behalf-of"), None, "{path}");
    }
}

/// The row: the operation, what it sends, what reads the record, and where that is.
macro_rules! waits {
    ($call:ident($($id:expr)?): $body:ty, $reader:ident, $path:literal) => {{
        let proxy = late(stringify!($reader)).await;
        let client = proxy.acting();
        let body: $body = example(stringify!($call));
        let created = client.$call($($id,)? &body).send_and_wait(poll()).await.unwrap();
        let id = created.answer().id;
        // The sandbox has one record for all ids, so that it need not be this one.
        assert!(created.into_ready().is_ok());
        assert_polled(&proxy, &format!("{}/{}", $path, i64::from(id)));
        stringify!($call)
    }};
}

#[tokio::test]
#[allow(deprecated, reason = "it can still be called")]
async fn each_creation_that_can_come_too_early_waits() {
    let mut waited = vec![
        waits!(create_candidate(): CandidateCreate, get_candidate, "/v1/candidates"),
        waits!(create_prospect(): ProspectCreate, get_candidate, "/v1/candidates"),
        waits!(create_application(1): ApplicationCreate, get_application, "/v1/applications"),
        waits!(
            create_scheduled_interview_v1(): ScheduledInterviewCreate,
            get_scheduled_interview,
            "/v1/scheduled_interviews"
        ),
    ];
    let mut described: Vec<_> = V1
        .operations()
        .iter()
        .filter(|operation| operation.value.get("x-harvest-ready").is_some())
        .map(|operation| operation.id)
        .collect();
    waited.sort_unstable();
    described.sort_unstable();
    assert_eq!(waited, described);
}

#[tokio::test]
async fn what_never_comes_is_given_up_and_its_id_stays() {
    let fault = Fault::status(404).on("get_candidate");
    let proxy = proxy(Sandbox::builder().fault(fault)).await;
    let body: CandidateCreate = example("create_candidate");
    let poll = poll().timeout(Duration::from_millis(40));
    let client = proxy.acting();
    let created = client.create_candidate(&body).send_and_wait(poll).await;
    let (answer, ready) = created.unwrap().into_parts();
    let error = ready.unwrap_err();
    assert!(error.is_not_ready());
    assert_ne!(answer.id, CandidateId(0));
    assert!(
        !error.to_string().contains(&answer.id.to_string()),
        "{error}"
    );
    let reader = error.operation().unwrap();
    assert_eq!(
        (reader.id, reader.acting_user),
        ("get_candidate", ActingUser::Optional)
    );
    // Later it can be waited for again.
    let again = client.get_candidate(answer.id).wait_until_ready(poll).await;
    assert!(again.unwrap_err().is_not_ready());
}
