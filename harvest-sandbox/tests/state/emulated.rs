use harvest_sandbox::Sandbox;

/// The operations that are still answered from their examples. The list only ever gets shorter.
#[tokio::test]
async fn what_is_not_emulated_is_known() {
    let sandbox = Sandbox::start().await.unwrap();
    let emulated: Vec<&str> = sandbox.emulated().collect();
    assert!(emulated.contains(&"list_candidates"));
    let json = harvest_spec::document("v1").unwrap().json;
    let all = crate::support::operations(json);
    let missing = all.iter().map(|operation| operation.id.as_str());
    let missing: Vec<&str> = missing.filter(|id| !emulated.contains(id)).collect();
    assert_eq!(missing.len() + emulated.len(), sandbox.operations());
    assert!(missing.len() <= 138 - 30, "{missing:?}");

    let examples = Sandbox::builder().examples().start().await.unwrap();
    assert_eq!(examples.emulated().count(), 0);
}
