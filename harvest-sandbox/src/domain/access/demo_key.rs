//! The key that a sandbox with a folder begins with, kept there for its owner.
//!
//! All keys are kept as hashes; this one is kept as it is, too, so that a sandbox that is started again can print it, and
//! programs that have it go on working.

use super::{check_key, fresh};
use crate::refusal::StartError;
use crate::store::{DEMO_KEY, Folder, MAX_TEXT};

/// The key in a folder, which is made if there is none. The file is written once, and is the sandbox's word on a key with
/// all permissions: what no key can be is not taken for one.
pub(crate) fn of(folder: &Folder) -> Result<String, StartError> {
    let kept = folder
        .read_text(DEMO_KEY)
        .map_err(|error| folder.fail(error))?;
    let Some(text) = kept else {
        let key = fresh()?;
        let written = folder.write_text(DEMO_KEY, &format!("{key}\n"));
        written.map_err(|error| folder.fail(error))?;
        return Ok(key);
    };
    let key = text.trim_end_matches(['\r', '\n']);
    let checked = if text.len() > MAX_TEXT {
        Err("it is longer than 1 KiB")
    } else {
        check_key(key)
    };
    checked.map_err(|problem| {
        folder.refuse(format!(
            "{DEMO_KEY} in it holds no key ({problem}). Delete the file to get a fresh key, or \
             name a key of yours with --key"
        ))
    })?;
    Ok(key.to_owned())
}
