//! Profiles, and where credentials come from.

use std::time::Duration;

use harvest_generated::runtime::FileTokenStore;
use harvest_generated::v3;
use harvest_sandbox::Sandbox;
use serde_json::Value;

use super::{Program, code, given, stderr};

#[test]
fn profiles() {
    let program = Program::new();
    let secret = "s3cret-of-acme";
    let login = ["auth", "login", "acme", "--client-id", "12345"];
    let output = program.with_input(&login, &format!("{secret}\n"));
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(
        code(&program.run(&login)),
        2,
        "there is no secret on standard input"
    );
    program.stdout(&[
        "auth",
        "login",
        "try",
        "--kind",
        "sandbox",
        "--api-version",
        "v1",
    ]);

    let status = |arguments: &[&str]| {
        let output = program.run(&[&["auth", "status", "--json"], arguments].concat());
        serde_json::from_slice::<Value>(&output.stdout).expect("JSON")
    };
    assert_eq!(status(&[])["profile"], "try");
    assert_eq!(status(&["-p", "acme"])["kind"], "client");
    assert_eq!(status(&["--sandbox"])["source"], "sandbox");
    assert_eq!(program.stdout(&["candidates", "list"]).lines().count(), 60);

    let variables = ["HARVEST_CLIENT_ID", "HARVEST_CLIENT_SECRET"];
    let output = program
        .command(&["auth", "status", "--json"])
        .envs(variables.map(|name| (name, "x")))
        .output()
        .expect("it runs");
    let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        found["source"], "environment",
        "the environment goes before the current profile"
    );

    let listed = program.run(&["auth", "list"]);
    let printed = String::from_utf8_lossy(&listed.stdout).into_owned() + &stderr(&listed);
    assert!(
        printed.contains("* try") && printed.contains("acme"),
        "{printed}"
    );
    assert!(!printed.contains(secret));
    program.stdout(&["auth", "switch", "acme"]);
    assert_eq!(status(&[])["profile"], "acme");

    let file = program.0.path().join("harvest/profiles.json");
    assert!(
        std::fs::read_to_string(&file)
            .expect("a file")
            .contains(secret)
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path| {
            std::fs::metadata(path)
                .expect("it is there")
                .permissions()
                .mode()
        };
        assert_eq!(mode(&file) & 0o777, 0o600);
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).expect("a mode");
        let refused = program.run(&["auth", "status"]);
        assert!(
            stderr(&refused).contains("chmod 600"),
            "{}",
            stderr(&refused)
        );
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).expect("a mode");
    }
    program.stdout(&["auth", "logout"]);
    assert!(
        !std::fs::read_to_string(&file)
            .expect("a file")
            .contains(secret)
    );
    assert_eq!(code(&program.run(&["auth", "status"])), 4);
}

/// Whether it was built with a keyring or not, there is none here: nothing is written, and the message says what to do.
#[test]
fn where_there_is_no_keyring() {
    let program = Program::new();
    let arguments = ["auth", "login", "acme", "--client-id", "12345", "--keyring"];
    let mut command = program.command(&arguments);
    let nowhere = format!("unix:path={}/bus", program.0.path().display());
    command.env("DBUS_SESSION_BUS_ADDRESS", nowhere);
    if cfg!(all(unix, not(target_os = "macos"))) || !cfg!(feature = "keyring") {
        let output = given(command, "s3cret\n");
        let said = stderr(&output);
        assert_eq!(code(&output), 4, "{said}");
        assert!(
            said.contains("without --keyring") && !said.contains("s3cret"),
            "{said}"
        );
        assert!(!program.0.path().join("harvest/profiles.json").exists());
    }

    // A profile that was made where there is one.
    let folder = program.0.path().join("harvest");
    std::fs::create_dir_all(&folder).expect("a folder");
    let profiles = r#"{"current": "acme", "profiles": {"acme": {"version": "v3", "kind": "client",
        "client_id": "12345", "client_secret": {"keyring": "acme: client secret"}}}}"#;
    let file = folder.join("profiles.json");
    std::fs::write(&file, profiles).expect("written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).expect("a mode");
    }
    let status = program.stdout(&["auth", "status", "--json"]);
    let status: Value = serde_json::from_str(&status).expect("JSON");
    assert_eq!(status["secrets"], "keyring");
    if !cfg!(feature = "keyring") {
        for arguments in [&["users", "list"][..], &["auth", "logout"]] {
            let output = program.run(arguments);
            assert_eq!(code(&output), 4, "{}", stderr(&output));
            assert!(stderr(&output).contains("--features keyring"));
        }
        let kept = std::fs::read_to_string(&file).expect("a file");
        assert!(
            kept.contains("acme"),
            "the profile still says where its secret is"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_of_a_consent_keeps_its_rotating_token() {
    const CALLBACK: &str = "https://sync.example.com/callback";
    let sandbox = Sandbox::start().await.expect("it starts");
    let dev_center = sandbox.dev_center().expect("it keeps records");
    let partner = dev_center.create_partner_integration("Sync", [CALLBACK]);
    let partner = partner.expect("an integration");
    let scope = "harvest:candidates:list";
    dev_center
        .permit_scopes(partner.id, [scope])
        .expect("a scope");
    let credentials = &partner.credentials;
    let code_of = |user| dev_center.consent(&credentials.client_id, CALLBACK, user, None);
    let token_url = sandbox.token_url().expect("it has one");

    // What a web application does once, and then hands the refresh token to the command.
    let program = Program::new();
    let consent = v3::Client::builder()
        .client_credentials(&credentials.client_id, &credentials.client_secret)
        .base_url(sandbox.url())
        .token_url(token_url)
        .authorization_url(format!("{}/authorize", sandbox.url()))
        .authorization_code(CALLBACK)
        .expect("a consent");
    let request = consent.begin([scope]).expect("a request");
    let code_of_user = code_of(sandbox.user_id()).expect("a code");
    let callback = format!("{CALLBACK}?code={code_of_user}&state={}", request.state());
    let file = program.0.path().join("tokens.json");
    let store = FileTokenStore::open(&file).expect("a store");
    consent
        .finish(&callback, request.state(), &store)
        .await
        .expect("tokens");
    drop(store);
    let kept: Value = serde_json::from_slice(&std::fs::read(&file).expect("a file")).expect("JSON");
    let refresh = kept["refresh_token"].as_str().expect("a refresh token");

    let login = [
        "auth",
        "login",
        "consent",
        "--kind",
        "refresh-token",
        "--client-id",
        &credentials.client_id,
        "--base-url",
        sandbox.url(),
        "--token-url",
        token_url,
    ];
    let secrets = format!("{}\n{refresh}\n", &credentials.client_secret);
    let output = program.with_input(&login, &secrets);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    // Each process finds the token that the one before it got; the first one is good for one exchange.
    for hour in 0..3 {
        let count = program.stdout(&["candidates", "list"]).lines().count();
        assert_eq!(count, 60, "hour {hour}");
        let hour = Duration::from_secs(3_601);
        sandbox.clock().advance(hour).expect("it goes on");
    }
    let profiles = program.0.path().join("harvest/profiles.json");
    let before = std::fs::read_to_string(&profiles).expect("a file");
    assert!(before.contains(refresh), "the profile is not rewritten");

    // A new login with a token that was used: the service ends the consent, and the command says what to do.
    let output = program.with_input(&login, &secrets);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let output = program.run(&["candidates", "list"]);
    assert_eq!(code(&output), 4, "{}", stderr(&output));
    assert!(!stderr(&output).contains(refresh));
}
