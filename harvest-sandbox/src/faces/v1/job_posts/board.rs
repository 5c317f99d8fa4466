//! Job boards, as v1 names them.

use crate::domain::job_posts::Board;
use crate::json::{Value, json};

/// Whose boards they are.
const COMPANY: &str = "Rivermark";

impl Board {
    /// As tracking links name it.
    pub(in crate::faces::v1) fn show(&self) -> Value {
        json!({"id": self.id, "company_name": COMPANY, "url_token": self.url_token})
    }
}
