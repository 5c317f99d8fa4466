use harvest_sandbox::Sandbox;

/// No operation is answered from its example, unless the sandbox is told to.
#[tokio::test]
async fn every_operation_is_emulated() {
    let sandbox = Sandbox::start().await.unwrap();
    let emulated: Vec<&str> = sandbox.emulated().collect();
    let json = harvest_spec::document("v1").unwrap().json;
    let all = crate::support::operations(json);
    let described = all.iter().map(|operation| operation.id.as_str());
    let missing: Vec<&str> = described.filter(|id| !emulated.contains(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!((emulated.len(), sandbox.operations()), (139, 139));

    let examples = Sandbox::builder().examples().start().await.unwrap();
    assert_eq!(examples.emulated().count(), 0);
}
