//! Job boards, and which locations the posts on them can have.

use super::{JOB_BOARD, JOB_POST};
use crate::domain::records::job_post::JobPost;
use crate::json::json;
use crate::refusal::Outcome;
use crate::store::{Edit, View};

/// Where posts are published. In v1 there is no operation for boards; tracking links show them.
#[derive(Debug)]
pub(crate) struct Board {
    pub(crate) id: i64,
    /// The end of the URL of the board.
    pub(crate) url_token: &'static str,
    pub(crate) locations: Locations,
    /// Whether it is for those who are here already.
    pub(crate) internal: bool,
    /// HTML that stands above and below the text of each post, where the full content is asked for.
    pub(crate) introduction: &'static str,
    pub(crate) conclusion: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Locations {
    /// Any text.
    FreeText,
    /// Offices of the organization.
    Offices,
    /// Those of a list of the board's own.
    OwnList,
}

/// The careers page, the internal board, and the board of the field stations.
pub(crate) static BOARDS: [Board; 3] = [
    Board {
        id: 111,
        url_token: "rivermark",
        locations: Locations::FreeText,
        internal: false,
        introduction: "<p>We measure water.</p>",
        conclusion: "<p>Everyone is welcome to apply.</p>",
    },
    Board {
        id: 112,
        url_token: "rivermark-internal",
        locations: Locations::Offices,
        internal: true,
        introduction: "<p>For those who are here already.</p>",
        conclusion: "",
    },
    Board {
        id: 113,
        url_token: "rivermark-stations",
        locations: Locations::OwnList,
        internal: false,
        introduction: "<p>Work at a field station.</p>",
        conclusion: "<p>Bring boots.</p>",
    },
];

impl Board {
    pub(crate) fn of(id: i64) -> Option<&'static Self> {
        BOARDS.iter().find(|board| board.id == id)
    }

    /// The one that a post is on, if there is such a post.
    pub(crate) fn of_post(view: &View<'_>, id: i64) -> Outcome<Option<&'static Self>> {
        let post: Option<JobPost> = view.find(&JOB_POST, id)?;
        Ok(post.and_then(|post| Self::of(post.board_id)))
    }
}

/// Makes a record of each board that has none.
pub(crate) fn list_boards(edit: &mut Edit<'_>) -> Outcome<()> {
    for board in &BOARDS {
        if !edit.exists(&JOB_BOARD, board.id)? {
            let state = json!({
                "company_name": "Rivermark",
                "url_token": board.url_token,
                "internal": board.internal,
                "live": true,
                "introduction": board.introduction,
                "conclusion": board.conclusion,
            });
            edit.insert_as(&JOB_BOARD, board.id, &state)?;
        }
    }
    Ok(())
}
