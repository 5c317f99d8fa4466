//! The password, where there is one.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use harvest_sandbox::Sandbox;

use crate::visitor::{PASSWORD, Visitor};

const SET_UP: &str = "/configure/set_up";
const SIGN_IN: &str = "/configure/sign_in";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("harvest-dev-center-{name}-{}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn start(folder: &Folder) -> Visitor {
    Visitor::with(Sandbox::builder().candidates(0).data(&folder.0)).await
}

#[tokio::test]
async fn a_kept_organization_has_a_password() {
    let folder = Folder::new("password");
    let visitor = start(&folder).await;
    let set_up = visitor.set_up_link();
    assert!(set_up.starts_with("/configure/set_up?token="));

    // Nothing is shown to those without it.
    let page = visitor.open("/configure/users").await;
    assert_eq!(page.path, SIGN_IN);
    assert!(page.has("No password was set yet") && !page.has("Integration User"));
    assert_eq!(
        visitor
            .open("/configure/set_up?token=0")
            .await
            .answer
            .status,
        403
    );

    let page = visitor.open(&set_up).await;
    let token = set_up.split_once("token=").unwrap().1;
    for (password, repeated, problem) in [
        ("short", "short", "at least 12 characters"),
        (
            PASSWORD,
            "correct horse batterz",
            "The two passwords differ",
        ),
    ] {
        let fields = [
            ("token", token),
            ("password", password),
            ("repeated", repeated),
        ];
        let page = visitor.submit(&page, SET_UP, &fields).await;
        assert_eq!(page.answer.status, 422);
        assert!(page.has(problem) && !page.has(password), "{problem}");
    }
    let fields = [
        ("token", "0"),
        ("password", PASSWORD),
        ("repeated", PASSWORD),
    ];
    assert_eq!(
        visitor.submit(&page, SET_UP, &fields).await.answer.status,
        403
    );
    let fields = [
        ("token", token),
        ("password", PASSWORD),
        ("repeated", PASSWORD),
    ];
    let configure = visitor.submit(&page, SET_UP, &fields).await;
    assert_eq!(configure.path, "/configure");
    assert!(configure.has("Sign out"));
    // The link worked once.
    assert_eq!(visitor.open(&set_up).await.answer.status, 403);

    let signed_out = visitor.submit(&configure, "/configure/sign_out", &[]).await;
    assert_eq!(signed_out.path, SIGN_IN);
    assert_eq!(visitor.open("/configure/users").await.path, SIGN_IN);
    let page = visitor.open(SIGN_IN).await;
    let wrong = visitor
        .submit(&page, SIGN_IN, &[("password", "correct horse batterz")])
        .await;
    assert_eq!(wrong.answer.status, 403);
    assert!(wrong.has("This is not the password."));
    let page = visitor.open(SIGN_IN).await;
    let page = visitor
        .submit(&page, SIGN_IN, &[("password", PASSWORD)])
        .await;
    assert_eq!(page.path, "/configure");
    // A reset is no way around it.
    visitor.sandbox.reset().unwrap();
    visitor.submit(&page, "/configure/sign_out", &[]).await;
    assert_eq!(visitor.open("/configure/users").await.path, SIGN_IN);
    Arc::into_inner(visitor.sandbox).unwrap().stop().await;

    // It is kept, but not as it is.
    let database = std::fs::read(folder.0.join("harvest.sqlite3")).unwrap();
    let contains = |text: &str| {
        database
            .windows(text.len())
            .any(|bytes| bytes == text.as_bytes())
    };
    assert!(!contains(PASSWORD) && contains("$argon2id$"));
    let visitor = start(&folder).await;
    assert_eq!(visitor.set_up_link(), "/configure");
    let page = visitor.open("/configure").await;
    assert_eq!(page.path, SIGN_IN);
    let page = visitor
        .submit(&page, SIGN_IN, &[("password", PASSWORD)])
        .await;
    assert_eq!(page.path, "/configure");
    Arc::into_inner(visitor.sandbox).unwrap().stop().await;
}

