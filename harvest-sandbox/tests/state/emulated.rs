use std::collections::BTreeSet;

use harvest_sandbox::Sandbox;

/// No operation is answered from its example, unless the sandbox is set to.
#[tokio::test]
async fn every_operation_is_emulated() {
    let sandbox = Sandbox::start().await.unwrap();
    let emulated: Vec<&str> = sandbox.emulated().collect();
    let json = harvest_spec::document("v1").unwrap().json;
    let all = crate::support::operations(json);
    let described = all.iter().map(|operation| operation.id.as_str());
    let missing: BTreeSet<&str> = described.filter(|id| !emulated.contains(id)).collect();
    let declared = crate::support::FROM_EXAMPLES.iter().copied();
    assert_eq!(
        missing,
        declared.collect::<BTreeSet<_>>(),
        "give each operation a handler, as harvest-sandbox/src/faces/v1/README.md says, or name \
         those that have none in FROM_EXAMPLES in harvest-sandbox/tests/support/mod.rs"
    );
    assert_eq!(emulated.len() + missing.len(), sandbox.operations());

    let examples = Sandbox::builder().examples().start().await.unwrap();
    assert_eq!(examples.emulated().count(), 0);
}
