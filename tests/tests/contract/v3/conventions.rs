//! Conventions of v3 with its user: names of variables, limits, and addresses.

use std::time::Duration;

use harvest_generated::v3::Client;
use harvest_runtime::{Api, Auth};

#[test]
fn variables_and_limits_are_as_documented() {
    let of = <Client as Api>::CONVENTIONS;
    let environment = of.environment;
    assert_eq!(environment.client_id, Some("HARVEST_CLIENT_ID"));
    assert_eq!(environment.client_secret, Some("HARVEST_CLIENT_SECRET"));
    assert_eq!(environment.acting_user, Some("HARVEST_ACTING_USER"));
    // 30 seconds that begin at :00 and :30.
    assert_eq!(of.limit.window, Duration::from_secs(30));
    assert!(of.limit.aligned);
    let Auth::OAuth(service) = <Client as Api>::AUTH else {
        panic!("tokens are issued");
    };
    assert!(!service.limit.aligned && service.limit.window == Duration::from_secs(60));
    assert!(service.authorization_url.is_some());
}
