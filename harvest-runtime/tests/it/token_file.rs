//! The file of tokens: who can reach it, and what it may hold.

use std::sync::atomic::{AtomicUsize, Ordering};

use harvest_runtime::{FileTokenStore, TokenPair, TokenStore as _};
use serde_json::json;

use crate::refresh_server::{FIRST, Service, file, folder};
use crate::server::{Server, reply};
use crate::tokens::{builder, list};

#[cfg(unix)]
pub fn restrict(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
pub fn restrict(_: &std::path::Path, _: u32) {}

#[cfg(unix)]
#[tokio::test]
async fn the_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = folder();
    let path = folder.path().join("tokens.json");
    let mut locked = file(&folder).lock().await.unwrap();
    locked.write(&TokenPair::new(FIRST)).await.unwrap();
    drop(locked);
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(&folder.path().join("tokens.json.lock")), 0o600);
    let names = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(names, 2, "nothing else is left");

    let refused = || {
        FileTokenStore::open(&path)
            .map(drop)
            .unwrap_err()
            .to_string()
    };
    restrict(&path, 0o640);
    assert!(refused().contains("chmod 600"), "{}", refused());
    restrict(&path, 0o600);
    restrict(folder.path(), 0o770);
    assert!(refused().contains("chmod 700"), "{}", refused());
    // Modes are looked at before each use.
    restrict(folder.path(), 0o700);
    let store = file(&folder);
    restrict(folder.path(), 0o777);
    assert!(store.lock().await.is_err());
    restrict(folder.path(), 0o700);

    std::fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("elsewhere", &path).unwrap();
    assert!(
        refused().contains("something else than a file"),
        "{}",
        refused()
    );
    let no_folder = FileTokenStore::open(folder.path().join("no/tokens.json"));
    assert!(no_folder.is_err());
    assert!(FileTokenStore::open("/").is_err());
}

#[tokio::test]
async fn a_file_of_something_else_is_left_as_it_is() {
    let service = Service::start(|_| None).await;
    let folder = folder();
    let path = folder.path().join("tokens.json");
    std::fs::write(&path, "made-up-notes").unwrap();
    restrict(&path, 0o600);
    let core = service
        .builder()
        .refresh_token(FIRST, file(&folder))
        .build()
        .unwrap()
        .0;
    let error = list(&core).await.unwrap_err();
    assert!(error.to_string().contains("cannot be read"), "{error}");
    assert!(service.sent().is_empty());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "made-up-notes");
}

/// Whatever one answer of the token service holds, the next process reads what was stored of it.
#[tokio::test]
async fn what_one_answer_stores_stops_no_later_process() {
    let long = |bytes: usize| "r".repeat(bytes);
    let mut answers = Vec::new();
    for end in [
        json!({"expires_in": 1e12}),
        json!({"expires_in": 1e30}),
        json!({"expires_in": 253_402_300_000_u64}),
        json!({"expires_in": u64::MAX.to_string()}),
        json!({"expires_at": 8_210_000_000_000_i64}),
        json!({"expires_in": -1}),
        json!({"expires_at": "9999-12-31T23:59:59-23:59"}),
        json!({}),
    ] {
        answers.push((
            end.clone(),
            json!("made-up-access"),
            json!("made-up-refresh"),
        ));
        answers.push((end, json!("a\nb"), json!("made-up-refresh")));
    }
    for access in ["t\u{f6}k", " x", &long(60_000)] {
        answers.push((json!({}), json!(access), json!("made-up-refresh")));
    }
    for refresh in [long(65_300), long(65_430), "\"".repeat(32_000)] {
        answers.push((json!({}), json!("a"), json!(refresh)));
    }
    for (mut answer, access, refresh) in answers {
        answer["access_token"] = access;
        answer["refresh_token"] = refresh;
        let about = answer.to_string();
        let about: String = about.chars().take(80).collect();
        let asked_for = AtomicUsize::new(0);
        let server = Server::start(move |asked, _| match &*asked.target {
            "/token" if asked_for.fetch_add(1, Ordering::SeqCst) == 0 => {
                reply(200, answer.to_string())
            }
            "/token" => reply(200, Service::pair(1)),
            _ => reply(200, "[]"),
        })
        .await;
        let folder = folder();
        for process in 0..4 {
            let builder = builder(&server).refresh_token(FIRST, file(&folder));
            let listed = list(&builder.build().unwrap().0).await;
            // The process that got the unusable answer reports it, and no other.
            assert!(listed.is_ok() || process == 0, "{about}: {listed:?}");
        }
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_read_says_what_to_do_and_none_is_written() {
    let folder = folder();
    let path = folder.path().join("tokens.json");
    let spaces = vec![b' '; 600_000];
    let garbage: [&[u8]; 5] = [b"", b"made-up-access", b"{}", b"\xff\xfe", &spaces];
    for garbage in garbage {
        std::fs::write(&path, garbage).unwrap();
        restrict(&path, 0o600);
        let mut locked = file(&folder).lock().await.unwrap();
        let error = locked.read().await.unwrap_err().to_string();
        assert!(error.contains("have the user consent again"), "{error}");
        assert!(error.contains("tokens.json") && !error.contains("made-up"));
    }
    // What could not be read again is not written.
    let mut locked = file(&folder).lock().await.unwrap();
    locked.write(&TokenPair::new(FIRST)).await.unwrap();
    let long = TokenPair::new("r".repeat(600_000));
    let error = locked.write(&long).await.unwrap_err().to_string();
    assert!(error.contains("longer than any"), "{error}");
    let kept = locked.read().await.unwrap().unwrap();
    assert_eq!(kept.refresh_token(), FIRST);
}
