//! Secrets: where they must not be.

use harvest_sandbox::Sandbox;

use crate::{demo, dev_center, list, token};

#[tokio::test]
async fn neither_debug_nor_the_log_nor_an_error_holds_a_secret() {
    let sandbox = Sandbox::start().await.unwrap();
    let made = dev_center(&sandbox)
        .create_custom_integration("Export")
        .unwrap();
    let token = token(&sandbox, demo(&sandbox)).await;
    let refused = list(&sandbox, &format!("{token}0")).await;
    let said = [
        format!("{made:?}"),
        format!("{:?}", demo(&sandbox)),
        format!("{sandbox:?}"),
        format!("{:?}", sandbox.requests()),
        refused.text,
    ];
    for text in said {
        for secret in [
            &token,
            &made.credentials.client_secret,
            &demo(&sandbox).client_secret,
        ] {
            assert!(!text.contains(secret.as_str()), "{text}");
        }
    }
    let operations: Vec<_> = sandbox
        .requests()
        .into_iter()
        .map(|it| it.operation)
        .collect();
    assert_eq!(operations[0].as_deref(), Some("create_token"));
}
