//! The hashes of the sources of a crate: each description, and each guide, in the format of `sha256sum`.

use std::fmt::Write as _;

use super::{Files, Header, Module};

/// The path of the file in the crate.
pub(super) const PATH: &str = "sources.sha256";

pub(super) fn write(files: &mut Files, modules: &[Module], command: &str) {
    let header = Header {
        command,
        source: "description",
        version: None,
    };
    let mut out = header.line("#", "");
    for module in modules {
        let name = &module.name;
        let _ = writeln!(out, "{}  {name}", module.hash);
        if let Some(hash) = &module.guide_hash {
            let _ = writeln!(out, "{hash}  {name}/guide");
        }
    }
    files.insert(PATH.to_owned(), out);
}
