//! The list of offers.

use harvest_generated::v3::types::OfferStatus;
use serde_json::json;

use super::server::Server;
use super::{list_offers, stderr, text};

#[tokio::test]
async fn offers_are_listed_without_their_pay_and_an_empty_list_is_explained() {
    let server = Server::start().await;
    let pay = json!({"salary": {"name": "Salary", "value": "81000"}});
    server.put(
        "offers",
        [
            json!({"id": 41, "version": 2, "application_id": 601, "status": "Accepted",
                "starts_on": "2027-01-04", "custom_fields": pay}),
            json!({"id": 42, "version": 1, "application_id": 602, "status": "Created",
                "custom_fields": pay}),
        ],
    );
    let mut outputs = Vec::new();
    for (status, expected) in [
        (OfferStatus::Accepted, 1),
        (OfferStatus::Created, 1),
        (OfferStatus::Rejected, 0),
    ] {
        let mut out = Vec::new();
        let count = list_offers::run(&server.client(), status, &mut out).await;
        assert_eq!(count.unwrap(), expected);
        outputs.push(text(out));
    }
    assert_eq!(
        outputs[0],
        "offer 41, version 2, of application 601, from 2027-01-04\n"
    );
    assert_eq!(outputs[1], "offer 42, version 1, of application 602\n");
    assert!(
        outputs[2].contains("may not see salaries"),
        "{}",
        outputs[2]
    );
    for sent in server.sent("list_offers") {
        let fields = sent.query.iter().find(|(name, _)| name == "fields");
        assert!(fields.is_some_and(|(_, fields)| !fields.contains("custom_fields")));
    }
    server.assert_scopes("list_offers");
}

#[tokio::test]
async fn a_missing_scope_is_an_error_and_no_empty_list() {
    let server = Server::start().await;
    server.deny("harvest:offers:list");
    let mut out = Vec::new();
    let result = list_offers::run(&server.client(), OfferStatus::Accepted, &mut out).await;
    let error = stderr(&result.unwrap_err());
    assert!(error.contains("harvest:offers:list"), "{error}");
    assert_eq!(text(out), "");
}
