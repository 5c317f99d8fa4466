//! Attaching files.

use super::{Attachment, Source};
use crate::clock::stamp;
use crate::domain::files;
use crate::refusal::{Outcome, Problems, Rule};
use crate::store::Edit;

/// The longest name of a file, in characters: as much as file systems take.
const MAX_FILENAME: usize = 255;

/// A file to attach.
#[derive(Clone, Debug)]
pub(crate) struct NewAttachment {
    pub(crate) filename: String,
    pub(crate) r#type: String,
    pub(crate) source: NewSource,
    /// It counts for the type `other` only, as documented.
    pub(crate) visibility: Option<String>,
}

/// What is attached.
#[derive(Clone, Debug)]
pub(crate) enum NewSource {
    /// An address of the web. It is not fetched: the attachment leads there.
    Url(String),
    Content {
        content_type: String,
        bytes: Vec<u8>,
    },
}

impl NewAttachment {
    pub(crate) fn is_of_type(&self, one_of: &[&str]) -> bool {
        one_of.contains(&self.r#type.as_str())
    }

    /// The visibility to keep.
    fn visibility(&self) -> &str {
        match self.r#type.as_str() {
            "other" => self.visibility.as_deref().unwrap_or("admin_only"),
            // Candidates themselves have it as a type.
            "admin_only" => "admin_only",
            _ => "public",
        }
    }

    /// Keeps the file. `at` is the path of the attachment, with a dot at its end if it is not empty.
    pub(crate) fn keep(
        self,
        edit: &Edit<'_>,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<Attachment> {
        if self.filename.chars().nth(MAX_FILENAME).is_some() {
            let rule = Rule::FilenameTooLong(MAX_FILENAME);
            problems.add(&format!("{at}filename"), rule);
        }
        let visibility = self.visibility().to_owned();
        let source = match self.source {
            NewSource::Url(url) => Source::Url(url),
            NewSource::Content {
                content_type,
                bytes,
            } => Source::File(files::add(edit, &self.filename, &content_type, &bytes)?),
        };
        Ok(Attachment {
            filename: self.filename,
            source,
            r#type: self.r#type,
            created_at: stamp(edit.now()),
            visibility,
        })
    }
}
