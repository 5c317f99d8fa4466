//! Times of `jiff`.

#![cfg(feature = "jiff")]

use harvest_runtime::{Date, Timestamp};

#[test]
fn moments() {
    for text in [
        "2026-01-02T03:04:05.678Z",
        "1969-12-31T23:59:59.250Z",
        "0001-01-01T00:00:00.000Z",
        "9999-12-30T00:00:00.000Z",
    ] {
        let received: Timestamp = text.parse().unwrap();
        let moment = received.to_jiff().unwrap();
        assert_eq!(moment, text.parse().unwrap());
        assert_eq!(Timestamp::from(moment), received);
    }
    let elsewhere: Timestamp = "2026-01-02T03:04:05-05:00".parse().unwrap();
    assert_eq!(
        elsewhere.to_jiff(),
        Some("2026-01-02T08:04:05Z".parse().unwrap())
    );
    let leap: Timestamp = "2016-12-31T23:59:60Z".parse().unwrap();
    assert!(leap.to_jiff().unwrap() < "2017-01-01T00:00:00Z".parse().unwrap());
    assert_eq!(Timestamp::default().to_jiff(), None);
    assert_eq!(
        Timestamp::from(jiff::Timestamp::MAX)
            .to_jiff()
            .map(jiff::Timestamp::as_second),
        Some(jiff::Timestamp::MAX.as_second())
    );
}

#[test]
fn days() {
    for text in ["2026-01-02", "2024-02-29", "0001-01-01", "9999-12-31"] {
        let received: Date = text.parse().unwrap();
        let day = received.to_jiff().unwrap();
        assert_eq!(day.to_string(), text);
        assert_eq!(Date::from(day), received);
    }
    assert_eq!(Date::default().to_jiff(), None);
}
