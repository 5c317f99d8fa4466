//! A browser at a Dev Center that asks for a password.

use harvest_sandbox::Sandbox;
use reqwest::Client;
use reqwest::header::HeaderMap;

use crate::support;

const FORM: &str = "/configure/dev_center/ip_allowlist";
const PASSWORD: &str = "correct horse battery";

/// A browser that signed in.
pub struct Browser {
    client: Client,
    cookie: String,
}

impl Browser {
    /// Sets the password, by the link that the sandbox prints.
    pub async fn sign_in(sandbox: &Sandbox) -> Self {
        let client = Client::builder().redirect(reqwest::redirect::Policy::none());
        let client = client.build().unwrap();
        let link = sandbox.dev_center_url().unwrap();
        let (_, setup) = link
            .split_once("?token=")
            .expect("a link that sets a password");
        let page = support::send(client.get(link)).await;
        let cookie = page.header("set-cookie").split(';').next().unwrap();
        let form = [
            ("csrf_token", csrf_token(&page.text)),
            ("token", setup),
            ("password", PASSWORD),
            ("repeated", PASSWORD),
        ];
        let url = format!("{}/configure/set_up", sandbox.url());
        let request = client.post(url).header("cookie", cookie).form(&form);
        let answer = support::send(request).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        let cookie = answer.header("set-cookie").split(';').next().unwrap();
        Self {
            client,
            cookie: cookie.to_owned(),
        }
    }

    /// The header by which it is known.
    pub fn line(&self) -> String {
        format!("Cookie: {}", self.cookie)
    }

    /// Sends a form of Dev Center with more headers.
    pub async fn submit(&self, sandbox: &Sandbox, more: HeaderMap) -> u16 {
        let url = format!("{}{FORM}", sandbox.url());
        let page = self.client.get(&url).header("cookie", &self.cookie);
        let page = support::send(page).await;
        let form = [("csrf_token", csrf_token(&page.text)), ("ranges", "")];
        let request = self.client.post(&url).header("cookie", &self.cookie);
        support::send(request.form(&form).headers(more))
            .await
            .status
    }
}

/// The token in the form of a page.
fn csrf_token(page: &str) -> &str {
    let (_, token) = page.split_once("csrf_token\" value=\"").unwrap();
    token.split_once('"').unwrap().0
}
