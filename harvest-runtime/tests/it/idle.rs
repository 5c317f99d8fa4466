//! Connections that were idle for as long as a wait for the rate limit takes.

use std::time::Duration;

use harvest_runtime::retry::Never;
use harvest_runtime::{ClientBuilder, decode};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::server::{CREATE_USER, Harvest, KEY, LIST_USERS, acting};

/// A server that closes a connection when a second request comes over it, as one does whose time for idle connections is over at
/// that moment.
async fn closing() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let _ = stream.read(&mut [0; 4096]).await;
                let answer = "HTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\n[]";
                stream.write_all(answer.as_bytes()).await.unwrap();
                let _ = stream.read(&mut [0; 4096]).await;
            });
        }
    });
    url
}

#[tokio::test]
async fn a_write_after_a_wait_is_sent_by_a_new_connection() {
    let builder = ClientBuilder::<Harvest>::new()
        .credential(KEY)
        .base_url(closing().await);
    let core = builder.retry(Never).build().unwrap().0;
    let send = async |operation| {
        acting(&core, operation)
            .send(decode::json::<Vec<i64>>)
            .await
    };
    send(&LIST_USERS).await.unwrap();
    // A window of v3 is 30 s long, and the sandbox closes idle connections after 30 s.
    tokio::time::sleep(Duration::from_secs(22)).await;
    send(&CREATE_USER).await.unwrap();
    let error = send(&CREATE_USER).await.unwrap_err();
    assert!(
        error.may_have_been_acted_on(),
        "the connection is used again at once: {error:?}"
    );
}
