//! Someone with a browser.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use harvest_sandbox::{Builder, Sandbox};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};

use crate::support::{self, Answer};

/// The password that is chosen.
pub const PASSWORD: &str = "correct horse battery";

/// A visitor of a sandbox of their own: keeps cookies, follows redirects, fills in the forms of a page.
pub struct Visitor {
    pub sandbox: Arc<Sandbox>,
    client: Client,
    cookies: Mutex<HashMap<String, String>>,
}

/// A page, and the address at which it was found.
pub struct Page {
    pub path: String,
    pub answer: Answer,
}

impl Visitor {
    pub async fn start() -> Self {
        Self::with(Sandbox::builder()).await
    }

    pub async fn with(builder: Builder) -> Self {
        let client = Client::builder().redirect(Policy::none());
        Self {
            sandbox: Arc::new(builder.start().await.unwrap()),
            client: client.build().unwrap(),
            cookies: Mutex::default(),
        }
    }

    /// Someone else at the same sandbox.
    pub fn another(&self) -> Self {
        Self {
            sandbox: Arc::clone(&self.sandbox),
            client: self.client.clone(),
            cookies: Mutex::default(),
        }
    }

    /// A sandbox that has a password, which was chosen.
    pub async fn signed_in(builder: Builder) -> Self {
        let visitor = Self::with(builder).await;
        let link = visitor.set_up_link();
        let page = visitor.open(&link).await;
        let token = link.split_once("token=").unwrap().1;
        let fields = [
            ("token", token),
            ("password", PASSWORD),
            ("repeated", PASSWORD),
        ];
        let page = visitor.submit(&page, "/configure/set_up", &fields).await;
        assert_eq!(page.path, "/configure");
        visitor
    }

    /// Where the sandbox says that Dev Center is, without the host.
    pub fn set_up_link(&self) -> String {
        let url = self.sandbox.dev_center_url().unwrap();
        url.strip_prefix(self.sandbox.url()).unwrap().to_owned()
    }

    /// A request with the visitor's cookies.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.sandbox.url());
        let request = self.client.request(method.parse().unwrap(), url);
        let cookies = self.cookies.lock().unwrap();
        let cookies = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let cookies: Vec<_> = cookies.collect();
        if cookies.is_empty() {
            return request;
        }
        request.header("cookie", cookies.join("; "))
    }

    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let answer = support::send(request).await;
        let set = answer.header("set-cookie").split(';').next().unwrap();
        if let Some((name, value)) = set.split_once('=') {
            let mut cookies = self.cookies.lock().unwrap();
            cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }

    /// Opens an address, and goes on to where it leads.
    pub async fn open(&self, path: &str) -> Page {
        let mut path = path.to_owned();
        for _ in 0..5 {
            let answer = self.send(self.request("GET", &path)).await;
            if answer.status != 303 {
                return Page { path, answer };
            }
            answer.header("location").clone_into(&mut path);
        }
        panic!("{path} leads in a circle");
    }

    /// Fills in the form of a page that is sent to `action`, and goes on to where it leads.
    pub async fn submit(&self, page: &Page, action: &str, fields: &[(&str, &str)]) -> Page {
        let answer = self.answer(page, action, fields).await;
        if answer.status == 303 {
            return self.open(answer.header("location")).await;
        }
        Page {
            path: action.to_owned(),
            answer,
        }
    }

    /// The same without going on.
    pub async fn answer(&self, page: &Page, action: &str, fields: &[(&str, &str)]) -> Answer {
        let form = format!("action=\"{action}\"");
        let (_, form) = page
            .answer
            .text
            .split_once(&form)
            .unwrap_or_else(|| panic!("{} has no form for {action}", page.path));
        let token = between(form, "name=\"csrf_token\" value=\"", "\"");
        let mut sent = vec![("csrf_token", token)];
        sent.extend(fields);
        self.send(self.request("POST", action).form(&sent)).await
    }

    /// The status that the API answers a key with.
    pub async fn get_with_key(&self, key: &str, path: &str) -> u16 {
        let url = format!("{}{path}", self.sandbox.url());
        let request = self.client.get(url).basic_auth(key, Some(""));
        support::send(request).await.status
    }
}

impl Page {
    /// Its HTML, which has to have come with 200.
    pub fn html(&self) -> &str {
        assert_eq!(
            self.answer.status, 200,
            "{}: {}",
            self.path, self.answer.text
        );
        &self.answer.text
    }

    pub fn has(&self, text: &str) -> bool {
        self.answer.text.contains(text)
    }

    /// Where the link with this text leads.
    pub fn link(&self, text: &str) -> &str {
        let (before, _) = self
            .html()
            .split_once(&format!(">{text}<"))
            .unwrap_or_else(|| panic!("{} has no link {text:?}: {}", self.path, self.answer.text));
        let (_, link) = before.rsplit_once("<a ").unwrap();
        between(link, "href=\"", "\"")
    }
}

/// What is between two texts.
pub fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let (_, rest) = text
        .split_once(before)
        .unwrap_or_else(|| panic!("no {before:?} in {text}"));
    rest.split_once(after).unwrap().0
}
