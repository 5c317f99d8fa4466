//! Shorter forms of calls: requests that are awaited, and an acting client where any client does.

use harvest_generated::runtime::Error;
use harvest_generated::v1::{Client, types::UserCreate};
use harvest_sandbox::Sandbox;

/// The ids of the users, by a client that need not act.
async fn user_ids(client: &Client) -> Result<Vec<i64>, Error> {
    let users = client.list_users().await?;
    Ok(users.iter().map(|user| user.id.0).collect())
}

#[tokio::test]
async fn requests_are_awaited_and_an_acting_client_is_a_client() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::builder()
        .base_url(sandbox.url())
        .credential(sandbox.key())
        .build()
        .unwrap();
    let acting = client.with_on_behalf_of(sandbox.user_id());
    let new = UserCreate::new("Mira", "Whitcombe", "mira.whitcombe@example.com");
    let mira = acting.create_user(&new).await.unwrap().id;

    let ids = user_ids(&acting).await.unwrap();
    assert!(ids.contains(&mira.0));
    assert_eq!(ids, user_ids(&client).await.unwrap());

    // Nothing is sent until a request is awaited.
    let before = sandbox.requests().len();
    drop(acting.list_users().into_future());
    assert_eq!(sandbox.requests().len(), before);
    let first = acting.list_users().items().first().await.unwrap();
    assert_eq!(first.unwrap().id.0, ids[0]);
}
