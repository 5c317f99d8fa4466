//! Job boards, and which locations the posts on them can have.

/// Where posts are published. There is no operation that shows or changes one.
#[derive(Debug)]
pub(super) struct Board {
    pub(super) id: i64,
    pub(super) locations: Locations,
    /// HTML that stands above and below the text of each post, where the full content is asked for.
    pub(super) introduction: &'static str,
    pub(super) conclusion: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Locations {
    /// Any text.
    FreeText,
    /// Offices of the organization.
    Offices,
    /// Those of a list of the board's own.
    OwnList,
}

/// The careers page, the internal board, and the board of the field stations.
pub(super) static BOARDS: [Board; 3] = [
    Board {
        id: 111,
        locations: Locations::FreeText,
        introduction: "<p>We measure water.</p>",
        conclusion: "<p>Everyone is welcome to apply.</p>",
    },
    Board {
        id: 112,
        locations: Locations::Offices,
        introduction: "<p>For those who are here already.</p>",
        conclusion: "",
    },
    Board {
        id: 113,
        locations: Locations::OwnList,
        introduction: "<p>Work at a field station.</p>",
        conclusion: "<p>Bring boots.</p>",
    },
];

impl Board {
    pub(super) fn of(id: i64) -> Option<&'static Self> {
        BOARDS.iter().find(|board| board.id == id)
    }
}
