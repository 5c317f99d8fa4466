//! Chromium, driven by `chromedriver`.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::tools::{self, Tools};

/// How long something may take to show up.
const PATIENCE: Duration = Duration::from_secs(20);

/// A foreign host name that resolves to this computer.
pub const REBOUND: &str = "rebound.example";

/// What is wider than its place: the page, or a table. Only the board of a job scrolls by itself.
const WIDER: &str = "[document.documentElement, ...document.querySelectorAll('.scroll')]\
    .filter(it => it.scrollWidth > it.clientWidth)\
    .map(it => it.getAttribute('aria-label') ?? it.localName)";

/// The screen of a small phone, in pixels of CSS.
fn phone() -> Value {
    json!({"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": false})
}

/// A browser window. Chromium ends with it.
pub struct Chromium {
    pub client: Client,
    pub axe: String,
    driver: Driver,
    session: String,
    pictures: PathBuf,
    taken: AtomicUsize,
}

/// Chromedriver, and the folder in which Chromium keeps what it keeps.
struct Driver {
    process: Child,
    url: String,
    profile: PathBuf,
}

impl Chromium {
    /// Opens a window. Its screenshots go to a folder of this name.
    pub async fn open(tools: &Tools, name: &str) -> Self {
        let driver = Driver::start(tools, name);
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=1280,900",
            &format!("--user-data-dir={}", driver.profile.display()),
            &format!("--host-resolver-rules=MAP {REBOUND} 127.0.0.1"),
        ];
        let capabilities = json!({
            "goog:chromeOptions": {"binary": tools.chromium, "args": arguments},
            "goog:loggingPrefs": {"browser": "ALL"},
        });
        let Value::Object(capabilities) = capabilities else {
            unreachable!()
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&driver.url)
            .await
            .unwrap();
        let session = client.session_id().await.unwrap().unwrap();
        let pictures = tools::target().join("dev-center").join(name);
        let _ = std::fs::remove_dir_all(&pictures);
        std::fs::create_dir_all(&pictures).unwrap();
        Self {
            client,
            axe: tools.axe.clone(),
            driver,
            session,
            pictures,
            taken: AtomicUsize::new(0),
        }
    }

    /// What a CSS selector finds, once it is there.
    pub async fn find(&self, selector: &str) -> Element {
        let wait = self.client.wait().at_most(PATIENCE);
        let found = wait.for_element(Locator::Css(selector)).await;
        found.unwrap_or_else(|error| panic!("{selector}: {error}"))
    }

    /// Clicks on the link with this text.
    pub async fn follow(&self, text: &str) {
        let wait = self.client.wait().at_most(PATIENCE);
        let link = wait.for_element(Locator::LinkText(text)).await;
        let link = link.unwrap_or_else(|error| panic!("the link {text:?}: {error}"));
        link.click().await.unwrap();
    }

    /// Presses the button with this text.
    pub async fn press(&self, text: &str) {
        let path = format!("//button[normalize-space() = '{text}']");
        let wait = self.client.wait().at_most(PATIENCE);
        let button = wait.for_element(Locator::XPath(&path)).await;
        let button = button.unwrap_or_else(|error| panic!("the button {text:?}: {error}"));
        button.click().await.unwrap();
    }

    /// Fills in the field with this label.
    pub async fn fill(&self, label: &str, text: &str) {
        let path = format!("//*[@id = //label[normalize-space() = '{label}']/@for]");
        let wait = self.client.wait().at_most(PATIENCE);
        let field = wait.for_element(Locator::XPath(&path)).await;
        let field = field.unwrap_or_else(|error| panic!("the field {label:?}: {error}"));
        field.send_keys(text).await.unwrap();
    }

    /// The value of a JavaScript expression.
    pub async fn evaluate(&self, expression: &str) -> Value {
        let script = format!("return ({expression});");
        self.client.execute(&script, Vec::new()).await.unwrap()
    }

    /// Waits until a JavaScript expression is true.
    pub async fn until(&self, expression: &str) {
        let mut waited = Duration::ZERO;
        while self.evaluate(expression).await != json!(true) {
            if waited >= PATIENCE {
                let picture = self.client.screenshot().await.unwrap();
                std::fs::write(self.pictures.join("failed.png"), picture).unwrap();
                panic!("never true: {expression}; see failed.png");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
            waited += Duration::from_millis(100);
        }
    }

    pub async fn text(&self) -> String {
        let body = self.find("body").await;
        body.text().await.unwrap()
    }

    /// Has axe look at the page, and takes pictures of it, in light and in dark. The same on a phone, where nothing may be
    /// wider than the screen.
    pub async fn inspect(&self, name: &str) {
        let number = self.taken.fetch_add(1, Ordering::Relaxed) + 1;
        for scheme in ["light", "dark"] {
            self.prefer(scheme).await;
            self.picture(&format!("{number:02}-{name}-{scheme}")).await;
            crate::axe::check(self, &format!("{name} ({scheme})")).await;
        }
        self.emulate("setDeviceMetricsOverride", phone()).await;
        self.picture(&format!("{number:02}-{name}-phone-dark"))
            .await;
        self.prefer("light").await;
        self.picture(&format!("{number:02}-{name}-phone-light"))
            .await;
        let wider = self.evaluate(WIDER).await;
        assert_eq!(wider, json!([]), "{name}: wider than a phone");
        crate::axe::check(self, &format!("{name} (phone)")).await;
        self.emulate("clearDeviceMetricsOverride", json!({})).await;
    }

    async fn picture(&self, name: &str) {
        let picture = self.client.screenshot().await.unwrap();
        std::fs::write(self.pictures.join(format!("{name}.png")), picture).unwrap();
    }

    async fn prefer(&self, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.emulate("setEmulatedMedia", json!({"features": features}))
            .await;
        // Colours take a moment to change.
        tokio::time::sleep(Duration::from_millis(250)).await;
    }

    /// Has Chromium take itself for another device. Its windows are never narrower than 500 pixels.
    async fn emulate(&self, command: &str, parameters: Value) {
        let command = json!({"cmd": format!("Emulation.{command}"), "params": parameters});
        self.ask("goog/cdp/execute", &command).await;
    }

    /// What the browser complained about, such as what a policy forbids. Forms that were filled in wrongly on purpose, and
    /// advice about fields of the viewer, are no complaints.
    pub async fn complaints(&self) -> Vec<String> {
        let lines = self.ask("se/log", &json!({"type": "browser"})).await;
        let lines = lines.as_array().cloned().unwrap_or_default();
        let lines = lines.iter().filter_map(|line| line["message"].as_str());
        lines
            .filter(|line| !line.contains("status of 422") && !line.contains("[DOM]"))
            .map(str::to_owned)
            .collect()
    }

    /// Sends a command of Chromium that the standard does not have.
    async fn ask(&self, path: &str, body: &Value) -> Value {
        let url = format!("{}/session/{}/{path}", self.driver.url, self.session);
        let request = reqwest::Client::new().post(url).body(body.to_string());
        let answer = request.send().await.unwrap().text().await.unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        answer["value"].clone()
    }

    pub async fn close(self) {
        self.client.close().await.unwrap();
    }
}

impl Driver {
    fn start(tools: &Tools, name: &str) -> Self {
        let profile = format!("harvest-chromium-{name}-{}", std::process::id());
        let mut process = Command::new(&tools.chromedriver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| {
            let line = line.ok()?;
            let (_, port) = line.split_once("started successfully on port ")?;
            Some(port.trim_end_matches('.').to_owned())
        });
        // It goes on writing, and must find a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            process,
            url: format!(
                "http://127.0.0.1:{}",
                port.expect("chromedriver says its port")
            ),
            profile: std::env::temp_dir().join(profile),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}
