//! Answers to the questions of interviews.

use serde::{Deserialize, Serialize};

/// How a question is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AnswerType {
    #[default]
    Text,
    YesNo,
    SingleSelect,
    MultiSelect,
    /// Not at all: it is a text to read.
    Instruction,
}
