//! Records of v3 by their ids: one out of a list, and more than one request takes.

use std::collections::BTreeSet;

use harvest_generated::v3::{Client, blocking};
use harvest_openapi::extension;
use harvest_runtime::Completeness;
use serde_json::{Value, json};

use super::super::blocking::blocking as on_a_thread;
use super::super::calls::call;
use super::super::description::{Operation, V3, items};
use super::super::operation_row::Call;
use super::super::proxy::{Arrived, Proxy};
use super::calls::{client, rows};

/// A list with a record for each id that was asked for, all on one page.
fn as_asked(asked: &Arrived) -> (u16, String) {
    let ids = asked.query("ids").expect("ids were asked for").split(',');
    let records = ids.map(|id| json!({ "id": id.parse::<i64>().unwrap() }));
    (200, records.collect::<Value>().to_string())
}

/// The parameters that are lists, and whether longer ones are split.
fn lists_of(operation: &Operation) -> Vec<(&'static str, usize, bool)> {
    let parameters = items(&operation.value["parameters"]).map(|of| V3.resolve(of));
    let lists = parameters.filter(|of| V3.schema(&of["schema"])["type"] == "array");
    let found = lists.map(|of| {
        let most = V3.schema(&of["schema"])["maxItems"].as_u64();
        (
            of["name"].as_str().unwrap(),
            usize::try_from(most.expect("every list has a bound")).unwrap(),
            of[extension::SPLIT] == true,
        )
    });
    found.collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_record_is_found_in_its_list_by_either_client() {
    const ID: i64 = 4_100_000_017;
    let proxy = Proxy::alone(200, "").await;
    let (client, waiting): (Client, blocking::Client) = (client(&proxy), client(&proxy));
    let mut names = BTreeSet::new();
    for (row, operation) in rows() {
        let Some(by_id) = row.find else { continue };
        let find = || (by_id.find)(client.clone(), ID);
        let find_blocking = || {
            let (find, waiting) = (by_id.find_blocking, waiting.clone());
            on_a_thread(move || find(waiting, ID))
        };
        proxy.answer_by(as_asked);
        for found in [find().await, find_blocking().await] {
            assert_eq!(found.unwrap(), Some(json!({ "id": ID })), "{}", by_id.id);
        }
        // A list cannot tell what is not there from what may not be read.
        proxy.answer(200, "[]");
        for found in [find().await, find_blocking().await] {
            assert_eq!(found.unwrap(), None, "{}", by_id.id);
        }
        proxy.answer(403, "{}");
        for found in [find().await, find_blocking().await] {
            assert!(found.unwrap_err().is_forbidden(), "{}", by_id.id);
        }
        for arrived in proxy.arrived() {
            assert_eq!(arrived.path, operation.path, "{}", by_id.id);
            let ids = ("ids".to_owned(), ID.to_string());
            assert_eq!(arrived.query, [ids], "{}", by_id.id);
        }
        assert!(names.insert(by_id.id), "{} is there twice", by_id.id);
    }
    println!("v3: {} records found by their ids", names.len());
    assert!(names.len() > 70);
}

#[tokio::test]
async fn more_ids_than_a_request_takes_are_split_and_merged_in_every_list() {
    let proxy = Proxy::alone(200, "").await;
    proxy.answer_by(as_asked);
    let client: Client = client(&proxy);
    let mut lists = 0;
    for (row, operation) in rows() {
        let split = lists_of(&operation).into_iter().find(|(.., split)| *split);
        let (Some((name, most, _)), Some(list)) = (split, row.list) else {
            continue;
        };
        assert_eq!((name, most), ("ids", 50), "{}", row.id);
        let ids: Vec<i64> = (1..=120).rev().collect();
        let call = call(&operation);
        let call = Call {
            args: call.args.with("ids", ids.clone()),
            all: true,
            ..call
        };
        let walked = (list.walk)(client.clone(), call).await;
        let walked = walked.unwrap_or_else(|error| panic!("{}: {error}", row.id));
        let found = walked.items.iter().map(|record| record["id"].as_i64());
        assert!(found.eq(ids.iter().copied().map(Some)), "{}", row.id);
        assert_eq!(walked.pages.concat(), walked.items, "{}", row.id);
        assert_eq!(walked.completeness, Completeness::Proven, "{}", row.id);

        let arrived = proxy.arrived();
        assert_eq!(arrived.len(), 6, "{}: pages, and items", row.id);
        let parts = ids.chunks(50).cycle();
        let mut rest = BTreeSet::new();
        for (arrived, part) in arrived.iter().zip(parts) {
            let part: Vec<_> = part.iter().map(i64::to_string).collect();
            assert_eq!(arrived.query("ids"), Some(&*part.join(",")), "{}", row.id);
            let others = arrived.query.iter().filter(|(name, _)| name != "ids");
            rest.insert(others.cloned().collect::<Vec<_>>());
        }
        assert_eq!(rest.len(), 1, "{}: each part has the filters", row.id);
        lists += 1;
    }
    println!("v3: {lists} lists of 120 ids in 3 requests each");
    assert!(lists > 70);
}

#[tokio::test]
async fn a_list_that_is_too_long_and_not_split_is_not_sent() {
    let proxy = Proxy::alone(200, "[]").await;
    let client: Client = client(&proxy);
    let mut parameters = 0;
    for (row, operation) in rows() {
        for (name, most, split) in lists_of(&operation) {
            if split {
                continue;
            }
            for (count, fits) in [(most, true), (most + 1, false)] {
                let call = call(&operation);
                let value = call.args.value(name)[0].clone();
                let call = Call {
                    args: call.args.with(name, vec![value; count]),
                    all: true,
                    ..call
                };
                let outcome = (row.call)(client.clone(), call).await.outcome;
                assert_eq!(outcome.is_ok(), fits, "{} {name}: {count}", row.id);
                assert_eq!(proxy.arrived().len(), usize::from(fits), "{}", row.id);
                if let Err(error) = outcome {
                    assert!(error.is_invalid_request(), "{}: {error}", row.id);
                }
            }
            parameters += 1;
        }
    }
    println!("v3: {parameters} lists of parameters are bounded");
    assert!(parameters > 150);
}
