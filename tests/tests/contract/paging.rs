//! Lists, over all their pages.

use std::collections::{BTreeMap, BTreeSet};

use harvest_sandbox::Sandbox;
use serde_json::Value;

use super::args::Args;
use super::calls::{proxy, rows};
use super::description::Parameter;

#[tokio::test]
async fn every_list_is_walked_to_its_end_with_its_filters() {
    let proxy = proxy(Sandbox::builder().repeat(250)).await;
    let mut lists: BTreeMap<&str, usize> = BTreeMap::new();
    let mut filters = 0;
    for (row, operation) in rows() {
        let Some(walk) = row.walk else {
            continue;
        };
        let id = row.id;
        let args = Args::examples(&operation)
            .with_known("per_page", 100)
            .with_known("page", 1);
        let walked = walk(proxy.acting(), args.clone())
            .await
            .unwrap_or_else(|error| panic!("{error}"));

        // Where the page size cannot be chosen, the sandbox has the same.
        let sizes: Vec<_> = walked.pages.iter().map(Vec::len).collect();
        assert_eq!(sizes, [100, 100, 50], "{id}");
        assert_eq!(walked.pages.concat(), walked.items, "{id}");
        let ids: BTreeSet<_> = walked.items.iter().filter_map(record_id).collect();
        assert!(matches!(ids.len(), 0 | 250), "{id}: records came twice");

        // Once page by page, once record by record.
        let arrived = proxy.arrived();
        assert_eq!(arrived.len(), 6, "{id}");
        for (index, request) in arrived.iter().enumerate() {
            assert!(request.header("authorization").is_some(), "{id}");
            for parameter in &operation.parameters {
                let name = parameter.name;
                let wire = Parameter::wire(args.value(parameter.documented_name));
                match parameter.place {
                    "query" if name == "page" => {
                        let page = (index % 3 + 1).to_string();
                        assert_eq!(request.query(name), Some(&*page), "{id}: {name}");
                    }
                    "query" => {
                        assert_eq!(request.query(name), Some(&*wire), "{id}: {name}");
                        filters += 1;
                    }
                    "header" => {
                        assert_eq!(request.header(name), Some(&*wire), "{id}: {name}");
                    }
                    _ => {}
                }
            }
        }
        let kind = operation.value["x-harvest-pagination"].as_str();
        *lists.entry(kind.unwrap()).or_default() += 1;
    }
    println!("walked lists by kind: {lists:?}; {filters} times a filter was kept on a page");
    assert!(lists["offset"] > 0 && lists["next-only"] > 0);
}

fn record_id(record: &Value) -> Option<i64> {
    record["id"].as_i64()
}

#[tokio::test]
async fn the_links_are_those_of_the_kind_of_paging() {
    let proxy = proxy(Sandbox::builder().repeat(250)).await;
    let client = proxy.client();

    let users = client
        .list_users()
        .per_page(100)
        .page(2)
        .send()
        .await
        .unwrap();
    let links = users.links();
    assert!(links.next().is_some() && links.prev().is_some() && links.last().is_some());

    let users = client
        .list_users()
        .per_page(100)
        .skip_count(true)
        .send()
        .await
        .unwrap();
    assert!(users.links().next().is_some() && users.links().last().is_none());

    let links = client.list_degrees().send().await.unwrap().links();
    assert!(links.next().is_some() && links.prev().is_none() && links.last().is_none());

    let users = client
        .list_users()
        .per_page(100)
        .page(3)
        .send()
        .await
        .unwrap();
    assert_eq!(users.len(), 50);
    assert!(users.links().next().is_none());
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_asked_for() {
    let proxy = proxy(Sandbox::builder().repeat(250)).await;
    let mut users = proxy.client().list_users().per_page(100).items();
    assert!(proxy.arrived().is_empty());
    for _ in 0..100 {
        users.next().await.unwrap().unwrap();
    }
    assert_eq!(
        proxy.arrived().len(),
        1,
        "the second page was fetched ahead"
    );
    users.next().await.unwrap().unwrap();
    assert_eq!(proxy.arrived().len(), 1);

    let mut pages = proxy.client().list_users().per_page(0).pages();
    let error = pages.next().await.unwrap().err().unwrap();
    assert!(error.is_invalid_request(), "{error}");
    assert!(pages.next().await.is_none());
    assert!(proxy.arrived().is_empty());
}
