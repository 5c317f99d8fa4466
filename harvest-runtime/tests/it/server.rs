//! A server on this machine with scripted answers, which records its requests, and a client of a made-up API.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Response};
use harvest_runtime::retry::Never;
use harvest_runtime::{
    ActingUser, Api, Auth, ClientBuilder, Conventions, Core, Environment, Method, Operation,
    Pagination, Request,
};
use tokio::net::{TcpListener, TcpSocket};

pub const KEY: &str = "a-key";

pub static LIST_USERS: Operation = Operation {
    id: "list_users",
    method: Method::Get,
    path: "/v1/users",
    tag: "users",
    permission: "GET: List Users",
    pagination: Pagination::Offset,
    idempotent: true,
    acting_user: ActingUser::Optional,
    deprecated: false,
    replaced_by: None,
    statuses: &[200],
    documentation: "https://example.com/#list-users",
};

pub static GET_TAG: Operation = Operation {
    id: "get_tag",
    path: "/v1/users/{id}/tags/{tag}",
    permission: "GET: Get Tag",
    pagination: Pagination::None,
    ..LIST_USERS
};

pub static CREATE_USER: Operation = Operation {
    id: "create_user",
    method: Method::Post,
    permission: "POST: Create User",
    pagination: Pagination::None,
    idempotent: false,
    acting_user: ActingUser::Required,
    statuses: &[201],
    ..LIST_USERS
};

/// A client with HTTP Basic.
#[derive(Debug)]
pub struct Harvest(pub Core);

impl Api for Harvest {
    const NAME: &'static str = "Harvest v1";
    const BASE_URL: &'static str = "https://harvest.example.com";
    const AUTH: Auth = Auth::Basic;
    const CONVENTIONS: &'static Conventions = &Conventions {
        environment: Environment {
            credential: Some("HARVEST_API_KEY"),
            acting_user: Some("HARVEST_ON_BEHALF_OF"),
            base_url: Some("HARVEST_BASE_URL"),
            ..Environment::NONE
        },
        acting_user_header: Some("On-Behalf-Of"),
        credential_name: "key",
        credential_hint: "check ClientBuilder::credential",
        permission_hint: "tick it in Dev Center (API Credential Management)",
        missing_permission: &[&["api key", "permission"]],
        ..Conventions::DEFAULT
    };

    fn from_core(core: Core) -> Self {
        Self(core)
    }

    fn core(&self) -> &Core {
        &self.0
    }
}

/// The same with a token.
#[derive(Debug)]
pub struct Bearer(pub Core);

impl Api for Bearer {
    const NAME: &'static str = "Harvest v3";
    const BASE_URL: &'static str = "https://harvest.example.com";
    const AUTH: Auth = Auth::Bearer;

    fn from_core(core: Core) -> Self {
        Self(core)
    }

    fn core(&self) -> &Core {
        &self.0
    }
}

/// A request with an acting user, if the operation needs one.
pub fn acting(core: &Core, operation: &'static Operation) -> Request {
    let mut request = core.request(operation);
    if operation.acting_user == ActingUser::Required {
        request.acting_user(5);
    }
    request
}

/// One request, as it arrived.
#[derive(Clone)]
pub struct Asked {
    pub method: String,
    /// Path and query, not decoded.
    pub target: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// An address that refuses connections for as long as this lives: bound, so that no other test gets it, and not listening.
pub struct Refusing(TcpSocket);

impl Refusing {
    pub fn new() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        Self(socket)
    }

    pub fn address(&self) -> SocketAddr {
        self.0.local_addr().unwrap()
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// From now on it takes connections.
    pub fn listen(self) -> TcpListener {
        self.0.listen(16).unwrap()
    }
}

pub struct Server {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Answers each request by what `answer` makes of it and of the server's own URL.
    pub async fn start(
        answer: impl Fn(&Asked, &str) -> Response<Body> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let url = format!("http://{address}");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        let answer = Arc::new(answer);
        let app = Router::new().fallback(move |request: axum::extract::Request| {
            let (answer, log, url) = (Arc::clone(&answer), Arc::clone(&log), url.clone());
            async move {
                let (parts, body) = request.into_parts();
                let asked = Asked {
                    method: parts.method.to_string(),
                    target: parts.uri.to_string(),
                    headers: parts.headers,
                    body: to_bytes(body, usize::MAX).await.unwrap(),
                };
                let response = answer(&asked, &url);
                log.lock().unwrap().push(asked);
                response
            }
        });
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { address, asked }
    }

    /// Answers every request alike.
    pub async fn answering(status: u16, body: &'static str) -> Self {
        Self::start(move |_, _| reply(status, body)).await
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Sends each call once, so that a test sees what came of that.
    pub fn builder(&self) -> ClientBuilder<Harvest> {
        ClientBuilder::new()
            .credential(KEY)
            .base_url(self.url())
            .retry(Never)
    }

    pub fn client(&self) -> Core {
        self.builder().build().unwrap().0
    }

    /// A client of an API without acting users.
    pub fn bearer(&self) -> Core {
        let builder = ClientBuilder::<Bearer>::new().credential(KEY);
        builder.base_url(self.url()).build().unwrap().0
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The only request there was.
    pub fn only(&self) -> Asked {
        let asked = self.asked();
        assert_eq!(asked.len(), 1);
        asked.into_iter().next().unwrap()
    }

    pub fn targets(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.target).collect()
    }
}

pub fn reply(status: u16, body: impl Into<Body>) -> Response<Body> {
    reply_with(status, &[], body)
}

pub fn reply_with(status: u16, headers: &[(&str, &str)], body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(body.into()).unwrap()
}
