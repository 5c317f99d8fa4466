//! The wait for deliveries.

use std::time::Duration;

use harvest_sandbox::{Delivery, Sandbox};

/// Waits until the deliveries are as they should be.
pub async fn until(sandbox: &Sandbox, is_so: impl Fn(&[Delivery]) -> bool) -> Vec<Delivery> {
    for _ in 0..1_000 {
        let deliveries = sandbox.webhooks().deliveries().unwrap();
        if is_so(&deliveries) {
            return deliveries;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{:?}", sandbox.webhooks().deliveries().unwrap());
}
