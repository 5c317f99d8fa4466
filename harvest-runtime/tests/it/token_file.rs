//! The file of tokens: who can reach it, and what it may hold.

use harvest_runtime::{FileTokenStore, TokenPair, TokenStore as _};

use crate::refresh_server::{FIRST, Service, file, folder};
use crate::tokens::list;

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
