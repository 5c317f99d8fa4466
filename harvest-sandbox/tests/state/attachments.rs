//! Files: the users who may see each, and what some need.

use harvest_sandbox::Fault;
use reqwest::Client;
use serde_json::{Value, json};

use crate::jobs::open_job;
use crate::organization::Organization;
use crate::support;

/// A candidate whom a basic user looks after, with one application.
struct Looked {
    organization: Organization,
    candidate: String,
    application: String,
    basic: i64,
}

impl Looked {
    async fn after() -> Self {
        let organization = Organization::start().await;
        let user = json!({"first_name": "A", "last_name": "B", "email": "basic@example.com"});
        let user = organization.write("POST", "/v1/users", user, 201).await;
        let job = open_job(&organization).await;
        let body = json!({"first_name": "Iva", "last_name": "Sol", "recruiter": {"id": user["id"]},
                          "applications": [{"job_id": job["id"]}]});
        let candidate = organization
            .write("POST", "/v1/candidates", body, 201)
            .await;
        Self {
            candidate: format!("/v1/candidates/{}", candidate["id"]),
            application: format!("/v1/applications/{}", candidate["application_ids"][0]),
            basic: user["id"].as_i64().unwrap(),
            organization,
        }
    }

    async fn attach(&self, to: &str, name: &str, of: &str, visibility: Option<&str>) {
        let mut file = json!({"filename": name, "type": of, "content": "SGVsbG8=",
            "content_type": "text/plain"});
        if let Some(visibility) = visibility {
            file["visibility"] = visibility.into();
        }
        let path = format!("{to}/attachments");
        let added = self.organization.write("POST", &path, file, 201).await;
        assert_eq!(added.get("visibility"), None);
    }

    /// The names of the files that a user sees, at this place in what is read there.
    async fn seen(&self, user: Option<i64>, path: &str, pointer: &str) -> Vec<String> {
        let read = match user {
            Some(user) => {
                let answer = self.organization.send_as(user, "GET", path, Value::Null);
                answer.await.json()
            }
            None => self.organization.read(path).await,
        };
        let files = read.pointer(pointer).unwrap().as_array().unwrap().iter();
        let names = files.map(|file| file["filename"].as_str().unwrap().to_owned());
        names.collect()
    }

    /// Writes a note about the candidate.
    async fn note(&self, visibility: &str) {
        let user = self.organization.sandbox.user_id();
        let note = json!({"user_id": user, "body": visibility, "visibility": visibility});
        let path = format!("{}/activity_feed/notes", self.candidate);
        self.organization.write("POST", &path, note, 200).await;
    }

    /// The notes that a user sees.
    async fn notes(&self, user: i64) -> Vec<String> {
        let path = format!("{}/activity_feed", self.candidate);
        let feed = self.organization.send_as(user, "GET", &path, Value::Null);
        let feed = feed.await.json();
        let notes = feed["notes"].as_array().unwrap().iter();
        let bodies = notes.map(|note| note["body"].as_str().unwrap().to_owned());
        bodies.collect()
    }
}

