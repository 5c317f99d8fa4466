//! The hashes of the sources of a crate: each description, and each guide, in the format of `sha256sum`.

use std::fmt::Write as _;

use super::{Header, Tree};
use crate::Version;

/// The path of the file in the crate.
pub(super) const PATH: &str = "sources.sha256";

pub(super) fn write(tree: &mut Tree, versions: &[Version], command: &str) {
    let header = Header {
        command,
        source: "description",
        version: None,
    };
    let mut out = header.line("#", "");
    for version in versions {
        let name = &version.name;
        let _ = writeln!(out, "{}  {name}", version.bundle.hash());
        if let Some(guide) = &version.guide {
            let _ = writeln!(out, "{}  {name}/guide", guide.hash());
        }
    }
    tree.files.insert(PATH.to_owned(), out);
}
