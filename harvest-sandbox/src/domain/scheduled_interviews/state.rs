//! The state of an interview on the calendar.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ScheduledInterview {
    pub(crate) application_id: i64,
    /// The step of a stage of the job.
    pub(crate) interview_id: i64,
    pub(crate) external_event_id: Option<String>,
    pub(crate) start: Time,
    pub(crate) end: Time,
    pub(crate) location: Option<String>,
    pub(crate) video_conferencing_url: Option<String>,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
    pub(crate) organizer_id: Option<i64>,
    pub(crate) interviewers: Vec<Interviewer>,
    /// Whether it was made by the API, which then may change it.
    pub(crate) by_api: bool,
    /// Whether all scorecards are in.
    pub(crate) written_up: bool,
}

/// Where an interview begins or ends; in days if it takes whole ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Time {
    DateTime(String),
    Date(String),
}

/// Someone who interviews.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Interviewer {
    pub(crate) user_id: i64,
    /// `needs_action`, `declined`, `tentative` or `accepted`.
    pub(crate) response_status: String,
}

impl Time {
    /// A text that compares with times as they are kept.
    fn text(&self) -> &str {
        match self {
            Self::DateTime(text) | Self::Date(text) => text,
        }
    }
}

impl ScheduledInterview {
    /// The moment it begins. A day is its first one.
    pub(crate) fn started_at(&self) -> String {
        match &self.start {
            Time::DateTime(time) => time.clone(),
            Time::Date(day) => format!("{day}T00:00:00.000Z"),
        }
    }

    /// How far it is: `scheduled`, `awaiting_feedback` or `complete`.
    pub(crate) fn status(&self, now: &str) -> &'static str {
        if self.written_up {
            "complete"
        } else if self.end.text() <= now {
            "awaiting_feedback"
        } else {
            "scheduled"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_it_is_depends_on_the_time() {
        let day = |day: &str| Time::Date(day.to_owned());
        let mut interview = ScheduledInterview {
            application_id: 1,
            interview_id: 2,
            external_event_id: None,
            start: day("2026-03-18"),
            end: day("2026-03-19"),
            location: None,
            video_conferencing_url: None,
            created_at: String::new(),
            updated_at: String::new(),
            organizer_id: None,
            interviewers: Vec::new(),
            by_api: true,
            written_up: false,
        };
        assert_eq!(interview.status("2026-03-18T23:59:59.999Z"), "scheduled");
        assert_eq!(
            interview.status("2026-03-19T00:00:00.000Z"),
            "awaiting_feedback"
        );
        interview.end = Time::DateTime("2026-03-18T10:00:00.000Z".to_owned());
        assert_eq!(interview.status("2026-03-18T09:59:59.999Z"), "scheduled");
        assert_eq!(
            interview.status("2026-03-18T10:00:00.000Z"),
            "awaiting_feedback"
        );
        interview.written_up = true;
        assert_eq!(interview.status("2026-03-18T10:00:00.000Z"), "complete");
    }
}
