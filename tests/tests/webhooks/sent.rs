//! Deliveries of the sandbox, as a program with the generated client receives them: verified by the extractor, decoded into the
//! event of their action, and written as they came.

use std::collections::BTreeSet;

use harvest_generated::webhooks::Event;
use harvest_runtime::__private::count_unexpected;
use serde_json::Value;

use crate::scene::{play, table};

#[tokio::test]
async fn every_event_of_the_sandbox_is_verified_typed_and_whole() {
    let scene = play().await;
    let mut received = BTreeSet::new();
    for delivery in scene.receiver.deliveries() {
        let (event, unexpected) = count_unexpected(|| delivery.decode::<Event>().unwrap());
        let json: Value = serde_json::from_slice(delivery.body()).unwrap();
        let action = json["action"].as_str().unwrap();
        assert!(!matches!(event, Event::Unknown(_)), "{action}");
        assert_eq!(event.action(), Some(action));
        // No property came that is not described, or as another type.
        assert_eq!(unexpected, 0, "{action}: {json}");
        assert_eq!(serde_json::to_value(&event).unwrap(), json, "{action}");
        assert!(delivery.event_id().is_some());
        received.insert(action.to_owned());
    }
    let table = table();
    let sent = table.into_iter().filter(|(_, is_sent)| *is_sent);
    let mut sent: BTreeSet<String> = sent.map(|(event, _)| event).collect();
    assert_eq!(sent.len(), 23);
    // One for each webhook that was made.
    sent.insert("ping".to_owned());
    assert_eq!(received, sent);
}
