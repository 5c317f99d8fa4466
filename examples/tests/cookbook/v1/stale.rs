//! The recipe that is tried dry first.

use harvest_generated::runtime::DryRun;
use harvest_generated::runtime::chrono::Utc;
use harvest_generated::v1::Client;
use harvest_generated::v1::types::{Application, ApplicationStatus};

use super::organization::Organization;
use super::{reject_stale_applications, text};

async fn stale(organization: &Organization) -> Vec<Application> {
    let mut applications = organization.active().await;
    applications.retain(|application| application.prospect == Some(false));
    applications
}

#[tokio::test]
async fn a_dry_run_says_what_the_real_one_does() {
    let organization = Organization::start().await;
    let before = stale(&organization).await;
    assert!(before.len() > 5);
    let recorder = DryRun::new();
    let dry = Client::builder()
        .base_url(organization.sandbox.url())
        .credential(organization.sandbox.key())
        .dry_run(&recorder)
        .build()
        .unwrap()
        .with_on_behalf_of(organization.sandbox.user_id());
    let now = Utc::now();

    let mut out = Vec::new();
    reject_stale_applications::run(&dry, now, &mut out)
        .await
        .unwrap();
    let count = before.len();
    let said = text(out);
    assert_eq!(
        said,
        format!("{count} stale applications, 0 rejected, 0 refused\n")
    );
    assert_eq!(
        stale(&organization).await.len(),
        count,
        "nothing was changed"
    );
    let calls = recorder.take();
    assert_eq!(calls.len(), count);
    for (call, application) in calls.iter().zip(&before) {
        assert_eq!(
            call.path(),
            format!("/v1/applications/{}/reject", application.id)
        );
    }

    organization.sandbox.forget_requests();
    let mut out = Vec::new();
    reject_stale_applications::run(&organization.acting(), now, &mut out)
        .await
        .unwrap();
    // Hidden from the user who acts, an application is in the list of the key and cannot be rejected.
    let left = stale(&organization).await.len();
    assert!(left <= 2, "{left}");
    let said = text(out);
    let sum = format!(
        "{count} stale applications, {} rejected, {left} refused\n",
        count - left
    );
    assert!(said.ends_with(&sum), "{said}");
    assert_eq!(said.lines().count(), left + 1, "{said}");
    let id = before[0].id;
    let rejected = organization
        .client()
        .get_application(id)
        .send()
        .await
        .unwrap();
    assert_eq!(rejected.status, Some(ApplicationStatus::Rejected));
    assert!(recorder.calls().is_empty());
}