/// Two processes may have the same folder, and each prints an address when it starts.
#[tokio::test]
async fn a_password_is_set_once_whichever_sandbox_of_a_folder_printed_the_address() {
    let folder = Folder::new("two-addresses");
    let (one, other) = (start(&folder).await, start(&folder).await);
    let links = [one.set_up_link(), other.set_up_link()];
    let pages = [one.open(&links[0]).await, other.open(&links[1]).await];
    let form = |place: usize, password| {
        let token = links[place].split_once("token=").unwrap().1;
        [
            ("token", token),
            ("password", password),
            ("repeated", password),
        ]
    };
    let page = one.submit(&pages[0], SET_UP, &form(0, PASSWORD)).await;
    assert_eq!(page.path, "/configure");
    let late = other
        .submit(&pages[1], SET_UP, &form(1, "another horse battery"))
        .await;
    assert_eq!(late.answer.status, 403);
    assert!(late.has("was used already"));
    assert_eq!(other.open(&links[1]).await.answer.status, 403);
    // The first one is it, at both.
    for visitor in [one.another(), other.another()] {
        let page = visitor.open(SIGN_IN).await;
        let page = visitor
            .submit(&page, SIGN_IN, &[("password", PASSWORD)])
            .await;
        assert_eq!(page.path, "/configure");
    }
}

#[tokio::test]
async fn signing_in_begins_another_session() {
    let folder = Folder::new("fixation");
    let visitor = start(&folder).await;
    let set_up = visitor.set_up_link();
    let page = visitor.open(&set_up).await;
    let before = visitor.request("GET", "/configure/users");
    let token = set_up.split_once("token=").unwrap().1;
    let fields = [
        ("token", token),
        ("password", PASSWORD),
        ("repeated", PASSWORD),
    ];
    visitor.submit(&page, SET_UP, &fields).await;
    // Who knew the cookie of before is still outside.
    assert_eq!(crate::support::send(before).await.status, 303);
    assert_eq!(
        visitor.open("/configure/users").await.path,
        "/configure/users"
    );
}

/// Visits without a cookie, more than there are sessions.
async fn are_many(visitor: &Visitor) {
    let client = reqwest::Client::new();
    for number in 0..1_005 {
        let path = if number % 2 == 0 {
            SIGN_IN
        } else {
            "/configure"
        };
        let url = format!("{}{path}", visitor.sandbox.url());
        let answer = crate::support::send(client.get(url)).await;
        assert_eq!(answer.status, 200);
        assert_ne!(answer.header("set-cookie"), "");
    }
}

#[tokio::test]
async fn visits_without_a_cookie_sign_no_user_out() {
    let folder = Folder::new("visits");
    let builder = Sandbox::builder().candidates(0).data(&folder.0);
    let visitor = Visitor::signed_in(builder).await;
    let form = visitor.open("/configure/dev_center/ip_allowlist").await;
    are_many(&visitor).await;
    // What was said on a form that was open all the time is still taken, and noted.
    let fields = [("ranges", "127.0.0.1")];
    let saved = visitor.submit(&form, &form.path, &fields).await;
    assert!(saved.has("Saved: requests are taken from one address"));
    assert_eq!(
        visitor.open("/configure/users").await.path,
        "/configure/users"
    );
}

#[tokio::test]
async fn nor_do_they_where_there_is_no_password() {
    let visitor = Visitor::start().await;
    let form = visitor.open("/configure/dev_center/ip_allowlist").await;
    are_many(&visitor).await;
    let fields = [("ranges", "127.0.0.1")];
    let saved = visitor.submit(&form, &form.path, &fields).await;
    assert!(saved.has("Saved: requests are taken from one address"));
}

