//! The recipes of v3: against a server with records of its own, where anything can go wrong, and against the sandbox.

mod applications;
mod bulk;
mod candidates;
mod exports;
mod files;
mod index;
mod notes;
mod offers;
mod records;
mod sandbox;
mod server;
mod tags;
mod users;
mod writes;

#[path = "../../v3/create_candidate.rs"]
mod create_candidate;
#[path = "../../v3/deactivate_users.rs"]
mod deactivate_users;
#[path = "../../v3/download_resumes.rs"]
mod download_resumes;
#[path = "../../v3/export_applications.rs"]
mod export_applications;
#[path = "../../v3/export_candidates.rs"]
mod export_candidates;
#[path = "../../v3/find_candidate.rs"]
mod find_candidate;
#[path = "../../v3/list_offers.rs"]
mod list_offers;
#[path = "../../v3/list_users.rs"]
mod list_users;
#[path = "../../v3/move_application.rs"]
mod move_application;
#[path = "../../v3/reject_application.rs"]
mod reject_application;
#[path = "../../v3/tag_candidates.rs"]
mod tag_candidates;
#[path = "../../v3/write_notes.rs"]
mod write_notes;

use crate::text;

/// What `main` prints on the error output, where nothing about a person belongs.
fn stderr(error: &anyhow::Error) -> String {
    let text = format!("{error:?}");
    for private in ["@", "Mira", "Whitcombe", "Ines", "Barroso"] {
        assert!(!text.contains(private), "{text}");
    }
    text
}
