//! A service with a limit, for as long as a test runs.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

pub struct Service {
    pub url: String,
    pub limit: u32,
    pub window: Duration,
    state: Arc<Mutex<State>>,
}

struct State {
    /// The window begins with a request.
    began: Instant,
    used: u32,
    accepted: u32,
    refused: u32,
}

impl Service {
    /// Grants so many requests in each window, and says nothing of its length.
    pub async fn start(limit: u32, window: Duration) -> Self {
        let state = Arc::new(Mutex::new(State {
            began: Instant::now(),
            used: 0,
            accepted: 0,
            refused: 0,
        }));
        let counted = Arc::clone(&state);
        let app = Router::new().fallback(move || {
            let answer = counted.lock().unwrap().count(limit, window);
            async { answer }
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async { axum::serve(listener, app).await });
        Self {
            url,
            limit,
            window,
            state,
        }
    }

    /// How many were accepted, and refused.
    pub fn counts(&self) -> (u32, u32) {
        let state = self.state.lock().unwrap();
        (state.accepted, state.refused)
    }
}

impl State {
    fn count(&mut self, limit: u32, window: Duration) -> Response {
        if self.began.elapsed() >= window {
            self.began = Instant::now();
            self.used = 0;
        }
        if self.used >= limit {
            self.refused += 1;
            return (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "1")]).into_response();
        }
        self.used += 1;
        self.accepted += 1;
        let headers = [
            ("x-ratelimit-limit", limit.to_string()),
            ("x-ratelimit-remaining", (limit - self.used).to_string()),
            ("content-type", "application/json".to_owned()),
        ];
        (headers, "[]").into_response()
    }
}