#[tokio::test]
async fn what_is_for_admins_is_not_shown_to_others() {
    let looked = Looked::after().await;
    let Looked {
        candidate,
        application,
        ..
    } = &looked;
    for (name, of, visibility) in [
        ("default", "other", None),
        ("admin_only", "other", Some("admin_only")),
        ("private", "other", Some("private")),
        ("public", "other", Some("public")),
        // Of no meaning for other types.
        ("resume", "resume", Some("admin_only")),
        ("test", "take_home_test", Some("private")),
    ] {
        looked.attach(application, name, of, visibility).await;
    }
    let own = [
        "default",
        "admin_only",
        "private",
        "public",
        "resume",
        "test",
    ];
    let own_of_others = ["private", "public", "resume", "test"];
    let mut all = vec!["secret", "letter"];
    looked.attach(candidate, "secret", "admin_only", None).await;
    looked
        .attach(candidate, "letter", "cover_letter", None)
        .await;
    all.extend(own);
    let mut of_others = vec!["letter"];
    of_others.extend(own_of_others);

    let site_admin = looked.organization.sandbox.user_id();
    let id = candidate.split('/').next_back().unwrap();
    let listed = format!("/v1/candidates?candidate_ids={id}");
    for (user, all, own) in [
        (None, &all, &own[..]),
        (Some(site_admin), &all, &own[..]),
        (Some(looked.basic), &of_others, &own_of_others[..]),
    ] {
        for (path, pointer, expected) in [
            (candidate, "/attachments", &all[..]),
            (candidate, "/applications/0/attachments", own),
            (&listed, "/0/attachments", &all[..]),
            (&listed, "/0/applications/0/attachments", own),
            (application, "/attachments", own),
        ] {
            let seen = looked.seen(user, path, pointer).await;
            assert_eq!(seen, expected, "{user:?} {path} {pointer}");
        }
    }
    // What is answered to a change is no way around.
    let changed = looked
        .organization
        .send_as(looked.basic, "PATCH", candidate, json!({"title": "X"}))
        .await;
    assert_eq!(
        (changed.status, changed.text.contains("secret")),
        (200, false)
    );
    let applications = "/v1/applications?per_page=500";
    let answer = looked
        .organization
        .send_as(looked.basic, "GET", applications, Value::Null)
        .await
        .json();
    let own = answer.as_array().unwrap();
    assert_eq!(own.len(), 1);
    assert_eq!(own[0]["attachments"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn notes_for_admins_are_not_shown_to_others() {
    let looked = Looked::after().await;
    let site_admin = looked.organization.sandbox.user_id();
    for visibility in ["admin_only", "private", "public"] {
        looked.note(visibility).await;
    }
    for (user, expected) in [
        (site_admin, &["public", "private", "admin_only"][..]),
        (looked.basic, &["public", "private"][..]),
    ] {
        assert_eq!(looked.notes(user).await, expected);
    }
}

#[tokio::test]
async fn what_is_for_admins_is_not_erased_by_others() {
    let looked = Looked::after().await;
    let Looked {
        organization,
        candidate,
        application,
        ..
    } = &looked;
    let site_admin = organization.sandbox.user_id();
    looked.attach(candidate, "secret", "admin_only", None).await;
    looked
        .attach(candidate, "letter", "cover_letter", None)
        .await;
    for visibility in ["admin_only", "private", "public"] {
        looked
            .attach(application, visibility, "other", Some(visibility))
            .await;
        looked.note(visibility).await;
    }
    let seen = async |user| {
        let mut all = looked.notes(user).await;
        for pointer in ["/attachments", "/applications/0/attachments"] {
            all.extend(looked.seen(Some(user), candidate, pointer).await);
        }
        all
    };
    let erase = format!("{candidate}/anonymize?fields=attachments,notes");
    for (user, left) in [
        (
            looked.basic,
            &["admin_only", "secret", "admin_only", "admin_only"][..],
        ),
        (site_admin, &[]),
    ] {
        let erased = organization.send_as(user, "PUT", &erase, Value::Null).await;
        assert_eq!(erased.status, 200, "{}", erased.text);
        assert_eq!(seen(site_admin).await, left);
        assert!(seen(looked.basic).await.is_empty());
    }
}

#[tokio::test]
async fn some_files_need_an_offer_or_a_test() {
    let looked = Looked::after().await;
    let Looked {
        organization,
        candidate,
        application,
        ..
    } = &looked;
    let file = |of: &str| {
        json!({"filename": "a", "type": of, "content": "SGVsbG8=",
        "content_type": "text/plain"})
    };
    let before = organization.read(application).await;
    let to = format!("{application}/attachments");
    for of in ["offer_letter", "signed_offer_letter"] {
        let problems = organization.problems("POST", &to, file(of)).await;
        assert_eq!(problems, ["type"], "{of}");
    }
    assert_eq!(organization.read(application).await, before);
    let prospect = json!({"prospect": "true"});
    let path = format!("{candidate}/applications");
    let prospect = organization.write("POST", &path, prospect, 201).await;
    let to = format!("/v1/applications/{}/attachments", prospect["id"]);
    let problems = organization
        .problems("POST", &to, file("take_home_test"))
        .await;
    assert_eq!(problems, ["type"]);

    let offers = organization.read("/v1/offers?per_page=500").await;
    let mut letters = 0;
    for offer in offers.as_array().unwrap() {
        let path = format!("/v1/applications/{}/attachments", offer["application_id"]);
        let answer = organization.send("POST", &path, file("offer_letter")).await;
        assert_ne!(answer.status, 422, "{}", answer.text);
        letters += usize::from(answer.status == 201);
    }
    assert!(letters > 0);
}

/// The links to its own files in what is read there.
async fn links(organization: &Organization, path: &str) -> Vec<String> {
    let read = organization.read(path).await;
    let files = read["attachments"].as_array().unwrap().iter();
    let urls = files.map(|file| file["url"].as_str().unwrap().to_owned());
    urls.filter(|url| url.contains("/_files/")).collect()
}

#[tokio::test]
async fn an_outside_address_is_shown_as_it_was_sent_and_is_no_file_of_ours() {
    let looked = Looked::after().await;
    let Looked {
        organization,
        candidate,
        ..
    } = &looked;
    looked.attach(candidate, "cv.txt", "resume", None).await;
    let own = links(organization, candidate).await;
    let body = json!({"first_name": "Ola", "last_name": "Moe"});
    let other = organization.write("POST", "/v1/prospects", body, 201).await;
    let other = format!("/v1/candidates/{}", other["id"]);
    // The link itself, without its signature, and what databases had in the place of it.
    let unsigned = own[0].split('?').next().unwrap();
    let id = unsigned.split('/').nth_back(1).unwrap();
    let addresses = [
        unsigned.to_owned(),
        format!("https://files.example.com/harvest-file:{id}/cv%2Etxt"),
        format!("https://files.example.com/?[%09{id},%22cv%2Etxt%22%09]"),
    ];
    let attach = format!("{other}/attachments");
    for url in &addresses {
        let file = json!({"filename": "cv.txt", "type": "resume", "url": url});
        let added = organization.write("POST", &attach, file, 201).await;
        assert_eq!(added["url"], *url);
    }
    let read = organization.read(&other).await;
    for (file, url) in read["attachments"]
        .as_array()
        .unwrap()
        .iter()
        .zip(&addresses)
    {
        assert_eq!(file["url"], *url);
    }
    // What becomes of that candidate does nothing to the files of others.
    let anonymize = format!("{other}/anonymize?fields=attachments");
    let left = organization.write("PUT", &anonymize, json!({}), 200).await;
    assert_eq!(left["attachments"], json!([]));
    let file = json!({"filename": "cv.txt", "type": "resume", "url": addresses[0]});
    organization.write("POST", &attach, file, 201).await;
    organization.write("DELETE", &other, json!({}), 200).await;
    let fetched = support::send(Client::new().get(&own[0])).await;
    assert_eq!((fetched.status, fetched.text.as_str()), (200, "Hello"));
}

#[tokio::test]
async fn what_names_no_file_that_can_be_fetched_is_refused() {
    let looked = Looked::after().await;
    let (organization, to) = (
        &looked.organization,
        format!("{}/attachments", looked.candidate),
    );
    for url in [
        "harvest-file:7700001/x",
        "ftp://files.example.com/cv.txt",
        "javascript:alert(1)",
        &format!("https://files.example.com/{}", "a".repeat(5_000)),
    ] {
        let file = json!({"filename": "cv.txt", "type": "resume", "url": url});
        assert_eq!(
            organization.problems("POST", &to, file).await,
            ["url"],
            "{url}"
        );
    }
    for (length, status) in [(255, 201), (256, 422)] {
        let name = "\u{e9}".repeat(length);
        let file = json!({"filename": name, "type": "resume", "content": "SGVsbG8=",
            "content_type": "text/plain"});
        let answer = organization.send("POST", &to, file).await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
}

#[tokio::test]
async fn files_can_be_fetched_whatever_they_are_called() {
    let looked = Looked::after().await;
    let (organization, candidate) = (&looked.organization, &looked.candidate);
    let names = [
        ".",
        "..",
        "...",
        "",
        " ",
        "../../x",
        "a/b",
        "a?b#c",
        "%2E%2E",
        "a\"b\\c",
        "\t[\t1,\"\"\t]",
        "r\u{e9}sum\u{e9}.pdf",
        "\u{202e}fdp.exe",
        "x\r\nSet-Cookie: a=b",
    ];
    for name in names {
        looked.attach(candidate, name, "resume", None).await;
    }
    let links = links(organization, candidate).await;
    assert_eq!(links.len(), names.len());
    for (link, name) in links.iter().zip(names) {
        let fetched = support::send(Client::new().get(link)).await;
        assert_eq!(
            (fetched.status, fetched.text.as_str()),
            (200, "Hello"),
            "{name:?}"
        );
    }
    assert_eq!(looked.seen(None, candidate, "/attachments").await, names);
}

/// Snapshots and resets count from an earlier number again, while links that were given out before are still good.
#[tokio::test]
async fn a_link_leads_to_no_file_of_another_time() {
    let looked = Looked::after().await;
    let (organization, candidate) = (&looked.organization, &looked.candidate);
    let sandbox = &organization.sandbox;
    sandbox.snapshot("before").unwrap();
    let go_back: [&dyn Fn(); 2] = [&|| sandbox.restore("before").unwrap(), &|| {
        sandbox.reset().unwrap();
    }];
    for go_back in go_back {
        looked.attach(candidate, "cv.txt", "resume", None).await;
        let old = links(organization, candidate).await.remove(0);
        go_back();
        let others = organization.read("/v1/candidates").await;
        let other = format!("/v1/candidates/{}", others[0]["id"]);
        looked.attach(&other, "other.txt", "admin_only", None).await;
        let fetched = support::send(Client::new().get(&old)).await;
        assert_eq!(fetched.status, 404, "{}", fetched.text);
        sandbox.restore("before").unwrap();
    }
}

#[tokio::test]
async fn records_that_a_fault_inserts_have_links_too() {
    let looked = Looked::after().await;
    looked
        .attach(&looked.application, "cv.txt", "resume", None)
        .await;
    let fault = Fault::rows_inserted(1).on("list_candidates").first(1);
    looked.organization.sandbox.faults().add(fault).unwrap();
    let id = looked.candidate.rsplit('/').next().unwrap();
    let list = format!("/v1/candidates?candidate_ids={id}");
    let list = looked.organization.read(&list).await;
    let first = &list[0];
    assert!(first["id"].as_i64().unwrap() > 9_000_000_000_000, "{first}");
    assert_eq!(first["attachments"], list[1]["attachments"]);
    let link = first["attachments"][0]["url"].as_str().unwrap();
    let fetched = support::send(Client::new().get(link)).await;
    assert_eq!((fetched.status, fetched.text.as_str()), (200, "Hello"));
}
