//! Job posts, as they are sent.

use crate::domain::job_posts::{Board, CUSTOM_LOCATION, JobPost, Location};
use crate::domain::offices::OFFICE;
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::{Document, Row, View};

pub(super) fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    Document::of(&show(view, row.id, &row.state()?)?)
}

/// With the texts of the board, and with the pay ranges.
pub(super) fn with_full_content(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let mut post: JobPost = row.state()?;
    if let Some(board) = Board::of(post.board_id) {
        let pay_ranges = post.pay_ranges.take().unwrap_or_default();
        for text in [Some(&mut post.content), post.internal_content.as_mut()] {
            let Some(text) = text else { continue };
            *text = [board.introduction, text, &pay_ranges, board.conclusion].concat();
        }
    }
    Document::of(&show(view, row.id, &post)?)
}

pub(super) fn show(view: &View<'_>, id: i64, post: &JobPost) -> Outcome<Value> {
    Ok(json!({
        "id": id,
        "title": post.title,
        "location": post.location.as_ref().map(|it| location(view, it)).transpose()?,
        "internal": post.internal,
        "external": !post.internal,
        "active": post.active,
        "live": post.live,
        "first_published_at": post.first_published_at,
        "job_id": post.job_id,
        "content": post.content,
        "internal_content": post.internal_content,
        "updated_at": post.updated_at,
        "created_at": post.created_at,
        "demographic_question_set_id": post.demographic_question_set_id,
        "questions": post.questions,
    }))
}

fn location(view: &View<'_>, location: &Location) -> Outcome<Value> {
    let (name, kind, words) = if let Some(id) = location.office_id {
        let office: Option<Value> = view.find(&OFFICE, id)?;
        let name = office.map_or(Value::Null, |office| office["name"].clone());
        (name, 2, "Office")
    } else if let Some(id) = location.custom_location_id {
        let custom: Option<Value> = view.find(&CUSTOM_LOCATION, id)?;
        let name = custom.map_or(Value::Null, |custom| custom["value"].clone());
        (name, 3, "Custom List")
    } else {
        (json!(location.text), 1, "Free Text")
    };
    Ok(json!({
        "id": location.id,
        "name": name,
        "office_id": location.office_id,
        "job_post_custom_location_id": location.custom_location_id,
        "job_post_location_type": {"id": kind, "name": words},
    }))
}