#[tokio::test]
async fn guesses_wait_for_their_turn() {
    let folder = Folder::new("turns");
    let builder = Sandbox::builder().candidates(0).data(&folder.0);
    let visitor = Visitor::signed_in(builder).await;
    let stranger = visitor.another();
    let page = stranger.open(SIGN_IN).await;
    let guess = async |number: usize| {
        let password = format!("wrong horse battery {number}");
        let fields = [("password", password.as_str())];
        stranger.answer(&page, SIGN_IN, &fields).await
    };
    let began = Instant::now();
    let guesses = futures_util::future::join_all((0..40).map(guess)).await;
    let looked_at = guesses.iter().filter(|it| it.status == 403).count();
    // One after another, a fifth of a second each, and none that would have to wait for more than two.
    assert!((1..=11).contains(&looked_at), "{looked_at}");
    let least = Duration::from_millis(200) * u32::try_from(looked_at - 1).unwrap();
    assert!(began.elapsed() >= least);
    for refused in guesses.iter().filter(|it| it.status != 403) {
        assert_eq!(refused.status, 429);
        assert!(refused.text.contains("try again in"), "{}", refused.text);
        assert!((1..=3).contains(&refused.header("retry-after").parse::<u32>().unwrap()));
    }
    // A signed-in user does not wait, and the right password is good when its turn has come.
    assert_eq!(visitor.open("/configure").await.path, "/configure");
    tokio::time::sleep(Duration::from_secs(3)).await;
    let page = stranger.open(SIGN_IN).await;
    let fields = [("password", PASSWORD)];
    assert_eq!(
        stranger.submit(&page, SIGN_IN, &fields).await.path,
        "/configure"
    );
}

#[tokio::test]
async fn other_machines_need_a_password() {
    let addr = std::net::SocketAddr::from(([0, 0, 0, 0], 0));
    let visitor = Visitor::with(Sandbox::builder().candidates(0).addr(addr)).await;
    assert!(visitor.set_up_link().contains("set_up?token="));
    assert_eq!(visitor.open("/configure").await.path, SIGN_IN);
}

#[tokio::test]
async fn so_does_a_sandbox_that_says_that_it_is_published() {
    let url = "https://harvest.example";
    for builder in [
        Sandbox::builder().public_url(url),
        Sandbox::builder().public_url("http://localhost:9000"),
        Sandbox::builder().trusted_proxy("127.0.0.1"),
        Sandbox::builder().trusted_proxy("192.0.2.1"),
        Sandbox::builder().trusted_proxy("::1").public_url(url),
    ] {
        let visitor = Visitor::with(builder.candidates(0)).await;
        assert!(visitor.set_up_link().contains("set_up?token="));
        for page in [
            "/configure",
            "/configure/users",
            "/configure/dev_center/credentials",
        ] {
            assert_eq!(visitor.open(page).await.path, SIGN_IN, "{page}");
        }
        // By the name that was declared, too, and a tunnel sends no header of a proxy.
        let request = visitor.request("GET", "/configure/users");
        let answer = visitor
            .send(request.header("Host", "harvest.example"))
            .await;
        assert!(!answer.text.contains("Integration User"), "{}", answer.text);
        assert_ne!(answer.status, 200);
        // The API is protected by its keys as ever.
        let key = visitor.sandbox.key().to_owned();
        assert_eq!(visitor.get_with_key(&key, "/v1/users").await, 200);
        let set_up = visitor.open(&visitor.set_up_link()).await;
        assert_eq!(set_up.answer.status, 200);
    }
}

#[tokio::test]
async fn so_do_those_that_a_proxy_lets_in() {
    let proxied = Visitor::with(Sandbox::builder().trusted_proxy("127.0.0.1")).await;
    assert!(proxied.set_up_link().contains("set_up?token="));
    // One that was not named: most of them rewrite `Host`.
    let open = Visitor::start().await;
    for name in ["X-Forwarded-For", "Forwarded", "X-Forwarded-Host"] {
        let request = open
            .request("GET", "/configure/users")
            .header(name, "192.0.2.1");
        let answer = crate::support::send(request).await;
        assert_eq!(answer.status, 403, "{name}");
        assert!(!answer.text.contains("Integration User"), "{name}");
    }
}
